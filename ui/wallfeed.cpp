#include "ui/wallfeed.h"

#include "ui/pictureloader.h"

namespace Anchorwatch {

WallFeed::WallFeed(LiveFeed *feed, PictureLoader &loader, const Clock &clock,
                   const WallPatience &patience, QObject *parent)
    : QObject(parent)
    , m_feed(feed)
    , m_loader(loader)
    , m_clock(clock)
{
    m_feed->setParent(this);
    for (QTimer *timer : {&m_grace, &m_firstPicture})
        timer->setSingleShot(true);
    m_grace.setInterval(patience.grace);
    m_firstPicture.setInterval(patience.firstPicture);
    connect(&m_grace, &QTimer::timeout, this, &WallFeed::expired);
    connect(&m_firstPicture, &QTimer::timeout, this, &WallFeed::endWait);
    connect(m_feed, &LiveFeed::pictureCame, this, &WallFeed::decode);
    connect(m_feed, &LiveFeed::stateChanged, this, &WallFeed::note);
    connect(&m_loader, &PictureLoader::loaded, this, &WallFeed::take);
    m_firstPicture.start();
    m_feed->open();
}

void WallFeed::watch(int width, std::chrono::milliseconds every)
{
    m_grace.stop();
    demand({width, true, every});
}

void WallFeed::rest()
{
    if (!m_grace.isActive())
        m_grace.start();
    LiveDemand none = m_demand;
    none.isVisible = false;
    demand(none);
}

void WallFeed::demand(const LiveDemand &demand)
{
    if (demand == m_demand)
        return;
    m_demand = demand;
    m_feed->setDemand(demand);
}

void WallFeed::decode(const LivePicture &picture)
{
    m_serial = picture.serial;
    m_takenAt = m_clock.nowUtc().addMSecs(-picture.age.count());
    m_ticket = m_loader.load(picture.jpeg, m_demand.width);
}

void WallFeed::take(quint64 ticket, const QImage &image)
{
    if (ticket != m_ticket)
        return;
    m_ticket = 0;
    if (!image.isNull()) {
        m_awaitsFirst = false;
        emit pictureReady(image, m_takenAt);
        emit changed();
    }
    m_feed->acknowledge(m_serial);
}

void WallFeed::note(const LiveState &state)
{
    m_state = state;
    switch (state.kind) {
    case LiveState::Kind::Connecting:
    case LiveState::Kind::Live:
    case LiveState::Kind::Quiet:
        break;
    case LiveState::Kind::Hidden:
    case LiveState::Kind::Dialog:
    case LiveState::Kind::Crashed:
    case LiveState::Kind::Stuck:
    case LiveState::Kind::Lost:
    case LiveState::Kind::Refused:
    case LiveState::Kind::Ended:
        m_awaitsFirst = false;
        break;
    }
    emit changed();
}

void WallFeed::endWait()
{
    if (!m_awaitsFirst)
        return;
    m_awaitsFirst = false;
    emit changed();
}

} // namespace Anchorwatch
