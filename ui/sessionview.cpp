#include "ui/sessionview.h"

#include "ui/ageticker.h"
#include "ui/opentabs.h"
#include "ui/rowanchor.h"
#include "ui/sessiondelegate.h"
#include "ui/sessionheader.h"
#include "ui/shapes.h"
#include "ui/skeleton.h"

#include <QContextMenuEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <vector>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

bool isByKeyboard(Qt::FocusReason reason)
{
    return reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason
           || reason == Qt::ShortcutFocusReason;
}

} // namespace

SessionView::SessionView(SessionProxyModel &model, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
    , m_header(new SessionHeader(this))
    , m_delegate(new SessionDelegate(*m_header, this))
    , m_cursor(*this)
{
    setObjectName(u"sessionView"_s);
    setAccessibleName(tr("Sessions"));
    setHorizontalHeader(m_header);
    setModel(&model);
    setItemDelegate(m_delegate);
    m_anchor = new RowAnchor(*this);
    m_openTabs = new OpenTabs(*this, model);
    m_delegate->setTabsOpen([this](const SessionKey &key) { return m_openTabs->isOpen(key); });
    connect(m_openTabs, &OpenTabs::liveViewRequested, this, &SessionView::tabLiveViewRequested);
    connect(m_openTabs, &OpenTabs::closeRequested, this, &SessionView::tabCloseRequested);

    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    // A current row that goes away must not pull its successor into view; keys and the pointer do.
    setAutoScroll(false);
    setMouseTracking(true);
    setSortingEnabled(true);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setRowHeight();

    new AgeTicker(*this, model);
    connect(&model, &SessionProxyModel::aboutToRearrange, m_anchor, &RowAnchor::remember);
    connect(&model, &QAbstractItemModel::layoutChanged, this, &SessionView::updateMarks);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &SessionView::updateMarks);
}

QList<SessionKey> SessionView::selectedKeys() const
{
    // Rows are selected as a whole: their ranges tell which, without a look at each cell.
    std::vector<int> rows;
    for (const QItemSelectionRange &range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.push_back(row);
    }
    std::ranges::sort(rows);
    const auto repeated = std::ranges::unique(rows);
    rows.erase(repeated.begin(), repeated.end());
    QList<SessionKey> keys;
    keys.reserve(static_cast<qsizetype>(rows.size()));
    for (const int row : rows)
        keys.append(m_model.keyAt(m_model.index(row, 0)));
    return keys;
}

QList<SessionKey> SessionView::keysOnScreen() const
{
    QList<SessionKey> keys;
    const int bottom = viewport()->height();
    for (int row = rowAt(0); row >= 0 && row < m_model.rowCount(); ++row) {
        if (rowViewportPosition(row) >= bottom)
            break;
        keys.append(m_model.keyAt(m_model.index(row, 0)));
    }
    return keys;
}

void SessionView::setWaiting(Waiting waiting)
{
    m_waiting = waiting;
    viewport()->update();
}

// What is under the pointer, what has the focus

QList<PlacedButton> SessionView::buttonsOf(const QModelIndex &index) const
{
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.rect = visualRect(index);
    return m_delegate->buttonsIn(option, index);
}

std::optional<SessionView::ButtonOfSession> SessionView::buttonUnder(const QPoint &position) const
{
    const QModelIndex index = indexAt(position);
    const QList<PlacedButton> buttons = buttonsOf(index);
    for (const PlacedButton &placed : buttons) {
        if (placed.rect.contains(position))
            return ButtonOfSession{m_model.keyAt(index), placed.button};
    }
    return std::nullopt;
}

bool SessionView::showsFocus() const
{
    return hasFocus() && m_focusBy == FocusBy::Keyboard && currentIndex().isValid();
}

void SessionView::updateMarks()
{
    PointerMarks marks;
    if (m_pointer) {
        marks.hoveredRow = rowAt(m_pointer->y());
        if (const auto under = buttonUnder(*m_pointer))
            marks.pointed = ButtonInRow{marks.hoveredRow, under->button};
    }
    const auto focused = m_cursor.button();
    if (focused && showsFocus())
        marks.focused = ButtonInRow{currentIndex().row(), *focused};
    const PointerMarks old = m_delegate->marks();
    if (marks == old)
        return;
    m_delegate->setMarks(marks);
    updateRow(old.hoveredRow);
    updateRow(marks.hoveredRow);
    for (const auto &mark : {old.focused, marks.focused}) {
        if (mark)
            updateRow(mark->row);
    }
}

void SessionView::updateRow(int row)
{
    viewport()->update(0, rowViewportPosition(row), viewport()->width(), rowHeight(row));
}

void SessionView::setFocusBy(FocusBy by)
{
    m_focusBy = by;
    updateMarks();
    updateRow(currentIndex().row());
}

void SessionView::paintEvent(QPaintEvent *event)
{
    if (m_waiting == Waiting::ForFirstList && m_model.rowCount() == 0) {
        QPainter painter(viewport());
        paintSkeleton(painter, viewport()->rect(), *m_header, m_delegate->metrics(),
                      Theme::of(palette()));
        return;
    }
    QTableView::paintEvent(event);
    if (showsFocus())
        paintFocus();
}

void SessionView::paintFocus()
{
    const QColor accent = Theme::of(palette()).accent;
    const int row = currentIndex().row();
    QPainter painter(viewport());
    drawFocusRing(painter,
                  QRect(0, rowViewportPosition(row), viewport()->width(), m_delegate->rowHeight()),
                  2, accent);
    const bool first = m_header->visualIndex(currentIndex().column()) == 0;
    QRect cell = visualRect(currentIndex());
    cell.setHeight(m_delegate->rowHeight());
    if (!first && !m_cursor.button()) // the cell that a screen reader reads
        drawBox(painter, cell.adjusted(4, 4, -4, -4), 4, {}, accent);
}

// Keyboard

void SessionView::keyPressEvent(QKeyEvent *event)
{
    setFocusBy(FocusBy::Keyboard);
    const QModelIndex before = currentIndex();
    if (handleKey(*event))
        event->accept();
    else
        QTableView::keyPressEvent(event);
    if (currentIndex() == before)
        return;
    m_cursor.follow();
    updateMarks();
    scrollTo(currentIndex());
}

bool SessionView::handleKey(const QKeyEvent &event)
{
    using Direction = CellCursor::Direction;
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    if (event.key() == Qt::Key_F10 && modifiers == Qt::ShiftModifier) {
        askForContextMenu(); // X11 does this for the Menu key alone
        return true;
    }
    if (modifiers != Qt::NoModifier)
        return false;
    switch (event.key()) {
    case Qt::Key_Left:
        step(isRightToLeft() ? Direction::Forth : Direction::Back);
        return true;
    case Qt::Key_Right:
        step(isRightToLeft() ? Direction::Back : Direction::Forth);
        return true;
    case Qt::Key_Space:
        return pressFocusedButton();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const auto keys = selectedKeys(); !keys.isEmpty())
            emit openRequested(keys);
        return true;
    case Qt::Key_Delete:
        if (const auto keys = selectedKeys(); !keys.isEmpty())
            emit terminateRequested(keys);
        return true;
    default:
        return false;
    }
}

void SessionView::step(CellCursor::Direction direction)
{
    if (!currentIndex().isValid())
        return;
    const QModelIndex index = m_cursor.step(direction);
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    updateMarks();
    updateRow(index.row());
}

bool SessionView::pressFocusedButton()
{
    const auto button = m_cursor.button();
    if (button)
        press({m_model.keyAt(currentIndex()), *button});
    return button.has_value();
}

void SessionView::press(const ButtonOfSession &pressed)
{
    if (pressed.button != CellButton::ShowTabs) {
        emit buttonPressed(pressed.key, pressed.button);
        return;
    }
    m_openTabs->toggle(pressed.key);
    updateMarks();
    viewport()->update();
}

void SessionView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    // The ring goes around whole rows.
    updateRow(previous.row());
    updateRow(current.row());
    updateMarks();
}

void SessionView::focusInEvent(QFocusEvent *event)
{
    QTableView::focusInEvent(event);
    if (isByKeyboard(event->reason()))
        setFocusBy(FocusBy::Keyboard);
    updateMarks();
}

void SessionView::focusOutEvent(QFocusEvent *event)
{
    QTableView::focusOutEvent(event);
    updateMarks();
    updateRow(currentIndex().row());
}

void SessionView::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Keyboard)
        askForContextMenu();
    else if (indexAt(event->pos()).isValid())
        emit contextMenuRequested(event->globalPos());
}

void SessionView::askForContextMenu()
{
    const QModelIndex current = currentIndex();
    if (!current.isValid())
        return;
    scrollTo(current);
    if (!selectionModel()->isSelected(current))
        selectionModel()->select(current,
                                 QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    emit contextMenuRequested(viewport()->mapToGlobal(visualRect(current).bottomLeft()));
}

// Pointer. A button acts when it is pressed and let go on the same session: rows may move in
// between.

void SessionView::mousePressEvent(QMouseEvent *event)
{
    setFocusBy(FocusBy::Pointer);
    m_pointer = event->position().toPoint();
    m_pressed = event->button() == Qt::LeftButton ? buttonUnder(*m_pointer) : std::nullopt;
    updateMarks();
    if (m_pressed)
        return;
    m_cursor.leaveButton();
    QTableView::mousePressEvent(event);
}

void SessionView::mouseMoveEvent(QMouseEvent *event)
{
    m_pointer = event->position().toPoint();
    updateMarks();
    if (m_pressed)
        return;
    QTableView::mouseMoveEvent(event);
    if (event->buttons().testFlag(Qt::LeftButton) && currentIndex().isValid())
        scrollTo(currentIndex());
}

void SessionView::mouseReleaseEvent(QMouseEvent *event)
{
    if (!m_pressed) {
        QTableView::mouseReleaseEvent(event);
        return;
    }
    const auto pressed = std::exchange(m_pressed, std::nullopt);
    if (event->button() == Qt::LeftButton && buttonUnder(event->position().toPoint()) == pressed)
        press(*pressed);
}

void SessionView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QPoint position = event->position().toPoint();
    if (buttonUnder(position)) {
        mousePressEvent(event);
        return;
    }
    QTableView::mouseDoubleClickEvent(event);
    const QModelIndex index = indexAt(position);
    if (index.isValid() && event->button() == Qt::LeftButton)
        emit openRequested({m_model.keyAt(index)});
}

bool SessionView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave) {
        m_pointer = std::nullopt;
        updateMarks();
    }
    return QTableView::viewportEvent(event);
}

// Layout and time

// Qt repaints everything when more than one cell changed, whether they can be seen or not.
void SessionView::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                              const QList<int> &roles)
{
    const int first = rowAt(0);
    const int last = rowAt(viewport()->height() - 1);
    const int bottom = last < 0 ? m_model.rowCount() - 1 : last;
    if (first < 0)
        return;
    for (int row = std::max(first, topLeft.row()); row <= std::min(bottom, bottomRight.row());
         ++row) {
        for (int column = topLeft.column(); column <= bottomRight.column(); ++column) {
            const QModelIndex cell = m_model.index(row, column);
            QTableView::dataChanged(cell, cell, roles);
        }
    }
}

void SessionView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_delegate) {
        m_delegate->setSystemFont(font());
        setRowHeight();
    }
}

void SessionView::setRowHeight()
{
    const int height = m_delegate->rowHeight();
    verticalHeader()->setMinimumSectionSize(height);
    verticalHeader()->setDefaultSectionSize(height);
}

void SessionView::resizeEvent(QResizeEvent *event)
{
    m_header->fit(viewport()->width());
    QTableView::resizeEvent(event);
}

void SessionView::updateGeometries()
{
    QTableView::updateGeometries();
    if (m_anchor)
        m_anchor->restore();
    if (m_openTabs)
        m_openTabs->place();
    updateMarks();
}

} // namespace Anchorwatch
