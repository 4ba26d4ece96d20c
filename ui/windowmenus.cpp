#include "ui/windowmenus.h"

#include "ui/connectionmenu.h"
#include "ui/sessionheader.h"

namespace Anchorwatch {

using namespace Qt::StringLiterals;

WindowMenus::WindowMenus(const WindowActions &actions, ConnectionMenu &connections,
                         SessionHeader &header, QMenuBar &bar)
    : QObject(&bar)
    , m_actions(actions)
    , m_bar(bar)
{
    QMenu *session = bar.addMenu(tr("&Session"));
    session->addAction(actions.newSession);
    session->addSeparator();
    session->addActions({actions.watch, actions.openLiveView, actions.openDevTools});
    session->addMenu(actions.copyMenu);
    session->addSeparator();
    session->addAction(actions.terminate);
    session->addSeparator();
    session->addAction(actions.quit);

    QMenu *view = bar.addMenu(tr("&View"));
    view->addAction(actions.refresh);
    view->addMenu(actions.intervalMenu);
    view->addAction(actions.find);
    view->addSeparator();
    view->addAction(actions.showWall);
    view->addAction(actions.showSidebar);
    view->addActions({actions.showDetails, actions.detailsAtBottom, actions.detailsAtRight});
    header.addColumnActions(*view->addMenu(tr("&Columns")));

    bar.addMenu(&connections);

    QMenu *help = bar.addMenu(tr("&Help"));
    help->addActions({actions.showKeys, actions.about});
    for (QMenu *menu : {session, view, static_cast<QMenu *>(&connections), help})
        watch(menu);
}

void WindowMenus::showContextMenu(const QPoint &globalPosition)
{
    auto *menu = new QMenu(m_bar.window());
    menu->setObjectName(u"contextMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_actions.watch, m_actions.openLiveView, m_actions.openDevTools});
    menu->addSeparator();
    menu->addMenu(m_actions.copyMenu);
    menu->addSeparator();
    menu->addActions({m_actions.terminate, m_actions.showDetails});
    watch(menu);
    menu->popup(globalPosition);
}

void WindowMenus::watch(QMenu *menu)
{
    connect(menu, &QMenu::aboutToShow, this, [this] { ++m_open; });
    // Queued: a menu hides before its action is triggered, and the action shall see what the menu
    // showed.
    connect(menu, &QMenu::aboutToHide, this, &WindowMenus::close, Qt::QueuedConnection);
}

void WindowMenus::close()
{
    if (--m_open == 0)
        emit allClosed();
}

} // namespace Anchorwatch
