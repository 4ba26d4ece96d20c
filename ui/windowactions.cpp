#include "ui/windowactions.h"

#include "ui/icons.h"

#include <QVariant>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

WindowActions::WindowActions(QWidget *window)
    : QObject(window)
    , m_window(window)
{
    makeSessionActions();
    makeCopyActions();
    makeViewActions();
    makeIntervals();
    for (QAction *action : tableActions())
        action->setShortcutContext(Qt::WidgetShortcut);
}

void WindowActions::makeSessionActions()
{
    newSession = make(u"newSession"_s, tr("&New session…"), u"session-new"_s, {QKeySequence::New});
    openLiveView = make(u"openLiveView"_s, tr("Open &live view"), u"live-view"_s,
                        {Qt::Key_Return, Qt::Key_Enter});
    watch = make(u"watch"_s, tr("&Watch in a window"), u"live-view"_s,
                 {Qt::SHIFT | Qt::Key_Return, Qt::SHIFT | Qt::Key_Enter});
    openDevTools = make(u"openDevTools"_s, tr("Open &DevTools"), u"devtools"_s,
                        {Qt::CTRL | Qt::Key_Return, Qt::CTRL | Qt::Key_Enter});
    terminate = make(u"terminate"_s, tr("&Terminate…"), u"terminate"_s, {QKeySequence::Delete});
    quit = make(u"quit"_s, tr("&Quit"), {}, {Qt::CTRL | Qt::Key_Q});
}

void WindowActions::makeCopyActions()
{
    using Kind = SessionSnippet::Kind;
    copyMenu = new QMenu(tr("&Copy"), m_window);
    copyMenu->setObjectName(u"copyMenu"_s);
    copyMenu->setIcon(themedIcon(u"copy"_s));
    const auto add = [this](Kind kind, const QString &name, const QString &text,
                            const QList<QKeySequence> &keys = {}) {
        QAction *action = make(name, text, {}, keys);
        action->setData(QVariant::fromValue(kind));
        connect(action, &QAction::triggered, this, [this, kind] { emit copyTriggered(kind); });
        copies.append(action);
        copyMenu->addAction(action);
    };
    add(Kind::Id, u"copyId"_s, tr("Session &id"), {QKeySequence::Copy});
    add(Kind::LiveViewUrl, u"copyLiveView"_s, tr("&Live view address"));
    add(Kind::CdpUrl, u"copyCdp"_s, tr("&CDP address"));
    copyMenu->addSeparator();
    add(Kind::Playwright, u"copyPlaywright"_s, tr("As &Playwright code"));
    add(Kind::Puppeteer, u"copyPuppeteer"_s, tr("As P&uppeteer code"));
    add(Kind::Curl, u"copyCurl"_s, tr("As c&url"));
    copyMenu->menuAction()->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_C);
    copyMenu->menuAction()->setObjectName(u"copy"_s);
}

void WindowActions::makeViewActions()
{
    refresh = make(u"refresh"_s, tr("&Refresh"), u"refresh"_s, {Qt::Key_F5, Qt::CTRL | Qt::Key_R});
    find = make(u"find"_s, tr("&Filter"), u"filter"_s, {QKeySequence::Find, Qt::Key_Slash});
    showSidebar = make(u"showSidebar"_s, tr("&Sidebar"), u"sidebar"_s, {Qt::Key_F9});
    showSidebar->setCheckable(true);
    showSidebar->setChecked(true);
    showDetails = make(u"showDetails"_s, tr("&Details"), u"details-bottom"_s,
                       {Qt::ALT | Qt::Key_Return, Qt::ALT | Qt::Key_Enter});
    showDetails->setCheckable(true);
    showDetails->setChecked(true);
    detailsAtBottom = make(u"detailsAtBottom"_s, tr("Details at the &bottom"), u"details-bottom"_s);
    detailsAtRight = make(u"detailsAtRight"_s, tr("Details on the r&ight"), u"details-right"_s);
    auto *places = new QActionGroup(this);
    for (QAction *place : {detailsAtBottom, detailsAtRight}) {
        place->setCheckable(true);
        places->addAction(place);
    }
    showWall = make(u"showWall"_s, tr("&Wall"), u"wall"_s, {Qt::CTRL | Qt::SHIFT | Qt::Key_W});
    showKeys = make(u"showKeys"_s, tr("&Keys"), u"keyboard"_s,
                    {QKeySequence::HelpContents, Qt::Key_Question});
    about = make(u"about"_s, tr("&About Anchorwatch"), u"info"_s);
}

void WindowActions::makeIntervals()
{
    intervalMenu = new QMenu(tr("Refresh &every"), m_window);
    intervalMenu->setObjectName(u"intervalMenu"_s);
    intervals = new QActionGroup(this);
    for (const auto interval : {1000ms, 2000ms, 5000ms, 10'000ms, 30'000ms, 60'000ms})
        addInterval(interval);
}

QAction *WindowActions::addInterval(std::chrono::milliseconds interval)
{
    const double seconds = static_cast<double>(interval.count()) / 1000.0;
    auto *action = new QAction(tr("%1 s").arg(seconds), this);
    action->setCheckable(true);
    action->setData(static_cast<int>(interval.count()));
    intervals->addAction(action);
    intervalMenu->addAction(action);
    connect(action, &QAction::triggered, this, [this, interval] { emit intervalChosen(interval); });
    return action;
}

QList<QAction *> WindowActions::tableActions() const
{
    return {openLiveView, watch, openDevTools, copies.constFirst(), terminate};
}

QList<QAction *> WindowActions::keyedActions() const
{
    return {
        newSession, openLiveView, watch, openDevTools, copies.constFirst(), copyMenu->menuAction(),
        terminate,  refresh,      find,  showSidebar,  showDetails,         showWall,
        showKeys,   quit};
}

void WindowActions::showInterval(std::chrono::milliseconds interval)
{
    for (QAction *action : intervals->actions()) {
        if (action->data().toInt() == interval.count()) {
            action->setChecked(true);
            return;
        }
    }
    addInterval(interval)->setChecked(true);
}

QAction *WindowActions::make(const QString &name, const QString &text, const QString &icon,
                             const QList<QKeySequence> &keys)
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    if (!icon.isEmpty())
        action->setIcon(themedIcon(icon));
    action->setShortcuts(keys);
    return action;
}

void setActionRefusal(QAction &action, const QString &refusal)
{
    action.setEnabled(refusal.isEmpty());
    // Without a reason the tooltip falls back to the action's text.
    action.setToolTip(refusal.toHtmlEscaped());
    action.setStatusTip(refusal);
}

} // namespace Anchorwatch
