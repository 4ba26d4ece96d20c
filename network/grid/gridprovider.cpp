#include "network/grid/gridprovider.h"

#include "models/urltext.h"
#include "network/grid/gridcreation.h"
#include "network/httpfault.h"
#include "network/listthread.h"

#include <QFutureWatcher>
#include <QtConcurrentRun>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

// A frozen browser takes the Grid 20 s to end.
constexpr int terminatePatience = 4;

struct TimedStatus
{
    DecodedGridStatus status;
    double milliseconds = 0;
};

TimedStatus timedDecode(const QByteArray &body, const QUrl &baseUrl)
{
    QElapsedTimer timer;
    timer.start();
    TimedStatus decoded{decodeGridStatus(body, baseUrl)};
    decoded.milliseconds = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    return decoded;
}

// Why the status is no list of sessions.
std::optional<Fault> faultOf(const DecodedGridStatus &status, const QByteArray &body)
{
    if (!status.list.problem.isEmpty())
        return badAnswer(status.list.problem, body);
    if (status.unavailable.isEmpty())
        return std::nullopt;
    Fault fault;
    fault.kind = Fault::Kind::ServiceError;
    fault.what = GridProvider::tr("The Grid cannot say which sessions it has.");
    fault.detail = maskedText(status.unavailable);
    return fault;
}

Fault notListed()
{
    Fault fault;
    fault.kind = Fault::Kind::NotFound;
    fault.what = GridProvider::tr("The Grid does not list it.");
    return fault;
}

// The Grid reaches the node, and the node not the driver (seen on 4.48.0): "Unable to execute
// request for an existing session: Connection error (DELETE http://localhost:…)", or "Failed to
// execute request (…".
bool saysThatDriverIsDead(const Fault &fault)
{
    return fault.kind == Fault::Kind::ServiceError
           && (fault.detail.contains("Connection error"_L1)
               || fault.detail.contains("Failed to execute request"_L1));
}

// "Unable to find session with ID: X. Session was removed at …, reason: …" without what we know.
QString whyItIsGone(const QString &words)
{
    const qsizetype removed = words.indexOf("Session was removed"_L1);
    return removed < 0 ? words : words.sliced(removed);
}

} // namespace

GridProvider::GridProvider(QNetworkAccessManager &manager, const Connection &connection,
                           QObject *parent)
    : SessionProvider(parent)
    , m_client(manager, connection.baseUrl)
{
    // The Grid's own answer has not changed when a browser has ended.
    connect(&m_pulse, &BrowserPulse::ended, this, [this] { m_lastList.clear(); });
}

void GridProvider::setCredentials(const QString &user, const QString &password)
{
    m_client.setCredentials(user, password);
}

ListReply *GridProvider::list()
{
    auto *reply = new ListReply(this);
    HttpExchange *exchange = m_client.get("/status", reply);
    connect(exchange, &HttpExchange::finished, reply, [this, reply, exchange] {
        reply->bytes = exchange->body().size();
        reply->fetchMs = exchange->milliseconds();
        if (exchange->fault())
            reply->fail(faultOfList(*exchange));
        else
            decodeList(reply, *exchange);
    });
    return reply;
}

Fault GridProvider::faultOfList(const HttpExchange &exchange) const
{
    Fault fault = gridFault(exchange);
    fault.lacksSecret = fault.kind == Fault::Kind::Refused && !m_client.hasCredentials();
    if (fault.lacksSecret)
        fault.what = tr("The Grid asks for a user and a password.");
    return fault;
}

void GridProvider::decodeList(ListReply *reply, const HttpExchange &exchange)
{
    const QByteArray &body = exchange.body(); // copied by the lambdas
    auto *watcher = new QFutureWatcher<TimedStatus>(reply);
    connect(watcher, &QFutureWatcherBase::finished, reply, [this, reply, watcher, body] {
        const TimedStatus decoded = watcher->result();
        reply->decodeMs = decoded.milliseconds;
        if (const std::optional<Fault> fault = faultOf(decoded.status, body)) {
            reply->fail(*fault);
            return;
        }
        if (!decoded.status.version.isEmpty())
            reply->service = tr("Selenium Grid %1").arg(decoded.status.version);
        reply->unchanged = body == m_lastList;
        m_lastList = body;
        takeList(reply, decoded.status);
        reply->succeed();
    });
    watcher->setFuture(QtConcurrent::run(&listThread(), timedDecode, body, m_client.baseUrl()));
}

void GridProvider::takeList(ListReply *reply, const DecodedGridStatus &status)
{
    m_marks = status.marks;
    m_withoutDriver.removeIf([this](const QString &id) { return !m_marks.contains(id); });
    if (!reply->unchanged) {
        for (const Session &session : status.list.sessions)
            reply->sessions.append(withWhatWeKnow(session));
    }
    if (!m_sinceBeat.isValid() || std::chrono::milliseconds(m_sinceBeat.elapsed()) >= m_slowBeat)
        beat(status);
}

Session GridProvider::withWhatWeKnow(Session session) const
{
    if (m_pulse.hasEnded(session.id)) {
        session.status = SessionStatus::Kind::Error;
        session.error = tr("Its browser has ended. The Grid holds its slot until it is "
                           "terminated, or has been unused for too long.");
    } else if (m_withoutDriver.contains(session.id) && session.error.isEmpty()) {
        session.status = SessionStatus::fromWord(tr("Driver dead"));
        session.error = tr("Its driver does not answer, so the Grid cannot end it: it leaves the "
                           "list when it has been unused for too long, and its browser may go on.");
    }
    return session;
}

void GridProvider::beat(const DecodedGridStatus &status)
{
    m_sinceBeat.start();
    m_pulse.watch(status.marks, m_client.baseUrl());
    askCapacity();
}

void GridProvider::askCapacity()
{
    if (m_capacityExchange)
        return;
    m_capacityExchange = m_client.post("/graphql", encodeGridCapacityQuery(), 1, this);
    connect(m_capacityExchange, &HttpExchange::finished, this, [this] {
        HttpExchange *exchange = m_capacityExchange;
        m_capacityExchange.clear();
        exchange->deleteLater();
        // The list says what is wrong with the Grid; this is a line beside it.
        const DecodedGridCapacity decoded = decodeGridCapacity(exchange->body());
        if (exchange->fault() || !decoded.problem.isEmpty() || m_capacity == decoded.capacity)
            return;
        m_capacity = decoded.capacity;
        emit capacityChanged(*m_capacity);
    });
}

SessionReply *GridProvider::get(const QString &id)
{
    auto *reply = new SessionReply(this);
    HttpExchange *exchange = m_client.get("/status", reply);
    connect(exchange, &HttpExchange::finished, reply,
            [this, reply, exchange, id] { takeGet(reply, id, *exchange); });
    return reply;
}

void GridProvider::takeGet(SessionReply *reply, const QString &id,
                           const HttpExchange &exchange) const
{
    if (exchange.fault()) {
        reply->fail(gridFault(exchange));
        return;
    }
    const DecodedGridStatus status = decodeGridStatus(exchange.body(), m_client.baseUrl());
    if (const std::optional<Fault> fault = faultOf(status, exchange.body())) {
        reply->fail(*fault);
        return;
    }
    const SessionList &sessions = status.list.sessions;
    const auto found = std::find_if(sessions.cbegin(), sessions.cend(),
                                    [&id](const Session &one) { return one.id == id; });
    if (found == sessions.cend()) {
        reply->fail(notListed());
        return;
    }
    reply->session = withWhatWeKnow(*found);
    reply->succeed();
}

SessionReply *GridProvider::create(const SessionRequest &request)
{
    auto *reply = new SessionReply(this);
    if (const QString refusal = refusalOf(request); !refusal.isEmpty()) {
        Fault fault;
        fault.kind = Fault::Kind::BadRequest;
        fault.what = refusal;
        reply->fail(fault);
        return reply;
    }
    new GridCreation(m_client, m_browser, request, reply);
    return reply;
}

TerminateReply *GridProvider::terminate(const QString &id)
{
    auto *reply = new TerminateReply(this);
    const bool isUnderWay = m_ending.contains(id);
    m_ending[id].append(reply);
    if (isUnderWay)
        return reply;
    // The provider's child, not the reply's: who gives up must not make room for a second one.
    HttpExchange *exchange = m_client.remove(GridClient::sessionPath(id), terminatePatience, this);
    connect(exchange, &HttpExchange::finished, this, [this, exchange, id] {
        exchange->deleteLater();
        takeEnd(id, *exchange);
    });
    return reply;
}

void GridProvider::takeEnd(const QString &id, const HttpExchange &exchange)
{
    std::optional<Fault> fault;
    if (exchange.fault()) {
        fault = gridFault(exchange);
        noteDeadDriver(id, *fault);
        if (fault->kind == Fault::Kind::NotFound)
            fault->detail = whyItIsGone(fault->detail);
    }
    for (const QPointer<TerminateReply> &reply : m_ending.take(id)) {
        if (!reply)
            continue;
        if (fault)
            reply->fail(*fault);
        else
            reply->succeed();
    }
}

void GridProvider::noteDeadDriver(const QString &id, const Fault &fault)
{
    // Of a node that does not answer the Grid says the same, with the node's address.
    const QString node = m_marks.value(id).nodeUri;
    const bool isOfNode = !node.isEmpty() && fault.detail.contains(node);
    if (isOfNode || !saysThatDriverIsDead(fault))
        return;
    m_withoutDriver.insert(id);
    m_lastList.clear();
}

QString GridProvider::profileRefusal() const
{
    return tr("A Selenium Grid keeps no profiles.");
}

QString GridProvider::timeoutRefusal() const
{
    return tr("A Selenium Grid has one timeout for all its sessions, set where its nodes start.");
}

QString GridProvider::watchingCost() const
{
    return tr(
        "Watching goes by the session's CDP address, and what goes there holds off the Grid's "
        "timeout: while a session is watched, it does not end of being unused.");
}

QNetworkRequest GridProvider::cdpRequest(const QUrl &address) const
{
    return m_client.socketRequest(address);
}

} // namespace Anchorwatch
