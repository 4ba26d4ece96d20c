#pragma once

#include <QColor>
#include <QString>

class QFontMetrics;
class QPainter;
class QRect;

// Text whose digits all take the same room, so that a number does not shift while it counts. Qt 6.4
// cannot ask a font for its tabular digits, so they are placed one by one.
namespace Anchorwatch {

[[nodiscard]] int tabularWidth(const QString &text, const QFontMetrics &metrics);

// Draws the text with the painter's font at the right end of the rectangle, digits in one colour
// and what stands between them (units, dashes) in another.
void drawTabular(QPainter &painter, const QRect &rect, const QString &text, const QColor &digits,
                 const QColor &units);

} // namespace Anchorwatch
