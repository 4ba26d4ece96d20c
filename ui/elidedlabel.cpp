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
    QPainter painter(this);
    drawElided(painter, contentsRect(), Qt::AlignVCenter | Qt::AlignLeft, font(),
               palette().color(foregroundRole()), text());
}

} // namespace Anchorwatch
