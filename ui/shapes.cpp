#include "ui/shapes.h"

#include "ui/icons.h"

#include <QFontMetrics>
#include <QPainter>
#include <QtMath>

namespace Anchorwatch {

void drawBox(QPainter &painter, const QRectF &rect, qreal radius, const QColor &ground,
             const QColor &outline, qreal outlineWidth)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(ground.isValid() ? QBrush(ground) : QBrush(Qt::NoBrush));
    if (outline.isValid()) {
        const qreal inset = outlineWidth / 2;
        painter.setPen(QPen(outline, outlineWidth));
        painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius - inset,
                                radius - inset);
    } else {
        painter.setPen(Qt::NoPen);
        painter.drawRoundedRect(rect, radius, radius);
    }
    painter.restore();
}

void drawFocusRing(QPainter &painter, const QRectF &rect, qreal radius, const QColor &color)
{
    drawBox(painter, rect, radius, {}, color, 2);
}

void drawIcon(QPainter &painter, const QRect &rect, const QString &name, const QColor &color,
              int px)
{
    const qreal dpr = painter.device()->devicePixelRatio();
    const QPoint corner(rect.left() + (rect.width() - px) / 2,
                        rect.top() + (rect.height() - px) / 2);
    painter.drawPixmap(corner, tintedPixmap(name, color, px, dpr));
}

int textWidth(const QFont &font, const QString &text)
{
    return qCeil(QFontMetricsF(font).horizontalAdvance(text));
}

void drawElided(QPainter &painter, const QRect &rect, Qt::Alignment alignment, const QFont &font,
                const QColor &color, const QString &text)
{
    if (rect.width() <= 0)
        return;
    painter.setFont(font);
    painter.setPen(color);
    const QString shown = QFontMetrics(font).elidedText(text, Qt::ElideRight, rect.width());
    painter.drawText(rect, static_cast<int>(alignment | Qt::TextSingleLine), shown);
}

QColor mixed(const QColor &from, const QColor &to, float share)
{
    const auto mix = [share](float a, float b) { return a + (b - a) * share; };
    return QColor::fromRgbF(mix(from.redF(), to.redF()), mix(from.greenF(), to.greenF()),
                            mix(from.blueF(), to.blueF()));
}

} // namespace Anchorwatch
