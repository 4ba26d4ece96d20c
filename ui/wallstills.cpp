#include "ui/wallstills.h"

#include "models/watchingurl.h"
#include "ui/stillwords.h"
#include "ui/watchingconsent.h"

#include <algorithm>

namespace Anchorwatch {

using namespace std::chrono_literals;

namespace {

constexpr int maxPicturesKiB = 96 * 1024;
// What is heard of no more for so long must not look live (docs/live-view.md).
constexpr std::chrono::milliseconds silence = 12s;

} // namespace

WallStills::WallStills(const SessionTableModel &model, const Clock &clock,
                       const WallPatience &patience, QObject *parent)
    : QObject(parent)
    , m_model(model)
    , m_clock(clock)
    , m_patience(patience)
    , m_pictures(maxPicturesKiB)
{
    connect(&model, &SessionTableModel::rowChanged, this, &WallStills::reviseRow);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, [this] {
        const QList<SessionKey> keys = m_watched.keys();
        for (const SessionKey &key : keys)
            reviseRow(key);
    });
}

WallStills::~WallStills() = default;

void WallStills::setFactory(const LiveFeedFactory &factory)
{
    m_factory = factory;
    update();
}

void WallStills::setConsent(const WatchingConsent &consent)
{
    m_consent = &consent;
    connect(m_consent, &WatchingConsent::changed, this, [this] {
        update();
        for (const SessionKey &key : std::as_const(m_onScreen))
            emit changed(key);
    });
    update();
}

QString WallStills::costOf(const SessionRow &row) const
{
    const bool canBeWatched = row.isLive() && row.openRefusal().isEmpty()
                              && !watchingUrl(row).isEmpty() && !m_watched.contains(row.key);
    return m_consent && canBeWatched ? m_consent->reasonToAsk(row.key) : QString();
}

void WallStills::setWatching(Watching watching)
{
    if (watching == m_watching)
        return;
    m_watching = watching;
    update();
    for (const SessionKey &key : std::as_const(m_onScreen))
        emit changed(key);
}

void WallStills::setInterval(std::chrono::milliseconds every)
{
    m_every = every;
    update();
}

void WallStills::setOnScreen(const QList<SessionKey> &keys, int tileWidth)
{
    m_onScreen = keys;
    m_tileWidth = tileWidth;
    update();
}

WallStill WallStills::stillOf(const SessionKey &key) const
{
    const SessionRow *row = m_model.find(key);
    if (!row)
        return {};
    WallStill still;
    still.words = stillWords(*row, stateOf(key));
    still.cost = costOf(*row);
    if (const Picture *picture = pictureOf(*row)) {
        still.picture = picture->pixmap;
        still.takenAt = picture->takenAt;
        if (m_watching == Watching::Paused && still.words.isEmpty())
            still.age = WallStill::Age::Frozen;
        else if (!row->isLive() || isOld(key, *picture))
            still.age = WallStill::Age::Old;
    } else if (!still.cost.isEmpty()) {
        still.words = tr("Watching is not free here");
    } else if (still.words.isEmpty()) {
        still.words = m_watching == Watching::Paused ? tr("Paused") : tr("Waiting for its picture");
    }
    return still;
}

std::optional<std::chrono::milliseconds> WallStills::oldestFresh() const
{
    std::optional<std::chrono::milliseconds> oldest;
    for (const SessionKey &key : m_onScreen) {
        const SessionRow *row = m_model.find(key);
        const Picture *picture = row ? pictureOf(*row) : nullptr;
        if (!picture || !row->isLive() || isOld(key, *picture))
            continue;
        // A page that does not change looks as its picture does.
        const bool isQuiet = stateOf(key).kind == LiveState::Kind::Quiet;
        const auto age = isQuiet ? 0ms : m_clock.elapsed() - picture->seenAt;
        oldest = std::max(oldest.value_or(0ms), age);
    }
    return oldest;
}

void WallStills::update()
{
    const bool watches = m_watching == Watching::Yes && m_tileWidth > 0 && m_factory;
    const QList<SessionKey> watched = m_watched.keys();
    for (const SessionKey &key : watched) {
        if (watches && m_onScreen.contains(key))
            continue;
        const WallFeed *feed = m_watched.value(key).feed;
        if (feed && !feed->isAwaitingFirst())
            m_watched.value(key).feed->rest();
        else
            drop(key); // nothing that would be worth coming back to
    }
    if (!watches)
        return;
    for (const SessionKey &key : std::as_const(m_onScreen)) {
        if (const SessionRow *row = m_model.find(key))
            watch(*row);
    }
}

void WallStills::watch(const SessionRow &row)
{
    if (!row.openRefusal().isEmpty() || watchingUrl(row).isEmpty())
        return;
    if (!costOf(row).isEmpty())
        return;
    if (!m_watched.contains(row.key) && awaiting() < maxAwaiting)
        open(row);
    if (WallFeed *feed = m_watched.value(row.key).feed)
        feed->watch(m_tileWidth, m_every);
}

void WallStills::open(const SessionRow &row)
{
    const SessionKey key = row.key;
    const QString link = watchingUrl(row);
    LiveFeed *live = m_factory(row, LiveRole::Watch, this);
    auto *feed = live ? new WallFeed(live, m_loader, m_clock, m_patience, this) : nullptr;
    m_watched.insert(key, {feed, link});
    emit changed(key);
    if (!feed)
        return;
    connect(feed, &WallFeed::pictureReady, this,
            [this, key, link](const QImage &image, const QDateTime &takenAt) {
                keep(key, link, image, takenAt);
            });
    connect(feed, &WallFeed::changed, this, [this, key] {
        emit changed(key);
        update(); // another may have its turn
    });
    connect(feed, &WallFeed::expired, this, [this, key] { drop(key); });
}

void WallStills::drop(const SessionKey &key)
{
    WallFeed *feed = m_watched.take(key).feed;
    if (!feed)
        return;
    feed->disconnect(this);
    feed->rest();
    feed->deleteLater(); // it may be the one that is telling
}

void WallStills::reviseRow(const SessionKey &key)
{
    const SessionRow *row = m_model.find(key);
    const auto watched = m_watched.constFind(key);
    if (watched != m_watched.cend()
        && (!row || !row->openRefusal().isEmpty() || watched->link != watchingUrl(*row)))
        drop(key);
    const Picture *picture = m_pictures.object(key);
    if (picture && (!row || picture->link != watchingUrl(*row)))
        m_pictures.remove(key);
    if (!m_onScreen.contains(key))
        return;
    emit changed(key);
    update();
}

void WallStills::keep(const SessionKey &key, const QString &link, const QImage &image,
                      const QDateTime &takenAt)
{
    auto *picture = new Picture{QPixmap::fromImage(image), link, takenAt, m_clock.elapsed()};
    const qsizetype cost = qMax(qsizetype(1), image.sizeInBytes() / 1024);
    m_pictures.insert(key, picture, cost);
}

int WallStills::awaiting() const
{
    return static_cast<int>(
        std::count_if(m_watched.cbegin(), m_watched.cend(), [](const Watched &watched) {
            return watched.feed && watched.feed->isAwaitingFirst();
        }));
}

const WallStills::Picture *WallStills::pictureOf(const SessionRow &row) const
{
    const Picture *picture = m_pictures.object(row.key);
    return picture && picture->link == watchingUrl(row) ? picture : nullptr;
}

LiveState WallStills::stateOf(const SessionKey &key) const
{
    const auto watched = m_watched.constFind(key);
    const bool isWatched = watched != m_watched.cend();
    if (isWatched && watched->feed)
        return watched->feed->state();
    LiveState state;
    if (isWatched || !m_factory) // there is nothing to watch it by
        state.kind = LiveState::Kind::Refused;
    return state;
}

bool WallStills::isOld(const SessionKey &key, const Picture &picture) const
{
    const auto watched = m_watched.constFind(key);
    if (watched == m_watched.cend() || !watched->feed || !watched->feed->isWatching())
        return true;
    switch (watched->feed->state().kind) {
    case LiveState::Kind::Connecting:
    case LiveState::Kind::Live:
        return m_clock.elapsed() - picture.seenAt > std::max(3 * m_every, silence);
    case LiveState::Kind::Quiet:
    case LiveState::Kind::Dialog:
        return false;
    case LiveState::Kind::Hidden:
    case LiveState::Kind::Crashed:
    case LiveState::Kind::Stuck:
    case LiveState::Kind::Lost:
    case LiveState::Kind::Refused:
    case LiveState::Kind::Ended:
        break;
    }
    return true;
}

} // namespace Anchorwatch
