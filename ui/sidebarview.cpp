#include "ui/sidebarview.h"

#include <QContextMenuEvent>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int topGap = 8;

bool isByKeyboard(Qt::FocusReason reason)
{
    return reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason
           || reason == Qt::ShortcutFocusReason;
}

QString idAt(const QModelIndex &index)
{
    return index.data(ConnectionListModel::IdRole).toString();
}

} // namespace

SidebarView::SidebarView(SidebarModel &model, const Clock &clock, QWidget *parent)
    : QListView(parent)
    , m_model(model)
    , m_delegate(new ConnectionDelegate(clock, this))
{
    setObjectName(u"sidebarView"_s);
    setAccessibleName(tr("Connections"));
    setItemDelegate(m_delegate);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    viewport()->setBackgroundRole(QPalette::Window);
    setModel(&model);
    fit();
    setCurrentIndex(model.indexOf({}));
}

QString SidebarView::currentId() const
{
    return m_currentId;
}

void SidebarView::setCurrentId(const QString &id)
{
    if (const QModelIndex index = m_model.indexOf(id); index.isValid())
        setCurrentIndex(index);
}

void SidebarView::setShape(ConnectionDelegate::Shape shape)
{
    m_delegate->setShape(shape);
    // A bar would take a quarter of the rail; wheel and keys scroll it as well.
    setVerticalScrollBarPolicy(shape == ConnectionDelegate::Shape::Rail ? Qt::ScrollBarAlwaysOff
                                                                        : Qt::ScrollBarAsNeeded);
    scheduleDelayedItemsLayout();
    viewport()->update();
}

void SidebarView::tick()
{
    QHash<QString, QString> said;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QModelIndex index = m_model.index(row);
        const QString line = m_delegate->lineText(index, visualRect(index).width());
        if (line.isEmpty())
            continue;
        if (m_said.value(idAt(index)) != line)
            update(index);
        said.insert(idAt(index), line);
    }
    m_said = said;
}

// What is chosen

void SidebarView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    showFocus();
    if (idAt(current) == m_currentId)
        return;
    m_currentId = idAt(current);
    emit currentIdChanged(m_currentId);
}

// What is left when the chosen connection goes is everything, not a neighbour that nobody chose.
void SidebarView::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    if (currentIndex().row() >= start && currentIndex().row() <= end)
        setCurrentIndex(m_model.indexOf({}));
    QListView::rowsAboutToBeRemoved(parent, start, end);
}

QItemSelectionModel::SelectionFlags SidebarView::selectionCommand(const QModelIndex &index,
                                                                  const QEvent *) const
{
    return index.isValid() ? QItemSelectionModel::ClearAndSelect : QItemSelectionModel::NoUpdate;
}

// Keyboard

void SidebarView::keyPressEvent(QKeyEvent *event)
{
    setFocusBy(FocusBy::Keyboard);
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const bool alone = modifiers == Qt::NoModifier;
    if (event->key() == Qt::Key_F10 && modifiers == Qt::ShiftModifier) {
        askForContextMenu(); // X11 does this for the Menu key alone
    } else if (alone
               && (event->key() == Qt::Key_F2 || event->key() == Qt::Key_Return
                   || event->key() == Qt::Key_Enter)) {
        if (!m_currentId.isEmpty())
            emit editRequested(m_currentId);
    } else {
        QListView::keyPressEvent(event);
    }
}

void SidebarView::setFocusBy(FocusBy by)
{
    m_focusBy = by;
    showFocus();
}

// The ring is for who works by keyboard.
void SidebarView::showFocus()
{
    const bool shown = hasFocus() && m_focusBy == FocusBy::Keyboard;
    m_delegate->setFocused(shown ? currentIndex() : QModelIndex());
    viewport()->update();
}

void SidebarView::focusInEvent(QFocusEvent *event)
{
    QListView::focusInEvent(event);
    if (isByKeyboard(event->reason()))
        m_focusBy = FocusBy::Keyboard;
    showFocus();
}

void SidebarView::focusOutEvent(QFocusEvent *event)
{
    QListView::focusOutEvent(event);
    showFocus();
}

void SidebarView::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Keyboard)
        askForContextMenu();
    else
        emit contextMenuRequested(idAt(indexAt(event->pos())), event->globalPos());
}

void SidebarView::askForContextMenu()
{
    scrollTo(currentIndex());
    const QRect row = visualRect(currentIndex());
    emit contextMenuRequested(m_currentId, viewport()->mapToGlobal(row.center()));
}

// Pointer

// Only the left button chooses: a menu for another connection does not change what is shown.
void SidebarView::mousePressEvent(QMouseEvent *event)
{
    setFocusBy(FocusBy::Pointer);
    if (event->button() == Qt::LeftButton)
        QListView::mousePressEvent(event);
}

void SidebarView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QString id = idAt(indexAt(event->position().toPoint()));
    if (event->button() == Qt::LeftButton && !id.isEmpty())
        emit editRequested(id);
}

void SidebarView::mouseMoveEvent(QMouseEvent *event)
{
    setHovered(indexAt(event->position().toPoint()));
    QListView::mouseMoveEvent(event);
}

void SidebarView::setHovered(const QModelIndex &index)
{
    m_delegate->setHovered(index);
    viewport()->update();
}

bool SidebarView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        setHovered({});
    return QListView::viewportEvent(event);
}

void SidebarView::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    if (event->type() != QEvent::FontChange)
        return;
    m_delegate->setSystemFont(font());
    fit();
}

void SidebarView::fit()
{
    setViewportMargins(0, m_delegate->metrics().scaled(topGap), 0, 0);
    scheduleDelayedItemsLayout();
}

} // namespace Anchorwatch
