#pragma once

#include "network/http/httpanswer.h"
#include "network/http/httpgate.h"
#include "network/http/httplimits.h"

#include <QHostAddress>
#include <QObject>
#include <QTcpServer>
#include <QTimer>
#include <QWebSocketServer>

class QTcpSocket;

namespace Anchorwatch {

class HttpConnection;

// An HTTP/1.1 server for a small JSON API on loopback: every request passes the gate, then the
// handler of its route answers it. Everything happens in the server's thread.
class HttpServer : public QObject
{
    Q_OBJECT

public:
    explicit HttpServer(const HttpLimits &limits = {}, QObject *parent = nullptr);
    ~HttpServer() override;

    // Port 0 takes any free one. False with errorString() when the address cannot be had.
    [[nodiscard]] bool listen(const QHostAddress &address, quint16 port);
    [[nodiscard]] quint16 serverPort() const { return m_server.serverPort(); }
    [[nodiscard]] QString errorString() const { return m_server.errorString(); }
    // Listens no more and drops every client, whatever it waits for.
    void close();

    // One more name by which clients may call this server, next to the loopback names: without a
    // port, an IPv6 address in brackets.
    void allowHost(const QByteArray &nameWithoutPort) { m_gate.allowHost(nameWithoutPort); }
    // See HttpRoutes::add() for patterns.
    void addRoute(const QByteArray &method, const QByteArray &pattern, const HttpHandler &handler);
    void addWebSocketRoute(const QByteArray &pattern, const WebSocketRoute &route);

private:
    void acceptPending();
    void admit(QTcpSocket *socket);
    [[nodiscard]] bool makeRoom();
    void forget(HttpConnection *connection);
    void acceptWebSockets();
    void checkDeadlines();

    const HttpLimits m_limits;
    HttpGate m_gate;
    QTcpServer m_server;
    QWebSocketServer m_webSockets; // makes WebSockets of our connections, never listens
    QTimer m_tick;
    QList<HttpConnection *> m_connections; // children; oldest first
};

} // namespace Anchorwatch
