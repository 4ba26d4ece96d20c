#include "ui/sidebar.h"

#include "ui/icons.h"
#include "ui/sidebarmodel.h"
#include "ui/sidebarview.h"
#include "ui/verticalline.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int fullWidth = 216;
constexpr int railWidth = 52;
constexpr int toolSize = 28;
constexpr int toolInset = 7;
constexpr int toolDrop = 5; // the head's words stand low, too

} // namespace

Sidebar::Sidebar(ConnectionListModel &model, const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_connections(model)
    , m_model(new SidebarModel(model, this))
    , m_view(new SidebarView(*m_model, clock))
    , m_add(new QToolButton)
{
    setObjectName(u"sidebar"_s);
    m_add->setObjectName(u"addConnection"_s);
    m_add->setIcon(themedIcon(u"connection-add"_s));
    m_add->setToolTip(tr("Add connection"));
    m_add->setAccessibleName(tr("Add connection"));
    m_add->setAutoRaise(true);
    m_add->setFocusPolicy(Qt::TabFocus);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_view);
    layout->addWidget(new VerticalLine);
    m_view->setIndexWidget(m_model->index(1), headWidget());
    setFocusProxy(m_view);
    fit();

    connect(m_add, &QToolButton::clicked, this, &Sidebar::addRequested);
    connect(m_view, &SidebarView::currentIdChanged, this, &Sidebar::currentChanged);
    connect(m_view, &SidebarView::editRequested, this, &Sidebar::editRequested);
    connect(m_view, &SidebarView::contextMenuRequested, this, &Sidebar::showMenu);
}

void Sidebar::setTotal(int live)
{
    m_model->setTotal(live);
}

QString Sidebar::current() const
{
    return m_view->currentId();
}

void Sidebar::setCurrent(const QString &id)
{
    m_view->setCurrentId(id);
}

void Sidebar::setRail(bool rail)
{
    if (rail == m_isRail)
        return;
    m_isRail = rail;
    m_add->setVisible(!rail);
    m_view->setShape(rail ? ConnectionDelegate::Shape::Rail : ConnectionDelegate::Shape::Full);
    fit();
}

void Sidebar::tick()
{
    m_view->tick();
}

void Sidebar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fit();
}

// The tool stands in the head's row and scrolls with it.
QWidget *Sidebar::headWidget()
{
    auto *head = new QWidget;
    auto *layout = new QHBoxLayout(head);
    const Metrics metrics;
    layout->setContentsMargins(metrics.scaled(toolInset), metrics.scaled(toolDrop),
                               metrics.scaled(toolInset), 0);
    layout->addStretch();
    layout->addWidget(m_add);
    return head;
}

void Sidebar::fit()
{
    const Metrics metrics(font());
    m_add->setFixedSize(metrics.scaled(toolSize), metrics.scaled(toolSize));
    setFixedWidth(metrics.scaled(m_isRail ? railWidth : fullWidth) + 1); // and the line
}

void Sidebar::showMenu(const QString &id, const QPoint &globalPosition)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"connectionMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (const ConnectionState *state = m_connections.find(id)) {
        fillMenu(*menu, state->connection);
    } else {
        menu->addAction(themedIcon(u"connection-add"_s), tr("Add connection…"), this,
                        &Sidebar::addRequested);
    }
    menu->popup(globalPosition);
}

// The id is that of the row the menu was opened on, wherever it moves meanwhile.
void Sidebar::fillMenu(QMenu &menu, const Connection &connection)
{
    const QString id = connection.id;
    const bool enabled = connection.enabled;
    menu.addAction(themedIcon(u"edit"_s), tr("Edit…"), QKeySequence(Qt::Key_F2), this,
                   [this, id] { emit editRequested(id); });
    menu.addAction(themedIcon(u"copy"_s), tr("Duplicate"), this,
                   [this, id] { emit duplicateRequested(id); });
    menu.addSeparator();
    menu.addAction(themedIcon(u"refresh"_s), tr("Refresh now"), this,
                   [this, id] { emit refreshRequested(id); })
        ->setEnabled(enabled);
    menu.addAction(themedIcon(enabled ? u"freeze"_s : u"play"_s),
                   enabled ? tr("Disable") : tr("Enable"), this,
                   [this, id, enabled] { emit enabledChanged(id, !enabled); });
    menu.addSeparator();
    menu.addAction(themedIcon(u"remove"_s), tr("Remove…"), this,
                   [this, id] { emit removeRequested(id); });
}

} // namespace Anchorwatch
