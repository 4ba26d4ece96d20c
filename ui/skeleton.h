#pragma once

class QHeaderView;
class QPainter;
class QRect;

namespace Anchorwatch {

class Metrics;
struct Theme;

// Rows that are still to come, in the table's real columns, paler from row to row.
void paintSkeleton(QPainter &painter, const QRect &viewport, const QHeaderView &header,
                   const Metrics &metrics, const Theme &theme);

} // namespace Anchorwatch
