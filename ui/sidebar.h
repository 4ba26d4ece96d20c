#pragma once

#include "models/clock.h"
#include "models/connectionlistmodel.h"

#include <QWidget>

class QMenu;
class QToolButton;

namespace Anchorwatch {

class SidebarModel;
class SidebarView;

// The list of connections, with all of them together on top. What is chosen says which sessions the
// table shows. It only says what the user asked for; acting is for others.
class Sidebar : public QWidget
{
    Q_OBJECT

public:
    // Model and clock must outlive it.
    Sidebar(ConnectionListModel &model, const Clock &clock, QWidget *parent = nullptr);

    // How many live sessions there are; shown from the first list of any connection on.
    void setTotal(int live);
    // The id of the chosen connection; empty for all. When the chosen one goes, all are.
    [[nodiscard]] QString current() const;
    // An unknown id changes nothing.
    void setCurrent(const QString &id);
    // Badges and states alone, for a narrow window.
    void setRail(bool rail);
    // Lets the ages go on; to be called each second while it can be seen.
    void tick();

signals:
    void currentChanged(const QString &id);
    void addRequested();
    void editRequested(const QString &id);
    void duplicateRequested(const QString &id);
    void removeRequested(const QString &id);
    void enabledChanged(const QString &id, bool enabled);
    void refreshRequested(const QString &id);

protected:
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] QWidget *headWidget();
    void fit();
    void showMenu(const QString &id, const QPoint &globalPosition);
    void fillMenu(QMenu &menu, const Connection &connection);

    ConnectionListModel &m_connections;
    SidebarModel *m_model;
    SidebarView *m_view;
    QToolButton *m_add;
    bool m_isRail = false;
};

} // namespace Anchorwatch
