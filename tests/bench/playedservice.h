#pragma once

#include "network/http/httpserver.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

class QWebSocket;

namespace Anchorwatch {

// The live view of a session that is not there: the page, and pictures played over and over for one
// viewer, 25 a second as long as each is acknowledged in time.
class PlayedService : public QObject
{
    Q_OBJECT

public:
    // The pictures are JPEGs of 1280x720.
    explicit PlayedService(const QList<QByteArray> &pictures);

    [[nodiscard]] QString link() const;
    // Pictures that a viewer has shown.
    [[nodiscard]] int shown() const { return m_shown; }

private:
    void accept(QWebSocket *socket);
    void hear(const QString &text);
    void play();

    QList<QByteArray> m_pictures;
    HttpServer m_server;
    QPointer<QWebSocket> m_viewer;
    QTimer m_beat;
    quint32 m_serial = 0;
    int m_shown = 0;
    bool m_owesAck = false;
};

} // namespace Anchorwatch
