#include "app/monitor.h"

#include "app/pollmetrics.h"
#include "ui/mainwindow.h"

#include <QElapsedTimer>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds heartbeat = 1s;
// A beat that comes this much too late means that the machine was suspended.
constexpr std::chrono::milliseconds sleptFor = 10s;

} // namespace

Monitor::Monitor(const Connection &connection, const std::optional<LocalServiceProgram> &program,
                 SessionTableModel &model, MainWindow &window, const Clock &clock)
    : m_connection(connection)
    , m_model(model)
    , m_window(window)
    , m_clock(clock)
    , m_provider(m_manager, connection)
    , m_poller(m_provider, connection.id, clock)
    , m_terminator(m_provider, connection, clock)
    , m_details(m_provider)
    , m_devTools(m_manager)
    , m_service(program ? std::make_unique<LocalService>(*program) : nullptr)
{
    m_poller.setInterval(connection.pollInterval);
    connect(&m_poller, &Poller::polled, this, &Monitor::applyPoll);
    connect(&m_poller, &Poller::failed, this, &Monitor::noteFailure);
    connect(&m_details, &DetailFetcher::fetched, this,
            [this](const Session &session) { m_model.updateSession(m_connection.id, session); });
    connect(&m_heartbeat, &QTimer::timeout, this, &Monitor::noticeWakeUp);
    m_heartbeat.start(heartbeat);
    m_lastBeat = m_clock.elapsed();
    connectTerminator();
    connectWindow();
    if (m_service)
        connectService();
}

Monitor::~Monitor() = default;

void Monitor::setMetrics(PollMetrics *metrics)
{
    m_metrics = metrics;
}

void Monitor::start()
{
    if (m_service) {
        m_window.setPlace(tr("Starting the local service"));
        m_service->start();
        return;
    }
    m_window.setPlace(tr("Sessions of %1").arg(m_connection.baseUrl.toDisplayString()));
    m_poller.pollNow();
}

void Monitor::connectService()
{
    connect(m_service.get(), &LocalService::ready, this, &Monitor::becomeReady);
    connect(m_service.get(), &LocalService::stopped, this, [this](const QString &reason) {
        m_health.serviceStopped = reason.isEmpty() ? tr("It ended without a word.") : reason;
        m_window.setPlace(tr("The local service is not running"));
        publishHealth();
    });
    connect(&m_window, &MainWindow::logRequested, this,
            [this] { m_window.showLog(m_service->log(), m_service->logFile()); });
}

void Monitor::connectTerminator()
{
    connect(&m_terminator, &Terminator::progressed, this,
            [this](const SessionKey &key, const Termination &termination) {
                m_model.setTermination(key, termination);
            });
    connect(&m_terminator, &Terminator::batchFinished, this,
            [this](const TerminationSummary &summary) {
                m_poller.pollNow();
                m_window.showTerminationSummary(summary);
                if (!m_quitWhenEnded)
                    return;
                m_quitWhenEnded = false;
                if (summary.stillRunning == 0 && summary.profilesNotSaved == 0)
                    finishQuit();
            });
}

void Monitor::connectWindow()
{
    connect(&m_window, &MainWindow::refreshRequested, this, [this] {
        if (m_service && !m_health.serviceStopped.isEmpty())
            m_service->start();
        else
            m_poller.pollNow();
    });
    connect(&m_window, &MainWindow::createRequested, this, &Monitor::createSession);
    connect(&m_window, &MainWindow::terminateRequested, &m_terminator, &Terminator::terminate);
    connect(&m_window, &MainWindow::devToolsRequested, this, &Monitor::openDevTools);
    connect(&m_window, &MainWindow::closeTabRequested, this, &Monitor::closeTab);
    connect(&m_window, &MainWindow::detailsWanted, &m_details, &DetailFetcher::want);
    connect(&m_window, &MainWindow::intervalChosen, this,
            [this](auto interval) { m_poller.setInterval(interval); });
    connect(&m_window, &MainWindow::watchedChanged, this, [this] {
        const bool watched = m_window.isWatched();
        m_poller.setPace(watched ? Poller::Pace::Watched : Poller::Pace::Background);
        const auto lastGood = m_poller.lastGood();
        if (watched && lastGood && m_clock.elapsed() - *lastGood > m_poller.interval())
            m_poller.pollNow();
    });
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

void Monitor::becomeReady(const QUrl &baseUrl)
{
    m_health.serviceStopped.clear();
    m_connection.baseUrl = baseUrl;
    m_provider.setBaseUrl(baseUrl);
    m_window.setConnection(m_connection);
    m_window.setPlace(tr("Local sessions run on this machine, port %1").arg(baseUrl.port()));
    m_poller.pollNow();
}

void Monitor::applyPoll(const PollResult &result)
{
    QElapsedTimer timer;
    timer.start();
    m_health = {};
    m_health.lastGood = m_clock.nowUtc();
    m_health.lastGoodElapsed = m_clock.elapsed();
    m_model.setStaleSince(m_connection.id, {});
    m_window.applyDelta(result.delta);
    publishHealth();
    if (m_metrics) {
        const double applyMs = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        m_metrics->record(m_connection.name, result, applyMs);
    }
    if (!std::exchange(m_hasList, true))
        emit firstListApplied();
}

void Monitor::noteFailure(const PollFailure &failure)
{
    m_health.fault = failure.fault;
    m_health.misses = failure.misses;
    m_health.nextTry.reset();
    if (failure.nextTry > 0ms)
        m_health.nextTry = m_clock.elapsed() + failure.nextTry;
    publishHealth();
    if (m_metrics)
        m_metrics->recordFailure(m_connection.name, failure);
}

void Monitor::publishHealth()
{
    if (m_service && !m_health.serviceStopped.isEmpty())
        m_health.nextTry = m_clock.elapsed() + m_service->untilNextStart();
    if (m_health.isStale() && m_health.lastGood.isValid())
        m_model.setStaleSince(m_connection.id, m_health.lastGood);
    m_window.setHealth(m_health);
}

void Monitor::createSession(const SessionRequest &request)
{
    SessionReply *reply = m_provider.create(request);
    connect(reply, &ProviderReply::finished, this, [this, reply] {
        if (reply->fault()) {
            m_window.showCreationFault(*reply->fault());
            return;
        }
        m_model.updateSession(m_connection.id, reply->session);
        m_window.showCreated({m_connection.id, reply->session.id});
        m_poller.pollNow();
    });
}

void Monitor::openDevTools(const SessionKey &key)
{
    const SessionRow *row = m_model.find(key);
    if (!row)
        return;
    UrlReply *reply = m_devTools.locate(row->session.cdpUrl);
    connect(reply, &ProviderReply::finished, this, [this, reply, key] {
        if (reply->fault())
            m_window.showDevToolsFault(key, *reply->fault());
        else
            m_window.openDevToolsAt(key, reply->url);
    });
}

void Monitor::closeTab(const SessionKey &key, const SessionTab &tab)
{
    CloseTabReply *reply = m_provider.closeTab(key.sessionId, tab.number);
    connect(reply, &ProviderReply::finished, this, [this, reply, key, tab] {
        m_window.showTabClosed(key, tab, reply->fault());
        m_poller.pollNow();
    });
}

void Monitor::quit(QuitManner manner)
{
    if (m_quitWhenEnded) { // asked a second time: what was asked for goes on without us
        finishQuit();
        return;
    }
    if (manner == QuitManner::AskFirst && m_terminator.isBusy()) {
        m_quitWhenEnded = true;
        m_window.showClosingSoon();
        return;
    }
    const bool runsHere = m_connection.kind == Connection::Kind::Local && m_model.liveCount() > 0;
    if (manner == QuitManner::AskFirst && runsHere)
        m_window.askHowToQuit();
    else
        finishQuit();
}

void Monitor::endAllAndQuit()
{
    SessionList all;
    for (const SessionRow &row : m_model.rows()) {
        if (row.isLive() && row.terminateRefusal().isEmpty())
            all.append(row.session);
    }
    if (all.isEmpty()) {
        finishQuit();
        return;
    }
    m_quitWhenEnded = true;
    m_window.showClosingSoon();
    m_terminator.terminate(all);
}

void Monitor::noticeWakeUp()
{
    const auto now = m_clock.elapsed();
    if (now - m_lastBeat > heartbeat + sleptFor && m_hasList)
        m_poller.pollNow();
    m_lastBeat = now;
}

void Monitor::finishQuit()
{
    // A service of ours that holds nothing would only be in the way.
    if (m_service && m_model.liveCount() == 0)
        m_service->stop();
    emit readyToQuit();
}

} // namespace Anchorwatch
