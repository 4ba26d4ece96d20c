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
    void watchTab(int tab) override { note(u"watch", QString::number(tab)); }
    [[nodiscard]] bool mayControl() const override { return role == LiveRole::Control; }
    void takeControl() override { note(u"take control"); }
    void giveControlBack() override { note(u"give back"); }
    void sendMouse(const LiveMouse &sent) override { mice.append(sent); }
    void sendKey(const LiveKey &sent) override { keys.append(sent); }
    void sendText(const QString &text) override { note(u"text", text); }
    void sendComposition(const QString &text, int) override { note(u"compose", text); }
    void copy() override { note(u"copy"); }
    void cut() override { note(u"cut"); }
    void navigate(LiveNavigation) override { note(u"navigate"); }
    void goTo(const QString &url) override { note(u"go to", url); }
    void activateTab(int tab) override { note(u"activate", QString::number(tab)); }
    void closeTab(int tab) override { note(u"close", QString::number(tab)); }
    void openTab() override { note(u"open a tab"); }
    void answerDialog(const QString &id, bool accept, const QString &text) override
    {
        note(accept ? u"accept" : u"dismiss", id + QLatin1Char(' ') + text);
    }
    void answerSelect(const QString &id, const std::optional<QList<int>> &chosen) override
    {
        note(u"select", id + QLatin1Char(' ') + QString::number(chosen ? chosen->value(0) : -1));
    }
    void answerField(const QString &id, const std::optional<QString> &value) override
    {
        note(u"field", id + QLatin1Char(' ') + value.value_or(QStringLiteral("dismissed")));
    }
    void answerChooser(const QString &id, const std::optional<QList<LiveFile>> &files) override
    {
        note(files ? u"files" : u"no files", id);
    }
    // Everything that was asked for, one line each.
    void note(QStringView what, const QString &with = {})
    {
        acts.append((what.toString() + QLatin1Char(' ') + with).trimmed());
    }

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
    QStringList acts;
    QList<LiveMouse> mice;
    QList<LiveKey> keys;
    quint32 lastSerial = 0;
};

// Makes them, and finds them again.
class FakeLiveFeeds
{
public:
    [[nodiscard]] LiveFeedFactory factory()
    {
        return [this](const SessionRow &row, LiveRole role, QObject *parent) -> LiveFeed * {
            if (row.session.liveViewUrl.isEmpty())
                return nullptr;
            auto *feed = new FakeLiveFeed(row.session, role, parent);
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
