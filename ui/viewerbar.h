#pragma once

#include "models/livefeed.h"
#include "models/sessionrow.h"

#include <QWidget>

class QLineEdit;
class QPushButton;
class QTabBar;
class QToolButton;

namespace Anchorwatch {

class ConnectionMark;
class ElidedLabel;
class StateMark;
class TextLabel;

// The head of a viewer: which session it is, who watches and who is in control, what can be done;
// in control also the tabs, an address and the way back.
class ViewerBar : public QWidget
{
    Q_OBJECT

public:
    explicit ViewerBar(QWidget *parent = nullptr);

    void setRow(const SessionRow &row);
    void setPage(const LivePage &page);
    void setTabs(const QList<SessionTab> &tabs, int watching);
    // `canTake`: the session's link may act.
    void setControl(const LiveViewers &viewers, bool canTake);

    [[nodiscard]] QPushButton &controlButton() const { return *m_control; }
    [[nodiscard]] QToolButton &pin() const { return *m_pin; }
    [[nodiscard]] QToolButton &menuButton() const { return *m_menu; }
    [[nodiscard]] QLineEdit &address() const { return *m_address; }

signals:
    void controlToggled();
    void devToolsClicked();
    void copyClicked();
    void terminateClicked();
    void pinToggled(bool on);
    void navigated(Anchorwatch::LiveNavigation navigation);
    void addressEntered(const QString &url);
    // Of the tab with that number.
    void tabChosen(int tab);
    void tabClosed(int tab);
    void tabWanted();

private:
    [[nodiscard]] QWidget *buildHead();
    [[nodiscard]] QWidget *buildNavigation();
    void updateShown();

    StateMark *m_state;
    ElidedLabel *m_title;
    ElidedLabel *m_place;
    ConnectionMark *m_connection;
    TextLabel *m_badge;
    QPushButton *m_control;
    QPushButton *m_devTools;
    QPushButton *m_copy;
    QPushButton *m_terminate;
    QToolButton *m_pin;
    QToolButton *m_menu;
    QWidget *m_navigation;
    QToolButton *m_back;
    QToolButton *m_forward;
    QToolButton *m_reload;
    QLineEdit *m_address;
    QWidget *m_tabLine;
    QTabBar *m_tabs;
    QToolButton *m_newTab;
    bool m_isInControl = false;
    bool m_isLoading = false;
};

} // namespace Anchorwatch
