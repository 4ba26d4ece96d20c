#include "ui/skeleton.h"

#include "models/sessioncolumns.h"
#include "ui/metrics.h"
#include "ui/shapes.h"
#include "ui/theme.h"

#include <QHeaderView>
#include <QPainter>

#include <array>

namespace Anchorwatch {

namespace {

constexpr int rowHeight = 32;
constexpr int padding = 10;
constexpr int barHeight = 10;

// One a row; titles are never all of one length.
constexpr std::array titleWidths{150, 190, 120, 210, 170, 140, 200, 160, 130, 180};

// Width of the bar in a column of that width.
int barWidth(SessionColumn column, int row, int room)
{
    switch (column) {
    case SessionColumn::Status:
        return 56;
    case SessionColumn::Connection:
        return 24;
    case SessionColumn::Session:
        return 64;
    case SessionColumn::Page:
        return titleWidths[static_cast<size_t>(row) % titleWidths.size()];
    case SessionColumn::Profile:
    case SessionColumn::Tags:
        return 70;
    case SessionColumn::Age:
    case SessionColumn::Duration:
    case SessionColumn::TimeLimit:
    case SessionColumn::IdleLimit:
    case SessionColumn::Steps:
    case SessionColumn::Credits:
    case SessionColumn::ProxyTraffic:
        return 40;
    case SessionColumn::Cdp:
    case SessionColumn::LiveView:
        return room * 2 / 3;
    }
    return 0;
}

void paintBar(QPainter &painter, const QRect &cell, SessionColumn column, int row,
              const Metrics &metrics, const QColor &color)
{
    const int height = metrics.scaled(barHeight);
    QRect bar(cell.left() + metrics.scaled(padding), cell.top() + (cell.height() - height) / 2, 0,
              height);
    if (column == SessionColumn::Status) {
        const int disc = metrics.scaled(12);
        bar.moveLeft(cell.left() + metrics.scaled(12));
        const QRect place(bar.left(), cell.top() + (cell.height() - disc) / 2, disc, disc);
        drawBox(painter, place, disc / 2.0, color);
        bar.moveLeft(cell.left() + metrics.scaled(32));
    }
    const int room = cell.right() + 1 - metrics.scaled(padding) - bar.left();
    bar.setWidth(qMin(metrics.scaled(barWidth(column, row, room)), room));
    if (columnInfo(column).alignment.testFlag(Qt::AlignRight))
        bar.moveRight(cell.right() - metrics.scaled(padding));
    if (bar.width() > 0)
        drawBox(painter, bar, metrics.scaled(3), color);
}

} // namespace

void paintSkeleton(QPainter &painter, const QRect &viewport, const QHeaderView &header,
                   const Metrics &metrics, const Theme &theme)
{
    const int height = metrics.scaled(rowHeight);
    constexpr auto rows = static_cast<int>(titleWidths.size());
    for (int row = 0; row < rows; ++row) {
        const int top = viewport.top() + row * height;
        const float paleness = 0.09F * static_cast<float>(row);
        const QColor color = mixed(theme.skeleton, theme.base, paleness);
        painter.fillRect(QRect(viewport.left(), top + height - 1, viewport.width(), 1), theme.line);
        for (int section = 0; section < header.count(); ++section) {
            const QRect cell(header.sectionViewportPosition(section), top,
                             header.sectionSize(section), height);
            if (!header.isSectionHidden(section))
                paintBar(painter, cell, static_cast<SessionColumn>(section), row, metrics, color);
        }
    }
}

} // namespace Anchorwatch
