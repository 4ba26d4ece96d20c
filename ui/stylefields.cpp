#include "ui/stylefields.h"

#include "ui/controlkind.h"
#include "ui/icons.h"
#include "ui/metrics.h"
#include "ui/shapes.h"
#include "ui/theme.h"

#include <QPainter>
#include <QStyleOptionComboBox>
#include <QWidget>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int radius = 6;
constexpr int padding = 10;
constexpr int arrowWidth = 26;
constexpr int stepWidth = 20;
constexpr int chevronSize = 12;

enum class Writable { Yes, No };

void paintField(const QStyleOption &option, QPainter &painter, const QWidget *widget,
                Writable writable)
{
    const Theme &theme = Theme::of(option.palette);
    const int corner = Metrics().scaled(radius);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool open = enabled && writable == Writable::Yes;
    drawBox(painter, option.rect, corner, open ? theme.base : theme.window,
            open ? theme.control : theme.line2);
    if (fieldState(widget) == FieldState::Wrong)
        drawFocusRing(painter, option.rect, corner, theme.red);
    else if (option.state.testFlag(QStyle::State_HasFocus))
        drawFocusRing(painter, option.rect, corner, theme.accent);
}

QRect mirrored(const QStyleOption &option, const QRect &rect)
{
    return QStyle::visualRect(option.direction, option.rect, rect);
}

void paintChevron(QPainter &painter, const QRect &rect, const QColor &color, qreal angle)
{
    painter.save();
    painter.translate(QRectF(rect).center());
    painter.rotate(angle);
    const int px = Metrics().scaled(chevronSize);
    drawIcon(painter, QRect(-px / 2, -px / 2, px, px), u"chevron-down"_s, color, px);
    painter.restore();
}

QColor textColor(const QStyleOption &option)
{
    const Theme &theme = Theme::of(option.palette);
    return option.state.testFlag(QStyle::State_Enabled) ? theme.text : theme.disabledText();
}

QColor arrowColor(const QStyleOption &option)
{
    const Theme &theme = Theme::of(option.palette);
    return option.state.testFlag(QStyle::State_Enabled) ? theme.text2 : theme.disabledText();
}

} // namespace

void paintLineEdit(const QStyleOptionFrame &option, QPainter &painter, const QWidget *widget)
{
    // Without a frame it is the inside of a field that has painted itself already.
    if (option.lineWidth <= 0)
        return;
    paintField(option, painter, widget,
               option.state.testFlag(QStyle::State_ReadOnly) ? Writable::No : Writable::Yes);
}

void paintComboBox(const QStyleOptionComboBox &option, QPainter &painter, const QWidget *widget)
{
    paintField(option, painter, widget, Writable::Yes);
    paintChevron(painter, comboArrowRect(option), arrowColor(option), 0);
}

void paintComboLabel(const QStyleOptionComboBox &option, QPainter &painter)
{
    if (option.editable)
        return;
    const Metrics metrics;
    QRect rect = option.rect;
    rect.setLeft(rect.left() + metrics.scaled(padding));
    rect.setRight(rect.right() - metrics.scaled(arrowWidth));
    if (!option.currentIcon.isNull()) {
        const int px = metrics.scaled(16);
        const QRect icon(rect.left(), rect.top() + (rect.height() - px) / 2, px, px);
        const qreal dpr = painter.device()->devicePixelRatio();
        painter.drawPixmap(mirrored(option, icon).topLeft(),
                           tintedPixmap(option.currentIcon, arrowColor(option), px, dpr));
        rect.setLeft(rect.left() + px + metrics.scaled(8));
    }
    drawElided(painter, mirrored(option, rect), Qt::AlignVCenter | Qt::AlignLeft, painter.font(),
               textColor(option), option.currentText);
}

QRect comboEditRect(const QStyleOptionComboBox &option)
{
    const Metrics metrics;
    // The line edit inside adds 2 px of its own.
    const QRect rect =
        option.rect.adjusted(metrics.scaled(padding) - 2, 2, -metrics.scaled(arrowWidth), -2);
    return mirrored(option, rect);
}

QRect comboArrowRect(const QStyleOptionComboBox &option)
{
    QRect rect = option.rect;
    rect.setLeft(rect.right() + 1 - Metrics().scaled(arrowWidth));
    return mirrored(option, rect);
}

void paintSpinBox(const QStyleOptionSpinBox &option, QPainter &painter, const QWidget *widget)
{
    paintField(option, painter, widget, Writable::Yes);
    const Theme &theme = Theme::of(option.palette);
    const auto colorOf = [&](QStyle::SubControl button, QAbstractSpinBox::StepEnabledFlag step) {
        if (!option.stepEnabled.testFlag(step))
            return theme.disabledText();
        const bool loud = option.activeSubControls.testFlag(button);
        return loud ? theme.text : arrowColor(option);
    };
    // The chevrons stand closer than the halves they are in.
    const int nudge = Metrics().scaled(2);
    paintChevron(painter, spinUpRect(option).translated(0, nudge),
                 colorOf(QStyle::SC_SpinBoxUp, QAbstractSpinBox::StepUpEnabled), 180);
    paintChevron(painter, spinDownRect(option).translated(0, -nudge),
                 colorOf(QStyle::SC_SpinBoxDown, QAbstractSpinBox::StepDownEnabled), 0);
}

QRect spinEditRect(const QStyleOptionSpinBox &option)
{
    const Metrics metrics;
    const QRect rect =
        option.rect.adjusted(metrics.scaled(padding) - 2, 2, -metrics.scaled(stepWidth), -2);
    return mirrored(option, rect);
}

QRect spinUpRect(const QStyleOptionSpinBox &option)
{
    QRect rect = option.rect;
    rect.setLeft(rect.right() + 1 - Metrics().scaled(stepWidth));
    rect.setHeight(rect.height() / 2);
    return mirrored(option, rect);
}

QRect spinDownRect(const QStyleOptionSpinBox &option)
{
    QRect rect = spinUpRect(option);
    rect.setTop(option.rect.top() + option.rect.height() / 2);
    rect.setBottom(option.rect.bottom());
    return rect;
}

} // namespace Anchorwatch
