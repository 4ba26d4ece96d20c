#include "ui/stylebars.h"

#include "ui/icons.h"
#include "ui/metrics.h"
#include "ui/shapes.h"
#include "ui/theme.h"

#include <QFontMetrics>
#include <QPainter>
#include <QStyleOptionMenuItem>
#include <QWidget>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int itemPadding = 10;
constexpr int iconSize = 16;
constexpr int iconGap = 8;
constexpr int arrowSize = 12;
constexpr int headerPadding = 10;
constexpr int firstHeaderPadding = 12;
constexpr int leastHeaderText = 20;

bool isEnabled(const QStyleOption &option)
{
    return option.state.testFlag(QStyle::State_Enabled);
}

int mnemonicFlag(const QStyleOption &option, const QWidget *widget)
{
    const QStyle *style = widget ? widget->style() : nullptr;
    const bool shown = style && style->styleHint(QStyle::SH_UnderlineShortcut, &option, widget);
    return shown ? Qt::TextShowMnemonic : Qt::TextHideMnemonic;
}

QRect mirrored(const QStyleOption &option, const QRect &rect)
{
    return QStyle::visualRect(option.direction, option.rect, rect);
}

// What stands before an item's words: its check mark, or its icon.
QPixmap itemMark(const QStyleOptionMenuItem &option, const QColor &color, qreal dpr)
{
    const int px = Metrics().scaled(iconSize);
    if (option.checkType != QStyleOptionMenuItem::NotCheckable && option.checked)
        return tintedPixmap(u"check"_s, color, px, dpr);
    return option.icon.isNull() ? QPixmap() : tintedPixmap(option.icon, color, px, dpr);
}

bool hasMarkColumn(const QStyleOptionMenuItem &option)
{
    return option.menuHasCheckableItems || option.maxIconWidth > 0;
}

void paintMenuWords(const QStyleOptionMenuItem &option, QPainter &painter, const QWidget *widget,
                    const QRect &rect)
{
    const Theme &theme = Theme::of(option.palette);
    const QStringList words = option.text.split(u'\t');
    painter.setFont(option.font);
    painter.setPen(isEnabled(option) ? theme.text : theme.disabledText());
    painter.drawText(mirrored(option, rect),
                     Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine
                         | mnemonicFlag(option, widget),
                     words.constFirst());
    if (words.size() < 2)
        return;
    painter.setFont(Metrics().font(12));
    painter.setPen(isEnabled(option) ? theme.text3 : theme.disabledText());
    painter.drawText(mirrored(option, rect), Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine,
                     words.at(1));
}

} // namespace

void paintMenuPanel(const QStyleOption &option, QPainter &painter)
{
    const Theme &theme = Theme::of(option.palette);
    painter.fillRect(option.rect, theme.line2);
    painter.fillRect(option.rect.adjusted(1, 1, -1, -1), theme.raised);
}

void paintMenuItem(const QStyleOptionMenuItem &option, QPainter &painter, const QWidget *widget)
{
    const Theme &theme = Theme::of(option.palette);
    const Metrics metrics;
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        const QRect &rect = option.rect;
        painter.fillRect(QRect(rect.left(), rect.center().y(), rect.width(), 1),
                         mixed(theme.line, theme.line2, 0.5F));
        return;
    }
    if (option.state.testFlag(QStyle::State_Selected) && isEnabled(option))
        drawBox(painter, option.rect, metrics.scaled(4), theme.selection);

    const int padding = metrics.scaled(itemPadding);
    QRect rect = option.rect.adjusted(padding, 0, -padding, 0);
    const qreal dpr = painter.device()->devicePixelRatio();
    const QColor markColor = isEnabled(option) ? theme.text2 : theme.disabledText();
    if (hasMarkColumn(option)) {
        const int px = metrics.scaled(iconSize);
        const QRect place(rect.left(), rect.top() + (rect.height() - px) / 2, px, px);
        painter.drawPixmap(mirrored(option, place).topLeft(), itemMark(option, markColor, dpr));
        rect.setLeft(rect.left() + px + metrics.scaled(iconGap));
    }
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu) {
        const int px = metrics.scaled(arrowSize);
        const QRect place(rect.right() - px + 3, rect.top(), px, rect.height());
        drawIcon(painter, mirrored(option, place), u"chevron-right"_s, markColor, px);
    }
    paintMenuWords(option, painter, widget, rect);
}

QSize menuItemSize(const QStyleOptionMenuItem &option, const QSize &text)
{
    const Metrics metrics;
    if (option.menuItemType == QStyleOptionMenuItem::Separator)
        return {metrics.scaled(20), metrics.scaled(9)};
    int width = text.width() + 2 * metrics.scaled(itemPadding);
    if (hasMarkColumn(option))
        width += metrics.scaled(iconSize + iconGap);
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu)
        width += metrics.scaled(arrowSize + iconGap);
    // Between the words and the keys on the right, which the menu adds itself.
    if (option.text.contains(u'\t'))
        width += metrics.scaled(32);
    return {width, metrics.scaled(28)};
}

void paintMenuBarItem(const QStyleOptionMenuItem &option, QPainter &painter, const QWidget *widget)
{
    const Theme &theme = Theme::of(option.palette);
    painter.fillRect(option.rect, theme.window);
    const Metrics metrics;
    const bool open = option.state.testFlag(QStyle::State_Sunken);
    if (open || option.state.testFlag(QStyle::State_Selected))
        drawBox(painter, option.rect, metrics.scaled(5), open ? theme.press : theme.hoverWindow);
    painter.setPen(isEnabled(option) ? theme.text : theme.disabledText());
    painter.drawText(option.rect,
                     Qt::AlignCenter | Qt::TextSingleLine | mnemonicFlag(option, widget),
                     option.text);
}

void paintHeader(const QStyleOptionHeader &option, QPainter &painter)
{
    const Theme &theme = Theme::of(option.palette);
    const Metrics metrics;
    paintHeaderRest(option, painter);

    const bool first = option.position == QStyleOptionHeader::Beginning
                       || option.position == QStyleOptionHeader::OnlyOneSection;
    const int before = metrics.scaled(first ? firstHeaderPadding : headerPadding);
    QRect rect = option.rect.adjusted(before, 0, -metrics.scaled(headerPadding), 0);
    const bool sorted = option.sortIndicator != QStyleOptionHeader::None;
    const bool pointed = option.state.testFlag(QStyle::State_MouseOver);
    const QColor color = sorted || pointed ? theme.text : theme.text2;
    const QFont font = metrics.font(12, QFont::Medium);
    const bool right = option.textAlignment.testFlag(Qt::AlignRight);

    if (sorted) {
        const int px = metrics.scaled(arrowSize);
        const int gap = metrics.scaled(4);
        const int words = textWidth(font, option.text);
        QRect arrow(rect.left(), rect.top(), px, rect.height());
        arrow.moveLeft(right ? qMax(rect.left(), rect.right() + 1 - words - gap - px)
                             : qMin(rect.left() + words + gap, rect.right() + 1 - px));
        if (right)
            rect.setLeft(arrow.right() + 1);
        else
            rect.setRight(arrow.left() - 1);
        painter.save();
        const QRectF place = mirrored(option, arrow);
        painter.translate(place.center());
        painter.rotate(option.sortIndicator == QStyleOptionHeader::SortDown ? 0 : 180);
        drawIcon(painter, QRect(-px / 2, -px / 2, px, px), u"chevron-down"_s, color, px);
        painter.restore();
    }
    if (rect.width() < metrics.scaled(leastHeaderText))
        return; // half a word says nothing
    drawElided(painter, mirrored(option, rect),
               Qt::AlignVCenter | (right ? Qt::AlignRight : Qt::AlignLeft), font, color,
               option.text);
}

void paintHeaderRest(const QStyleOption &option, QPainter &painter)
{
    const Theme &theme = Theme::of(option.palette);
    painter.fillRect(option.rect, theme.base);
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                     theme.line2);
}

void paintScrollBar(const QStyleOptionSlider &option, QPainter &painter, const QRect &thumb)
{
    const Theme &theme = Theme::of(option.palette);
    painter.fillRect(option.rect, option.palette.base());
    if (option.minimum >= option.maximum)
        return;
    const bool held = option.state.testFlag(QStyle::State_Sunken)
                      || option.state.testFlag(QStyle::State_MouseOver);
    const int width = Metrics().scaled(6);
    QRect shape = thumb;
    if (option.orientation == Qt::Vertical)
        shape = QRect(thumb.left() + (thumb.width() - width) / 2, thumb.top() + 2, width,
                      thumb.height() - 4);
    else
        shape = QRect(thumb.left() + 2, thumb.top() + (thumb.height() - width) / 2,
                      thumb.width() - 4, width);
    drawBox(painter, shape, width / 2.0, held ? theme.control : theme.line2);
}

void paintSplitter(const QStyleOption &option, QPainter &painter)
{
    const Theme &theme = Theme::of(option.palette);
    const QRect &rect = option.rect;
    painter.fillRect(rect, theme.window);
    if (option.state.testFlag(QStyle::State_Horizontal))
        painter.fillRect(QRect(rect.center().x(), rect.top(), 1, rect.height()), theme.line2);
    else
        painter.fillRect(QRect(rect.left(), rect.center().y(), rect.width(), 1), theme.line2);
}

void paintToolSeparator(const QStyleOption &option, QPainter &painter)
{
    const bool upright = option.state.testFlag(QStyle::State_Horizontal);
    const int length = Metrics().scaled(20);
    QRect line(0, 0, upright ? 1 : length, upright ? length : 1);
    line.moveCenter(option.rect.center());
    painter.fillRect(line, Theme::of(option.palette).line2);
}

void paintTip(const QStyleOption &option, QPainter &painter)
{
    painter.fillRect(option.rect, Theme::of(option.palette).toast);
}

} // namespace Anchorwatch
