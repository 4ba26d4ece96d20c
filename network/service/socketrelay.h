#pragma once

#include "network/http/httpmessage.h"
#include "network/service/browserendpoint.h"

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

namespace Anchorwatch {

// Passes a client's WebSocket on to a browser and back, byte by byte: what the two say is theirs.
// Neither end is read faster than the other takes, so that whatever the size of a message, no more
// than a few buffers of it are here. When one end closes, so does the other, behind what was still
// to be said.
class SocketRelay : public QObject
{
    Q_OBJECT

public:
    // Takes the client's socket, to which nothing was said yet, with the headers of its handshake.
    // Ends with ended(), once; its owner destroys it.
    SocketRelay(QTcpSocket *client, const HttpHeaders &handshake, const BrowserEndpoint &endpoint,
                QObject *parent = nullptr);
    ~SocketRelay() override;

signals:
    void ended();

private:
    enum class State {
        Greeting, // the browser has yet to agree to speak WebSocket
        Open,
        Leaving, // one end is gone; the other is told what was still to be said
        Ended
    };

    void readOn();
    void readAnswer();
    void refuse();
    void close(QTcpSocket *gone, QTcpSocket *other);
    void onDeadline();

    QTcpSocket *m_client; // a child
    QTcpSocket m_browser;
    State m_state = State::Greeting;
    QTimer m_deadline; // of greeting and leaving
};

} // namespace Anchorwatch
