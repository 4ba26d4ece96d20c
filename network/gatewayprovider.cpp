#include "network/gatewayprovider.h"

#include "models/urltext.h"
#include "network/httpfault.h"
#include "network/servername.h"
#include "network/sessioncodec.h"

#include <QElapsedTimer>
#include <QFutureWatcher>
#include <QUuid>
#include <QtConcurrentRun>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

// Starting a browser, and closing one with its profile saved, take longer than a question.
constexpr int createPatience = 6;
constexpr int terminatePatience = 4;

struct TimedList
{
    DecodedSessionList list;
    double milliseconds = 0;
};

TimedList timedDecode(const QByteArray &body)
{
    QElapsedTimer timer;
    timer.start();
    TimedList decoded{decodeSessionList(body)};
    decoded.milliseconds = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    return decoded;
}

Fault withServiceWords(Fault fault, const HttpExchange &exchange)
{
    fault.detail = maskedText(errorWords(exchange.body()).split(u'\n').join("; "_L1));
    return fault;
}

std::optional<Fault> takeSession(SessionReply *reply, const HttpExchange &exchange)
{
    if (exchange.fault())
        return withServiceWords(*exchange.fault(), exchange);
    const DecodedSession decoded = decodeSession(exchange.body());
    if (!decoded.problem.isEmpty())
        return badAnswer(decoded.problem, exchange.body());
    reply->session = decoded.session;
    return std::nullopt;
}

} // namespace

GatewayProvider::GatewayProvider(QNetworkAccessManager &manager, const Connection &connection,
                                 QObject *parent)
    : SessionProvider(parent)
    , m_manager(manager)
    , m_connection(connection)
{
}

void GatewayProvider::setBaseUrl(const QUrl &baseUrl)
{
    m_connection.baseUrl = baseUrl;
    m_etag.clear();
}

void GatewayProvider::setBounds(const HttpBounds &bounds)
{
    m_bounds = bounds;
}

ListReply *GatewayProvider::list()
{
    auto *reply = new ListReply(this);
    QNetworkRequest request = HttpExchange::request(m_connection.sessionsUrl());
    if (!m_etag.isEmpty())
        request.setRawHeader("If-None-Match", m_etag);
    auto *exchange = exchangeFor(reply, m_manager.get(request), m_bounds.deadline);
    connect(exchange, &HttpExchange::finished, reply, [this, reply, exchange] {
        reply->bytes = exchange->body().size();
        reply->fetchMs = exchange->milliseconds();
        reply->service = serverName(exchange->header("Server"));
        if (!exchange->fault()) {
            decodeList(reply, *exchange);
            return;
        }
        Fault fault = withServiceWords(*exchange->fault(), *exchange);
        if (fault.kind == Fault::Kind::NotFound)
            fault.what = tr("This address has no sessions service.");
        reply->fail(fault);
    });
    return reply;
}

SessionReply *GatewayProvider::get(const QString &id)
{
    auto *reply = new SessionReply(this);
    const QNetworkRequest request = HttpExchange::request(m_connection.sessionUrl(id));
    auto *exchange = exchangeFor(reply, m_manager.get(request), m_bounds.deadline);
    connect(exchange, &HttpExchange::finished, reply, [reply, exchange, id] {
        std::optional<Fault> fault = takeSession(reply, *exchange);
        if (!fault && reply->session.id != id)
            fault = badAnswer(tr("The service answered for another session."), exchange->body());
        if (fault)
            reply->fail(*fault);
        else
            reply->succeed();
    });
    return reply;
}

SessionReply *GatewayProvider::create(const SessionRequest &wanted)
{
    auto *reply = new SessionReply(this);
    QNetworkRequest request = HttpExchange::commandRequest(m_connection.sessionsUrl());
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    // QNetworkAccessManager sends a request again by itself when the connection breaks before an
    // answer (seen on Qt 6.4.2): by this key the service knows that it is the same.
    request.setRawHeader("Idempotency-Key", QUuid::createUuid().toByteArray(QUuid::WithoutBraces));
    auto *exchange = exchangeFor(reply, m_manager.post(request, encodeSessionRequest(wanted)),
                                 m_bounds.deadline * createPatience);
    connect(exchange, &HttpExchange::finished, reply, [reply, exchange] {
        if (const std::optional<Fault> fault = takeSession(reply, *exchange))
            reply->fail(*fault);
        else
            reply->succeed();
    });
    return reply;
}

TerminateReply *GatewayProvider::terminate(const QString &id)
{
    auto *reply = new TerminateReply(this);
    const QNetworkRequest request = HttpExchange::commandRequest(m_connection.sessionUrl(id));
    auto *exchange = exchangeFor(reply, m_manager.deleteResource(request),
                                 m_bounds.deadline * terminatePatience);
    connect(exchange, &HttpExchange::finished, reply, [reply, exchange] {
        if (exchange->fault())
            reply->fail(withServiceWords(*exchange->fault(), *exchange));
        else
            reply->succeed();
    });
    return reply;
}

CloseTabReply *GatewayProvider::closeTab(const QString &id, int tab)
{
    auto *reply = new CloseTabReply(this);
    const QNetworkRequest request = HttpExchange::commandRequest(m_connection.tabUrl(id, tab));
    auto *exchange = exchangeFor(reply, m_manager.deleteResource(request),
                                 m_bounds.deadline * terminatePatience);
    connect(exchange, &HttpExchange::finished, reply, [reply, exchange] {
        if (exchange->fault())
            reply->fail(withServiceWords(*exchange->fault(), *exchange));
        else
            reply->succeed();
    });
    return reply;
}

HttpExchange *GatewayProvider::exchangeFor(ProviderReply *reply, QNetworkReply *networkReply,
                                           std::chrono::milliseconds deadline)
{
    HttpBounds bounds = m_bounds;
    bounds.deadline = deadline;
    return new HttpExchange(networkReply, bounds, reply);
}

void GatewayProvider::decodeList(ListReply *reply, const HttpExchange &exchange)
{
    const bool isAsBefore = exchange.status() == 304 || exchange.body() == m_lastList;
    if (isAsBefore && !m_lastList.isNull()) {
        if (exchange.status() != 304)
            m_etag = exchange.header("ETag");
        reply->unchanged = true;
        reply->succeed();
        return;
    }
    auto *watcher = new QFutureWatcher<TimedList>(reply);
    const QByteArray &body = exchange.body(); // copied by the lambda
    const QByteArray etag = exchange.header("ETag");
    connect(watcher, &QFutureWatcherBase::finished, reply, [this, reply, watcher, body, etag] {
        const TimedList decoded = watcher->result();
        reply->decodeMs = decoded.milliseconds;
        if (!decoded.list.problem.isEmpty()) {
            reply->fail(badAnswer(decoded.list.problem, body));
            return;
        }
        m_lastList = body;
        m_etag = etag;
        reply->sessions = decoded.list.sessions;
        reply->succeed();
    });
    watcher->setFuture(QtConcurrent::run(timedDecode, body));
}

} // namespace Anchorwatch
