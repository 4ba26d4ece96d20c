#include "ui/mainwindow.h"

#include "ui/banner.h"
#include "ui/connectionbanner.h"
#include "ui/connectioncommands.h"
#include "ui/connectionmenu.h"
#include "ui/detailspane.h"
#include "ui/detailssplitter.h"
#include "ui/filterbox.h"
#include "ui/keylistdialog.h"
#include "ui/logdialog.h"
#include "ui/metrics.h"
#include "ui/sessionheader.h"
#include "ui/sessionpane.h"
#include "ui/sessionview.h"
#include "ui/sidebar.h"
#include "ui/statusline.h"
#include "ui/toast.h"
#include "ui/viewers.h"
#include "ui/wall.h"
#include "ui/windowactions.h"
#include "ui/windowmenus.h"
#include "ui/windowtoolbar.h"

#include <QCloseEvent>
#include <QGuiApplication>
#include <QMenuBar>
#include <QMessageBox>
#include <QScreen>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr QSize firstSize(1280, 800);
// How long a session that ended stays in the table, unless it is looked at.
constexpr std::chrono::milliseconds keepEnded = 20s;

// Below this width the sidebar becomes a rail.
constexpr int narrowWindow = 900;

EmptyContent nothingYet(bool isLocal)
{
    EmptyContent content;
    content.heading = MainWindow::tr("No sessions yet");
    content.sentence = isLocal
                           ? MainWindow::tr("Start a browser on this machine. It appears here, "
                                            "and stays until you end it.")
                           : MainWindow::tr("This service holds no sessions. Start one, or wait "
                                            "for one to appear.");
    content.action = MainWindow::tr("Start a session");
    content.actionIcon = u"session-new"_s;
    content.actionKind = ControlKind::Primary;
    return content;
}

EmptyContent nothingMatches(const QString &expression, int hidden)
{
    EmptyContent content;
    content.icon = u"filter"_s;
    content.heading = MainWindow::tr("No session matches");
    content.sentence = (hidden == 1 ? MainWindow::tr("1 session is hidden by the filter \"%1\".")
                                    : MainWindow::tr("%n sessions are hidden by the filter \"%1\".",
                                                     nullptr, hidden))
                           .arg(expression);
    content.action = MainWindow::tr("Clear filter");
    return content;
}

} // namespace

MainWindow::MainWindow(SessionTableModel &model, ConnectionListModel &connections,
                       const Clock &clock, const UrlOpener &opener)
    : m_model(model)
    , m_clock(clock)
    , m_connections(connections)
    , m_proxy(new SessionProxyModel(model, clock, this))
    , m_actions(new WindowActions(this))
    , m_commands(new SessionCommands(model, connections, clock, opener, this))
    , m_connectionCommands(new ConnectionCommands(connections, this))
    , m_viewers(new Viewers(model, clock, *m_commands, this))
    , m_filterBox(new FilterBox)
{
    setWindowTitle(tr("Anchorwatch"));
    setMinimumSize(Metrics().scaled(480), Metrics().scaled(320));
    resize(firstSize);
    buildLayout();
    m_connectionMenu = new ConnectionMenu(m_connections, *m_sidebar, this);
    m_menus = new WindowMenus(*m_actions, *m_connectionMenu, m_view->header(), *menuBar());
    m_view->addActions(m_actions->tableActions());
    connectActions();
    connectView();
    connectDetails();
    connectConnections();
    connect(&m_ticker, &QTimer::timeout, this, &MainWindow::tick);
    m_ticker.start(1s);
    updateActions();
    showConnection({});
    m_view->setFocus();
}

MainWindow::~MainWindow()
{
    // Windows of their own, which need the models.
    delete m_wall;
    delete m_viewers;
}

void MainWindow::buildLayout()
{
    m_view = new SessionView(*m_proxy);
    m_pane = new SessionPane(m_view);
    m_sidebar = new Sidebar(m_connections, m_clock);
    m_banner = new ConnectionBanner(*m_pane, m_connections, m_model, m_clock, this);
    m_details = new DetailsPane(m_model, m_clock, m_commands->consent());
    m_status = new StatusLine(m_clock);
    m_splitter = new DetailsSplitter(m_pane, m_details);

    auto *center = new QWidget;
    auto *layout = new QVBoxLayout(center);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(new WindowToolBar(*m_actions, m_filterBox));
    auto *panes = new QHBoxLayout;
    panes->setSpacing(0);
    panes->addWidget(m_sidebar);
    panes->addWidget(m_splitter, 1);
    layout->addLayout(panes, 1);
    layout->addWidget(m_status);
    setCentralWidget(center);
    m_toast = new Toast(*m_pane);
}

void MainWindow::connectActions()
{
    const auto on = [this](QAction *action, auto slot) {
        connect(action, &QAction::triggered, this, slot);
    };
    on(m_actions->newSession, [this] { m_commands->newSession(); });
    on(m_actions->refresh, [this] { emit refreshRequested(m_sidebar->current()); });
    on(m_actions->watch, [this] {
        for (const SessionKey &key : m_view->selectedKeys())
            watch(key);
    });
    on(m_actions->openLiveView, [this] { m_commands->openLiveViews(m_view->selectedKeys()); });
    on(m_actions->openDevTools,
       [this] { m_commands->openDevTools(m_view->selectedKeys().value(0)); });
    on(m_actions->terminate, [this] { m_commands->terminate(m_view->selectedKeys()); });
    on(m_actions->find, [this] { m_filterBox->takeFocus(); });
    connect(m_actions->showDetails, &QAction::toggled, m_splitter,
            &DetailsSplitter::setDetailsWanted);
    connect(m_menus, &WindowMenus::allClosed, this, &MainWindow::applyWaiting);
    on(m_actions->showWall, [this] { showWall(); });
    on(m_actions->detailsAtBottom, [this] { moveDetails(WindowState::DetailsPlace::Bottom); });
    on(m_actions->detailsAtRight, [this] { moveDetails(WindowState::DetailsPlace::Right); });
    on(m_actions->quit, [this] { close(); });
    on(m_actions->showKeys, [this] {
        auto *keys =
            new KeyListDialog(m_actions->keyedActions() + m_connectionMenu->keyedActions(), this);
        keys->setAttribute(Qt::WA_DeleteOnClose);
        keys->open();
    });
    on(m_actions->about, [this] {
        QMessageBox::about(this, tr("About Anchorwatch"),
                           tr("Anchorwatch %1 keeps an eye on live browser sessions.")
                               .arg(QLatin1StringView(ANCHORWATCH_VERSION)));
    });
    connect(m_actions, &WindowActions::copyTriggered, this,
            [this](SessionSnippet::Kind kind) { m_commands->copy(kind, m_view->selectedKeys()); });
    connect(m_actions, &WindowActions::intervalChosen, this,
            [this](auto interval) { emit intervalChosen(m_sidebar->current(), interval); });
    connect(m_actions->showSidebar, &QAction::toggled, m_sidebar, &QWidget::setVisible);
    connect(m_commands, &SessionCommands::announced, this, &MainWindow::announce);
    connect(m_commands, &SessionCommands::createRequested, this, &MainWindow::createRequested);
    connect(m_commands, &SessionCommands::terminateRequested, this,
            &MainWindow::terminateRequested);
    connect(m_commands, &SessionCommands::devToolsRequested, this, &MainWindow::devToolsRequested);
}

void MainWindow::connectView()
{
    connect(m_filterBox, &FilterBox::filterChanged, this, [this](const SessionFilter &filter) {
        m_proxy->setFilter(filter);
        updatePage();
    });
    connect(m_filterBox, &FilterBox::escapeToTable, m_view, qOverload<>(&QWidget::setFocus));
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        m_status->setSelected(static_cast<int>(m_view->selectedKeys().size()));
        updateActions();
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid())
                    showDetails(m_proxy->keyAt(current));
            });
    connect(m_view, &SessionView::buttonPressed, this, &MainWindow::pressCellButton);
    connect(m_view, &SessionView::tabLiveViewRequested, m_commands, &SessionCommands::openTab);
    connect(m_view, &SessionView::tabCloseRequested, m_commands, &SessionCommands::closeTab);
    connect(m_commands, &SessionCommands::closeTabRequested, this, &MainWindow::closeTabRequested);
    connect(m_view, &SessionView::openRequested, m_commands, &SessionCommands::openLiveViews);
    connect(m_view, &SessionView::contextMenuRequested, m_menus, &WindowMenus::showContextMenu);
    connect(m_view->verticalScrollBar(), &QScrollBar::valueChanged, this, &MainWindow::wantDetails);
    connect(m_view, &SessionView::terminateRequested, m_commands, &SessionCommands::terminate);
    connect(m_pane, &SessionPane::emptyActionTriggered, m_commands, &SessionCommands::newSession);
    connect(m_pane, &SessionPane::noMatchActionTriggered, m_filterBox, &FilterBox::clear);
    connect(m_toast, &Toast::actionTriggered, this, [this] {
        if (m_toastAction)
            m_toastAction();
    });
    connect(&m_model, &SessionTableModel::countsChanged, this, &MainWindow::updatePage);
    connect(&m_model, &SessionTableModel::rowChanged, this, [this](const SessionKey &key) {
        if (m_view->selectionModel()->isSelected(m_proxy->indexOf(key)))
            m_actionsAreOld = true;
    });
    connect(&m_model, &SessionTableModel::settled, this, [this] {
        if (m_actionsAreOld)
            updateActions();
    });
}

void MainWindow::connectDetails()
{
    connect(m_details, &DetailsPane::openLiveViewRequested, m_commands,
            [this](const SessionKey &key) { m_commands->openLiveViews({key}); });
    connect(m_details, &DetailsPane::watchRequested, this, &MainWindow::watch);
    connect(m_details, &DetailsPane::openDevToolsRequested, m_commands,
            &SessionCommands::openDevTools);
    connect(m_details, &DetailsPane::terminateRequested, m_commands,
            [this](const SessionKey &key) { m_commands->terminate({key}); });
    connect(m_details, &DetailsPane::copyRequested, m_commands, &SessionCommands::copyText);
    connect(m_details, &DetailsPane::closeRequested, this, [this] {
        m_actions->showDetails->setChecked(false);
        m_view->setFocus();
    });
    connect(m_splitter, &DetailsSplitter::detailsWantedChanged, m_actions->showDetails,
            &QAction::setChecked);
    connect(m_splitter, &DetailsSplitter::placedAt, this, [this](Qt::Orientation orientation) {
        QAction *place =
            orientation == Qt::Vertical ? m_actions->detailsAtBottom : m_actions->detailsAtRight;
        place->setChecked(true);
    });
    connect(m_details, &DetailsPane::shapeToggled, this, [this] {
        moveDetails(m_splitter->placedOrientation() == Qt::Vertical
                        ? WindowState::DetailsPlace::Right
                        : WindowState::DetailsPlace::Bottom);
    });
}

void MainWindow::connectConnections()
{
    connect(m_sidebar, &Sidebar::currentChanged, this, &MainWindow::showConnection);
    connect(m_sidebar, &Sidebar::refreshRequested, this, &MainWindow::refreshRequested);
    connect(m_sidebar, &Sidebar::addRequested, m_connectionCommands, &ConnectionCommands::add);
    connect(m_sidebar, &Sidebar::editRequested, m_connectionCommands, &ConnectionCommands::edit);
    connect(m_sidebar, &Sidebar::duplicateRequested, m_connectionCommands,
            &ConnectionCommands::duplicate);
    connect(m_sidebar, &Sidebar::removeRequested, m_connectionCommands,
            &ConnectionCommands::remove);
    connect(m_sidebar, &Sidebar::enabledChanged, m_connectionCommands,
            &ConnectionCommands::setEnabled);
    connect(m_banner, &ConnectionBanner::tryNowRequested, this, &MainWindow::refreshRequested);
    connect(m_banner, &ConnectionBanner::editRequested, m_connectionCommands,
            &ConnectionCommands::edit);
    connect(m_banner, &ConnectionBanner::logRequested, this, &MainWindow::logRequested);
    for (const auto change : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_connections, change, this, &MainWindow::updatePage);
    connect(&m_connections, &QAbstractItemModel::dataChanged, this, &MainWindow::updatePage);
    connect(&m_connections, &ConnectionListModel::freshened, this, &MainWindow::updateFreshness);
}

void MainWindow::showConnection(const QString &id)
{
    m_proxy->setConnection(id);
    m_commands->setCurrentConnection(id);
    m_banner->setCurrent(id);
    updatePage();
}

void MainWindow::pressCellButton(const SessionKey &key, CellButton button)
{
    switch (button) {
    case CellButton::ShowTabs:
        break; // the view does it
    case CellButton::CopyCdp:
        m_commands->copy(SessionSnippet::Kind::CdpUrl, {key});
        break;
    case CellButton::OpenDevTools:
        m_commands->openDevTools(key);
        break;
    case CellButton::CopyLiveView:
        m_commands->copy(SessionSnippet::Kind::LiveViewUrl, {key});
        break;
    case CellButton::OpenLiveView:
        m_commands->openLiveViews({key});
        break;
    case CellButton::CopyCurl:
        m_commands->copy(SessionSnippet::Kind::CurlTerminate, {key});
        break;
    case CellButton::Retry:
        m_commands->retryTermination(key);
        break;
    }
}

WindowState MainWindow::state() const
{
    WindowState state;
    state.geometry = normalGeometry();
    state.isMaximized = isMaximized();
    state.table = m_view->header().tableLayout();
    state.filter = m_filterBox->text();
    state.showsSidebar = m_actions->showSidebar->isChecked();
    state.connection = m_sidebar->current();
    state.showsDetails = m_splitter->areDetailsWanted();
    state.detailsPlace = m_splitter->place();
    state.confirmsSingle = m_commands->confirmsSingle();
    state.viewer = m_viewers->state();
    state.wall = m_wall ? m_wall->state() : m_wallState;
    return state;
}

void MainWindow::restore(const WindowState &state)
{
    if (!state.geometry.isEmpty()) {
        setGeometry(state.geometry);
        const bool onScreen = std::any_of(
            QGuiApplication::screens().cbegin(), QGuiApplication::screens().cend(),
            [&](const QScreen *screen) { return screen->geometry().intersects(state.geometry); });
        if (!onScreen)
            move(0, 0);
    }
    if (state.isMaximized)
        setWindowState(windowState() | Qt::WindowMaximized);
    m_view->header().setTableLayout(state.table);
    m_filterBox->setText(state.filter);
    m_actions->showSidebar->setChecked(state.showsSidebar);
    m_sidebar->setCurrent(state.connection);
    m_actions->showDetails->setChecked(state.showsDetails);
    m_splitter->setPlace(state.detailsPlace);
    m_commands->setConfirmsSingle(state.confirmsSingle);
    m_wallState = state.wall;
    m_viewers->restore(state.viewer);
}

void MainWindow::setAbilities(const QString &connectionId, const ServiceAbilities &abilities)
{
    m_commands->setAbilities(connectionId, abilities);
    updateActions();
}

void MainWindow::setLiveFeedFactory(const LiveFeedFactory &factory)
{
    m_liveFeeds = factory;
    m_details->setLiveFeedFactory(factory);
    m_viewers->setFactory(factory);
}

void MainWindow::setPlace(const QString &connectionId, const QString &place)
{
    m_places.insert(connectionId, place);
    updateStatus();
}

void MainWindow::applyDelta(const SessionDelta &delta)
{
    if (m_menus->isAnyOpen())
        m_waiting.append(delta);
    else
        applyNow(delta);
}

void MainWindow::forget(const QString &connectionId)
{
    m_waiting.removeIf(
        [&](const SessionDelta &delta) { return delta.connectionId == connectionId; });
}

void MainWindow::applyNow(const SessionDelta &delta)
{
    m_model.applyDelta(delta);
    wantDetails();
}

void MainWindow::applyWaiting()
{
    for (const SessionDelta &delta : std::exchange(m_waiting, {}))
        applyNow(delta);
}

void MainWindow::showTerminationSummary(const TerminationSummary &summary)
{
    // One session says it in its row; many get one sentence together.
    const int all = summary.gone + summary.stillRunning;
    if (all < 2)
        return;
    Announcement announcement;
    announcement.icon = summary.stillRunning > 0 ? u"warning"_s : u"check"_s;
    announcement.text =
        summary.gone == 1 ? tr("1 session gone") : tr("%n sessions gone", nullptr, summary.gone);
    if (summary.stillRunning > 0)
        announcement.text += tr(", %n still running", nullptr, summary.stillRunning);
    if (summary.profilesNotSaved > 0)
        announcement.text += summary.profilesNotSaved == 1
                                 ? tr(", 1 profile not saved")
                                 : tr(", %n profiles not saved", nullptr, summary.profilesNotSaved);
    announce(announcement);
}

void MainWindow::showCreated(const SessionKey &key)
{
    m_commands->showCreated();
    const QModelIndex index = m_proxy->indexOf(key);
    if (!index.isValid())
        return;
    m_view->setCurrentIndex(index);
    m_view->scrollTo(index);
    m_view->setFocus();
}

void MainWindow::showCreationFault(const Fault &fault)
{
    m_commands->showCreationFault(fault);
}

void MainWindow::openDevToolsAt(const SessionKey &key, const QUrl &url)
{
    m_commands->openDevToolsAt(key, url);
}

void MainWindow::showTabClosed(const SessionKey &key, const SessionTab &tab,
                               const std::optional<Fault> &fault)
{
    m_commands->showTabClosed(key, tab, fault);
}

void MainWindow::showDevToolsFault(const SessionKey &key, const Fault &fault)
{
    m_commands->showDevToolsFault(key, fault);
}

void MainWindow::showLog(const QString &text, const QString &place)
{
    auto *log = new LogDialog(text, place, this);
    log->setAttribute(Qt::WA_DeleteOnClose);
    log->open();
}

void MainWindow::askHowToQuit()
{
    if (m_quitDialog)
        return;
    QList<SessionRow> running;
    std::ranges::copy_if(m_model.rows(), std::back_inserter(running), [](const SessionRow &row) {
        return row.isLive() && row.connection && row.connection->kind == Connection::Kind::Local;
    });
    m_quitDialog = new QuitDialog(running, this);
    m_quitDialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_quitDialog, &QuitDialog::chosen, this, &MainWindow::quitChosen);
    m_quitDialog->open();
}

void MainWindow::showClosingSoon()
{
    announce({u"status-terminating"_s, tr("Closing when the sessions are gone"), {}, {}});
}

void MainWindow::allowClosing()
{
    m_mayClose = true;
}

bool MainWindow::isWatched() const
{
    return (isVisible() && !isMinimized()) || (m_wall && m_wall->isWatched());
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_mayClose) {
        event->accept();
        return;
    }
    event->ignore();
    emit closeRequested();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    arrangeSidebar();
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    emit watchedChanged();
}

void MainWindow::hideEvent(QHideEvent *event)
{
    QMainWindow::hideEvent(event);
    emit watchedChanged();
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange
        || (event->type() == QEvent::ActivationChange && isActiveWindow()))
        emit watchedChanged();
}

void MainWindow::tick()
{
    m_status->tick();
    m_sidebar->tick();
    m_details->tick();
    m_proxy->refilterForTime();
    if (!m_menus->isAnyOpen()) {
        QSet<SessionKey> held{m_details->key()};
        for (const SessionKey &key : m_view->selectedKeys())
            held.insert(key);
        m_model.expireEnded(keepEnded, held);
    }
    m_banner->update(); // counts down to the next try
}

void MainWindow::updateActions()
{
    m_actionsAreOld = false;
    const QList<SessionKey> keys = m_view->selectedKeys();
    setActionRefusal(*m_actions->newSession, m_commands->newSessionRefusal());
    setActionRefusal(*m_actions->watch, m_commands->watchRefusal(keys));
    setActionRefusal(*m_actions->openLiveView, m_commands->liveViewRefusal(keys));
    setActionRefusal(*m_actions->openDevTools, m_commands->devToolsRefusal(keys));
    setActionRefusal(*m_actions->terminate, m_commands->terminateRefusal(keys));
    for (QAction *copy : std::as_const(m_actions->copies)) {
        const auto kind = copy->data().value<SessionSnippet::Kind>();
        setActionRefusal(*copy, m_commands->copyRefusal(kind, keys));
    }
    m_actions->copyMenu->setEnabled(!keys.isEmpty());
    const int count = static_cast<int>(keys.size());
    m_actions->openLiveView->setText(count > 1 ? tr("Open %n &live views", nullptr, count)
                                               : tr("Open &live view"));
    m_actions->terminate->setText(count > 1 ? tr("&Terminate %n sessions…", nullptr, count)
                                            : tr("&Terminate…"));
}

void MainWindow::updatePage()
{
    const QString current = m_sidebar->current();
    const ConnectionState *state = m_connections.find(current);
    const int all = m_model.rowCountOf(current);
    m_filterBox->setCounts(m_proxy->rowCount(), all);
    m_sidebar->setTotal(m_connections.totalLive());
    const bool hasList = state ? state->hasList : m_connections.hasAnyList();
    if (!hasList && all == 0)
        m_pane->showSkeleton();
    else if (all == 0)
        m_pane->showEmpty(nothingYet(isLocalShown()));
    else if (m_proxy->rowCount() == 0)
        m_pane->showNoMatch(nothingMatches(m_filterBox->shownExpression(), all));
    else
        m_pane->showSessions();
    m_banner->update();
    updateStatus();
    // The others depend on what is selected, and are looked at when that has changed.
    setActionRefusal(*m_actions->newSession, m_commands->newSessionRefusal());
}

bool MainWindow::isLocalShown() const
{
    const QList<Connection> connections = m_connections.connections();
    const QString current = m_sidebar->current();
    return std::any_of(connections.cbegin(), connections.cend(), [&](const Connection &one) {
        return one.kind == Connection::Kind::Local && (current.isEmpty() || one.id == current);
    });
}

void MainWindow::updateStatus()
{
    const QList<ConnectionState> shown = shownConnections();
    const auto local = std::find_if(shown.cbegin(), shown.cend(), [](const auto &state) {
        return state.connection.kind == Connection::Kind::Local;
    });
    const auto told = local == shown.cend() ? shown.cbegin() : local;
    m_status->setPlace(told == shown.cend() ? QString() : m_places.value(told->connection.id));

    const auto [often, seldom] =
        std::minmax_element(shown.cbegin(), shown.cend(), [](const auto &left, const auto &right) {
            return left.connection.pollInterval < right.connection.pollInterval;
        });
    const auto shortest = shown.isEmpty() ? 0ms : often->connection.pollInterval;
    const auto longest = shown.isEmpty() ? 0ms : seldom->connection.pollInterval;
    m_status->setIntervals(shortest, longest);
    if (!shown.isEmpty() && shortest == longest)
        m_actions->showInterval(shortest);

    updateFreshness();
    const ConnectionState *alone = m_connections.find(m_sidebar->current());
    setWindowTitle(alone ? tr("%1 – Anchorwatch").arg(alone->connection.name) : tr("Anchorwatch"));
}

QList<ConnectionState> MainWindow::shownConnections() const
{
    const QString current = m_sidebar->current();
    QList<ConnectionState> shown;
    for (const ConnectionState &state : m_connections.states()) {
        if (state.connection.enabled && (current.isEmpty() || state.connection.id == current))
            shown.append(state);
    }
    return shown;
}

// The oldest news say how far everything that is shown can be believed.
void MainWindow::updateFreshness()
{
    m_sidebar->tick();
    const QList<ConnectionState> shown = shownConnections();
    const QList<ConnectionState> stale = m_banner->stale();
    const auto oldest =
        std::min_element(shown.cbegin(), shown.cend(), [](const auto &left, const auto &right) {
            return left.health.lastGoodElapsed < right.health.lastGoodElapsed;
        });
    if (!stale.isEmpty())
        m_status->setHealth(stale.constFirst().connection.name, stale.constFirst().health);
    else if (oldest != shown.cend())
        m_status->setHealth(oldest->connection.name, oldest->health);
    else
        m_status->setHealth({}, {});
}

void MainWindow::arrangeSidebar()
{
    m_sidebar->setRail(width() < Metrics().scaled(narrowWindow));
}

void MainWindow::wantDetails()
{
    QList<SessionKey> wanted;
    QList<SessionKey> keys = m_view->selectedKeys();
    keys += m_view->keysOnScreen();
    for (const SessionKey &key : std::as_const(keys)) {
        const SessionRow *row = m_model.find(key);
        const bool lacks = row && row->isLive() && row->canBeAskedFor()
                           && row->state() != RowState::Kind::Starting
                           && (row->session.isPartial || row->session.cdpUrl.isEmpty()
                               || row->session.liveViewUrl.isEmpty());
        if (lacks)
            wanted.append(key);
    }
    if (!wanted.isEmpty())
        emit detailsWanted(wanted);
}

void MainWindow::showDetails(const SessionKey &key)
{
    m_details->showSession(key);
    wantDetails();
}

void MainWindow::moveDetails(WindowState::DetailsPlace place)
{
    m_splitter->setPlace(place);
    m_actions->showDetails->setChecked(true);
}

void MainWindow::showWall()
{
    if (m_wall && !m_wall->isVisible())
        delete m_wall; // it was closed a moment ago
    if (!m_wall) {
        m_wall = new Wall(m_model, *m_proxy, m_clock, *m_commands, *m_filterBox, m_liveFeeds);
        m_wall->setAttribute(Qt::WA_DeleteOnClose);
        m_wall->restore(m_wallState);
        connect(m_wall, &Wall::closing, this, [this] { m_wallState = m_wall->state(); });
        connect(m_wall, &Wall::watchRequested, this, &MainWindow::watch);
        connect(m_wall, &Wall::detailsWanted, this, &MainWindow::detailsWanted);
        connect(m_wall, &Wall::watchedChanged, this, &MainWindow::watchedChanged);
    }
    m_wall->show();
    m_wall->raise();
    m_wall->activateWindow();
}

void MainWindow::watch(const SessionKey &key)
{
    if (!m_commands->mayWatch(key, [this, key] { watch(key); }))
        return;
    if (!m_viewers->open(key))
        m_commands->openLiveViews({key}); // says why not, or leaves it to the browser
}

void MainWindow::announce(const Announcement &announcement)
{
    m_toastAction = announcement.action;
    m_toast->showContent({announcement.icon, announcement.text, announcement.actionText});
}

} // namespace Anchorwatch
