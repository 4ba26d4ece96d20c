#pragma once

#include "models/connection.h"
#include "models/sessionproxymodel.h"
#include "ui/cellbutton.h"
#include "ui/cellcursor.h"
#include "ui/columnlayout.h"

#include <QTableView>

#include <optional>

namespace Anchorwatch {

class OpenTabs;
class RowAnchor;
class SessionDelegate;
class SessionHeader;

// The table of sessions. Holds still while the list changes: what is on screen, selected, current
// or being pressed stays with its session. It only says what the user asked for; acting is for
// others.
class SessionView : public QTableView
{
    Q_OBJECT

public:
    // The model must outlive it.
    explicit SessionView(SessionProxyModel &model, QWidget *parent = nullptr);

    [[nodiscard]] SessionHeader &header() const { return *m_header; }
    [[nodiscard]] const SessionDelegate &delegate() const { return *m_delegate; }

    // The buttons of a cell where they stand now, in reading order.
    [[nodiscard]] QList<PlacedButton> buttonsOf(const QModelIndex &index) const;
    // The selected sessions from top to bottom.
    [[nodiscard]] QList<SessionKey> selectedKeys() const;

    // The sessions whose rows can be seen now, from top to bottom.
    [[nodiscard]] QList<SessionKey> keysOnScreen() const;

    // What stands in place of the rows while there are none.
    enum class Waiting { No, ForFirstList };
    void setWaiting(Waiting waiting);

signals:
    void buttonPressed(const Anchorwatch::SessionKey &key, Anchorwatch::CellButton button);
    void openRequested(const QList<Anchorwatch::SessionKey> &keys);
    void terminateRequested(const QList<Anchorwatch::SessionKey> &keys);
    // Of one of the tabs that a session was opened to.
    void tabLiveViewRequested(const Anchorwatch::SessionKey &key, int tab);
    void tabCloseRequested(const Anchorwatch::SessionKey &key, const Anchorwatch::SessionTab &tab);
    // A context menu is wanted for selectedKeys(); the position is on the screen.
    void contextMenuRequested(const QPoint &globalPosition);

protected slots:
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                     const QList<int> &roles = {}) override;

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
    void mouseReleaseEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void updateGeometries() override;
    bool viewportEvent(QEvent *event) override;

private:
    struct ButtonOfSession
    {
        SessionKey key;
        CellButton button = CellButton::CopyCdp;

        bool operator==(const ButtonOfSession &) const = default;
    };

    // How the row that has the focus got it; the ring is for who works by keyboard.
    enum class FocusBy { Pointer, Keyboard };

    [[nodiscard]] std::optional<ButtonOfSession> buttonUnder(const QPoint &position) const;
    [[nodiscard]] bool showsFocus() const;
    // Tells the delegate what is under the pointer and what has the focus now.
    void updateMarks();
    void updateRow(int row);
    void setFocusBy(FocusBy by);
    void paintFocus();

    void step(CellCursor::Direction direction);
    [[nodiscard]] bool handleKey(const QKeyEvent &event);
    [[nodiscard]] bool pressFocusedButton();
    void press(const ButtonOfSession &pressed);
    void askForContextMenu();
    void setRowHeight();

    SessionProxyModel &m_model;
    SessionHeader *m_header;
    SessionDelegate *m_delegate;
    RowAnchor *m_anchor = nullptr;
    OpenTabs *m_openTabs = nullptr;
    std::optional<QPoint> m_pointer; // in the viewport
    std::optional<ButtonOfSession> m_pressed;
    CellCursor m_cursor;
    FocusBy m_focusBy = FocusBy::Pointer;
    Waiting m_waiting = Waiting::No;
};

} // namespace Anchorwatch
