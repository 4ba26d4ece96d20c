#pragma once

#include "ui/connectiondelegate.h"
#include "ui/sidebarmodel.h"

#include <QListView>

namespace Anchorwatch {

// The rows of the sidebar. The current row is the chosen one; there always is one. It only says
// what the user asked for; acting is for others.
class SidebarView : public QListView
{
    Q_OBJECT

public:
    // Model and clock must outlive it.
    SidebarView(SidebarModel &model, const Clock &clock, QWidget *parent = nullptr);

    // The id of the chosen connection; empty for All.
    [[nodiscard]] QString currentId() const;
    // An unknown id changes nothing.
    void setCurrentId(const QString &id);
    void setShape(ConnectionDelegate::Shape shape);
    // Repaints the rows whose line says something else than at the last call.
    void tick();

signals:
    void currentIdChanged(const QString &id);
    // F2, Enter or a double click on a connection.
    void editRequested(const QString &id);
    // The id is empty where no connection was meant; the position is on the screen.
    void contextMenuRequested(const QString &id, const QPoint &globalPosition);

protected:
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    [[nodiscard]] QItemSelectionModel::SelectionFlags
    selectionCommand(const QModelIndex &index, const QEvent *event) const override;
    bool viewportEvent(QEvent *event) override;

private:
    enum class FocusBy { Pointer, Keyboard };

    void fit();
    void setFocusBy(FocusBy by);
    void setHovered(const QModelIndex &index);
    void showFocus();
    void askForContextMenu();

    SidebarModel &m_model;
    ConnectionDelegate *m_delegate;
    QHash<QString, QString> m_said; // the line of each connection, at the last tick
    QString m_currentId;
    FocusBy m_focusBy = FocusBy::Pointer;
};

} // namespace Anchorwatch
