#include "ui/connectionbadge.h"

#include "models/urltext.h"
#include "ui/shapes.h"

#include <QFontInfo>
#include <QPainter>

namespace Anchorwatch {

namespace {

constexpr int fontSize = 10;
constexpr int radius = 4;
constexpr float lightTint = 0.13F;
constexpr float darkTint = 0.20F;
constexpr int dark = 128; // a lightness

QColor tint(const QColor &color, const Theme &theme)
{
    return mixed(theme.base, color, theme.base.lightness() < dark ? darkTint : lightTint);
}

} // namespace

void drawBadge(QPainter &painter, const QRect &rect, const Connection &connection, BadgeLook look,
               const Theme &theme, const QFont &font)
{
    const double factor = static_cast<double>(QFontInfo(font).pixelSize()) / fontSize;
    QRect box(QPoint(), (QSizeF(badgeSize) * factor).toSize());
    box.moveCenter(rect.center());

    QColor ground = tint(theme.connectionColor(connection.color), theme);
    QColor letters = theme.connectionColor(connection.color);
    QColor outline;
    if (look == BadgeLook::Outlined) {
        ground = QColor(); // "= {}" would be Qt::color0, which is white
        letters = theme.text3;
        outline = theme.line2;
    } else if (connection.guard == Connection::Guard::Protected) {
        ground = theme.redFill;
        letters = theme.onFill;
    }
    drawBox(painter, box, radius * factor, ground, outline);
    painter.setFont(font);
    painter.setPen(letters);
    painter.drawText(box, Qt::AlignCenter | Qt::TextSingleLine, visibleText(connection.badge));
}

} // namespace Anchorwatch
