#include "network/http/httpserver.h"

#include "network/http/httpconnection.h"

#include <QTcpSocket>
#include <QWebSocket>

#include <algorithm>
#include <utility>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

HttpServer::HttpServer(const HttpLimits &limits, QObject *parent)
    : QObject(parent)
    , m_limits(limits)
    , m_gate(m_limits)
    , m_webSockets(u"anchorwatchd"_s, QWebSocketServer::NonSecureMode)
{
    m_server.setListenBacklogSize(m_limits.backlog);
    m_tick.setInterval(m_limits.tick);
    connect(&m_server, &QTcpServer::newConnection, this, &HttpServer::acceptPending);
    connect(&m_webSockets, &QWebSocketServer::newConnection, this, &HttpServer::acceptWebSockets);
    connect(&m_tick, &QTimer::timeout, this, &HttpServer::checkDeadlines);
}

HttpServer::~HttpServer()
{
    close();
}

bool HttpServer::listen(const QHostAddress &address, quint16 port)
{
    if (!m_server.listen(address, port))
        return false;
    m_gate.setPort(m_server.serverPort());
    return true;
}

void HttpServer::close()
{
    m_server.close();
    // A copy, because each takes itself off the list.
    const QList<HttpConnection *> connections = m_connections;
    for (HttpConnection *connection : connections)
        connection->drop();
}

void HttpServer::addRoute(const QByteArray &method, const QByteArray &pattern,
                          const HttpHandler &handler)
{
    m_gate.routes().add(method, pattern, handler);
}

void HttpServer::addWebSocketRoute(const QByteArray &pattern, const WebSocketRoute &route)
{
    m_gate.routes().addWebSocket(pattern, route);
}

void HttpServer::acceptPending()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection())
        admit(socket);
}

void HttpServer::admit(QTcpSocket *socket)
{
    if (m_connections.size() >= m_limits.connections && !makeRoom()) {
        socket->write(serialized(errorResponse(503, u"Too many connections"_s),
                                 HttpPersistence::Close, HttpContent::Sent));
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        socket->disconnectFromHost();
        return;
    }
    auto *connection = new HttpConnection(socket, m_gate, m_limits, this);
    m_connections.append(connection);
    connect(connection, &HttpConnection::closed, this, [this, connection] { forget(connection); });
    connect(connection, &HttpConnection::upgraded, this, [this, connection](QTcpSocket *given) {
        forget(connection);
        m_webSockets.handleConnection(given);
    });
    if (!m_tick.isActive())
        m_tick.start();
}

// Drops the connection that gives way most readily, of equals the one that has kept us waiting
// longest. False when none gives way.
bool HttpServer::makeRoom()
{
    const auto rank = [](const HttpConnection *connection) {
        return std::pair(connection->yield(), -connection->timeInState());
    };
    const auto victim = std::ranges::min_element(m_connections, {}, rank);
    if (victim == m_connections.end() || (*victim)->yield() == HttpConnection::Yield::Never)
        return false;
    (*victim)->drop();
    return true;
}

void HttpServer::forget(HttpConnection *connection)
{
    m_connections.removeOne(connection);
    if (m_connections.isEmpty())
        m_tick.stop();
    // Later, because the connection itself is telling us.
    connection->deleteLater();
}

void HttpServer::acceptWebSockets()
{
    while (QWebSocket *socket = m_webSockets.nextPendingConnection()) {
        HttpRequest request{.method = "GET",
                            .path = socket->requestUrl().path(QUrl::FullyEncoded).toLatin1(),
                            .query = socket->requestUrl().query(QUrl::FullyEncoded).toLatin1(),
                            .parameters = {},
                            .host = socket->requestUrl().authority().toLatin1(),
                            .headers = {},
                            .body = {}};
        // The same head as the gate has judged: HttpConnection wrote it.
        const auto match = m_gate.routes().findWebSocket(request.path);
        if (!match || !match->route.accept) {
            socket->deleteLater();
            continue;
        }
        request.parameters = match->parameters;
        match->route.accept(request, socket);
    }
}

void HttpServer::checkDeadlines()
{
    const QList<HttpConnection *> connections = m_connections;
    for (HttpConnection *connection : connections)
        connection->checkDeadlines();
}

} // namespace Anchorwatch
