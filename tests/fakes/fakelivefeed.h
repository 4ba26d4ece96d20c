#pragma once

#include "models/livefeed.h"
#include "models/session.h"

#include <QBuffer>
#include <QImage>
#include <QPointer>

namespace Anchorwatch {

// A live view that does what a test says, and remembers what it was asked for.
class FakeLiveFeed : public LiveFeed
{
public:
    FakeLiveFeed(const Session &session, LiveRole wantedRole, QObject *parent)
        : LiveFeed(parent)
        , sessionId(session.id)
        , role(wantedRole)
    {
    }

    void open() override { isOpen = true; }
    void setDemand(const LiveDemand &wanted) override
    {
        demand = wanted;
        demands.append(wanted);
    }
    void acknowledge(quint32 serial) override { acknowledged.append(serial); }
    void watchTab(int) override {}
    [[nodiscard]] bool mayControl() const override { return role == LiveRole::Control; }
    void takeControl() override {}
    void giveControlBack() override {}
    void sendMouse(const LiveMouse &) override {}
    void sendKey(const LiveKey &) override {}
    void sendText(const QString &) override {}
    void sendComposition(const QString &, int) override {}
    void copy() override {}
    void cut() override {}
    void navigate(LiveNavigation) override {}
    void goTo(const QString &) override {}
    void activateTab(int) override {}
    void closeTab(int) override {}
    void openTab() override {}
    void answerDialog(const QString &, bool, const QString &) override {}
    void answerSelect(const QString &, const std::optional<QList<int>> &) override {}
    void answerField(const QString &, const std::optional<QString> &) override {}
    void answerChooser(const QString &, const std::optional<QList<LiveFile>> &) override {}

    // A picture that fills the page with one colour arrives.
    void sendPicture(const QImage &image, std::chrono::milliseconds age = {})
    {
        LivePicture picture;
        QBuffer buffer(&picture.jpeg);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "JPEG", 95);
        picture.serial = ++lastSerial;
        picture.pageSize = image.size();
        picture.age = age;
        emit pictureCame(picture);
    }
    void sendColor(const QColor &color)
    {
        QImage image(1280, 720, QImage::Format_RGB32);
        image.fill(color);
        sendPicture(image);
    }
    void sendState(LiveState::Kind kind, const QString &reason = {}, const QDateTime &since = {})
    {
        LiveState state;
        state.kind = kind;
        state.reason = reason;
        state.since = since;
        emit stateChanged(state);
    }

    QString sessionId;
    LiveRole role;
    bool isOpen = false;
    LiveDemand demand; // the last one
    QList<LiveDemand> demands;
    QList<quint32> acknowledged;
    quint32 lastSerial = 0;
};

// Makes them, and finds them again.
class FakeLiveFeeds
{
public:
    [[nodiscard]] LiveFeedFactory factory()
    {
        return [this](const Session &session, LiveRole role, QObject *parent) -> LiveFeed * {
            if (session.liveViewUrl.isEmpty())
                return nullptr;
            auto *feed = new FakeLiveFeed(session, role, parent);
            m_made.append(feed);
            return feed;
        };
    }

    // The youngest of that session that still exists, or nullptr.
    [[nodiscard]] FakeLiveFeed *of(const QString &id) const
    {
        for (auto feed = m_made.crbegin(); feed != m_made.crend(); ++feed) {
            if (*feed && (*feed)->sessionId == id)
                return *feed;
        }
        return nullptr;
    }
    // The sessions of those that want pictures now, in the order in which they were made.
    [[nodiscard]] QStringList asking() const
    {
        QStringList ids;
        for (const auto &feed : m_made) {
            if (feed && feed->isOpen && feed->demand.isVisible)
                ids.append(feed->sessionId);
        }
        return ids;
    }
    [[nodiscard]] qsizetype madeCount() const { return m_made.size(); }

private:
    QList<QPointer<FakeLiveFeed>> m_made;
};

} // namespace Anchorwatch
