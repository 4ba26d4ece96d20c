#pragma once

#include "ui/windowactions.h"

#include <QMenuBar>

namespace Anchorwatch {

class ConnectionMenu;
class SessionHeader;

// The menu bar and the context menu of the table, made of the window's actions. Says when a menu is
// open, since rows must not move under one.
class WindowMenus : public QObject
{
    Q_OBJECT

public:
    // Fills the bar. Actions and header must outlive it.
    // Takes the connection menu over.
    WindowMenus(const WindowActions &actions, ConnectionMenu &connections, SessionHeader &header,
                QMenuBar &bar);

    void showContextMenu(const QPoint &globalPosition);
    [[nodiscard]] bool isAnyOpen() const { return m_open > 0; }

signals:
    // The last open menu has closed, and what was chosen in it is done.
    void allClosed();

private:
    void watch(QMenu *menu);
    void close();

    const WindowActions &m_actions;
    QMenuBar &m_bar;
    int m_open = 0;
};

} // namespace Anchorwatch
