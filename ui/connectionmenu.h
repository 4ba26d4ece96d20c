#pragma once

#include "models/connectionlistmodel.h"

#include <QMenu>

namespace Anchorwatch {

class Sidebar;

// What can be done with connections: show one of them, add, change. Follows the list; the first
// nine have keys.
class ConnectionMenu : public QMenu
{
    Q_OBJECT

public:
    // Both must outlive it.
    ConnectionMenu(ConnectionListModel &connections, Sidebar &sidebar, QWidget *parent = nullptr);

    // Those that have keys.
    [[nodiscard]] QList<QAction *> keyedActions() const;

private:
    void fill();
    void addChoice(const QString &id, const QString &text, const QKeySequence &key);
    void addChanges();

    ConnectionListModel &m_connections;
    Sidebar &m_sidebar;
};

} // namespace Anchorwatch
