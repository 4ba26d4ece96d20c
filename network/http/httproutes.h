#pragma once

#include "network/http/httpanswer.h"
#include "network/http/websocketroute.h"

#include <optional>
#include <variant>

namespace Anchorwatch {

// Which handler answers which method on which path.
class HttpRoutes
{
public:
    struct Match
    {
        HttpHandler handler;
        QByteArrayList parameters; // what the {…} segments matched, in order
    };
    struct WebSocketMatch
    {
        WebSocketRoute route;
        QByteArrayList parameters;
    };
    // The path is known, but not with this method.
    struct WrongMethod
    {
        QByteArrayList allowed;
    };
    struct UnknownPath
    {
    };
    using Result = std::variant<Match, WrongMethod, UnknownPath>;

    // A pattern is an absolute path in which a segment in braces matches [A-Za-z0-9_-]{1,64} and
    // any other matches itself, byte by byte. A later handler for the same method and pattern
    // replaces the earlier.
    void add(const QByteArray &method, const QByteArray &pattern, const HttpHandler &handler);

    // Likewise, for those who ask for a WebSocket; without one they get what others get.
    void addWebSocket(const QByteArray &pattern, const WebSocketRoute &route);

    // Looks up a path as it came: undecoded, so that no two spellings reach the same handler.
    [[nodiscard]] Result find(const QByteArray &method, const QByteArray &path) const;
    [[nodiscard]] std::optional<WebSocketMatch> findWebSocket(const QByteArray &path) const;

private:
    struct Route
    {
        QByteArray method;
        QByteArrayList segments;
        HttpHandler handler;
    };
    struct SocketRoute
    {
        QByteArrayList segments;
        WebSocketRoute route;
    };

    QList<Route> m_routes;
    QList<SocketRoute> m_socketRoutes;
};

} // namespace Anchorwatch
