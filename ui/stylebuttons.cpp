#include "ui/stylebuttons.h"

#include "ui/controlkind.h"
#include "ui/icons.h"
#include "ui/metrics.h"
#include "ui/shapes.h"
#include "ui/theme.h"

#include <QFontMetrics>
#include <QPainter>
#include <QStyleOptionButton>
#include <QWidget>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int radius = 6;
constexpr int iconSize = 16;
constexpr int iconGap = 6;
constexpr int buttonPadding = 13;
constexpr int toolPadding = 10;

bool isEnabled(const QStyleOption &option)
{
    return option.state.testFlag(QStyle::State_Enabled);
}

bool isUnderPointer(const QStyleOption &option)
{
    return isEnabled(option) && option.state.testFlag(QStyle::State_MouseOver);
}

bool isPressed(const QStyleOption &option)
{
    return option.state.testFlag(QStyle::State_Sunken);
}

// The ring is for who works by keyboard.
bool showsFocus(const QStyleOption &option)
{
    return option.state.testFlag(QStyle::State_HasFocus)
           && option.state.testFlag(QStyle::State_KeyboardFocusChange);
}

bool isFilled(ControlKind kind)
{
    return kind == ControlKind::Primary || kind == ControlKind::Danger;
}

// Ground, outline and what stands on them.
struct Coat
{
    QColor ground;
    QColor outline;
    QColor text;
    QColor icon;
    QColor ring;
};

Coat filledCoat(const Theme &theme, const QStyleOption &option, ControlKind kind)
{
    if (!isEnabled(option))
        return {theme.hoverWindow, {}, theme.disabledText(), theme.disabledText(), theme.text};
    const bool loud = isUnderPointer(option) || isPressed(option);
    const QColor ground = kind == ControlKind::Primary
                              ? (loud ? theme.fillHover : theme.fill)
                              : (loud ? theme.redFillHover : theme.redFill);
    return {ground, {}, theme.onFill, theme.onFill, theme.text};
}

Coat raisedCoat(const Theme &theme, const QStyleOption &option)
{
    if (!isEnabled(option))
        return {{}, theme.line2, theme.disabledText(), theme.disabledText(), theme.accent};
    QColor ground = isUnderPointer(option) ? theme.hover : theme.raised;
    if (isPressed(option) || option.state.testFlag(QStyle::State_On))
        ground = theme.press;
    return {ground, theme.line2, theme.text, theme.text2, theme.accent};
}

Coat flatCoat(const Theme &theme, const QStyleOption &option)
{
    if (!isEnabled(option))
        return {{}, {}, theme.disabledText(), theme.disabledText(), theme.accent};
    QColor ground;
    if (isPressed(option) || option.state.testFlag(QStyle::State_On))
        ground = theme.press;
    else if (isUnderPointer(option))
        ground = theme.hoverWindow;
    const bool loud = ground.isValid();
    return {ground, {}, theme.text, loud ? theme.text : theme.text2, theme.accent};
}

Coat coatOf(const QStyleOption &option, ControlKind kind)
{
    const Theme &theme = Theme::of(option.palette);
    switch (kind) {
    case ControlKind::Primary:
    case ControlKind::Danger:
        return filledCoat(theme, option, kind);
    case ControlKind::Flat:
        return flatCoat(theme, option);
    case ControlKind::Plain:
    case ControlKind::Small:
        break;
    }
    return raisedCoat(theme, option);
}

void paintPanel(QPainter &painter, const QRect &rect, const Coat &coat, bool ring)
{
    const Metrics metrics;
    drawBox(painter, rect, metrics.scaled(radius), coat.ground, coat.outline);
    if (ring)
        drawFocusRing(painter, rect, metrics.scaled(radius), coat.ring);
}

QFont labelFont(const QWidget *widget)
{
    QFont font = widget ? widget->font() : Metrics().font(13);
    font.setWeight(QFont::Medium);
    return font;
}

int wordsWidth(const QString &text, const QWidget *widget)
{
    return QFontMetrics(labelFont(widget)).size(Qt::TextShowMnemonic, text).width();
}

int labelWidth(const QString &text, const QIcon &icon, const QWidget *widget)
{
    const Metrics metrics;
    const int words = text.isEmpty() ? 0 : wordsWidth(text, widget);
    const int shape = icon.isNull() ? 0 : metrics.scaled(iconSize);
    return words + shape + (words && shape ? metrics.scaled(iconGap) : 0);
}

int mnemonicFlag(const QStyleOption &option, const QWidget *widget)
{
    const QStyle *style = widget ? widget->style() : nullptr;
    const bool shown = style && style->styleHint(QStyle::SH_UnderlineShortcut, &option, widget);
    return shown ? Qt::TextShowMnemonic : Qt::TextHideMnemonic;
}

// An icon and words side by side, together in the middle of the rectangle.
void paintLabel(const QStyleOption &option, QPainter &painter, const QWidget *widget,
                const QString &text, const QIcon &icon, const Coat &coat)
{
    const Metrics metrics;
    const QRect &rect = option.rect;
    QRect label(0, 0, qMin(labelWidth(text, icon, widget), rect.width()), rect.height());
    label.moveCenter(rect.center());
    if (!icon.isNull()) {
        const int px = metrics.scaled(iconSize);
        QRect shape(label.left(), label.top(), px, label.height());
        shape = QStyle::visualRect(option.direction, rect, shape);
        const qreal dpr = painter.device()->devicePixelRatio();
        painter.drawPixmap(shape.left(), shape.top() + (shape.height() - px) / 2,
                           tintedPixmap(icon, coat.icon, px, dpr));
        label.setLeft(label.left() + px + metrics.scaled(iconGap));
    }
    painter.setFont(labelFont(widget));
    painter.setPen(coat.text);
    painter.drawText(
        QStyle::visualRect(option.direction, rect, label),
        Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine | mnemonicFlag(option, widget), text);
}

} // namespace

void paintButtonPanel(const QStyleOptionButton &option, QPainter &painter, const QWidget *widget)
{
    const ControlKind kind = option.features.testFlag(QStyleOptionButton::Flat)
                                 ? ControlKind::Flat
                                 : controlKind(widget);
    // A dialog's default button got the focus from the dialog, not from the pointer.
    const bool ring = showsFocus(option)
                      || (option.state.testFlag(QStyle::State_HasFocus)
                          && option.features.testFlag(QStyleOptionButton::DefaultButton));
    paintPanel(painter, option.rect, coatOf(option, kind), ring);
}

void paintButtonLabel(const QStyleOptionButton &option, QPainter &painter, const QWidget *widget)
{
    const Coat coat = coatOf(option, controlKind(widget));
    paintLabel(option, painter, widget, option.text, option.icon, coat);
}

QSize buttonSize(const QStyleOptionButton &option, const QWidget *widget)
{
    const Metrics metrics;
    const int height = controlKind(widget) == ControlKind::Small ? 26 : 30;
    return {labelWidth(option.text, option.icon, widget) + 2 * metrics.scaled(buttonPadding),
            metrics.scaled(height)};
}

void paintToolButton(const QStyleOptionToolButton &option, QPainter &painter, const QWidget *widget)
{
    ControlKind kind = controlKind(widget);
    if (kind == ControlKind::Plain)
        kind = ControlKind::Flat; // tools are flat unless they say otherwise
    const Coat coat = coatOf(option, kind);
    paintPanel(painter, option.rect, coat, showsFocus(option));
    const bool words = option.toolButtonStyle != Qt::ToolButtonIconOnly;
    const bool shape = option.toolButtonStyle != Qt::ToolButtonTextOnly;
    paintLabel(option, painter, widget, words || option.icon.isNull() ? option.text : QString(),
               shape ? option.icon : QIcon(), coat);
}

QSize toolButtonSize(const QStyleOptionToolButton &option, const QWidget *widget)
{
    const Metrics metrics;
    const int height = metrics.scaled(isFilled(controlKind(widget)) ? 30 : 28);
    if (option.toolButtonStyle == Qt::ToolButtonIconOnly && !option.icon.isNull())
        return {height, height};
    const QIcon icon = option.toolButtonStyle == Qt::ToolButtonTextOnly ? QIcon() : option.icon;
    const int padding = isFilled(controlKind(widget)) ? buttonPadding : toolPadding;
    return {labelWidth(option.text, icon, widget) + 2 * metrics.scaled(padding), height};
}

namespace {

// Outline and ground of a box or disc to check.
Coat markCoat(const QStyleOptionButton &option)
{
    const Theme &theme = Theme::of(option.palette);
    const bool on = option.state.testFlag(QStyle::State_On);
    if (!isEnabled(option))
        return {on ? theme.line2 : QColor(), theme.line2, {}, theme.window, theme.accent};
    const bool loud = isUnderPointer(option) || isPressed(option);
    if (!on)
        return {loud ? theme.hover : theme.base, theme.control, {}, {}, theme.accent};
    return {loud ? theme.fillHover : theme.fill, {}, {}, theme.onFill, theme.text};
}

} // namespace

void paintCheckMark(const QStyleOptionButton &option, QPainter &painter)
{
    const Metrics metrics;
    const Coat coat = markCoat(option);
    drawBox(painter, option.rect, metrics.scaled(4), coat.ground, coat.outline);
    if (option.state.testFlag(QStyle::State_On))
        drawIcon(painter, option.rect, u"check"_s, coat.icon, metrics.scaled(14));
    else if (option.state.testFlag(QStyle::State_NoChange))
        drawIcon(painter, option.rect, u"remove"_s, Theme::of(option.palette).text2,
                 metrics.scaled(14));
    if (showsFocus(option))
        drawFocusRing(painter, option.rect, metrics.scaled(4), coat.ring);
}

void paintRadioMark(const QStyleOptionButton &option, QPainter &painter)
{
    const Coat coat = markCoat(option);
    const qreal half = option.rect.width() / 2.0;
    drawBox(painter, option.rect, half, coat.ground, coat.outline);
    if (option.state.testFlag(QStyle::State_On)) {
        const qreal inset = half * 0.6;
        drawBox(painter, QRectF(option.rect).adjusted(inset, inset, -inset, -inset), half - inset,
                coat.icon);
    }
    if (showsFocus(option))
        drawFocusRing(painter, option.rect, half, coat.ring);
}

} // namespace Anchorwatch
