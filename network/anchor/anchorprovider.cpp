#include "network/anchor/anchorprovider.h"

#include "network/anchor/anchorcreation.h"
#include "network/listthread.h"
#include "network/servername.h"

#include <QElapsedTimer>
#include <QFutureWatcher>
#include <QJsonDocument>
#include <QtConcurrentRun>

#include <algorithm>
#include <optional>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr auto listPath = "/v1/sessions/all/status";
// Saving a profile takes its time.
constexpr double terminatePatience = 4;
// Title and address of a page are not worth a wait for the rest.
constexpr double pagesPatience = 0.2;

struct TimedList
{
    DecodedSessionList list;
    double milliseconds = 0;
};

TimedList timedDecode(const QByteArray &body)
{
    QElapsedTimer timer;
    timer.start();
    TimedList decoded{decodeAnchorList(body)};
    decoded.milliseconds = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    return decoded;
}

Fault faultWith(Fault::Kind kind, const QString &what)
{
    Fault fault;
    fault.kind = kind;
    fault.what = what;
    return fault;
}

// The list is there wherever there is an Anchor API.
Fault faultOfList(Fault fault)
{
    if (fault.kind == Fault::Kind::NotFound) {
        fault.kind = Fault::Kind::BadAnswer;
        fault.what = AnchorProvider::tr("This address has no Anchor API.");
    }
    return fault;
}

bool runs(const SessionList &sessions, const QString &id)
{
    return std::any_of(sessions.cbegin(), sessions.cend(), [&id](const Session &session) {
        return session.id == id && !session.status.isOver();
    });
}

// A 401 may mean the id as well as the key (OpenAPI: "Invalid API Key or browser session ID").
bool mayMeanTheId(const HttpExchange &exchange)
{
    constexpr int unauthorized = 401;
    return exchange.status() == unauthorized || exchange.fault()->kind == Fault::Kind::NotFound;
}

} // namespace

AnchorProvider::AnchorProvider(QNetworkAccessManager &manager, const Connection &connection,
                               QObject *parent)
    : SessionProvider(parent)
    , m_client(manager, connection.baseUrl)
    , m_sessions(connection.baseUrl)
{
}

void AnchorProvider::setKey(const QString &key)
{
    m_client.setKey(key);
    m_sessions.setKey(m_client.key());
}

bool AnchorProvider::isRefused(ProviderReply *reply) const
{
    const QString problem = m_client.keyProblem();
    if (problem.isEmpty())
        return false;
    Fault fault = faultWith(Fault::Kind::Refused, problem);
    fault.lacksSecret = m_client.key().isEmpty();
    reply->fail(fault);
    return true;
}

bool AnchorProvider::isRefused(ProviderReply *reply, const QString &id) const
{
    const QString problem = anchorIdProblem(id);
    if (problem.isEmpty())
        return isRefused(reply);
    reply->fail(faultWith(Fault::Kind::BadRequest, problem));
    return true;
}

ListReply *AnchorProvider::list()
{
    auto *reply = new ListReply(this);
    if (isRefused(reply))
        return reply;
    HttpExchange *exchange = m_client.get(listPath, 1, reply);
    connect(exchange, &HttpExchange::finished, reply,
            [this, reply, exchange] { takeList(reply, *exchange); });
    return reply;
}

void AnchorProvider::takeList(ListReply *reply, const HttpExchange &exchange)
{
    reply->bytes = exchange.body().size();
    reply->fetchMs = exchange.milliseconds();
    reply->service = serverName(exchange.header("Server"));
    if (exchange.fault()) {
        reply->fail(faultOfList(m_client.faultOf(exchange)));
        return;
    }
    const bool isAsBefore = !m_lastList.isNull() && exchange.body() == m_lastList;
    if (isAsBefore && m_sessions.revision() == m_lastRevision) {
        reply->unchanged = true;
        reply->succeed();
        return;
    }
    decodeList(reply, exchange);
}

void AnchorProvider::decodeList(ListReply *reply, const HttpExchange &exchange)
{
    auto *watcher = new QFutureWatcher<TimedList>(reply);
    connect(watcher, &QFutureWatcherBase::finished, reply, [this, reply, watcher, &exchange] {
        const TimedList decoded = watcher->result();
        reply->decodeMs = decoded.milliseconds;
        if (!decoded.list.problem.isEmpty()) {
            reply->fail(m_client.badAnswer(decoded.list.problem, exchange));
            return;
        }
        m_lastList = exchange.body();
        reply->sessions = m_sessions.listed(decoded.list.sessions);
        m_lastRevision = m_sessions.revision();
        reply->succeed();
    });
    watcher->setFuture(QtConcurrent::run(&listThread(), timedDecode, exchange.body()));
}

SessionReply *AnchorProvider::get(const QString &id)
{
    auto *reply = new SessionReply(this);
    if (isRefused(reply, id))
        return reply;
    HttpExchange *exchange = m_client.get(AnchorClient::sessionPath(id), 1, reply);
    connect(exchange, &HttpExchange::finished, reply,
            [this, reply, exchange, id] { takeDetails(reply, id, *exchange); });
    return reply;
}

void AnchorProvider::takeDetails(SessionReply *reply, const QString &id,
                                 const HttpExchange &exchange)
{
    if (exchange.fault()) {
        judge(id, exchange, reply, [reply](const Fault &fault) { reply->fail(fault); });
        return;
    }
    DecodedAnchorSession details = decodeAnchorSession(exchange.body());
    if (details.problem.isEmpty() && details.session.id != id)
        details.problem = tr("The service answered for another session.");
    if (!details.problem.isEmpty())
        reply->fail(m_client.badAnswer(details.problem, exchange));
    else if (details.session.status.isOver())
        takeWhole(reply, details);
    else
        askPages(reply, details);
}

void AnchorProvider::askPages(SessionReply *reply, const DecodedAnchorSession &details)
{
    HttpExchange *exchange = m_client.get(AnchorClient::sessionPath(details.session.id) + "/pages",
                                          pagesPatience, reply);
    connect(exchange, &HttpExchange::finished, reply, [this, reply, exchange, details] {
        const QList<AnchorPage> pages =
            exchange->fault() ? QList<AnchorPage>() : decodeAnchorPages(exchange->body());
        DecodedAnchorSession whole = details;
        if (!pages.isEmpty()) {
            whole.session.title = pages.constFirst().title;
            whole.session.currentUrl = pages.constFirst().url;
        }
        takeWhole(reply, whole);
    });
}

void AnchorProvider::takeWhole(SessionReply *reply, const DecodedAnchorSession &details)
{
    m_sessions.noteDetails(details);
    reply->session = m_sessions.enriched(details.session);
    reply->succeed();
}

SessionReply *AnchorProvider::create(const SessionRequest &request)
{
    auto *reply = new SessionReply(this);
    if (!isRefused(reply))
        new AnchorCreation(m_client, m_sessions, request, m_lookPause, reply);
    return reply;
}

TerminateReply *AnchorProvider::terminate(const QString &id)
{
    auto *reply = new TerminateReply(this);
    if (isRefused(reply, id))
        return reply;
    const bool isUnderWay = m_ending.contains(id);
    m_ending[id].append(reply);
    if (isUnderWay)
        return reply;
    // The provider's child, not the reply's: who gives up must not make room for a second one.
    HttpExchange *exchange =
        m_client.remove(AnchorClient::sessionPath(id), terminatePatience, this);
    connect(exchange, &HttpExchange::finished, this, [this, exchange, id] {
        exchange->deleteLater();
        takeEnd(id, *exchange);
    });
    return reply;
}

void AnchorProvider::takeEnd(const QString &id, const HttpExchange &exchange)
{
    const QByteArray body = exchange.body().trimmed();
    if (exchange.fault())
        judge(id, exchange, this, [this, id](const Fault &fault) { answerEnd(id, fault); });
    else if (!body.isEmpty() && !QJsonDocument::fromJson(body).isObject())
        // Of whatever stands in between, such as a proxy's page: no proof of an end.
        answerEnd(id, m_client.badAnswer(tr("The answer is not JSON."), exchange));
    else
        answerEnd(id, std::nullopt);
}

void AnchorProvider::answerEnd(const QString &id, const std::optional<Fault> &fault)
{
    for (const QPointer<TerminateReply> &reply : m_ending.take(id)) {
        if (!reply)
            continue;
        if (fault)
            reply->fail(*fault);
        else
            reply->succeed();
    }
}

void AnchorProvider::judge(const QString &id, const HttpExchange &exchange, QObject *parent,
                           const Verdict &verdict)
{
    const Fault fault = m_client.faultOf(exchange);
    if (!mayMeanTheId(exchange)) {
        verdict(fault);
        return;
    }
    HttpExchange *list = m_client.get(listPath, 1, parent);
    connect(list, &HttpExchange::finished, parent, [this, list, id, fault, verdict] {
        list->deleteLater();
        verdict(verdictOn(id, fault, *list));
    });
}

Fault AnchorProvider::verdictOn(const QString &id, const Fault &fault,
                                const HttpExchange &list) const
{
    if (list.fault())
        return faultOfList(m_client.faultOf(list));
    const DecodedSessionList decoded = decodeAnchorList(list.body());
    if (!decoded.problem.isEmpty())
        return m_client.badAnswer(decoded.problem, list);
    if (!runs(decoded.sessions, id))
        return faultWith(Fault::Kind::NotFound, tr("It has already ended."));
    Fault refusal = fault;
    // Whoever reads "not found" takes it for the end.
    if (refusal.kind == Fault::Kind::NotFound)
        refusal.kind = Fault::Kind::BadAnswer;
    refusal.what = tr("It runs, as the list says, and the service does not find it by its id.");
    return refusal;
}

QString AnchorProvider::watchingCost() const
{
    return tr("While a session is watched, or a client is connected to it, its idle timeout does "
              "not run: it stays open longer, and that costs credits.");
}

QNetworkRequest AnchorProvider::cdpRequest(const QUrl &address) const
{
    return m_client.socketRequest(address);
}

} // namespace Anchorwatch
