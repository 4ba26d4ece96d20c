#include "ui/elidedlabel.h"

#include "ui/shapes.h"

#include <QPainter>

namespace Anchorwatch {

QSize ElidedLabel::minimumSizeHint() const
{
    return {0, QLabel::minimumSizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    // A letter or two with dots say nothing.
    constexpr int fewestLetters = 6;
    const bool fits = fontMetrics().horizontalAdvance(text()) <= contentsRect().width();
    if (!fits && contentsRect().width() < fewestLetters * fontMetrics().averageCharWidth())
        return;
    QPainter painter(this);
    drawElided(painter, contentsRect(), Qt::AlignVCenter | Qt::AlignLeft, font(),
               palette().color(foregroundRole()), text());
}

} // namespace Anchorwatch
