#pragma once

#include "models/sessionsnippet.h"

#include <QAction>
#include <QActionGroup>
#include <QList>
#include <QMenu>

#include <chrono>

namespace Anchorwatch {

// Everything that can be done, each defined once: text, icon, keys, and the reason when it cannot
// be done now. Menus, toolbar, context menu and key list all show these same actions. Children of
// the window.
class WindowActions : public QObject
{
    Q_OBJECT

public:
    explicit WindowActions(QWidget *window);

    QAction *newSession;
    QAction *refresh;
    QAction *watch;
    QAction *openLiveView;
    QAction *openDevTools;
    QAction *terminate;
    QAction *showSidebar;
    QAction *showDetails;
    QAction *detailsAtBottom;
    QAction *detailsAtRight;
    QAction *showWall;
    QAction *find;
    QAction *showKeys;
    QAction *about;
    QAction *quit;
    // Copy actions in menu order; data() is the SessionSnippet::Kind.
    QList<QAction *> copies;
    QMenu *copyMenu;
    // How often the list is asked for; data() is the span in ms (int).
    QMenu *intervalMenu;
    QActionGroup *intervals;

    // Those that need the focus in the table, so that Del in the filter box deletes a letter.
    [[nodiscard]] QList<QAction *> tableActions() const;
    // All actions that have keys, in menu order.
    [[nodiscard]] QList<QAction *> keyedActions() const;
    // Checks the interval, adding it to the menu when it is none of those.
    void showInterval(std::chrono::milliseconds interval);

signals:
    void copyTriggered(Anchorwatch::SessionSnippet::Kind kind);
    void intervalChosen(std::chrono::milliseconds interval);

private:
    QAction *make(const QString &name, const QString &text, const QString &icon,
                  const QList<QKeySequence> &keys = {});
    void makeSessionActions();
    void makeCopyActions();
    void makeViewActions();
    void makeIntervals();
    QAction *addInterval(std::chrono::milliseconds interval);

    QWidget *m_window;
};

// Enables the action, or disables it with the reason as its tooltip and in its status text.
void setActionRefusal(QAction &action, const QString &refusal);

} // namespace Anchorwatch
