#pragma once

#include "network/http/httphead.h"
#include "network/http/httplimits.h"
#include "network/http/httproutes.h"

#include <optional>
#include <variant>

namespace Anchorwatch {

// Judges a request by its head alone, before a byte of its body is kept. What it refuses never
// reaches a handler. A web page in the user's own browser can send requests to loopback: the checks
// of Host (against DNS rebinding), Origin and content type (against cross-site requests) are what
// stands between the two.
class HttpGate
{
public:
    // What is let through, and the refusal of what is not.
    using Verdict = std::variant<HttpRoutes::Match, HttpRoutes::WebSocketMatch, HttpResponse>;

    // Allows the loopback names. The limits must outlive the gate.
    explicit HttpGate(const HttpLimits &limits);

    // The port that a Host header must name; the default port 80 may be left out.
    void setPort(quint16 port) { m_port = port; }
    // One more name, without a port, by which clients may call this server.
    void allowHost(const QByteArray &name) { m_hosts.append(name.toLower()); }
    [[nodiscard]] HttpRoutes &routes() { return m_routes; }

    [[nodiscard]] Verdict judge(const HttpHead &head) const;

private:
    [[nodiscard]] std::optional<HttpResponse> refuseOrigin(const HttpHead &head) const;
    [[nodiscard]] std::optional<HttpResponse> refuseBody(const HttpHead &head) const;
    [[nodiscard]] bool isOurs(const QByteArray &host) const;

    const HttpLimits &m_limits;
    HttpRoutes m_routes;
    QByteArrayList m_hosts{"127.0.0.1", "localhost", "[::1]"};
    quint16 m_port = 80;
};

} // namespace Anchorwatch
