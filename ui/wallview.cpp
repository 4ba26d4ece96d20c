#include "ui/wallview.h"

#include "ui/tileanchor.h"
#include "ui/wallstills.h"

#include <QContextMenuEvent>
#include <QPainter>
#include <QScrollBar>

#include <chrono>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto settleTime = 80ms;
constexpr int edge = 10; // with half a gap, the space around the tiles

bool isByKeyboard(Qt::FocusReason reason)
{
    return reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason
           || reason == Qt::ShortcutFocusReason;
}

} // namespace

WallView::WallView(TileModel &model, const WallStills &stills, const TileDelegate::Refusal &refusal,
                   QWidget *parent)
    : QListView(parent)
    , m_model(model)
    , m_stills(stills)
    , m_delegate(new TileDelegate(stills, refusal, this))
{
    setObjectName(u"wallView"_s);
    setAccessibleName(tr("Wall of sessions"));
    setItemDelegate(m_delegate);
    // Wrapped rows of one size are laid out by arithmetic, however many there are.
    setFlow(LeftToRight);
    setWrapping(true);
    setUniformItemSizes(true);
    setMovement(Static);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setFrameShape(QFrame::NoFrame);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // A bar that comes and goes would change the size of the tiles, and that the need for a bar.
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    // A current tile that goes away must not pull its successor into view.
    setAutoScroll(false);
    setMouseTracking(true);
    viewport()->setBackgroundRole(QPalette::Window);
    dress();
    const int margin = m_delegate->metrics().scaled(edge);
    setViewportMargins(margin, 0, 0, 0);
    setModel(&model);
    m_anchor = new TileAnchor(*this);

    m_settle.setSingleShot(true);
    m_settle.setInterval(settleTime);
    connect(&m_settle, &QTimer::timeout, this, &WallView::sightChanged);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        updateMarks();
        m_settle.start();
    });
}

void WallView::setColumns(int columns)
{
    m_columns = qMax(1, columns);
    fit();
    if (currentIndex().isValid())
        scrollTo(currentIndex());
}

int WallView::pictureWidth() const
{
    return qRound(m_delegate->pictureWidth(gridSize().width()) * devicePixelRatioF());
}

QList<SessionKey> WallView::keysOnScreen() const
{
    QList<SessionKey> keys;
    const int height = gridSize().height();
    if (height <= 0)
        return keys;
    const int above = verticalOffset() / height;
    const int below = (verticalOffset() + viewport()->height() - 1) / height + 1;
    const int end = qMin(m_model.rowCount(), below * m_columns);
    for (int row = above * m_columns; row < end; ++row)
        keys.append(m_model.keyAt(m_model.index(row, 0)));
    return keys;
}

QRect WallView::buttonRect(const SessionKey &key, TileButton button) const
{
    return m_delegate->buttonRect(visualRect(m_model.indexOf(key)), button, layoutDirection());
}

void WallView::tick()
{
    QHash<SessionKey, QString> said;
    const QList<SessionKey> keys = keysOnScreen();
    for (const SessionKey &key : keys) {
        const QString says = m_model.indexOf(key).data(TileModel::PassingTextRole).toString();
        if (m_said.value(key) != says)
            updateTile(key);
        said.insert(key, says);
    }
    m_said = said;
}

// Letters belong to no command here, and a search would go through every row.
void WallView::keyboardSearch(const QString &search)
{
    Q_UNUSED(search)
}

// What is under the pointer, what has the focus

bool WallView::asksFirst(const SessionKey &key) const
{
    return !m_stills.stillOf(key).cost.isEmpty();
}

std::optional<WallView::ButtonOfSession> WallView::buttonUnder(const QPoint &position) const
{
    const QModelIndex index = indexAt(position);
    if (!index.isValid())
        return std::nullopt;
    const SessionKey key = m_model.keyAt(index);
    const auto isOn = [&](TileButton button) {
        return m_delegate->buttonRect(visualRect(index), button, layoutDirection())
            .contains(position);
    };
    for (const TileButton button : tileButtons) {
        if (isOn(button))
            return ButtonOfSession{key, button};
    }
    if (isOn(TileButton::Show) && asksFirst(key))
        return ButtonOfSession{key, TileButton::Show};
    return std::nullopt;
}

void WallView::updateMarks()
{
    TileMarks marks;
    if (m_pointer) {
        const QModelIndex index = indexAt(*m_pointer);
        if (index.isValid() && m_delegate->tileRect(visualRect(index)).contains(*m_pointer))
            marks.hovered = m_model.keyAt(index);
        if (const auto under = buttonUnder(*m_pointer))
            marks.pointed = under->button;
    }
    if (hasFocus() && m_focusBy == FocusBy::Keyboard && currentIndex().isValid())
        marks.focused = m_model.keyAt(currentIndex());
    const TileMarks old = m_delegate->marks();
    if (marks == old)
        return;
    m_delegate->setMarks(marks);
    for (const auto &key : {old.hovered, old.focused, marks.hovered, marks.focused})
        updateTile(key);
}

void WallView::updateTile(const std::optional<SessionKey> &key)
{
    if (key)
        viewport()->update(visualRect(m_model.indexOf(*key)));
}

void WallView::setFocusBy(FocusBy by)
{
    m_focusBy = by;
    updateMarks();
}

void WallView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    updateMarks();
}

void WallView::focusInEvent(QFocusEvent *event)
{
    QListView::focusInEvent(event);
    if (isByKeyboard(event->reason()))
        m_focusBy = FocusBy::Keyboard;
    updateMarks();
}

void WallView::focusOutEvent(QFocusEvent *event)
{
    QListView::focusOutEvent(event);
    updateMarks();
}

// Keyboard

void WallView::keyPressEvent(QKeyEvent *event)
{
    setFocusBy(FocusBy::Keyboard);
    const QModelIndex before = currentIndex();
    if (handleKey(*event))
        event->accept();
    else
        QListView::keyPressEvent(event);
    if (currentIndex() != before && currentIndex().isValid())
        scrollTo(currentIndex());
}

bool WallView::handleKey(const QKeyEvent &event)
{
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    if (event.key() == Qt::Key_F10 && modifiers == Qt::ShiftModifier) {
        askForContextMenu(); // X11 does this for the Menu key alone
        return true;
    }
    const bool isEnter = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
    const bool isDelete = event.key() == Qt::Key_Delete && modifiers == Qt::NoModifier;
    const bool isCopy = event.key() == Qt::Key_C && modifiers == Qt::ControlModifier;
    const bool isSpace = event.key() == Qt::Key_Space && modifiers == Qt::NoModifier;
    const bool isEnterAlone = isEnter && modifiers == Qt::NoModifier;
    const bool isEnterWithCtrl = isEnter && modifiers == Qt::ControlModifier;
    if (!isDelete && !isCopy && !isSpace && !isEnterAlone && !isEnterWithCtrl)
        return false;
    if (!currentIndex().isValid())
        return true;
    const SessionKey key = m_model.keyAt(currentIndex());
    if (isSpace && !asksFirst(key))
        return false;
    if (isSpace)
        emit buttonPressed(key, TileButton::Show);
    else if (isCopy)
        emit copyRequested(key);
    else if (isDelete)
        emit buttonPressed(key, TileButton::Terminate);
    else
        emit buttonPressed(key, isEnterAlone ? TileButton::Watch : TileButton::OpenDevTools);
    return true;
}

void WallView::contextMenuEvent(QContextMenuEvent *event)
{
    const QModelIndex index = indexAt(event->pos());
    if (event->reason() == QContextMenuEvent::Keyboard)
        askForContextMenu();
    else if (index.isValid())
        emit contextMenuRequested(m_model.keyAt(index), event->globalPos());
}

void WallView::askForContextMenu()
{
    const QModelIndex current = currentIndex();
    if (!current.isValid())
        return;
    scrollTo(current);
    const QRect picture = m_delegate->pictureRect(visualRect(current));
    emit contextMenuRequested(m_model.keyAt(current),
                              viewport()->mapToGlobal(picture.bottomLeft()));
}

// Pointer. A button acts when it is pressed and let go on the same session: tiles may move in
// between.

void WallView::mousePressEvent(QMouseEvent *event)
{
    setFocusBy(FocusBy::Pointer);
    m_pointer = event->position().toPoint();
    m_pressed = event->button() == Qt::LeftButton ? buttonUnder(*m_pointer) : std::nullopt;
    updateMarks();
    if (!m_pressed)
        QListView::mousePressEvent(event);
}

void WallView::mouseMoveEvent(QMouseEvent *event)
{
    m_pointer = event->position().toPoint();
    updateMarks();
    if (!m_pressed)
        QListView::mouseMoveEvent(event);
}

void WallView::mouseReleaseEvent(QMouseEvent *event)
{
    if (!m_pressed) {
        QListView::mouseReleaseEvent(event);
        return;
    }
    const auto pressed = std::exchange(m_pressed, std::nullopt);
    if (event->button() == Qt::LeftButton && buttonUnder(event->position().toPoint()) == pressed)
        emit buttonPressed(pressed->key, pressed->button);
}

void WallView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QPoint position = event->position().toPoint();
    if (buttonUnder(position)) {
        mousePressEvent(event);
        return;
    }
    const QModelIndex index = indexAt(position);
    if (event->button() == Qt::LeftButton && index.isValid())
        emit buttonPressed(m_model.keyAt(index), TileButton::Watch);
}

bool WallView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave) {
        m_pointer = std::nullopt;
        updateMarks();
    }
    return QListView::viewportEvent(event);
}

// Layout

void WallView::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        m_delegate->setSystemFont(font());
        fit();
    } else if (event->type() == QEvent::PaletteChange) {
        dress();
    }
}

// The tiles lie on the window, and so does the bar beside them.
void WallView::dress()
{
    QPalette ground;
    ground.setBrush(QPalette::Base, palette().window());
    verticalScrollBar()->setPalette(ground);
}

void WallView::resizeEvent(QResizeEvent *event)
{
    fit();
    QListView::resizeEvent(event);
    m_settle.start();
}

void WallView::fit()
{
    const int width = (viewport()->width() - 1) / m_columns; // the last pixel wraps (QListView)
    const QSize cell(width, m_delegate->cellHeight(width));
    if (cell == gridSize())
        return;
    setGridSize(cell);
    verticalScrollBar()->setSingleStep(qMax(1, cell.height() / 3)); // a notch of the wheel is three
}

void WallView::updateGeometries()
{
    if (m_anchor)
        m_anchor->beginLayout();
    QListView::updateGeometries();
    if (m_anchor)
        m_anchor->endLayout();
    updateMarks();
    m_settle.start();
}

} // namespace Anchorwatch
