#include "network/service/localsession.h"

#include "network/service/browserending.h"
#include "network/service/profilestore.h"
#include "network/service/servicelog.h"
#include "network/service/sessioncookies.h"
#include "network/service/socketrelay.h"

#include <chrono>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Stage = SessionRecord::Stage;

namespace {

// How long one that ended by itself stays listed.
constexpr std::chrono::milliseconds listedAfterEnd = 10min;
// From the start of the browser to answering DevTools.
constexpr std::chrono::milliseconds startDeadline = 20s;

std::chrono::milliseconds since(const QDateTime &time)
{
    return std::chrono::milliseconds(
        qMax(qint64(0), time.msecsTo(QDateTime::currentDateTimeUtc())));
}

SessionStatus::Kind statusOf(Stage stage)
{
    switch (stage) {
    case Stage::Starting:
        return SessionStatus::Kind::Starting;
    case Stage::Running:
    case Stage::Ending:
        return SessionStatus::Kind::Running;
    case Stage::Stopped:
        return SessionStatus::Kind::Stopped;
    case Stage::Failed:
        return SessionStatus::Kind::Error;
    }
    return SessionStatus::Kind::Unknown;
}

} // namespace

LocalSession::LocalSession(const SessionRecord &record, const LocalSurroundings &around,
                           QObject *parent)
    : QObject(parent)
    , m_record(record)
    , m_around(around)
    , m_copy(record.id, record.request.profileName, record.workingCopy, around)
    , m_live(record.id, record.createdAt, m_copy.temporaryFolder())
{
    connect(&m_copy, &WorkingCopy::made, this, &LocalSession::onPrepared);
    connect(&m_copy, &WorkingCopy::saved, this, &LocalSession::onSaved);
    connect(&m_copy, &WorkingCopy::removed, this, &LocalSession::onRemoved);
    connect(&m_live, &LiveStream::activity, this, [this] {
        if (m_clock)
            m_clock->noteActivity();
    });
    m_forget.setSingleShot(true);
    connect(&m_forget, &QTimer::timeout, this, &LocalSession::leave);
    m_startDeadline.setSingleShot(true);
    connect(&m_startDeadline, &QTimer::timeout, this,
            [this] { fail(u"the browser did not answer in time. %1"_s.arg(lastWords())); });
}

LocalSession::~LocalSession() = default;

// --- starting

void LocalSession::begin()
{
    m_isPreparing = true;
    m_copy.make();
}

void LocalSession::onPrepared(const QString &problem)
{
    m_isPreparing = false;
    if (m_isUnwanted)
        settle();
    else if (!problem.isEmpty())
        fail(problem);
    else
        launch();
}

void LocalSession::launch()
{
    const BrowserProgram program = findBrowserProgram(m_around.options.browser);
    if (!program.problem.isEmpty()) {
        fail(program.problem);
        return;
    }
    m_process = std::make_unique<BrowserProcess>(m_record.id, m_copy.path());
    watchProcess();
    const QString problem =
        m_process->start(browserCommand(program.path, m_around.options.display, m_record.id,
                                        m_copy.path(), m_copy.temporaryFolder()));
    if (!problem.isEmpty()) {
        m_process.reset();
        fail(problem);
        return;
    }
    awaitBrowser();
}

void LocalSession::watchProcess()
{
    connect(m_process.get(), &BrowserProcess::devToolsReady, this, &LocalSession::onDevToolsReady);
    connect(m_process.get(), &BrowserProcess::ended, this, &LocalSession::onBrowserEnded);
}

void LocalSession::onDevToolsReady(quint16 port, const QString &endpointPath)
{
    if (m_isSettling)
        return;
    makeLink({port, endpointPath});
    m_link->welcome({readCookieFile(cookieFile(m_copy.path())), m_record.request.initialUrl});
}

void LocalSession::makeLink(const BrowserEndpoint &endpoint)
{
    m_link = std::make_unique<BrowserLink>(endpoint, m_around.network);
    m_live.attach(*m_link);
    connect(m_link.get(), &BrowserLink::ready, this, &LocalSession::onReady);
    connect(&m_link->pages(), &PageTracker::activity, this, [this] {
        if (m_clock)
            m_clock->noteActivity();
    });
}

void LocalSession::onReady()
{
    if (m_record.stage != Stage::Starting || m_isSettling)
        return; // found again, or the connection was made anew
    m_startDeadline.stop();
    m_record.endpoint = m_link->endpoint();
    setStage(Stage::Running);
    qCInfo(serviceLog).noquote() << "session" << m_record.id << "is running";
    startClock();
}

void LocalSession::startClock()
{
    const std::chrono::milliseconds minute = m_around.options.minute;
    SessionClock::Limits limits{m_around.options.idleAfter, {}, {}};
    if (const auto minutes = m_record.request.idleTimeoutMinutes)
        limits.idleTimeout = minute * *minutes;
    if (const auto minutes = m_record.request.maxDurationMinutes)
        limits.left = minute * *minutes - since(m_record.createdAt);
    m_clock = std::make_unique<SessionClock>(limits);
    connect(m_clock.get(), &SessionClock::timeIsUp, this, [this](SessionClock::Reason reason) {
        const bool idle = reason == SessionClock::Reason::Idle;
        qCInfo(serviceLog).noquote()
            << "session" << m_record.id
            << (idle ? "was idle too long" : "reached its longest duration");
        m_limitReached =
            idle ? u"It was idle for too long."_s : u"It reached its longest duration."_s;
        end();
    });
}

void LocalSession::addClient(QTcpSocket *socket, const HttpHeaders &handshake)
{
    auto *relay = new SocketRelay(socket, handshake, m_record.endpoint, this);
    if (m_clock)
        m_clock->enter();
    connect(relay, &SocketRelay::ended, this, [this, relay] {
        relay->deleteLater();
        if (m_clock)
            m_clock->leave();
    });
}

void LocalSession::resume()
{
    if (isOver() && m_copy.isThere() && !m_copy.isKept()) {
        // The process before this one was killed while it ended the browser, or behind that.
        m_process = std::make_unique<BrowserProcess>(m_record.id, m_copy.path());
        (void)m_process->adopt();
        beginEnding();
        return;
    }
    if (isOver()) {
        m_live.end(endReason());
        m_forget.start(std::max(listedAfterEnd - since(m_record.overSince), 0ms));
        return;
    }
    m_isUnwanted = m_record.stage == Stage::Ending;
    m_process = std::make_unique<BrowserProcess>(m_record.id, m_copy.path());
    watchProcess();
    const bool found = m_process->adopt();
    qCInfo(serviceLog).noquote() << "session" << m_record.id
                                 << (found ? "was found again" : "has no browser");
    if (found && hasRun()) {
        makeLink(m_record.endpoint);
        m_link->rejoin();
    }
    if (!found && m_record.stage == Stage::Starting)
        fail(u"the service was ended while the session was starting"_s);
    else if (!found)
        onBrowserEnded({});
    else if (m_isUnwanted)
        beginEnding();
    else if (hasRun())
        startClock();
    else
        awaitBrowser();
}

void LocalSession::awaitBrowser()
{
    m_startDeadline.start(startDeadline);
    m_process->awaitDevTools();
}

// --- ending

void LocalSession::end()
{
    m_isUnwanted = true;
    if (m_isPreparing || m_isSettling)
        return; // what is under way comes to the same end
    if (isOver()) {
        settle();
        return;
    }
    setStage(Stage::Ending);
    beginEnding();
}

void LocalSession::fail(const QString &reason)
{
    qCWarning(serviceLog).noquote() << "session" << m_record.id << "failed:" << reason;
    m_record.error = reason;
    m_record.overSince = QDateTime::currentDateTimeUtc();
    setStage(Stage::Failed);
    beginEnding();
}

void LocalSession::onBrowserEnded(const QString &how)
{
    if (m_isSettling)
        return;
    if (m_record.stage == Stage::Starting) {
        fail(u"the browser ended at once%1. %2"_s.arg(
            how.isEmpty() ? QString() : " ("_L1 + how + u')', lastWords()));
        return;
    }
    if (!m_isUnwanted) {
        qCWarning(serviceLog).noquote() << "session" << m_record.id << "lost its browser" << how;
        m_record.error = how.isEmpty() ? u"The browser ended by itself."_s
                                       : u"The browser ended by itself (%1)."_s.arg(how);
        m_record.overSince = QDateTime::currentDateTimeUtc();
        setStage(Stage::Stopped);
    }
    beginEnding();
}

QString LocalSession::lastWords() const
{
    const QString words = m_process->lastWords();
    return words.isEmpty() ? u"It said nothing."_s : u"It said: "_s + words;
}

void LocalSession::beginEnding()
{
    // Its own signal may have led here.
    if (m_clock)
        m_clock.release()->deleteLater();
    m_startDeadline.stop();
    m_isSettling = true;
    if (!m_process) {
        m_live.end(endReason());
        settle();
        return;
    }
    m_ending = std::make_unique<BrowserEnding>(*m_process, m_link.get());
    connect(m_ending.get(), &BrowserEnding::cookiesTaken, this, &LocalSession::keepCookies);
    connect(m_ending.get(), &BrowserEnding::finished, this, &LocalSession::onBrowserGone);
    m_ending->start();
}

void LocalSession::keepCookies(const QJsonArray &cookies)
{
    if (!isToBeSaved())
        return;
    const QJsonArray kept = cookiesWithoutExpiry(cookies);
    // At once: from here on a killed service loses them no more.
    if (!writeCookieFile(cookieFile(m_copy.path()), kept).isEmpty())
        m_copy.oweCookies(kept);
}

void LocalSession::onBrowserGone()
{
    if (m_ending->wasKilled())
        qCWarning(serviceLog).noquote() << "session" << m_record.id << "had to be killed";
    if (m_link && !m_link->pages().pages().isEmpty())
        m_lastPage = m_link->pages().pages().first();
    m_live.detach();
    m_link.reset();
    m_live.end(endReason());
    settle();
}

void LocalSession::settle()
{
    m_isSettling = true;
    m_forget.stop();
    if (isToBeSaved())
        m_copy.save();
    else
        m_copy.remove();
}

bool LocalSession::isToBeSaved() const
{
    return m_record.request.persists() && hasRun() && m_copy.isThere();
}

void LocalSession::onSaved(const QString &problem)
{
    if (!problem.isEmpty()) {
        becomeUnsaved(problem);
        return;
    }
    qCInfo(serviceLog).noquote() << "profile" << m_record.request.profileName << "saved";
    if (m_record.stage == Stage::Stopped)
        m_record.error += u" Its profile was saved as it was on disk."_s;
    m_copy.remove();
}

void LocalSession::becomeUnsaved(const QString &problem)
{
    m_record.error =
        u"The profile %1 was not saved: %2. Nothing is lost, its working copy is kept in %3"_s.arg(
            m_record.request.profileName, problem, m_copy.path());
    qCWarning(serviceLog).noquote() << "session" << m_record.id << m_record.error;
    m_record.overSince = QDateTime::currentDateTimeUtc();
    m_isUnwanted = false;
    m_isSettling = false;
    m_process.reset();
    setStage(Stage::Stopped);
    // Without a record, a copy that lies among the others would be removed at the next start.
    if (m_copy.isKept())
        m_forget.start(listedAfterEnd);
    emit notSaved(m_record.error);
}

void LocalSession::onRemoved()
{
    m_isSettling = false;
    if (m_isUnwanted) {
        leave();
        return;
    }
    m_process.reset();
    setStage(m_record.stage);
    m_forget.start(listedAfterEnd);
}

void LocalSession::leave()
{
    m_around.registry.remove(m_record.id);
    emit left();
}

void LocalSession::setStage(Stage stage)
{
    m_record.stage = stage;
    m_record.workingCopy = m_copy.path();
    const QString problem = m_around.registry.write(m_record);
    if (!problem.isEmpty())
        qCWarning(serviceLog).noquote() << "session" << m_record.id << problem;
    emit stageChanged();
}

bool LocalSession::isOver() const
{
    return m_record.stage == Stage::Stopped || m_record.stage == Stage::Failed;
}

QString LocalSession::endReason() const
{
    if (!m_limitReached.isEmpty())
        return m_limitReached;
    return isOver() ? m_record.error : u"It was terminated."_s;
}

Session LocalSession::describe() const
{
    Session session;
    session.id = m_record.id;
    session.status = statusOf(m_record.stage);
    if (m_clock && m_clock->isIdle())
        session.status = SessionStatus::Kind::Idle;
    session.createdAt = m_record.createdAt;
    session.profileName = m_record.request.profileName;
    if (!session.profileName.isEmpty())
        session.persist = m_record.request.persists();
    session.tags = m_record.tags;
    session.error = m_record.error;
    if (hasRun() && !isOver())
        session.cdpUrl = m_record.endpoint.webSocketUrl().toString();
    const bool hasPage = m_link && !m_link->pages().pages().isEmpty();
    const BrowserPage page = hasPage ? m_link->pages().pages().first() : m_lastPage;
    if (const QList<SessionTab> tabs = m_live.tabs(); tabs.size() > 1)
        session.tabs = tabs;
    session.currentUrl = page.url;
    session.title = page.title;
    return session;
}

} // namespace Anchorwatch
