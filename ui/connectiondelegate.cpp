#include "ui/connectiondelegate.h"

#include "models/connectionwords.h"
#include "ui/connectionbadge.h"
#include "ui/shapes.h"
#include "ui/sidebarmodel.h"
#include "ui/theme.h"

#include <QPainter>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int inset = 8; // of the chosen row's ground
constexpr int radius = 6;
constexpr int padding = 18; // right of the count
constexpr int textStart = 48;
constexpr int markCenter = 28; // of badge, shape and icon
constexpr int lineHeight = 18;
constexpr int nameCenter = 15; // below the top of a connection's row
constexpr int lineCenter = 32;
constexpr int headCenter = 19;
constexpr int lineEnd = 4; // before the edge of the ground
constexpr int guardSize = 12;
constexpr int guardGap = 4;
constexpr int countGap = 1;

constexpr int allHeight = 32;
constexpr int headHeight = 32;
constexpr int connectionHeight = 46;

constexpr int railAllHeight = 38;
constexpr int railHeadHeight = 10; // a line between All and the connections
constexpr int railConnectionHeight = 40;
constexpr int railBadgeCenter = 13;
constexpr int railMarkCenter = 28;

struct StateShape
{
    QString icon;
    QColor Theme::*color;
    int size = 10;
};

StateShape shapeOf(ConnectionCondition condition)
{
    switch (condition) {
    case ConnectionCondition::Off:
        return {u"status-idle"_s, &Theme::text3};
    case ConnectionCondition::Connecting:
        return {u"status-starting"_s, &Theme::blue};
    case ConnectionCondition::Fresh:
        return {u"status-running"_s, &Theme::green};
    case ConnectionCondition::Stale:
        return {u"warning"_s, &Theme::amber, 12};
    case ConnectionCondition::Refused:
        return {u"status-error"_s, &Theme::red, 12};
    }
    return {u"status-unknown"_s, &Theme::text3};
}

bool isQuiet(ConnectionCondition condition)
{
    return condition != ConnectionCondition::Stale && condition != ConnectionCondition::Refused;
}

SidebarModel::Row rowOf(const QModelIndex &index)
{
    return index.data(SidebarModel::RowRole).value<SidebarModel::Row>();
}

ConnectionState stateOf(const QModelIndex &index)
{
    return index.data(ConnectionListModel::StateRole).value<ConnectionState>();
}

QString guardIcon(Connection::Guard guard)
{
    switch (guard) {
    case Connection::Guard::Protected:
        return u"lock"_s;
    case Connection::Guard::WatchOnly:
        return u"watch-only"_s;
    case Connection::Guard::Normal:
        break;
    }
    return {};
}

} // namespace

struct ConnectionDelegate::Paint
{
    QPainter &painter;
    const QStyleOptionViewItem &option;
    const Theme &theme;
    const Metrics &metrics;
    ConnectionCondition condition;

    [[nodiscard]] bool isSelected() const { return option.state.testFlag(QStyle::State_Selected); }
    [[nodiscard]] QColor quietText() const { return isSelected() ? theme.text2 : theme.text3; }
    [[nodiscard]] QRect visual(const QRect &rect) const
    {
        return QStyle::visualRect(option.direction, option.rect, rect);
    }
    // A line of the row, given for left-to-right reading by its middle and its edges.
    [[nodiscard]] QRect line(int center, int left, int right) const
    {
        const int height = metrics.scaled(lineHeight);
        const QRect &row = option.rect;
        return {row.left() + left, row.top() + metrics.scaled(center) - height / 2, right - left,
                height};
    }
    void write(const QRect &rect, const QFont &font, const QColor &color, const QString &text,
               Qt::Alignment side = Qt::AlignLeft) const
    {
        const auto alignment = QStyle::visualAlignment(option.direction, side);
        drawElided(painter, visual(rect), alignment | Qt::AlignVCenter, font, color, text);
    }
};

ConnectionDelegate::ConnectionDelegate(const Clock &clock, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_clock(clock)
{
}

QSize ConnectionDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const bool rail = m_shape == Shape::Rail;
    int height = rail ? railConnectionHeight : connectionHeight;
    if (rowOf(index) == SidebarModel::Row::All)
        height = rail ? railAllHeight : allHeight;
    else if (rowOf(index) == SidebarModel::Row::Head)
        height = rail ? railHeadHeight : headHeight;
    return {m_metrics.scaled(textStart), m_metrics.scaled(height)};
}

int ConnectionDelegate::lineRoom(int rowWidth) const
{
    return rowWidth - m_metrics.scaled(textStart) - m_metrics.scaled(inset + lineEnd);
}

QString ConnectionDelegate::lineText(const QModelIndex &index, int rowWidth) const
{
    if (rowOf(index) != SidebarModel::Row::Connection)
        return {};
    const ConnectionLine line = connectionLine(stateOf(index), m_clock.elapsed());
    return textWidth(m_metrics.font(11), line.full) <= lineRoom(rowWidth) ? line.full : line.brief;
}

void ConnectionDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                               const QModelIndex &index) const
{
    const SidebarModel::Row row = rowOf(index);
    const Paint paint{*painter, option, Theme::of(option.palette), m_metrics,
                      row == SidebarModel::Row::Connection ? connectionCondition(stateOf(index))
                                                           : ConnectionCondition::Fresh};
    painter->save();
    switch (row) {
    case SidebarModel::Row::All:
        paintGround(paint, index);
        paintAll(paint, index);
        break;
    case SidebarModel::Row::Head:
        paintHead(paint, index);
        break;
    case SidebarModel::Row::Connection:
        paintGround(paint, index);
        paintConnection(paint, index);
        break;
    }
    painter->restore();
}

void ConnectionDelegate::paintGround(const Paint &paint, const QModelIndex &index) const
{
    const int side = m_metrics.scaled(inset);
    const QRect ground = paint.option.rect.adjusted(side, 1, -side, -1);
    const int corner = m_metrics.scaled(radius);
    const Theme &theme = paint.theme;
    if (paint.isSelected()) {
        const bool active = paint.option.state.testFlag(QStyle::State_Active);
        drawBox(paint.painter, ground, corner, active ? theme.selection : theme.selectionIdle);
    } else if (index == m_hovered) {
        drawBox(paint.painter, ground, corner, theme.hoverWindow);
    }
    if (index == m_focused)
        drawFocusRing(paint.painter, ground, corner, theme.accent);
}

void ConnectionDelegate::paintAll(const Paint &paint, const QModelIndex &index) const
{
    const bool rail = m_shape == Shape::Rail;
    const QRect &row = paint.option.rect;
    const int icon = m_metrics.scaled(16);
    const int center = rail ? row.width() / 2 : m_metrics.scaled(markCenter);
    const QColor color = paint.isSelected() ? paint.theme.text : paint.theme.text2;
    const QRect place(row.left() + center - icon / 2, row.top(), icon, row.height());
    drawIcon(paint.painter, paint.visual(place), u"sessions"_s, color, icon);
    if (rail)
        return;
    const int end =
        paintCount(paint, index.data(SidebarModel::CountTextRole).toString(), allHeight / 2);
    paint.write(paint.line(allHeight / 2, m_metrics.scaled(textStart), end),
                m_metrics.font(13, QFont::Medium), paint.theme.text, index.data().toString());
}

void ConnectionDelegate::paintHead(const Paint &paint, const QModelIndex &index) const
{
    const QRect &row = paint.option.rect;
    if (m_shape == Shape::Rail) {
        const int side = m_metrics.scaled(12);
        paint.painter.fillRect(
            row.adjusted(side, row.height() / 2, -side, -(row.height() - row.height() / 2 - 1)),
            paint.theme.line2);
        return;
    }
    paint.write(paint.line(headCenter, m_metrics.scaled(2 * inset), row.width()),
                m_metrics.font(11, QFont::DemiBold), paint.theme.text3, index.data().toString());
}

void ConnectionDelegate::paintConnection(const Paint &paint, const QModelIndex &index) const
{
    const ConnectionState state = stateOf(index);
    const bool rail = m_shape == Shape::Rail;
    const int width = m_metrics.scaled(badgeSize.width());
    const int center = rail ? paint.option.rect.width() / 2 : m_metrics.scaled(markCenter);
    const QRect badge = paint.line(rail ? railBadgeCenter : nameCenter, center - width / 2,
                                   center - width / 2 + width);
    const bool colored = isQuiet(paint.condition) && paint.condition != ConnectionCondition::Off;
    drawBadge(paint.painter, paint.visual(badge), state.connection,
              colored ? BadgeLook::Filled : BadgeLook::Outlined, paint.theme,
              m_metrics.font(10, QFont::DemiBold));
    paintMark(paint, rail ? railMarkCenter : lineCenter);
    if (rail)
        return;
    paintName(paint, index);
    paintLine(paint, lineText(index, paint.option.rect.width()));
}

void ConnectionDelegate::paintMark(const Paint &paint, int center) const
{
    const StateShape shape = shapeOf(paint.condition);
    const int px = m_metrics.scaled(shape.size);
    const int middle =
        m_shape == Shape::Rail ? paint.option.rect.width() / 2 : m_metrics.scaled(markCenter);
    const QRect place = paint.line(center, middle - px / 2, middle - px / 2 + px);
    drawIcon(paint.painter, paint.visual(place), shape.icon, paint.theme.*shape.color, px);
}

int ConnectionDelegate::paintCount(const Paint &paint, const QString &count, int center) const
{
    const QFont font = m_metrics.font(12);
    const int end = paint.option.rect.width() - m_metrics.scaled(padding);
    if (count.isEmpty())
        return end;
    const int start = end - textWidth(font, count);
    paint.write(paint.line(center, start, end), font, paint.theme.text2, count, Qt::AlignRight);
    return start - m_metrics.scaled(countGap);
}

void ConnectionDelegate::paintName(const Paint &paint, const QModelIndex &index) const
{
    const Connection::Guard guard = stateOf(index).connection.guard;
    const QFont font = m_metrics.font(13, QFont::Medium);
    const int start = m_metrics.scaled(textStart);
    int end = paintCount(paint, index.data(SidebarModel::CountTextRole).toString(), nameCenter);
    const QString icon = guardIcon(guard);
    const int mark = m_metrics.scaled(guardSize);
    const int gap = m_metrics.scaled(guardGap);
    if (!icon.isEmpty())
        end -= mark + gap;
    const QString name = index.data().toString();
    const int width = qMin(textWidth(font, name), end - start);
    const bool off = paint.condition == ConnectionCondition::Off;
    paint.write(paint.line(nameCenter, start, start + width), font,
                off ? paint.quietText() : paint.theme.text, name);
    if (icon.isEmpty())
        return;
    const bool warns = guard == Connection::Guard::Protected && !off;
    const int left = start + width + gap;
    drawIcon(paint.painter, paint.visual(paint.line(nameCenter, left, left + mark)), icon,
             warns ? paint.theme.red : paint.quietText(), mark);
}

void ConnectionDelegate::paintLine(const Paint &paint, const QString &text) const
{
    const int start = m_metrics.scaled(textStart);
    const QColor color =
        isQuiet(paint.condition) ? paint.quietText() : paint.theme.*shapeOf(paint.condition).color;
    paint.write(paint.line(lineCenter, start, start + lineRoom(paint.option.rect.width())),
                m_metrics.font(11), color, text);
}

} // namespace Anchorwatch
