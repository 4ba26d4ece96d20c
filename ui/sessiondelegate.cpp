#include "ui/sessiondelegate.h"

#include "models/sessiontablemodel.h"
#include "ui/shapes.h"

#include <QApplication>
#include <QHeaderView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace Anchorwatch {

namespace {

constexpr int cellHeight = 32;
constexpr int buttonSize = 24;
constexpr int buttonInset = 4;
constexpr int lastColumnInset = 10;
constexpr int wordPadding = 10;
constexpr int textPadding = 10;
constexpr int textGap = 4;
constexpr int leastTextRoom = 40;
constexpr int leastNoteSpan = 180;
constexpr int copyFromWidth = 150; // a live view cell this wide has room for a second button

SessionColumn columnOf(const QModelIndex &index)
{
    return static_cast<SessionColumn>(index.column());
}

bool hasButtons(SessionColumn column)
{
    return column == SessionColumn::Page || column == SessionColumn::Cdp
           || column == SessionColumn::LiveView;
}

RowState::Kind stateOf(const QModelIndex &index)
{
    return index.data(SessionTableModel::StateRole).value<RowState::Kind>();
}

CellNote noteOf(const QModelIndex &index)
{
    return {
        index.data(SessionTableModel::NoteRole).toString(),
        index.data(SessionTableModel::ProfileOutcomeRole).value<Termination::Profile>(),
    };
}

// The address of a row whose browser has ended or that is described wrongly leads nowhere.
bool canUseAddress(RowState::Kind state)
{
    switch (state) {
    case RowState::Kind::Stopped:
    case RowState::Kind::Error:
    case RowState::Kind::Malformed:
    case RowState::Kind::Gone:
        return false;
    case RowState::Kind::Starting:
    case RowState::Kind::Running:
    case RowState::Kind::Idle:
    case RowState::Kind::Unknown:
    case RowState::Kind::Stale:
    case RowState::Kind::Terminating:
    case RowState::Kind::StillRunning:
        break;
    }
    return true;
}

QList<CellButton> addressButtons(const QModelIndex &index, bool roomForCopy)
{
    if (!canUseAddress(stateOf(index))
        || index.data(SessionTableModel::UrlRole).toString().isEmpty())
        return {};
    const bool canOpen = index.data(SessionTableModel::OpenRefusalRole).toString().isEmpty();
    const bool cdp = columnOf(index) == SessionColumn::Cdp;
    QList<CellButton> buttons;
    if (cdp || roomForCopy || !canOpen)
        buttons += cdp ? CellButton::CopyCdp : CellButton::CopyLiveView;
    if (canOpen)
        buttons += cdp ? CellButton::OpenDevTools : CellButton::OpenLiveView;
    return buttons;
}

} // namespace

SessionDelegate::SessionDelegate(const QHeaderView &header, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_header(header)
    , m_fonts(QApplication::font())
{
}

void SessionDelegate::setSystemFont(const QFont &font)
{
    m_fonts = CellFonts(font);
}

int SessionDelegate::rowHeight() const
{
    return m_fonts.metrics.scaled(cellHeight);
}

QList<PlacedButton> SessionDelegate::buttonsIn(const QStyleOptionViewItem &option,
                                               const QModelIndex &index) const
{
    if (!index.isValid() || !hasButtons(columnOf(index)))
        return {};
    const QList<CellButton> wanted = wantedButtons(index, option.rect.width());
    int width = 0;
    for (const CellButton button : wanted)
        width += buttonWidth(button, index, option.rect.width());

    const Metrics &metrics = m_fonts.metrics;
    int inset = metrics.scaled(isLastShown(index.column()) ? lastColumnInset : buttonInset);
    if (option.rect.width() - width < metrics.scaled(leastTextRoom))
        inset = qMax(0, (option.rect.width() - width) / 2); // buttons only: in the middle
    const int height = metrics.scaled(buttonSize);
    const int cells = qMin(option.rect.height(), rowHeight());

    QList<PlacedButton> placed;
    int x = option.rect.right() + 1 - inset - width;
    for (const CellButton button : wanted) {
        const QRect rect(x, option.rect.top() + (cells - height) / 2,
                         buttonWidth(button, index, option.rect.width()), height);
        placed.append({button, QStyle::visualRect(option.direction, option.rect, rect)});
        x += rect.width();
    }
    return placed;
}

QRect SessionDelegate::buttonRect(const QStyleOptionViewItem &option, const QModelIndex &index,
                                  int n) const
{
    return buttonsIn(option, index).value(n).rect;
}

std::optional<CellButton> SessionDelegate::buttonAt(const QStyleOptionViewItem &option,
                                                    const QModelIndex &index,
                                                    const QPoint &position) const
{
    const QList<PlacedButton> buttons = buttonsIn(option, index);
    for (int n = 0; n < buttons.size(); ++n) {
        if (buttonRect(option, index, n).contains(position))
            return buttons.at(n).button;
    }
    return std::nullopt;
}

QList<CellButton> SessionDelegate::wantedButtons(const QModelIndex &index, int width) const
{
    if (columnOf(index) == SessionColumn::Page) {
        const bool hasTabs = index.data(SessionTableModel::TabCountRole).toInt() > 0;
        return hasTabs ? QList{CellButton::ShowTabs} : QList<CellButton>();
    }
    const QString note = index.data(SessionTableModel::NoteRole).toString();
    if (note.isEmpty())
        return addressButtons(index, width >= m_fonts.metrics.scaled(copyFromWidth));
    if (stateOf(index) != RowState::Kind::StillRunning)
        return {};
    const int end = static_cast<int>(noteEnd());
    const int endWidth = m_header.sectionSize(end);
    const bool together = buttonWidth(CellButton::CopyCurl, index, endWidth)
                              + buttonWidth(CellButton::Retry, index, endWidth)
                          < endWidth;
    if (index.column() != end) {
        if (areUrlCellsJoined() && !together)
            return {CellButton::CopyCurl};
        return {};
    }
    return together ? QList{CellButton::CopyCurl, CellButton::Retry} : QList{CellButton::Retry};
}

QString SessionDelegate::buttonWord(CellButton button, const QModelIndex &index) const
{
    if (button == CellButton::Retry)
        return cellButtonText(button);
    if (button != CellButton::ShowTabs)
        return {};
    const SessionKey key = index.data(SessionTableModel::KeyRole).value<SessionKey>();
    const bool isOpen = m_areTabsOpen && m_areTabsOpen(key);
    return tr("%1 %2 tabs")
        .arg(isOpen ? QChar(0x25BE) : QChar(0x25B8))
        .arg(index.data(SessionTableModel::TabCountRole).toInt());
}

int SessionDelegate::buttonWidth(CellButton button, const QModelIndex &index, int cellWidth) const
{
    const Metrics &metrics = m_fonts.metrics;
    const QString word = buttonWord(button, index);
    if (word.isEmpty())
        return metrics.scaled(buttonSize);
    const int width = textWidth(m_fonts.button, word) + 2 * metrics.scaled(wordPadding);
    return width < cellWidth ? width : metrics.scaled(buttonSize);
}

bool SessionDelegate::areUrlCellsJoined() const
{
    constexpr int cdp = static_cast<int>(SessionColumn::Cdp);
    constexpr int liveView = static_cast<int>(SessionColumn::LiveView);
    if (m_header.isSectionHidden(cdp) || m_header.isSectionHidden(liveView))
        return false;
    const auto [first, last] =
        std::minmax({m_header.visualIndex(cdp), m_header.visualIndex(liveView)});
    return isNothingShown(first + 1, last);
}

bool SessionDelegate::isLastShown(int section) const
{
    return isNothingShown(m_header.visualIndex(section) + 1, m_header.count());
}

bool SessionDelegate::isNothingShown(int from, int to) const
{
    for (int visual = from; visual < to; ++visual) {
        if (!m_header.isSectionHidden(m_header.logicalIndex(visual)))
            return false;
    }
    return true;
}

SessionColumn SessionDelegate::noteEnd() const
{
    constexpr int cdp = static_cast<int>(SessionColumn::Cdp);
    constexpr int liveView = static_cast<int>(SessionColumn::LiveView);
    if (areUrlCellsJoined())
        return m_header.visualIndex(cdp) < m_header.visualIndex(liveView) ? SessionColumn::LiveView
                                                                          : SessionColumn::Cdp;
    return m_header.isSectionHidden(cdp) ? SessionColumn::LiveView : SessionColumn::Cdp;
}

QRect SessionDelegate::cellRect(const QStyleOptionViewItem &option, const QModelIndex &index,
                                SessionColumn column) const
{
    const auto section = static_cast<int>(column);
    const int shift = m_header.sectionViewportPosition(section)
                      - m_header.sectionViewportPosition(index.column());
    return {option.rect.left() + shift, option.rect.top(), m_header.sectionSize(section),
            option.rect.height()};
}

bool SessionDelegate::isNoteInPageCell() const
{
    const auto widthOf = [this](SessionColumn column) {
        const auto section = static_cast<int>(column);
        return m_header.isSectionHidden(section) ? 0 : m_header.sectionSize(section);
    };
    const int width = areUrlCellsJoined()
                          ? widthOf(SessionColumn::Cdp) + widthOf(SessionColumn::LiveView)
                          : widthOf(noteEnd());
    return width < m_fonts.metrics.scaled(leastNoteSpan);
}

QRect SessionDelegate::textRoom(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QList<SessionColumn> columns{columnOf(index)};
    const bool isUrl = columnOf(index) != SessionColumn::Page;
    if (isUrl && !noteOf(index).text.isEmpty() && areUrlCellsJoined())
        columns = {SessionColumn::Cdp, SessionColumn::LiveView};

    const Metrics &metrics = m_fonts.metrics;
    QRect room;
    for (const SessionColumn column : std::as_const(columns))
        room |= cellRect(option, index, column);
    const int padding = metrics.scaled(textPadding);
    room.adjust(padding, 0, -padding, 0);

    const int gap = metrics.scaled(textGap);
    for (const SessionColumn column : std::as_const(columns)) {
        QStyleOptionViewItem cell = option;
        cell.rect = cellRect(option, index, column);
        const auto buttons = buttonsIn(cell, index.siblingAtColumn(static_cast<int>(column)));
        for (const PlacedButton &placed : buttons) {
            if (option.direction == Qt::RightToLeft)
                room.setLeft(qMax(room.left(), placed.rect.right() + gap));
            else
                room.setRight(qMin(room.right(), placed.rect.left() - gap));
        }
    }
    return room;
}

void SessionDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    if (option.rect.height() > rowHeight()) {
        QStyleOptionViewItem cells = option;
        cells.rect.setHeight(rowHeight());
        paint(painter, cells, index);
        return;
    }
    CellPainter cell(*painter, option, m_fonts, stateOf(index));
    cell.ground(hoverOf(index));
    const QString text = index.data().toString();
    switch (columnOf(index)) {
    case SessionColumn::Status:
        return cell.status(text);
    case SessionColumn::Connection:
        if (const QVariant connection = index.data(SessionTableModel::ConnectionRole);
            connection.isValid())
            cell.connection(connection.value<Connection>());
        return;
    case SessionColumn::Session:
        return cell.session(text);
    case SessionColumn::Page:
        return paintPageCell(cell, option, index);
    case SessionColumn::Profile:
        return cell.profile(text, index.data(SessionTableModel::PersistRole).toBool()
                                      ? CellPainter::Persists::Yes
                                      : CellPainter::Persists::No);
    case SessionColumn::Tags:
        return cell.tags(text);
    case SessionColumn::Age:
    case SessionColumn::Duration:
    case SessionColumn::TimeLimit:
    case SessionColumn::IdleLimit:
    case SessionColumn::Steps:
    case SessionColumn::Credits:
    case SessionColumn::ProxyTraffic:
        return cell.figure(text);
    case SessionColumn::Cdp:
    case SessionColumn::LiveView:
        return paintUrlCell(cell, option, index);
    }
}

CellPainter::Hover SessionDelegate::hoverOf(const QModelIndex &index) const
{
    return index.row() == m_marks.hoveredRow ? CellPainter::Hover::Yes : CellPainter::Hover::No;
}

void SessionDelegate::paintPageCell(CellPainter &cell, const QStyleOptionViewItem &option,
                                    const QModelIndex &index) const
{
    cell.page(index.data().toString(), index.data(SessionTableModel::SecondaryTextRole).toString(),
              isNoteInPageCell() ? noteOf(index) : CellNote(), textRoom(option, index));
    paintButtons(cell, option, index);
}

void SessionDelegate::paintUrlCell(CellPainter &cell, const QStyleOptionViewItem &option,
                                   const QModelIndex &index) const
{
    const CellNote note = noteOf(index);
    const QRect room = textRoom(option, index);
    if (note.text.isEmpty()) {
        // Half a word says nothing.
        if (room.width() >= m_fonts.metrics.scaled(leastTextRoom - textPadding))
            cell.address(index.data().toString(), room);
    } else if (!isNoteInPageCell() && (areUrlCellsJoined() || columnOf(index) == noteEnd())) {
        cell.note(note, room);
    }
    paintButtons(cell, option, index);
}

void SessionDelegate::paintButtons(CellPainter &cell, const QStyleOptionViewItem &option,
                                   const QModelIndex &index) const
{
    using Look = CellPainter::ButtonLook;
    const QList<PlacedButton> buttons = buttonsIn(option, index);
    for (int n = 0; n < buttons.size(); ++n) {
        const ButtonInRow self{index.row(), buttons.at(n).button};
        Look look = m_marks.pointed == self ? Look::Pointed : Look::Resting;
        if (m_marks.focused == self)
            look = Look::Focused;
        const QRect rect = buttonRect(option, index, n);
        const QString word = buttonWord(self.button, index);
        if (!word.isEmpty() && rect.width() > rect.height())
            cell.wordButton(rect, word, look);
        else
            cell.iconButton(rect, cellButtonIcon(self.button), look, hoverOf(index));
    }
}

QSize SessionDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {m_fonts.metrics.scaled(64), rowHeight()};
}

bool SessionDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                                const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() == QEvent::ToolTip) {
        if (const auto button = buttonAt(option, index, event->pos())) {
            QToolTip::showText(event->globalPos(), cellButtonText(*button), view);
            return true;
        }
    }
    return QStyledItemDelegate::helpEvent(event, view, option, index);
}

} // namespace Anchorwatch
