#pragma once

#include "models/clock.h"
#include "models/livefeed.h"
#include "models/session.h"

#include <QImage>
#include <QTimer>

namespace Anchorwatch {

class PictureLoader;

// How long the wall waits.
struct WallPatience
{
    // A tile that left the screen keeps its connection, for who scrolls back.
    std::chrono::milliseconds grace{10'000};
    // A tile that has no picture after this time no longer keeps others waiting.
    std::chrono::milliseconds firstPicture{8'000};
};

// The connection of one tile to the live view of one session. Destroying it ends everything: what
// arrives late goes nowhere.
class WallFeed : public QObject
{
    Q_OBJECT

public:
    // Takes the feed over and opens it. Loader and clock must outlive it.
    WallFeed(LiveFeed *feed, PictureLoader &loader, const Clock &clock,
             const WallPatience &patience, QObject *parent);

    // Pictures for a tile of that width (device pixels), one in that time.
    void watch(int width, std::chrono::milliseconds every);
    // Nothing is wanted for now; expired() follows when the grace is over.
    void rest();
    [[nodiscard]] bool isWatching() const { return m_demand.isVisible; }
    // It is being watched, and nothing has come that could be shown or said.
    [[nodiscard]] bool isAwaitingFirst() const { return m_demand.isVisible && m_awaitsFirst; }
    [[nodiscard]] const LiveState &state() const { return m_state; }

signals:
    // To be shown; takenAt is UTC.
    void pictureReady(const QImage &image, const QDateTime &takenAt);
    // state() or isAwaitingFirst() changed.
    void changed();
    void expired();

private:
    void demand(const LiveDemand &demand);
    void decode(const LivePicture &picture);
    void take(quint64 ticket, const QImage &image);
    void note(const LiveState &state);
    void endWait();

    LiveFeed *m_feed;
    PictureLoader &m_loader;
    const Clock &m_clock;
    LiveDemand m_demand;
    LiveState m_state;
    QTimer m_grace;
    QTimer m_firstPicture;
    bool m_awaitsFirst = true;
    // Of the picture that is being decoded.
    quint64 m_ticket = 0;
    quint32 m_serial = 0;
    QDateTime m_takenAt;
};

} // namespace Anchorwatch
