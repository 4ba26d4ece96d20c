#pragma once

#include "network/messagefeed.h"

#include <QTimer>
#include <QUrl>
#include <QWebSocket>

#include <chrono>

namespace Anchorwatch {

// When a live view counts as lost, and how soon it is tried again.
struct LiveTimes
{
    std::chrono::milliseconds silence{12'000};
    std::chrono::milliseconds firstRetry{500};
    std::chrono::milliseconds longestRetry{8'000};
};

// A live view over a WebSocket, as docs/live-view.md says. The address is a capability: it is in no
// text that leaves this class.
class LiveClient : public MessageFeed
{
    Q_OBJECT

public:
    // `link` is the session's liveViewUrl or liveControlUrl (http: or https:).
    LiveClient(const QString &link, LiveRole role, QObject *parent = nullptr,
               const LiveTimes &times = {});
    ~LiveClient() override;

    // The one certificate that its service is trusted by, as Connection::certificate has it.
    void setTrustedCertificate(const QString &fingerprint);

    void open() override;

private:
    void greeted() override;
    void stop(const LiveState &state) override;
    void send(const QJsonObject &message) override;
    void connectSocket();
    void greet();
    void onText(const QString &message);
    void onPicture(const QByteArray &message);
    void onClosed();
    void lose();

    QUrl m_url;
    LiveTimes m_times;
    QWebSocket m_socket;
    QTimer m_silence;
    QTimer m_retry;
    std::chrono::milliseconds m_wait;
    bool m_isLost = false;
    bool m_isOver = false; // refused or ended
};

} // namespace Anchorwatch
