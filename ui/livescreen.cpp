#include "ui/livescreen.h"

#include "models/agetext.h"
#include "ui/metrics.h"
#include "ui/stillwords.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

namespace Anchorwatch {

using namespace std::chrono_literals;

namespace {

constexpr int veilAlpha = 184; // 72 %
constexpr int frameWidth = 3;

} // namespace

LiveScreen::LiveScreen(const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
{
    setAttribute(Qt::WA_OpaquePaintEvent);
    connect(&m_loader, &PictureLoader::loaded, this, &LiveScreen::take);
    updateAccessibleText();
}

LiveScreen::~LiveScreen() = default;

void LiveScreen::watch(LiveFeed *feed)
{
    delete m_feed;
    m_feed = feed;
    m_ticket = 0;
    m_picture = {};
    m_pageSize = {};
    m_takenAt = {};
    m_shown.clear();
    m_state = {};
    m_demand = LiveDemand{0, false, m_demand.every};
    if (m_feed) {
        m_feed->setParent(this);
        connect(m_feed, &LiveFeed::pictureCame, this, &LiveScreen::decode);
        connect(m_feed, &LiveFeed::stateChanged, this, &LiveScreen::note);
        updateDemand();
        m_feed->open();
    }
    updateAccessibleText();
    update();
    emit stateChanged();
}

void LiveScreen::setEvery(std::chrono::milliseconds every)
{
    if (m_demand.every == every)
        return;
    m_demand.every = every;
    if (m_feed)
        m_feed->setDemand(m_demand);
}

void LiveScreen::setScale(Scale scale)
{
    m_scale = scale;
    updateDemand();
    update();
}

void LiveScreen::setGround(QColor Theme::*ground)
{
    m_ground = ground;
    update();
}

void LiveScreen::setInControl(bool inControl)
{
    m_isInControl = inControl;
    update();
}

// --- what comes

void LiveScreen::decode(const LivePicture &picture)
{
    m_decoding = picture;
    m_ticket = m_loader.load(picture.jpeg, m_demand.width);
}

void LiveScreen::take(quint64 ticket, const QImage &image)
{
    // Another feed, or a newer picture, has come since.
    if (ticket != m_ticket || !m_feed)
        return;
    m_ticket = 0;
    if (!image.isNull()) {
        m_picture = image;
        m_pageSize = m_decoding.pageSize.isEmpty() ? image.size() : m_decoding.pageSize;
        m_takenAt = m_clock.nowUtc().addMSecs(-m_decoding.age.count());
        const auto now = m_clock.elapsed();
        m_shown.append(now);
        m_shown.removeIf([now](auto then) { return now - then > 1s; });
        update();
        emit pictureShown();
    }
    m_feed->acknowledge(m_decoding.serial);
}

void LiveScreen::note(const LiveState &state)
{
    m_state = state;
    updateAccessibleText();
    update();
    emit stateChanged();
}

int LiveScreen::rate() const
{
    const auto now = m_clock.elapsed();
    return static_cast<int>(
        std::ranges::count_if(m_shown, [now](auto then) { return now - then <= 1s; }));
}

// --- what is wanted

void LiveScreen::updateDemand()
{
    if (!m_feed)
        return;
    const int room = m_scale == Scale::Fit || m_pageSize.isEmpty() ? width() : m_pageSize.width();
    LiveDemand demand = m_demand;
    demand.width = qRound(room * devicePixelRatioF());
    demand.isVisible = isVisible() && !window()->isMinimized() && demand.width > 0;
    if (demand == m_demand)
        return;
    m_demand = demand;
    m_feed->setDemand(demand);
}

void LiveScreen::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    updateDemand();
}

void LiveScreen::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    window()->installEventFilter(this);
    updateDemand();
}

void LiveScreen::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    updateDemand();
}

bool LiveScreen::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::WindowStateChange)
        updateDemand();
    return QWidget::eventFilter(watched, event);
}

// --- what is shown

QRectF LiveScreen::pictureRect() const
{
    if (m_pageSize.isEmpty())
        return {};
    const QSizeF page = m_pageSize;
    qreal scale = 1;
    if (m_scale == Scale::Fit)
        scale = std::min({1.0, width() / page.width(), height() / page.height()});
    const QSizeF size = page * scale;
    const QPointF corner(std::max(0.0, (width() - size.width()) / 2),
                         std::max(0.0, (height() - size.height()) / 2));
    // On whole pixels, or every edge of the page would be blurred.
    return QRectF(QRectF(corner, size).toAlignedRect());
}

QPointF LiveScreen::toPage(const QPointF &place) const
{
    const QRectF rect = pictureRect();
    if (rect.isEmpty())
        return {};
    return {(place.x() - rect.x()) * m_pageSize.width() / rect.width(),
            (place.y() - rect.y()) * m_pageSize.height() / rect.height()};
}

QRect LiveScreen::fromPage(const QRect &place) const
{
    const QRectF rect = pictureRect();
    if (rect.isEmpty())
        return {};
    const qreal scale = rect.width() / m_pageSize.width();
    return QRectF(rect.x() + place.x() * scale, rect.y() + place.y() * scale, place.width() * scale,
                  place.height() * scale)
        .toAlignedRect();
}

QString LiveScreen::words() const
{
    if (!m_feed)
        return {};
    const QString said = liveStateWords(m_state);
    if (m_picture.isNull())
        return said.isEmpty() ? tr("Waiting for the first picture") : said;
    if (said.isEmpty() || m_state.kind == LiveState::Kind::Ended)
        return said;
    return tr("%1. Last picture %2").arg(said, secondText(m_takenAt));
}

void LiveScreen::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    painter.fillRect(rect(), theme.*m_ground);
    const QRectF where = pictureRect();
    if (!m_picture.isNull()) {
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(where, m_picture);
    }
    if (const QString said = words(); !said.isEmpty())
        paintVeil(painter, m_picture.isNull() ? QRectF() : where);
    // Inside, because a picture may fill the widget.
    const qreal width = m_isInControl ? frameWidth : 1;
    painter.setPen(QPen(m_isInControl ? theme.accent : theme.line2, width));
    const QRectF edge = where.isEmpty() ? QRectF(rect()) : where.intersected(rect());
    if (m_isInControl || !where.isEmpty())
        painter.drawRect(edge.adjusted(width / 2, width / 2, -width / 2, -width / 2));
}

void LiveScreen::paintVeil(QPainter &painter, const QRectF &where)
{
    const Metrics metrics;
    const Theme &theme = Theme::of(palette());
    if (!where.isEmpty()) {
        QColor veil = theme.press;
        veil.setAlpha(veilAlpha);
        painter.fillRect(where, veil);
    }
    const QRect room = rect().adjusted(metrics.scaled(12), 0, -metrics.scaled(12), 0);
    painter.setFont(metrics.font(13, QFont::DemiBold));
    painter.setPen(theme.text);
    painter.drawText(room, Qt::AlignCenter | Qt::TextWordWrap, words());
}

void LiveScreen::updateAccessibleText()
{
    setAccessibleName(tr("Live view"));
    const QString said = words();
    QString description = said;
    if (said.isEmpty() && m_feed)
        description = m_state.kind == LiveState::Kind::Quiet ? tr("The page is still") : tr("Live");
    setAccessibleDescription(description);
}

} // namespace Anchorwatch
