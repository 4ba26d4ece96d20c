#pragma once

#include "network/http/httpmessage.h"

#include <functional>
#include <optional>

class QTcpSocket;
class QWebSocket;

namespace Anchorwatch {

// What answers those who ask for a WebSocket on a route (RFC 6455). Called in the server's thread;
// must not destroy the server.
struct WebSocketRoute
{
    // Refuses, while there still is an HTTP client to hear why, or lets it be opened.
    std::function<std::optional<HttpResponse>(const HttpRequest &)> refusal;
    // Takes an open socket and owns it from now on. Of the request only path, query and
    // parameters are known then.
    std::function<void(const HttpRequest &, QWebSocket *)> accept{};
    // In the place of accept, for who has somebody else answer the handshake: takes the socket, on
    // which nothing was said yet, and owns it from now on. Its read buffer is limited.
    std::function<void(const HttpRequest &, QTcpSocket *)> pass{};
};

} // namespace Anchorwatch
