#include "cdpwatcher.h"

#include "network/live/cdpliveview.h"

#include <QImage>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

CdpWatcher::CdpWatcher(const QNetworkRequest &address, LiveRole role)
    : m_feed(std::make_unique<CdpLiveFeed>(
        std::make_shared<CdpLiveView>(u"session"_s, QDateTime(), address), role))
{
    CdpLiveFeed *feed = m_feed.get();
    QObject::connect(feed, &LiveFeed::pictureCame, feed, [this, feed](const LivePicture &picture) {
        m_picture = picture;
        feed->acknowledge(picture.serial);
    });
    QObject::connect(feed, &LiveFeed::stateChanged, feed,
                     [this](const LiveState &state) { m_state = state; });
    QObject::connect(feed, &LiveFeed::pageChanged, feed,
                     [this](const LivePage &page) { m_page = page; });
    QObject::connect(feed, &LiveFeed::tabsChanged, feed,
                     [this](const QList<SessionTab> &tabs, int) { m_tabs = tabs; });
    QObject::connect(feed, &LiveFeed::viewersChanged, feed,
                     [this](const LiveViewers &viewers) { m_viewers = viewers; });
    feed->setDemand({800, true, 0ms});
    feed->open();
}

QColor CdpWatcher::middle() const
{
    const QImage image = QImage::fromData(m_picture.jpeg);
    return image.isNull() ? QColor() : image.pixelColor(image.width() / 2, image.height() / 2);
}

void CdpWatcher::click(const QPointF &place)
{
    LiveMouse mouse;
    mouse.position = place;
    mouse.button = u"left"_s;
    mouse.clickCount = 1;
    mouse.pageSize = m_picture.pageSize;
    mouse.kind = LiveMouse::Kind::Down;
    mouse.buttons = 1;
    m_feed->sendMouse(mouse);
    mouse.kind = LiveMouse::Kind::Up;
    mouse.buttons = 0;
    m_feed->sendMouse(mouse);
}

} // namespace Anchorwatch
