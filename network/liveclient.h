#pragma once

#include "models/livefeed.h"

#include <QJsonObject>
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
class LiveClient : public LiveFeed
{
    Q_OBJECT

public:
    // `link` is the session's liveViewUrl or liveControlUrl (http: or https:).
    LiveClient(const QString &link, LiveRole role, QObject *parent = nullptr,
               const LiveTimes &times = {});
    ~LiveClient() override;

    // The one certificate that its service is trusted by, as Connection::certificate has it.
    void setTrustedCertificate(const QString &fingerprint);

    // Messages that made no sense and were dropped.
    [[nodiscard]] int dropped() const { return m_dropped; }

    void open() override;
    void setDemand(const LiveDemand &demand) override;
    void acknowledge(quint32 serial) override;
    void watchTab(int tab) override;
    [[nodiscard]] bool mayControl() const override { return m_role == LiveRole::Control; }
    void takeControl() override;
    void giveControlBack() override;
    void sendMouse(const LiveMouse &mouse) override;
    void sendKey(const LiveKey &key) override;
    void sendText(const QString &text) override;
    void sendComposition(const QString &text, int cursor) override;
    void copy() override;
    void cut() override;
    void navigate(LiveNavigation navigation) override;
    void goTo(const QString &url) override;
    void activateTab(int tab) override;
    void closeTab(int tab) override;
    void openTab() override;
    void answerDialog(const QString &id, bool accept, const QString &text) override;
    void answerSelect(const QString &id, const std::optional<QList<int>> &chosen) override;
    void answerField(const QString &id, const std::optional<QString> &value) override;
    void answerChooser(const QString &id, const std::optional<QList<LiveFile>> &files) override;

private:
    void connectSocket();
    void greet();
    void onText(const QString &message);
    [[nodiscard]] bool take(const QString &kind, const QJsonObject &json);
    [[nodiscard]] bool takeAsked(const QString &kind, const QJsonObject &json);
    void onPicture(const QByteArray &message);
    void onClosed();
    void lose();
    void stop(const LiveState &state);
    void send(const QJsonObject &json);
    void sendControl(const QJsonObject &json);

    QUrl m_url;
    LiveRole m_role;
    LiveTimes m_times;
    QWebSocket m_socket;
    QTimer m_silence;
    QTimer m_retry;
    std::chrono::milliseconds m_wait;
    std::optional<LiveDemand> m_demand;
    int m_tab = 0;
    quint32 m_lastSerial = 0;
    int m_dropped = 0;
    bool m_isLost = false;
    bool m_isOver = false; // refused or ended
};

} // namespace Anchorwatch
