#pragma once

#include "network/http/httpmessage.h"

#include <QPointer>

#include <functional>

namespace Anchorwatch {

class HttpConnection;

// The right to answer one request, once, now or later, in the server's thread. Copyable; knows its
// connection weakly, so that a client that left is not an error: send() then does nothing.
class HttpAnswer
{
public:
    HttpAnswer(HttpConnection *connection, quint64 serial);

    void send(const HttpResponse &response) const;
    // False when the client left or the request was answered.
    [[nodiscard]] bool isWanted() const;

private:
    QPointer<HttpConnection> m_connection;
    quint64 m_serial;
};

// What answers the requests of a route. Called in the server's thread; may answer later, and must
// answer some time: until then the connection waits. Must not destroy the server.
using HttpHandler = std::function<void(const HttpRequest &, const HttpAnswer &)>;

} // namespace Anchorwatch
