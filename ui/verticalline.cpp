#include "ui/verticalline.h"

#include "ui/theme.h"

#include <QPainter>

namespace Anchorwatch {

VerticalLine::VerticalLine(QWidget *parent)
    : QWidget(parent)
{
    setFixedWidth(1);
}

void VerticalLine::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), Theme::of(palette()).line2);
}

} // namespace Anchorwatch
