#include "app/monitor.h"

#include "app/creation.h"
#include "app/pollmetrics.h"
#include "ui/mainwindow.h"

#include <QElapsedTimer>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds heartbeat = 1s;
// A beat that comes this much too late means that the machine was suspended.
constexpr std::chrono::milliseconds sleptFor = 10s;

// Whether it is the same service, asked in the same name: what is known of it stays true.
bool isSameService(const Connection &one, const Connection &other)
{
    const bool isLocal = one.kind == Connection::Kind::Local; // its address is found, not chosen
    return one.kind == other.kind && one.user == other.user && one.certificate == other.certificate
           && (isLocal || one.baseUrl == other.baseUrl);
}

} // namespace

Monitor::Monitor(const std::optional<LocalServiceProgram> &program, SessionTableModel &model,
                 ConnectionListModel &connections, MainWindow &window, const Clock &clock)
    : m_program(program)
    , m_model(model)
    , m_connections(connections)
    , m_window(window)
    , m_clock(clock)
{
    connect(&m_heartbeat, &QTimer::timeout, this, &Monitor::noticeWakeUp);
    m_heartbeat.start(heartbeat);
    m_lastBeat = m_clock.elapsed();
    connect(&m_model, &SessionTableModel::countsChanged, this, [this] {
        const QHash<QString, int> live = m_model.liveCounts();
        for (const QString &id : m_watches.keys())
            m_connections.setLiveCount(id, live.value(id));
    });
    connectWindow();
    connectRequests();
}

Monitor::~Monitor() = default;

void Monitor::setMetrics(PollMetrics *metrics)
{
    m_metrics = metrics;
}

void Monitor::setConnections(const QList<Connection> &connections)
{
    QList<Connection> watched;
    std::copy_if(connections.cbegin(), connections.cend(), std::back_inserter(watched),
                 [](const Connection &connection) { return connection.enabled; });
    QSet<QString> kept;
    for (const Connection &connection : std::as_const(watched)) {
        const ConnectionWatch *known = watchOf(connection.id);
        if (known && isSameService(known->connection(), connection))
            kept.insert(connection.id);
    }
    for (const QString &id : m_watches.keys()) {
        if (!kept.contains(id))
            drop(id);
    }
    nameRows(); // those of what is not the same service any more go
    m_connections.setConnections(connections);
    for (const Connection &connection : std::as_const(watched)) {
        if (ConnectionWatch *known = watchOf(connection.id))
            known->update(connection);
        else
            watch(connection);
    }
    nameRows();
}

void Monitor::drop(const QString &connectionId)
{
    ConnectionWatch *watch = m_watches.take(connectionId);
    const bool wasTerminating = watch && watch->isTerminating();
    delete watch;
    m_window.forget(connectionId);
    m_connections.setHealth(connectionId, {});
    m_connections.setNote(connectionId, {});
    if (wasTerminating) {
        m_quitWhenEnded = false; // it is not known whether all ended
        noteBatch({});
    }
}

QUrl Monitor::localServiceUrl() const
{
    for (const ConnectionWatch *watch : m_watches) {
        if (watch->connection().kind == Connection::Kind::Local)
            return watch->connection().baseUrl;
    }
    return {};
}

// The watches know the addresses that were found.
void Monitor::nameRows()
{
    QList<Connection> watched;
    for (const ConnectionWatch *watch : std::as_const(m_watches))
        watched.append(watch->connection());
    m_model.setConnections(watched);
}

void Monitor::awaitSecret(const QString &connectionId)
{
    m_awaited.insert(connectionId);
}

void Monitor::setSecret(const QString &connectionId, const QString &secret)
{
    const bool wasAwaited = m_awaited.remove(connectionId);
    if (!wasAwaited && m_secrets.value(connectionId) == secret)
        return;
    m_secrets.insert(connectionId, secret);
    const ConnectionWatch *known = watchOf(connectionId);
    if (!known)
        return;
    const Connection connection = known->connection();
    drop(connectionId);
    nameRows(); // another key may see other sessions
    watch(connection);
    nameRows();
}

QNetworkRequest Monitor::cdpRequest(const QString &connectionId, const QString &cdpUrl) const
{
    const QUrl address(cdpUrl, QUrl::StrictMode);
    const ConnectionWatch *watch = watchOf(connectionId);
    return watch ? watch->cdpRequest(address) : QNetworkRequest(address);
}

void Monitor::watch(const Connection &connection)
{
    const bool isLocal = connection.kind == Connection::Kind::Local;
    auto *watch = new ConnectionWatch(connection, m_secrets.value(connection.id),
                                      isLocal ? m_program : std::nullopt, m_clock, this);
    m_watches.insert(connection.id, watch);
    m_window.setAbilities(connection.id, watch->abilities());
    follow(*watch);
    if (m_isStarted && !m_awaited.contains(connection.id))
        watch->start();
}

void Monitor::follow(ConnectionWatch &watch)
{
    const QString id = watch.connection().id;
    connect(&watch, &ConnectionWatch::moved, this, &Monitor::nameRows);
    connect(&watch, &ConnectionWatch::polled, this,
            [this, &watch](const PollResult &result) { applyPoll(watch, result); });
    connect(&watch, &ConnectionWatch::failed, this, [this, &watch](const PollFailure &failure) {
        if (m_metrics)
            m_metrics->recordFailure(watch.connection().name, failure);
    });
    connect(&watch, &ConnectionWatch::healthChanged, this,
            [this, &watch] { publishHealth(watch); });
    connect(&watch, &ConnectionWatch::placeChanged, this,
            [this, id, &watch] { m_window.setPlace(id, watch.place()); });
    connect(&watch, &ConnectionWatch::noted, this,
            [this, id](const QString &note) { m_connections.setNote(id, note); });
    connect(&watch, &ConnectionWatch::fetched, this,
            [this, id](const Session &session) { m_model.updateSession(id, session); });
    connect(&watch, &ConnectionWatch::progressed, &m_model, &SessionTableModel::setTerminations);
    connect(&watch, &ConnectionWatch::batchFinished, this, &Monitor::noteBatch);
}

ConnectionWatch *Monitor::watchOf(const QString &connectionId) const
{
    return m_watches.value(connectionId);
}

void Monitor::start()
{
    m_isStarted = true;
    for (ConnectionWatch *watch : std::as_const(m_watches)) {
        if (!m_awaited.contains(watch->connection().id))
            watch->start();
    }
}

void Monitor::connectWindow()
{
    connect(&m_window, &MainWindow::refreshRequested, this, &Monitor::refresh);
    connect(&m_window, &MainWindow::logRequested, this, [this](const QString &id) {
        const ConnectionWatch *watch = watchOf(id);
        if (const LocalService *service = watch ? watch->localService() : nullptr)
            m_window.showLog(service->log(), service->logFile());
    });
    connect(&m_window, &MainWindow::intervalChosen, this, &Monitor::setInterval);
    connect(&m_window, &MainWindow::watchedChanged, this, &Monitor::updatePace);
    connect(&m_window, &MainWindow::closeRequested, this, [this] { quit(QuitManner::AskFirst); });
    connect(&m_window, &MainWindow::quitChosen, this, [this](QuitChoice choice) {
        switch (choice) {
        case QuitChoice::EndThem:
            endAllAndQuit();
            return;
        case QuitChoice::LeaveRunning:
            finishQuit();
            return;
        case QuitChoice::Cancel:
            return;
        }
    });
}

void Monitor::connectRequests()
{
    connect(&m_window, &MainWindow::createRequested, this, &Monitor::createSession);
    connect(&m_window, &MainWindow::terminateRequested, this,
            [this](const QString &id, const SessionList &sessions) {
                if (ConnectionWatch *watch = watchOf(id))
                    watch->terminate(sessions);
            });
    connect(&m_window, &MainWindow::devToolsRequested, this, &Monitor::openDevTools);
    connect(&m_window, &MainWindow::closeTabRequested, this, &Monitor::closeTab);
    connect(&m_window, &MainWindow::detailsWanted, this, [this](const QList<SessionKey> &keys) {
        QHash<QString, QStringList> ids;
        for (const SessionKey &key : keys)
            ids[key.connectionId].append(key.sessionId);
        for (auto of = ids.cbegin(); of != ids.cend(); ++of) {
            if (ConnectionWatch *watch = watchOf(of.key()))
                watch->wantDetails(of.value());
        }
    });
}

void Monitor::applyPoll(ConnectionWatch &watch, const PollResult &result)
{
    QElapsedTimer timer;
    timer.start();
    m_model.setStaleSince(watch.connection().id, {});
    m_window.applyDelta(result.delta);
    if (m_metrics) {
        const double applyMs = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        m_metrics->record(watch.connection().name, result, applyMs);
    }
}

void Monitor::publishHealth(const ConnectionWatch &watch)
{
    const QString id = watch.connection().id;
    const ConnectionHealth &health = watch.health();
    if (health.isStale() && health.lastGood.isValid())
        m_model.setStaleSince(id, health.lastGood);
    m_connections.setHealth(id, health);
    if (health.lastGood.isValid() && !std::exchange(m_hasList, true))
        emit firstListApplied();
}

void Monitor::noteBatch(const TerminationSummary &summary)
{
    m_summary.gone += summary.gone;
    m_summary.stillRunning += summary.stillRunning;
    m_summary.profilesNotSaved += summary.profilesNotSaved;
    if (isTerminating())
        return; // one result for what was ended together
    const TerminationSummary all = std::exchange(m_summary, {});
    m_window.showTerminationSummary(all);
    if (!m_quitWhenEnded)
        return;
    m_quitWhenEnded = false;
    if (all.stillRunning == 0 && all.profilesNotSaved == 0)
        finishQuit();
}

void Monitor::refresh(const QString &connectionId)
{
    for (ConnectionWatch *watch : std::as_const(m_watches)) {
        const QString &id = watch->connection().id;
        if ((connectionId.isEmpty() || id == connectionId) && !m_awaited.contains(id))
            watch->refresh();
    }
}

void Monitor::createSession(const QString &connectionId, const SessionRequest &request)
{
    ConnectionWatch *watch = watchOf(connectionId);
    if (!watch || m_awaited.contains(connectionId)) {
        m_window.showCreationFault({Fault::Kind::BadRequest,
                                    watch ? tr("The secret of that connection is not there yet.")
                                          : tr("That connection is not there any more."),
                                    {},
                                    {}});
        return;
    }
    auto *creation = new Creation(*watch, request, m_clock);
    connect(creation, &Creation::failed, &m_window, &MainWindow::showCreationFault);
    connect(creation, &Creation::made, this, [this, watch, connectionId](const Session &session) {
        m_model.updateSession(connectionId, session);
        m_window.showCreated({connectionId, session.id});
        watch->refresh();
    });
}

void Monitor::openDevTools(const SessionKey &key)
{
    const SessionRow *row = m_model.find(key);
    ConnectionWatch *watch = watchOf(key.connectionId);
    if (!row || !watch)
        return;
    UrlReply *reply = watch->locateDevTools(row->session.cdpUrl);
    connect(reply, &ProviderReply::finished, this, [this, reply, key] {
        if (reply->fault())
            m_window.showDevToolsFault(key, *reply->fault());
        else
            m_window.openDevToolsAt(key, reply->url);
    });
}

void Monitor::closeTab(const SessionKey &key, const SessionTab &tab)
{
    ConnectionWatch *watch = watchOf(key.connectionId);
    if (!watch)
        return;
    CloseTabReply *reply = watch->closeTab(key.sessionId, tab.number);
    connect(reply, &ProviderReply::finished, this, [this, watch, reply, key, tab] {
        m_window.showTabClosed(key, tab, reply->fault());
        watch->refresh();
    });
}

void Monitor::setInterval(const QString &connectionId, std::chrono::milliseconds interval)
{
    QList<Connection> connections = m_connections.connections();
    for (Connection &connection : connections) {
        if (connectionId.isEmpty() || connection.id == connectionId)
            connection.pollInterval = interval;
    }
    setConnections(connections);
}

void Monitor::updatePace()
{
    const bool isWatched = m_window.isWatched();
    for (ConnectionWatch *watch : std::as_const(m_watches)) {
        watch->setPace(isWatched ? Poller::Pace::Watched : Poller::Pace::Background);
        if (isWatched)
            watch->catchUp();
    }
}

bool Monitor::isTerminating() const
{
    return std::any_of(m_watches.cbegin(), m_watches.cend(),
                       [](const ConnectionWatch *watch) { return watch->isTerminating(); });
}

bool Monitor::hasLocalSessions() const
{
    return std::any_of(m_watches.cbegin(), m_watches.cend(), [this](const ConnectionWatch *watch) {
        return watch->connection().kind == Connection::Kind::Local
               && m_model.liveCounts().value(watch->connection().id) > 0;
    });
}

void Monitor::quit(QuitManner manner)
{
    if (m_quitWhenEnded) { // asked a second time: what was asked for goes on without us
        finishQuit();
        return;
    }
    if (manner == QuitManner::AskFirst && isTerminating()) {
        m_quitWhenEnded = true;
        m_window.showClosingSoon();
        return;
    }
    if (manner == QuitManner::AskFirst && hasLocalSessions())
        m_window.askHowToQuit();
    else
        finishQuit();
}

void Monitor::endAllAndQuit()
{
    QHash<QString, SessionList> all;
    for (const SessionRow &row : m_model.rows()) {
        const ConnectionWatch *watch = watchOf(row.key.connectionId);
        const bool isHere = watch && watch->connection().kind == Connection::Kind::Local;
        if (isHere && row.isLive() && row.terminateRefusal().isEmpty())
            all[row.key.connectionId].append(row.session);
    }
    if (all.isEmpty()) {
        finishQuit();
        return;
    }
    m_quitWhenEnded = true;
    m_window.showClosingSoon();
    for (auto of = all.cbegin(); of != all.cend(); ++of)
        watchOf(of.key())->terminate(of.value());
}

void Monitor::noticeWakeUp()
{
    const auto now = m_clock.elapsed();
    if (now - m_lastBeat > heartbeat + sleptFor && m_hasList)
        refresh({});
    m_lastBeat = now;
}

void Monitor::finishQuit()
{
    // A service of ours that holds nothing would only be in the way.
    for (const ConnectionWatch *watch : std::as_const(m_watches)) {
        const bool isEmpty = m_model.liveCounts().value(watch->connection().id) == 0;
        if (LocalService *service = watch->localService(); service && isEmpty)
            service->stop();
    }
    emit readyToQuit();
}

} // namespace Anchorwatch
