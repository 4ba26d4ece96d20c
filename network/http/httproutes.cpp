#include "network/http/httproutes.h"

#include <algorithm>
#include <optional>

namespace Anchorwatch {

namespace {

bool isParameter(const QByteArray &segment)
{
    return segment.startsWith('{') && segment.endsWith('}');
}

bool isIdentifier(const QByteArray &segment)
{
    return !segment.isEmpty() && segment.size() <= 64 && std::ranges::all_of(segment, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
               || c == '_' || c == '-';
    });
}

// The parameters, when the path fits the pattern.
std::optional<QByteArrayList> matched(const QByteArrayList &pattern, const QByteArrayList &path)
{
    if (pattern.size() != path.size())
        return {};
    QByteArrayList parameters;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        if (isParameter(pattern.at(i))) {
            if (!isIdentifier(path.at(i)))
                return {};
            parameters.append(path.at(i));
        } else if (pattern.at(i) != path.at(i)) {
            return {};
        }
    }
    return parameters;
}

} // namespace

void HttpRoutes::add(const QByteArray &method, const QByteArray &pattern,
                     const HttpHandler &handler)
{
    const QByteArrayList segments = pattern.split('/');
    m_routes.removeIf(
        [&](const Route &route) { return route.method == method && route.segments == segments; });
    m_routes.append({method, segments, handler});
}

HttpRoutes::Result HttpRoutes::find(const QByteArray &method, const QByteArray &path) const
{
    const QByteArrayList segments = path.split('/');
    QByteArrayList allowed;
    for (const Route &route : m_routes) {
        const auto parameters = matched(route.segments, segments);
        if (!parameters)
            continue;
        if (route.method == method)
            return Match{route.handler, *parameters};
        allowed.append(route.method);
    }
    if (allowed.isEmpty())
        return UnknownPath{};
    return WrongMethod{allowed};
}

void HttpRoutes::addWebSocket(const QByteArray &pattern, const WebSocketRoute &route)
{
    m_socketRoutes.append({pattern.split('/'), route});
}

std::optional<HttpRoutes::WebSocketMatch> HttpRoutes::findWebSocket(const QByteArray &path) const
{
    const QByteArrayList segments = path.split('/');
    for (const SocketRoute &route : m_socketRoutes) {
        if (const auto parameters = matched(route.segments, segments))
            return WebSocketMatch{route.route, *parameters};
    }
    return {};
}

} // namespace Anchorwatch
