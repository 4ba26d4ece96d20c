#pragma once

#include "models/clock.h"
#include "models/livefeed.h"
#include "models/sessiontablemodel.h"
#include "ui/pictureloader.h"
#include "ui/wallfeed.h"

#include <QCache>
#include <QHash>
#include <QPixmap>

#include <optional>

namespace Anchorwatch {

class WatchingConsent;

// What the tile of a session has to show.
struct WallStill
{
    enum class Age {
        Fresh,
        Frozen, // the wall is paused
        Old     // it must not look live
    };

    QPixmap picture;   // null when there is none
    QDateTime takenAt; // UTC; of the picture
    Age age = Age::Fresh;
    QString words; // why there is no picture, or no newer one; for people, plain
    QString cost;  // why the user has to ask for its pictures; empty when they come by themselves
};

// The stills of the wall: watches the sessions whose tiles are on screen, a few at a time until
// each has a first picture, and keeps the last pictures within a bound. A picture belongs to one
// session under one live view link; under another link, or without its session, it is not shown.
class WallStills : public QObject
{
    Q_OBJECT

public:
    // So many tiles at most wait for their first picture at a time.
    static constexpr int maxAwaiting = 3;

    // Model and clock must outlive it.
    WallStills(const SessionTableModel &model, const Clock &clock,
               const WallPatience &patience = {}, QObject *parent = nullptr);
    ~WallStills() override;

    void setFactory(const LiveFeedFactory &factory);
    // Where watching is not free, nothing is watched before the user asks for it. The consent must
    // outlive it.
    void setConsent(const WatchingConsent &consent);

    enum class Watching {
        Yes,
        Paused, // what is there stays, and nothing is asked for
        Hidden  // nobody can see the wall
    };
    void setWatching(Watching watching);
    void setInterval(std::chrono::milliseconds every);
    // The sessions whose tiles can be seen, in the order in which they shall come, and how wide a
    // tile is, in device pixels.
    void setOnScreen(const QList<SessionKey> &keys, int tileWidth);
    [[nodiscard]] const QList<SessionKey> &onScreen() const { return m_onScreen; }

    [[nodiscard]] WallStill stillOf(const SessionKey &key) const;
    // How old the oldest still on screen is that still counts as fresh; nothing without one.
    [[nodiscard]] std::optional<std::chrono::milliseconds> oldestFresh() const;

signals:
    // stillOf() answers something else.
    void changed(const Anchorwatch::SessionKey &key);

private:
    struct Watched
    {
        WallFeed *feed = nullptr; // null when there is no live view to be had
        QString link;
    };
    struct Picture
    {
        QPixmap pixmap;
        QString link;
        QDateTime takenAt;
        std::chrono::milliseconds seenAt{0}; // by Clock::elapsed()
    };

    // Makes feeds match what is on screen.
    void update();
    void watch(const SessionRow &row);
    void open(const SessionRow &row);
    void drop(const SessionKey &key);
    void reviseRow(const SessionKey &key);
    void keep(const SessionKey &key, const QString &link, const QImage &image,
              const QDateTime &takenAt);
    [[nodiscard]] QString costOf(const SessionRow &row) const;
    [[nodiscard]] int awaiting() const;
    [[nodiscard]] const Picture *pictureOf(const SessionRow &row) const;
    [[nodiscard]] LiveState stateOf(const SessionKey &key) const;
    [[nodiscard]] bool isOld(const SessionKey &key, const Picture &picture) const;

    const SessionTableModel &m_model;
    const Clock &m_clock;
    WallPatience m_patience;
    LiveFeedFactory m_factory;
    const WatchingConsent *m_consent = nullptr;
    PictureLoader m_loader;
    QHash<SessionKey, Watched> m_watched;
    QCache<SessionKey, Picture> m_pictures; // cost in KiB
    QList<SessionKey> m_onScreen;
    std::chrono::milliseconds m_every{5000};
    int m_tileWidth = 0;
    Watching m_watching = Watching::Hidden;
};

} // namespace Anchorwatch
