#include "ui/tiledelegate.h"

#include "models/agetext.h"
#include "models/sessioncells.h"
#include "models/sessiontablemodel.h"
#include "ui/connectionbadge.h"
#include "ui/shapes.h"
#include "ui/tilemodel.h"
#include "ui/wallstills.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QHelpEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int halfGap = 6;
constexpr int radius = 8;
constexpr int captionHeight = 44;
constexpr int titleCenter = 15; // below the top of the caption
constexpr int stateCenter = 32;
constexpr int lineHeight = 20;
constexpr int padding = 12;
constexpr int iconRoom = 26; // above the words
constexpr int markSize = 14;
constexpr int badgeGap = 8;
constexpr int textStart = 44; // of the state's word
constexpr int buttonSize = 24;
constexpr int buttonInset = 10;
constexpr int showHeight = 26;
constexpr double pictureShape = 180.0 / 408.0; // the picture is cropped from the top
constexpr float veil = 0.72F;
// A chip lies on pictures, which are no lighter in a dark theme.
constexpr QColor chipGround(20, 22, 26, 224);
constexpr QColor chipText(0xF3, 0xF4, 0xF6);

QString showText()
{
    return TileDelegate::tr("Show");
}

} // namespace

struct TileDelegate::Paint
{
    QPainter &painter;
    const QStyleOptionViewItem &option;
    const Theme &theme;
    RowState::Kind state;
    QRect tile;
    QRect picture;
    QRect caption;

    // Old news and ended sessions have no colour.
    [[nodiscard]] bool isQuiet() const
    {
        return state == RowState::Kind::Stopped || state == RowState::Kind::Stale
               || state == RowState::Kind::Gone;
    }
    [[nodiscard]] bool isSelected() const { return option.state.testFlag(QStyle::State_Selected); }
    [[nodiscard]] QColor quietText() const { return isSelected() ? theme.text2 : theme.text3; }
    [[nodiscard]] QRect visual(const QRect &rect) const
    {
        return QStyle::visualRect(option.direction, tile, rect);
    }
    // One line of text from the leading edge of a rectangle given for left-to-right reading.
    void write(const QRect &rect, const QFont &font, const QColor &color, const QString &text) const
    {
        const auto leading = QStyle::visualAlignment(option.direction, Qt::AlignLeft);
        drawElided(painter, visual(rect), leading | Qt::AlignVCenter, font, color, text);
    }
};

TileDelegate::TileDelegate(const WallStills &stills, const Refusal &refusal, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_stills(stills)
    , m_refusal(refusal)
    , m_fonts(QApplication::font())
{
    setSystemFont(QApplication::font());
}

void TileDelegate::setSystemFont(const QFont &font)
{
    m_fonts = CellFonts(font);
    m_chipFont = m_fonts.metrics.font(12, QFont::DemiBold);
    m_idFont = m_fonts.metrics.fixedFont(11);
}

int TileDelegate::pictureWidth(int cellWidth) const
{
    return cellWidth - 2 * m_fonts.metrics.scaled(halfGap);
}

int TileDelegate::cellHeight(int cellWidth) const
{
    const Metrics &metrics = m_fonts.metrics;
    return qRound(pictureWidth(cellWidth) * pictureShape) + metrics.scaled(captionHeight)
           + 2 * metrics.scaled(halfGap);
}

QRect TileDelegate::tileRect(const QRect &cell) const
{
    const int gap = m_fonts.metrics.scaled(halfGap);
    return cell.adjusted(gap, gap, -gap, -gap);
}

QRect TileDelegate::pictureRect(const QRect &cell) const
{
    return tileRect(cell).adjusted(0, 0, 0, -m_fonts.metrics.scaled(captionHeight));
}

QRect TileDelegate::buttonRect(const QRect &cell, TileButton button,
                               Qt::LayoutDirection direction) const
{
    const Metrics &metrics = m_fonts.metrics;
    if (button == TileButton::Show)
        return showRect(cell);
    const QRect tile = tileRect(cell);
    const int size = metrics.scaled(buttonSize);
    const int fromEnd = static_cast<int>(std::size(tileButtons)) - static_cast<int>(button);
    const int top = tile.bottom() + 1 - (metrics.scaled(captionHeight) + size) / 2;
    const int left = tile.right() + 1 - metrics.scaled(buttonInset) - fromEnd * size;
    return QStyle::visualRect(direction, tile, {left, top, size, size});
}

QRect TileDelegate::showRect(const QRect &cell) const
{
    const Metrics &metrics = m_fonts.metrics;
    const QRect picture = pictureRect(cell);
    QRect rect(0, 0, textWidth(m_fonts.body, showText()) + metrics.scaled(2 * padding),
               metrics.scaled(showHeight));
    rect.moveCenter(picture.center());
    rect.moveBottom(picture.bottom() - metrics.scaled(padding));
    return rect;
}

bool TileDelegate::showsButtons(const SessionKey &key) const
{
    return m_marks.hovered == key || m_marks.focused == key;
}

void TileDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const auto key = index.data(SessionTableModel::KeyRole).value<SessionKey>();
    const WallStill still = m_stills.stillOf(key);
    const QRect tile = tileRect(option.rect);
    const QRect picture = pictureRect(option.rect);
    const QRect caption(tile.left(), picture.bottom() + 1, tile.width(),
                        tile.height() - picture.height());
    const auto state = index.data(SessionTableModel::StateRole).value<RowState::Kind>();
    const Theme &theme = Theme::of(option.palette);
    const Paint paint{*painter, option, theme, state, tile, picture, caption};
    painter->save();
    paintPicture(paint, still);
    paintWords(paint, still);
    if (!still.cost.isEmpty())
        paintShow(paint, key);
    paintChip(paint, still);
    paintCaption(paint, index);
    if (showsButtons(key))
        paintButtons(paint, key);
    paintFrame(paint, key);
    painter->restore();
}

void TileDelegate::paintPicture(const Paint &paint, const WallStill &still) const
{
    paint.painter.fillRect(paint.picture, paint.theme.hoverWindow);
    if (still.picture.isNull())
        return;
    // As wide as the tile; of its height, what fits, from the top.
    const QSizeF size = still.picture.size();
    const double scale = paint.picture.width() / size.width();
    QRectF target(paint.picture);
    target.setHeight(qMin(target.height(), size.height() * scale));
    const qreal dpr = paint.painter.device()->devicePixelRatio();
    paint.painter.setRenderHint(QPainter::SmoothPixmapTransform, !qFuzzyCompare(scale * dpr, 1.0));
    paint.painter.drawPixmap(target, still.picture,
                             QRectF(0, 0, size.width(), target.height() / scale));
    if (still.age != WallStill::Age::Old)
        return;
    QColor veiled = paint.theme.line2;
    veiled.setAlphaF(veil);
    paint.painter.fillRect(paint.picture, veiled);
}

void TileDelegate::paintWords(const Paint &paint, const WallStill &still) const
{
    if (still.words.isEmpty())
        return;
    const Metrics &metrics = m_fonts.metrics;
    const QColor color = still.picture.isNull() ? paint.theme.text2 : paint.theme.text;
    const QFont &font = still.picture.isNull() ? m_fonts.body : m_fonts.title;
    const int icon = still.picture.isNull() ? metrics.scaled(iconRoom) : 0;
    QRect room = paint.picture.adjusted(metrics.scaled(padding), 0, -metrics.scaled(padding), 0);
    // A long reason takes two or three lines; all of it is in the tooltip.
    const QFontMetrics measures(font);
    const QString words =
        measures.elidedText(still.words, Qt::ElideRight, qMax(0, 2 * room.width()));
    constexpr int flags = Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap;
    const int height = icon + measures.boundingRect(room, flags, words).height();
    const int below = still.cost.isEmpty() ? 0 : metrics.scaled(showHeight + padding);
    room.setTop(paint.picture.top() + (paint.picture.height() - below - height) / 2);
    if (icon > 0)
        drawIcon(paint.painter, {room.left(), room.top(), room.width(), metrics.scaled(16)},
                 u"live-view"_s, color, metrics.scaled(16));
    paint.painter.save();
    paint.painter.setClipRect(paint.picture, Qt::IntersectClip); // one word can be too long to wrap
    paint.painter.setFont(font);
    paint.painter.setPen(color);
    paint.painter.drawText(room.adjusted(0, icon, 0, 0), flags, words);
    paint.painter.restore();
}

void TileDelegate::paintShow(const Paint &paint, const SessionKey &key) const
{
    const QRect rect = showRect(paint.option.rect);
    const bool isPointed = m_marks.hovered == key && m_marks.pointed == TileButton::Show;
    drawBox(paint.painter, rect, m_fonts.metrics.scaled(6),
            isPointed ? paint.theme.press : paint.theme.raised, paint.theme.line2);
    paint.painter.setFont(m_fonts.body);
    paint.painter.setPen(paint.theme.text);
    paint.painter.drawText(rect, Qt::AlignCenter, showText());
}

void TileDelegate::paintChip(const Paint &paint, const WallStill &still) const
{
    if (still.picture.isNull() || still.age == WallStill::Age::Fresh)
        return;
    const Metrics &metrics = m_fonts.metrics;
    const QString at = secondText(still.takenAt);
    const int mark = metrics.scaled(10);
    const int inset = metrics.scaled(8);
    const int gap = metrics.scaled(5);
    const QRect chip(paint.tile.left() + inset, paint.tile.top() + inset,
                     2 * inset + mark + gap + textWidth(m_chipFont, at), metrics.scaled(20));
    const QRect shown = paint.visual(chip);
    drawBox(paint.painter, shown, shown.height() / 2.0, chipGround);
    QRect content = chip.adjusted(inset, 0, -inset, 0);
    drawIcon(paint.painter, paint.visual({content.left(), content.top(), mark, content.height()}),
             stateIcon(RowState::Kind::Stale), chipText, mark);
    content.setLeft(content.left() + mark + gap);
    paint.painter.setFont(m_chipFont);
    paint.painter.setPen(chipText);
    paint.painter.drawText(paint.visual(content), Qt::AlignCenter | Qt::TextSingleLine, at);
}

void TileDelegate::paintCaption(const Paint &paint, const QModelIndex &index) const
{
    const Theme &theme = paint.theme;
    const QRect &caption = paint.caption;
    const bool active = paint.option.state.testFlag(QStyle::State_Active);
    const QColor chosen = active ? theme.selection : theme.selectionIdle;
    paint.painter.fillRect(caption, paint.isSelected() ? chosen : theme.base);
    paint.painter.fillRect(QRect(caption.left(), caption.top(), caption.width(), 1), theme.line2);

    const Metrics &metrics = m_fonts.metrics;
    const int line = metrics.scaled(lineHeight);
    const auto lineAt = [&](int center) {
        const int inset = metrics.scaled(padding);
        return QRect(caption.left() + inset, caption.top() + metrics.scaled(center) - line / 2,
                     caption.width() - 2 * inset, line);
    };
    QRect title = lineAt(titleCenter);
    if (const QVariant connection = index.data(SessionTableModel::ConnectionRole);
        connection.isValid()) {
        const int width = metrics.scaled(badgeSize.width());
        drawBadge(paint.painter, paint.visual({title.left(), title.top(), width, title.height()}),
                  connection.value<Connection>(),
                  paint.isQuiet() ? BadgeLook::Outlined : BadgeLook::Filled, theme,
                  metrics.font(10, QFont::DemiBold));
        title.setLeft(title.left() + width + metrics.scaled(badgeGap));
    }
    QRect second = lineAt(stateCenter);
    const auto key = index.data(SessionTableModel::KeyRole).value<SessionKey>();
    if (showsButtons(key)) {
        const int buttons = static_cast<int>(std::size(tileButtons)) * metrics.scaled(buttonSize);
        title.setWidth(title.width() - buttons);
        second.setWidth(second.width() - buttons);
    } else {
        const QString age = index.data(TileModel::AgeTextRole).toString();
        const int width = textWidth(m_fonts.body, age);
        QRect end = title;
        end.setLeft(title.right() + 1 - width);
        paint.write(end, m_fonts.body, paint.isQuiet() ? paint.quietText() : theme.text2, age);
        title.setWidth(title.width() - width - metrics.scaled(padding));
    }
    paint.write(title, paint.isQuiet() ? m_fonts.body : m_fonts.title,
                paint.isQuiet() ? paint.quietText() : theme.text, index.data().toString());
    paintState(paint, index, second);
}

void TileDelegate::paintState(const Paint &paint, const QModelIndex &index, const QRect &line) const
{
    const Metrics &metrics = m_fonts.metrics;
    const QColor color = paint.isQuiet() ? paint.quietText() : paint.theme.stateColor(paint.state);
    const int mark = metrics.scaled(markSize);
    const int column = metrics.scaled(badgeSize.width()); // the mark stands under the badge
    drawIcon(paint.painter, paint.visual({line.left(), line.top(), column, line.height()}),
             stateIcon(paint.state), color, mark);
    const QString word = index.data(TileModel::StatusTextRole).toString();
    QRect rest = line;
    rest.setLeft(paint.caption.left() + metrics.scaled(textStart));
    paint.write(rest, m_fonts.small, color, word);
    rest.setLeft(rest.left() + textWidth(m_fonts.small, word) + metrics.scaled(padding));
    paint.write(rest, m_idFont, paint.isQuiet() ? paint.quietText() : paint.theme.text2,
                index.data(TileModel::IdTextRole).toString());
}

void TileDelegate::paintButtons(const Paint &paint, const SessionKey &key) const
{
    const Metrics &metrics = m_fonts.metrics;
    for (const TileButton button : tileButtons) {
        const QRect rect = buttonRect(paint.option.rect, button, paint.option.direction);
        const bool canUse = m_refusal(key, button).isEmpty();
        QColor color = canUse ? paint.theme.text2 : paint.theme.disabledText();
        if (canUse && m_marks.hovered == key && m_marks.pointed == button) {
            drawBox(paint.painter, rect, metrics.scaled(5), paint.theme.press);
            color = paint.theme.text;
        }
        drawIcon(paint.painter, rect, tileButtonIcon(button), color, metrics.scaled(16));
    }
}

// Rounds the corners off, which a clip would leave ragged, and draws the edge.
void TileDelegate::paintFrame(const Paint &paint, const SessionKey &key) const
{
    const int round = m_fonts.metrics.scaled(radius);
    QPainterPath corners; // by the odd-even rule
    corners.addRect(paint.tile);
    corners.addRoundedRect(paint.tile, round, round);
    paint.painter.setRenderHint(QPainter::Antialiasing);
    paint.painter.fillPath(corners, paint.theme.window);
    if (m_marks.focused == key)
        drawFocusRing(paint.painter, paint.tile, round, paint.theme.accent);
    else
        drawBox(paint.painter, paint.tile, round, {}, paint.theme.line2);
}

QSize TileDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    Q_UNUSED(index)
    return {option.rect.width(), cellHeight(option.rect.width())};
}

bool TileDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                             const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto key = index.data(SessionTableModel::KeyRole).value<SessionKey>();
    const auto show = [&](const QRect &rect, const QString &text) {
        QToolTip::showText(event->globalPos(), plainToolTip(text), view->viewport(), rect);
        return true;
    };
    for (const TileButton button : tileButtons) {
        const QRect rect = buttonRect(option.rect, button, option.direction);
        if (event->type() != QEvent::ToolTip || !rect.contains(event->pos()))
            continue;
        const QString refusal = m_refusal(key, button);
        return show(rect, refusal.isEmpty() ? tileButtonText(button) : refusal);
    }
    const QRect picture = pictureRect(option.rect);
    const WallStill still = m_stills.stillOf(key);
    const QString words = still.cost.isEmpty() ? still.words : still.cost;
    if (event->type() == QEvent::ToolTip && picture.contains(event->pos()) && !words.isEmpty())
        return show(picture, words);
    return QStyledItemDelegate::helpEvent(event, view, option, index);
}

} // namespace Anchorwatch
