#pragma once

#include "models/clock.h"
#include "models/connectionlistmodel.h"
#include "models/livefeed.h"
#include "models/sessiondelta.h"
#include "models/sessionproxymodel.h"
#include "models/sessiontablemodel.h"
#include "ui/announcement.h"
#include "ui/quitdialog.h"
#include "ui/sessioncommands.h"
#include "ui/sessionview.h"
#include "ui/windowstate.h"

#include <QMainWindow>
#include <QPointer>
#include <QTimer>

namespace Anchorwatch {

class ConnectionBanner;
class ConnectionCommands;
class ConnectionMenu;
class DetailsPane;
class DetailsSplitter;
class FilterBox;
class SessionPane;
class Sidebar;
class StatusLine;
class Toast;
class Viewers;
class Wall;
class WindowActions;
class WindowMenus;

// The window: composes the panes, hands commands to SessionCommands, and shows what it is told.
// Knows of no network: what shall be asked of the service leaves by signals, the answers come back
// through its public functions.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    // Models and clock must outlive it.
    MainWindow(SessionTableModel &model, ConnectionListModel &connections, const Clock &clock,
               const UrlOpener &opener);
    ~MainWindow() override;

    // What is remembered from one run to the next.
    [[nodiscard]] WindowState state() const;
    void restore(const WindowState &state);

    // What the service of a connection cannot do.
    void setAbilities(const QString &connectionId, const ServiceAbilities &abilities);
    // How sessions are watched; without it none can be.
    void setLiveFeedFactory(const LiveFeedFactory &factory);
    // Where the sessions of a connection are, in words.
    void setPlace(const QString &connectionId, const QString &place);
    // Polls of that connection that wait for a menu to close are dropped: it is not watched any
    // more, or anew.
    void forget(const QString &connectionId);
    // Applies a poll, now or, while a menu is open, when it closes.
    void applyDelta(const SessionDelta &delta);
    void showTerminationSummary(const TerminationSummary &summary);
    void showCreated(const SessionKey &key);
    void showCreationFault(const Fault &fault);
    void openDevToolsAt(const SessionKey &key, const QUrl &url);
    void showTabClosed(const SessionKey &key, const SessionTab &tab,
                       const std::optional<Fault> &fault);
    void showDevToolsFault(const SessionKey &key, const Fault &fault);
    // Says in a toast what happened.
    void announce(const Announcement &announcement);
    // The end of the local service's log, asked for by logRequested().
    void showLog(const QString &text, const QString &place);
    void askHowToQuit();
    // Sessions are still being ended: the window closes by itself after the last.
    void showClosingSoon();
    // From now on closing it needs no permission.
    void allowClosing();
    // It or its wall is visible and not minimised.
    [[nodiscard]] bool isWatched() const;

    // For tests and the screenshot.
    [[nodiscard]] SessionView &view() const { return *m_view; }
    [[nodiscard]] SessionCommands &commands() const { return *m_commands; }
    [[nodiscard]] ConnectionCommands &connectionCommands() const { return *m_connectionCommands; }

signals:
    // Of one connection; with an empty id of all.
    void refreshRequested(const QString &connectionId);
    void createRequested(const QString &connectionId, const Anchorwatch::SessionRequest &request);
    void terminateRequested(const QString &connectionId, const Anchorwatch::SessionList &sessions);
    void closeTabRequested(const Anchorwatch::SessionKey &key, const Anchorwatch::SessionTab &tab);
    void devToolsRequested(const Anchorwatch::SessionKey &key);
    // Rows on screen whose addresses are not known, the selected first.
    void detailsWanted(const QList<Anchorwatch::SessionKey> &keys);
    // For one connection; with an empty id for all.
    void intervalChosen(const QString &connectionId, std::chrono::milliseconds interval);
    // It was shown, hidden, minimised or got the focus.
    void watchedChanged();
    void logRequested(const QString &connectionId);
    // The user wants to close it; allowClosing() lets it go.
    void closeRequested();
    void quitChosen(Anchorwatch::QuitChoice choice);

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void connectActions();
    void connectView();
    void connectDetails();
    void connectConnections();
    void showConnection(const QString &id);
    void updateStatus();
    void updateFreshness();
    [[nodiscard]] QList<ConnectionState> shownConnections() const;
    [[nodiscard]] bool isLocalShown() const;
    void arrangeSidebar();
    void pressCellButton(const SessionKey &key, CellButton button);
    void applyNow(const SessionDelta &delta);
    void applyWaiting();
    void tick();
    void updateActions();
    void updatePage();
    void wantDetails();
    void showDetails(const SessionKey &key);
    void moveDetails(WindowState::DetailsPlace place);
    void showWall();
    void watch(const SessionKey &key);

    SessionTableModel &m_model;
    const Clock &m_clock;
    ConnectionListModel &m_connections;
    SessionProxyModel *m_proxy;
    WindowActions *m_actions;
    SessionCommands *m_commands;
    ConnectionCommands *m_connectionCommands;
    Viewers *m_viewers;
    FilterBox *m_filterBox;
    Sidebar *m_sidebar = nullptr;
    ConnectionBanner *m_banner = nullptr;
    ConnectionMenu *m_connectionMenu = nullptr;
    SessionPane *m_pane = nullptr;
    SessionView *m_view = nullptr;
    DetailsPane *m_details = nullptr;
    DetailsSplitter *m_splitter = nullptr;
    WindowMenus *m_menus = nullptr;
    StatusLine *m_status = nullptr;
    Toast *m_toast = nullptr;
    std::function<void()> m_toastAction; // of the toast that shows
    QPointer<QuitDialog> m_quitDialog;
    LiveFeedFactory m_liveFeeds;
    QPointer<Wall> m_wall; // only while it is open: a hidden one would follow every poll
    WallState m_wallState;
    QHash<QString, QString> m_places; // by connection
    QList<SessionDelta> m_waiting;    // polls that came while a menu was open
    QTimer m_ticker;
    bool m_mayClose = false;
    bool m_actionsAreOld = false; // what is selected has changed
};

} // namespace Anchorwatch
