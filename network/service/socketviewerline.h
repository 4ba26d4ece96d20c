#pragma once

#include "models/livefeed.h"
#include "network/live/viewerline.h"

#include <QTimer>

class QWebSocket;

namespace Anchorwatch {

// A viewer's WebSocket. One that does not read, or does not answer a ping, is dropped.
class SocketViewerLine : public ViewerLine
{
    Q_OBJECT

public:
    // Takes the open socket. One that only watches is let say less.
    SocketViewerLine(QWebSocket *socket, LiveRole role, QObject *parent = nullptr);
    ~SocketViewerLine() override;

    void send(const QJsonObject &message) override;
    void sendPicture(const LiveFrame &frame, int tab, quint32 serial,
                     std::chrono::milliseconds age) override;
    void close(Parting parting) override;

private:
    void onText(const QString &text);
    void ping();

    QWebSocket *m_socket; // a child
    QTimer m_ping;
    bool m_hasPonged = true;
};

} // namespace Anchorwatch
