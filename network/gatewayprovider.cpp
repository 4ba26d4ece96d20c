#include "network/gatewayprovider.h"

#include "models/urltext.h"
#include "network/httpfault.h"
#include "network/listthread.h"
#include "network/servername.h"
#include "network/sessioncodec.h"
#include "network/sessionlistreader.h"

#include <QElapsedTimer>
#include <QFutureWatcher>
#include <QPointer>
#include <QUuid>
#include <QtConcurrentRun>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

// Starting a browser, and closing one with its profile saved, take longer than a question.
constexpr int createPatience = 6;
constexpr int terminatePatience = 4;

// A list that was read, what that took, and the reader, which comes back from the other thread.
struct ReadList
{
    SessionListReading reading;
    double milliseconds = 0;
    std::unique_ptr<SessionListReader> reader;
};

ReadList timedRead(std::unique_ptr<SessionListReader> reader, const QByteArray &body)
{
    QElapsedTimer timer;
    timer.start();
    SessionListReading reading = reader->read(body);
    return {std::move(reading), static_cast<double>(timer.nsecsElapsed()) / 1e6, std::move(reader)};
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
    , m_reader(std::make_unique<SessionListReader>())
{
}

GatewayProvider::~GatewayProvider() = default;

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
            readList(reply, *exchange);
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

void GatewayProvider::readList(ListReply *reply, const HttpExchange &exchange)
{
    if (exchange.status() == 304 && !m_etag.isEmpty()) {
        reply->unchanged = true;
        reply->succeed();
        return;
    }
    // Two lists at once are asked for by nobody, and would only lose what the reader knows.
    auto reader = m_reader ? std::move(m_reader) : std::make_unique<SessionListReader>();
    auto *watcher = new QFutureWatcher<ReadList>(this);
    connect(watcher, &QFutureWatcherBase::finished, this,
            [this, watcher, reply = QPointer(reply), body = exchange.body(),
             etag = exchange.header("ETag")] {
                watcher->deleteLater();
                ReadList read = watcher->future().takeResult();
                if (!reply || reply->isFinished()) { // nobody heard of this list
                    m_reader = std::make_unique<SessionListReader>();
                    m_etag.clear();
                    return;
                }
                m_reader = std::move(read.reader);
                const QString &problem = read.reading.list.problem;
                if (problem.isEmpty())
                    m_etag = etag;
                reply->decodeMs = read.milliseconds;
                reply->unchanged = read.reading.isSame;
                reply->sessions = read.reading.list.sessions;
                if (problem.isEmpty())
                    reply->succeed();
                else
                    reply->fail(badAnswer(problem, body));
            });
    watcher->setFuture(QtConcurrent::run(
        &listThread(), [reader = std::move(reader), body = exchange.body()]() mutable {
            return timedRead(std::move(reader), body);
        }));
}

} // namespace Anchorwatch
