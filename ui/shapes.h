#pragma once

#include <QColor>
#include <QFont>
#include <QRectF>
#include <QString>

class QPainter;

namespace Anchorwatch {

// The few shapes that everything is drawn with. Lengths are device-independent pixels.

// A rounded box with a 1 px outline inside its edge. Invalid colours are left out.
void drawBox(QPainter &painter, const QRectF &rect, qreal radius, const QColor &ground,
             const QColor &outline = {}, qreal outlineWidth = 1);

// The 2 px ring of what has the focus, inside its edge.
void drawFocusRing(QPainter &painter, const QRectF &rect, qreal radius, const QColor &color);

// One of our icons, `px` wide, in the middle of the rectangle.
void drawIcon(QPainter &painter, const QRect &rect, const QString &name, const QColor &color,
              int px);

// The room that one line of text needs: never less than what it is drawn with.
[[nodiscard]] int textWidth(const QFont &font, const QString &text);

// One line of text that ends in "…" where it does not fit.
void drawElided(QPainter &painter, const QRect &rect, Qt::Alignment alignment, const QFont &font,
                const QColor &color, const QString &text);

// The colour `share` of the way from one to the other.
[[nodiscard]] QColor mixed(const QColor &from, const QColor &to, float share);

} // namespace Anchorwatch
