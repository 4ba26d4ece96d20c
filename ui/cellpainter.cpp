#include "ui/cellpainter.h"

#include "models/urltext.h"
#include "ui/connectionbadge.h"
#include "ui/shapes.h"
#include "ui/tabulartext.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOptionViewItem>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int padding = 10;
constexpr int statusPadding = 12;
constexpr int statusTextStart = 32;
constexpr int markSize = 14;
constexpr int markGap = 6;
constexpr int titleGap = 10;
constexpr int leastUrlRoom = 56;
constexpr double titleShare = 0.62;
constexpr int badgePadding = 5;
constexpr int badgeGap = 8;
constexpr int nameFromWidth = 100; // a connection cell this wide says the name too

} // namespace

CellFonts::CellFonts(const QFont &systemFont)
    : metrics(systemFont)
    , body(metrics.font(13))
    , title(metrics.font(13, QFont::Medium))
    , small(metrics.font(12))
    , button(metrics.font(12, QFont::Medium))
    , fixed(metrics.fixedFont(12))
    , badge(metrics.font(10, QFont::DemiBold))
{
}

CellPainter::CellPainter(QPainter &painter, const QStyleOptionViewItem &option,
                         const CellFonts &fonts, RowState::Kind state)
    : m_painter(painter)
    , m_option(option)
    , m_fonts(fonts)
    , m_theme(Theme::of(option.palette))
    , m_state(state)
{
}

void CellPainter::ground(Hover hover)
{
    const QRect &rect = m_option.rect;
    QColor color = hover == Hover::Yes ? m_theme.hover : m_theme.base;
    QColor line = m_theme.line;
    if (isSelected()) {
        const bool active = m_option.state.testFlag(QStyle::State_Active);
        color = active ? m_theme.selection : m_theme.selectionIdle;
        line = mixed(color, m_theme.base, 0.34F);
    }
    m_painter.fillRect(rect, color);
    m_painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), line);
}

void CellPainter::status(const QString &word)
{
    const Metrics &metrics = m_fonts.metrics;
    const QColor color = isQuiet() ? quietText() : m_theme.stateColor(m_state);
    QRect shape = m_option.rect;
    shape.setLeft(shape.left() + metrics.scaled(statusPadding));
    shape.setWidth(metrics.scaled(markSize));
    icon(shape, stateIcon(m_state), color);
    QRect rest = m_option.rect;
    rest.setLeft(rest.left() + metrics.scaled(statusTextStart));
    text(rest, m_fonts.body, color, word);
}

void CellPainter::connection(const Connection &connection)
{
    const Metrics &metrics = m_fonts.metrics;
    const bool hasName = m_option.rect.width() > metrics.scaled(nameFromWidth);
    QRect room = m_option.rect;
    const int width = metrics.scaled(badgeSize.width());
    if (hasName) {
        room.setLeft(room.left() + metrics.scaled(padding));
    } else {
        room.setLeft(room.left() + qMin(metrics.scaled(badgePadding), (room.width() - width) / 2));
    }
    QRect place = room;
    place.setWidth(width);
    drawBadge(m_painter, QStyle::visualRect(m_option.direction, m_option.rect, place), connection,
              isQuiet() ? BadgeLook::Outlined : BadgeLook::Filled, m_theme, m_fonts.badge);
    if (!hasName)
        return;
    room.setLeft(place.right() + 1 + metrics.scaled(badgeGap));
    room.setRight(room.right() - metrics.scaled(padding));
    text(room, m_fonts.body, isQuiet() ? quietText() : m_theme.text2, visibleText(connection.name));
}

void CellPainter::session(const QString &id)
{
    text(content(), m_fonts.fixed, isQuiet() ? quietText() : m_theme.text2, id);
}

void CellPainter::page(const QString &title, const QString &url, const CellNote &note,
                       const QRect &room)
{
    const bool calm = isQuiet() || m_state == RowState::Kind::Terminating;
    const QFont &font = calm ? m_fonts.body : m_fonts.title;
    QColor color = isQuiet() ? quietText() : calm ? m_theme.text2 : m_theme.text;
    if (m_state == RowState::Kind::Error)
        color = m_theme.red;

    const QString second = note.text.isEmpty() ? url : note.text;
    const QColor secondColor = note.text.isEmpty() ? quietText() : noteColor(note);
    const int gap = m_fonts.metrics.scaled(titleGap);
    const int secondWidth = textWidth(m_fonts.small, second);
    const int most =
        qMax(static_cast<int>(room.width() * titleShare), room.width() - gap - secondWidth);
    const int titleWidth = qMin(textWidth(font, title), most);
    const int rest = room.width() - titleWidth - gap;
    if (second.isEmpty() || rest < qMin(secondWidth, m_fonts.metrics.scaled(leastUrlRoom))) {
        text(room, font, color, title);
        return;
    }
    text(QRect(room.left(), room.top(), titleWidth, room.height()), font, color, title);
    text(QRect(room.right() + 1 - rest, room.top(), rest, room.height()), m_fonts.small,
         secondColor, second);
}

void CellPainter::profile(const QString &name, Persists persists)
{
    const QColor color = isQuiet() ? quietText() : m_theme.text2;
    const QRect room = content();
    if (persists == Persists::No) {
        text(room, m_fonts.body, color, name);
        return;
    }
    const int mark = m_fonts.metrics.scaled(markSize);
    const int gap = m_fonts.metrics.scaled(markGap);
    const QString shown =
        QFontMetrics(m_fonts.body).elidedText(name, Qt::ElideRight, room.width() - mark - gap);
    const int width = textWidth(m_fonts.body, shown);
    text(QRect(room.left(), room.top(), width, room.height()), m_fonts.body, color, shown);
    icon(QRect(room.left() + width + gap, room.top(), mark, room.height()), u"persist"_s, color);
}

void CellPainter::tags(const QString &words)
{
    text(content(), m_fonts.body, isQuiet() ? quietText() : m_theme.text2, words);
}

void CellPainter::figure(const QString &text)
{
    const QColor digits = isQuiet() ? quietText() : loudText();
    m_painter.setFont(m_fonts.body);
    // Right aligned, it may come closer to the cell before: "23 h 59 min" fits then.
    const QRect room = content().adjusted(-m_fonts.metrics.scaled(padding - 2), 0, 0, 0);
    if (tabularWidth(text, m_painter.fontMetrics()) > room.width())
        drawElided(m_painter, room, Qt::AlignRight | Qt::AlignVCenter, m_fonts.body, digits, text);
    else
        drawTabular(m_painter, room, text, digits, quietText());
}

void CellPainter::address(const QString &address, const QRect &room)
{
    drawElided(m_painter, room, leading(), m_fonts.small, quietText(), address);
}

void CellPainter::note(const CellNote &note, const QRect &room)
{
    m_painter.save();
    m_painter.setClipRect(m_option.rect, Qt::IntersectClip);
    QRect words = room;
    const QString name = noteIcon(note);
    if (!name.isEmpty()) {
        const int mark = m_fonts.metrics.scaled(markSize);
        const QRect place(room.left(), room.top(), mark, room.height());
        drawIcon(m_painter, QStyle::visualRect(m_option.direction, room, place), name,
                 noteColor(note), mark);
        words.setLeft(words.left() + mark + m_fonts.metrics.scaled(markGap));
        words = QStyle::visualRect(m_option.direction, room, words);
    }
    drawElided(m_painter, words, leading(), m_fonts.small, noteColor(note), note.text);
    m_painter.restore();
}

void CellPainter::iconButton(const QRect &rect, const QString &name, ButtonLook look, Hover hover)
{
    const Metrics &metrics = m_fonts.metrics;
    QColor color = m_theme.control;
    if (hover == Hover::Yes || isSelected() || look == ButtonLook::Focused)
        color = m_theme.text2;
    if (look == ButtonLook::Pointed) {
        drawBox(m_painter, rect, metrics.scaled(5), m_theme.press);
        color = m_theme.text;
    }
    drawIcon(m_painter, rect, name, color, metrics.scaled(16));
    if (look == ButtonLook::Focused)
        drawFocusRing(m_painter, rect, metrics.scaled(5), m_theme.accent);
}

void CellPainter::wordButton(const QRect &rect, const QString &word, ButtonLook look)
{
    const int radius = m_fonts.metrics.scaled(5);
    const QColor ground = look == ButtonLook::Pointed ? m_theme.press : m_theme.raised;
    drawBox(m_painter, rect, radius, ground, m_theme.line2);
    m_painter.setFont(m_fonts.button);
    m_painter.setPen(m_theme.text);
    m_painter.drawText(rect, Qt::AlignCenter | Qt::TextSingleLine, word);
    if (look == ButtonLook::Focused)
        drawFocusRing(m_painter, rect, radius, m_theme.accent);
}

bool CellPainter::isQuiet() const
{
    switch (m_state) {
    case RowState::Kind::Stopped:
    case RowState::Kind::Stale:
    case RowState::Kind::Gone:
        return true;
    case RowState::Kind::Starting:
    case RowState::Kind::Running:
    case RowState::Kind::Idle:
    case RowState::Kind::Error:
    case RowState::Kind::Unknown:
    case RowState::Kind::Malformed:
    case RowState::Kind::Terminating:
    case RowState::Kind::StillRunning:
        break;
    }
    return false;
}

bool CellPainter::isSelected() const
{
    return m_option.state.testFlag(QStyle::State_Selected);
}

QColor CellPainter::quietText() const
{
    return isSelected() ? m_theme.text2 : m_theme.text3;
}

QColor CellPainter::loudText() const
{
    return m_state == RowState::Kind::Terminating ? m_theme.text2 : m_theme.text;
}

QColor CellPainter::noteColor(const CellNote &note) const
{
    if (m_state == RowState::Kind::StillRunning)
        return m_theme.red;
    const bool warns =
        m_state == RowState::Kind::Terminating || note.profile == Termination::Profile::NotSaved;
    return warns ? m_theme.amber : m_theme.green;
}

QString CellPainter::noteIcon(const CellNote &note) const
{
    if (m_state != RowState::Kind::Gone)
        return {};
    return note.profile == Termination::Profile::NotSaved ? u"warning"_s : u"check"_s;
}

Qt::Alignment CellPainter::leading() const
{
    return QStyle::visualAlignment(m_option.direction, Qt::AlignLeft) | Qt::AlignVCenter;
}

QRect CellPainter::content() const
{
    const int px = m_fonts.metrics.scaled(padding);
    return m_option.rect.adjusted(px, 0, -px, 0);
}

void CellPainter::text(const QRect &rect, const QFont &font, const QColor &color,
                       const QString &text)
{
    drawElided(m_painter, QStyle::visualRect(m_option.direction, m_option.rect, rect), leading(),
               font, color, text);
}

void CellPainter::icon(const QRect &rect, const QString &name, const QColor &color)
{
    drawIcon(m_painter, QStyle::visualRect(m_option.direction, m_option.rect, rect), name, color,
             m_fonts.metrics.scaled(markSize));
}

} // namespace Anchorwatch
