#pragma once

#include "models/livefeed.h"

#include <QTimer>
#include <QUrl>
#include <QWebSocket>

class QJsonObject;

namespace Anchorwatch {

// How long a live view is waited for.
struct LivePatience
{
    std::chrono::milliseconds silence{12'000}; // the service says something every 5 s
    std::chrono::milliseconds firstRetry{500}; // doubled with each failure
    std::chrono::milliseconds longestRetry{8'000};
};

// A viewer of a sessions service (docs/live-view.md), over one WebSocket. Its address is a
// capability: it is in no text that comes from here. What cannot be read of what the service says
// is left out.
class LiveClient : public LiveFeed
{
    Q_OBJECT

public:
    // `link` is the session's liveViewUrl or liveControlUrl.
    LiveClient(const QUrl &link, LiveRole role, const LivePatience &patience = {},
               QObject *parent = nullptr);
    ~LiveClient() override;

    void open() override;
    void setDemand(const LiveDemand &demand) override;
    void acknowledge(quint32 serial) override;
    void watchTab(int tab) override;
    [[nodiscard]] bool mayControl() const override;

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
    void onConnected();
    void onText(const QString &text);
    void onPicture(const QByteArray &message);
    void onState(const QJsonObject &message);
    void onGone();
    void retry();
    void enter(LiveState::Kind kind, const QString &reason = {}, const QDateTime &since = {});
    void send(const QJsonObject &message);
    void sendDemand();
    [[nodiscard]] bool isOver() const;

    const QUrl m_address;
    const LiveRole m_role;
    const LivePatience m_patience;
    QWebSocket m_socket;
    LiveState m_state;
    LiveDemand m_demand;
    int m_wantedTab = 0;
    bool m_isControlLink = false; // as the service says
    QTimer m_silence;
    QTimer m_retry;
    std::chrono::milliseconds m_nextRetry;
};

} // namespace Anchorwatch
