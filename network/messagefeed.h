#pragma once

#include "models/livefeed.h"

#include <QJsonObject>

#include <optional>

namespace Anchorwatch {

// A viewer's half of docs/live-view.md, whatever its messages travel by.
class MessageFeed : public LiveFeed
{
    Q_OBJECT

public:
    // Messages that made no sense and were dropped.
    [[nodiscard]] int dropped() const { return m_dropped; }

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

protected:
    // Shows that tab first; 0 follows the one in front.
    MessageFeed(LiveRole role, int tab, QObject *parent);

    [[nodiscard]] LiveRole role() const { return m_role; }
    // Says, to one that has just begun to listen, what is wanted.
    void introduce();
    void hear(const QJsonObject &message);
    void see(const std::optional<LivePicture> &picture);

private:
    virtual void send(const QJsonObject &message) = 0;
    // The other half is there, perhaps again.
    virtual void greeted() = 0;
    // The session has ended.
    virtual void stop(const LiveState &state) = 0;

    [[nodiscard]] bool take(const QString &kind, const QJsonObject &json);
    [[nodiscard]] bool takeAsked(const QString &kind, const QJsonObject &json);
    void sendControl(const QJsonObject &json);

    LiveRole m_role;
    std::optional<LiveDemand> m_demand;
    int m_tab;
    quint32 m_lastSerial = 0;
    int m_dropped = 0;
};

} // namespace Anchorwatch
