#include "ui/anchorwatchstyle.h"

#include "ui/metrics.h"
#include "ui/stylebars.h"
#include "ui/stylebuttons.h"
#include "ui/stylefields.h"
#include "ui/theme.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QPainter>
#include <QStyleOption>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

template<typename Option>
const Option *as(const QStyleOption *option)
{
    return qstyleoption_cast<const Option *>(option);
}

bool isInsideField(const QWidget *widget)
{
    const QWidget *parent = widget ? widget->parentWidget() : nullptr;
    return qobject_cast<const QComboBox *>(parent)
           || qobject_cast<const QAbstractSpinBox *>(parent);
}

// Lists and menus of choices mark the chosen one softly, as the table does.
QStyleOptionViewItem softSelection(const QStyleOptionViewItem &option)
{
    const Theme &theme = Theme::of(option.palette);
    QStyleOptionViewItem soft = option;
    soft.palette.setColor(QPalette::Highlight, theme.selection);
    soft.palette.setColor(QPalette::HighlightedText, theme.text);
    return soft;
}

QRect scrollBarPart(const QStyleOptionSlider &option, QStyle::SubControl part, int shortest)
{
    const bool vertical = option.orientation == Qt::Vertical;
    const int length = vertical ? option.rect.height() : option.rect.width();
    const qint64 range = static_cast<qint64>(option.maximum) - option.minimum;
    int thumb = length;
    if (range > 0) {
        const auto share =
            static_cast<int>(qint64(option.pageStep) * length / (range + option.pageStep));
        thumb = qBound(qMin(shortest, length), share, length);
    }
    const int start = QStyle::sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, length - thumb, option.upsideDown);
    const auto stretch = [&](int from, int to) {
        const QRect rect = vertical ? QRect(0, from, option.rect.width(), to - from)
                                    : QRect(from, 0, to - from, option.rect.height());
        return QStyle::visualRect(option.direction, option.rect,
                                  rect.translated(option.rect.topLeft()));
    };
    switch (part) {
    case QStyle::SC_ScrollBarGroove:
        return option.rect;
    case QStyle::SC_ScrollBarSlider:
        return stretch(start, start + thumb);
    case QStyle::SC_ScrollBarSubPage:
        return stretch(0, start);
    case QStyle::SC_ScrollBarAddPage:
        return stretch(start + thumb, length);
    default: // no arrows at the ends
        return {};
    }
}

QRect comboPart(const QStyleOptionComboBox &option, QStyle::SubControl part)
{
    if (part == QStyle::SC_ComboBoxEditField)
        return comboEditRect(option);
    return part == QStyle::SC_ComboBoxArrow ? comboArrowRect(option) : option.rect;
}

QRect spinPart(const QStyleOptionSpinBox &option, QStyle::SubControl part)
{
    if (part == QStyle::SC_SpinBoxEditField)
        return spinEditRect(option);
    if (part == QStyle::SC_SpinBoxUp)
        return spinUpRect(option);
    return part == QStyle::SC_SpinBoxDown ? spinDownRect(option) : option.rect;
}

} // namespace

AnchorwatchStyle::AnchorwatchStyle()
    : QProxyStyle(u"Fusion"_s)
{
}

void AnchorwatchStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
                                     QPainter *painter, const QWidget *widget) const
{
    const auto *button = as<QStyleOptionButton>(option);
    switch (element) {
    case PE_FrameFocusRect:
    case PE_FrameDefaultButton:
    case PE_IndicatorHeaderArrow:
    case PE_PanelMenuBar:
    case PE_FrameStatusBarItem:
        return; // what is painted around them says it already
    case PE_PanelButtonCommand:
        if (button)
            return paintButtonPanel(*button, *painter, widget);
        break;
    case PE_IndicatorCheckBox:
        if (button)
            return paintCheckMark(*button, *painter);
        break;
    case PE_IndicatorRadioButton:
        if (button)
            return paintRadioMark(*button, *painter);
        break;
    case PE_PanelLineEdit:
        if (isInsideField(widget))
            return;
        if (const auto *frame = as<QStyleOptionFrame>(option))
            return paintLineEdit(*frame, *painter, widget);
        break;
    case PE_PanelMenu:
        return paintMenuPanel(*option, *painter);
    case PE_FrameMenu:
        return; // part of the panel
    case PE_IndicatorToolBarSeparator:
        return paintToolSeparator(*option, *painter);
    case PE_PanelTipLabel:
        return paintTip(*option, *painter);
    case PE_PanelItemViewItem:
        if (const auto *item = as<QStyleOptionViewItem>(option)) {
            const QStyleOptionViewItem soft = softSelection(*item);
            return QProxyStyle::drawPrimitive(element, &soft, painter, widget);
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void AnchorwatchStyle::drawControl(ControlElement element, const QStyleOption *option,
                                   QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case CE_PushButtonLabel:
        if (const auto *button = as<QStyleOptionButton>(option))
            return paintButtonLabel(*button, *painter, widget);
        break;
    case CE_ComboBoxLabel:
        if (const auto *combo = as<QStyleOptionComboBox>(option))
            return paintComboLabel(*combo, *painter);
        break;
    case CE_MenuItem:
        if (const auto *item = as<QStyleOptionMenuItem>(option))
            return paintMenuItem(*item, *painter, widget);
        break;
    case CE_MenuBarItem:
        if (const auto *item = as<QStyleOptionMenuItem>(option))
            return paintMenuBarItem(*item, *painter, widget);
        break;
    case CE_MenuBarEmptyArea:
    case CE_ToolBar:
        painter->fillRect(option->rect, Theme::of(option->palette).window);
        return;
    case CE_Header:
        if (const auto *header = as<QStyleOptionHeader>(option))
            return paintHeader(*header, *painter);
        break;
    case CE_HeaderEmptyArea:
        return paintHeaderRest(*option, *painter);
    case CE_Splitter:
        return paintSplitter(*option, *painter);
    case CE_ItemViewItem:
        if (const auto *item = as<QStyleOptionViewItem>(option)) {
            const QStyleOptionViewItem soft = softSelection(*item);
            return QProxyStyle::drawControl(element, &soft, painter, widget);
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void AnchorwatchStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                          QPainter *painter, const QWidget *widget) const
{
    switch (control) {
    case CC_ToolButton:
        if (const auto *tool = as<QStyleOptionToolButton>(option))
            return paintToolButton(*tool, *painter, widget);
        break;
    case CC_ComboBox:
        if (const auto *combo = as<QStyleOptionComboBox>(option))
            return paintComboBox(*combo, *painter, widget);
        break;
    case CC_SpinBox:
        if (const auto *spin = as<QStyleOptionSpinBox>(option))
            return paintSpinBox(*spin, *painter, widget);
        break;
    case CC_ScrollBar:
        if (const auto *bar = as<QStyleOptionSlider>(option)) {
            const QRect thumb = subControlRect(control, option, SC_ScrollBarSlider, widget);
            return paintScrollBar(*bar, *painter, thumb);
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect AnchorwatchStyle::subElementRect(SubElement element, const QStyleOption *option,
                                       const QWidget *widget) const
{
    const auto *frame = as<QStyleOptionFrame>(option);
    if (element == SE_LineEditContents && frame && frame->lineWidth > 0 && !isInsideField(widget)) {
        const int padding = Metrics().scaled(5);
        return visualRect(option->direction, option->rect,
                          option->rect.adjusted(padding, 1, -padding, -1));
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

QRect AnchorwatchStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                                       SubControl subControl, const QWidget *widget) const
{
    switch (control) {
    case CC_ScrollBar:
        if (const auto *bar = as<QStyleOptionSlider>(option))
            return scrollBarPart(*bar, subControl, pixelMetric(PM_ScrollBarSliderMin));
        break;
    case CC_ComboBox:
        if (const auto *combo = as<QStyleOptionComboBox>(option))
            return comboPart(*combo, subControl);
        break;
    case CC_SpinBox:
        if (const auto *spin = as<QStyleOptionSpinBox>(option))
            return spinPart(*spin, subControl);
        break;
    default:
        break;
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

QSize AnchorwatchStyle::sizeFromContents(ContentsType type, const QStyleOption *option,
                                         const QSize &contents, const QWidget *widget) const
{
    const Metrics metrics;
    switch (type) {
    case CT_PushButton:
        if (const auto *button = as<QStyleOptionButton>(option))
            return buttonSize(*button, widget);
        break;
    case CT_ToolButton:
        if (const auto *tool = as<QStyleOptionToolButton>(option))
            return toolButtonSize(*tool, widget);
        break;
    case CT_MenuItem:
        if (const auto *item = as<QStyleOptionMenuItem>(option))
            return menuItemSize(*item, contents);
        break;
    case CT_MenuBarItem:
        return {contents.width() + metrics.scaled(16), metrics.scaled(24)};
    case CT_LineEdit:
        if (isInsideField(widget))
            break;
        return {contents.width() + metrics.scaled(10), metrics.scaled(30)};
    case CT_ComboBox:
        return {contents.width() + metrics.scaled(40), metrics.scaled(30)};
    case CT_SpinBox:
        return {contents.width() + metrics.scaled(30), metrics.scaled(30)};
    case CT_HeaderSection:
        return {contents.width(), metrics.scaled(28)};
    default:
        break;
    }
    return QProxyStyle::sizeFromContents(type, option, contents, widget);
}

int AnchorwatchStyle::pixelMetric(PixelMetric metric, const QStyleOption *option,
                                  const QWidget *widget) const
{
    const Metrics metrics;
    switch (metric) {
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ToolBarIconSize:
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return metrics.scaled(16);
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return metrics.scaled(7);
    case PM_ButtonDefaultIndicator:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_ToolBarFrameWidth:
    case PM_MenuBarPanelWidth:
    case PM_MenuBarItemSpacing:
    case PM_MenuPanelWidth:
        return 0;
    case PM_MenuHMargin:
    case PM_MenuVMargin:
        return metrics.scaled(5) + 1; // and the panel's own edge
    case PM_MenuBarHMargin:
        return metrics.scaled(6);
    case PM_MenuBarVMargin:
        return metrics.scaled(3);
    case PM_ToolBarItemSpacing:
        return metrics.scaled(2);
    case PM_ToolBarSeparatorExtent:
        return metrics.scaled(13);
    case PM_ScrollBarExtent:
        return metrics.scaled(12);
    case PM_ScrollBarSliderMin:
        return metrics.scaled(32);
    case PM_SplitterWidth:
        return metrics.scaled(5);
    case PM_HeaderMargin:
        return metrics.scaled(10);
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int AnchorwatchStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                                QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_UnderlineShortcut:
        // Underlines are for who works by keyboard.
        return QGuiApplication::keyboardModifiers().testFlag(Qt::AltModifier)
               || (widget && widget->window()->testAttribute(Qt::WA_KeyboardFocusChange));
    case SH_LineEdit_PasswordCharacter:
        return 0x2022; // the bullet that masks secrets elsewhere
    case SH_DialogButtonLayout:
        return QDialogButtonBox::GnomeLayout; // what goes on stands last, at the right
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_EtchDisabledText:
    case SH_ComboBox_Popup:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

} // namespace Anchorwatch
