#include "network/http/httpgate.h"

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

// application/json, with or without parameters such as a charset. A page can send other types to
// any origin without asking (the Fetch standard's CORS-safelisted request headers).
bool isJson(const QByteArrayList &contentTypes)
{
    return contentTypes.size() == 1
           && contentTypes.first().split(';').first().trimmed().compare("application/json",
                                                                        Qt::CaseInsensitive)
                  == 0;
}

} // namespace

HttpGate::HttpGate(const HttpLimits &limits)
    : m_limits(limits)
{
}

HttpGate::Verdict HttpGate::judge(const HttpHead &head) const
{
    if (auto refusal = refuseOrigin(head))
        return *refusal;
    if (head.target.size() > m_limits.targetBytes)
        return errorResponse(414, u"The request target is too long"_s);
    if (head.asksForWebSocket()) {
        if (auto match = m_routes.findWebSocket(head.path())) {
            if (head.framing != HttpHead::Framing::None && head.contentLength != 0)
                return errorResponse(400, u"A request for a WebSocket has no body"_s);
            return *std::move(match);
        }
    }
    auto result = m_routes.find(head.method, head.path());
    if (std::holds_alternative<HttpRoutes::UnknownPath>(result))
        return errorResponse(404, u"There is nothing at this address"_s);
    if (const auto *wrong = std::get_if<HttpRoutes::WrongMethod>(&result)) {
        HttpResponse refusal = errorResponse(405, u"This address does not take that method"_s);
        refusal.headers.append({"Allow", wrong->allowed.join(", ")});
        return refusal;
    }
    if (auto refusal = refuseBody(head))
        return *refusal;
    return std::get<HttpRoutes::Match>(std::move(result));
}

std::optional<HttpResponse> HttpGate::refuseOrigin(const HttpHead &head) const
{
    const QByteArrayList hosts = headerValues(head.headers, "Host");
    if (hosts.size() > 1)
        return errorResponse(400, u"More than one Host header"_s);
    if (hosts.isEmpty() || !isOurs(hosts.first()))
        return errorResponse(403, u"The Host header does not name this service"_s);
    const QByteArrayList origins = headerValues(head.headers, "Origin");
    if (!origins.isEmpty() && origins != QByteArrayList{"http://" + hosts.first()})
        return errorResponse(403, u"Requests from other origins are not accepted"_s);
    return {};
}

std::optional<HttpResponse> HttpGate::refuseBody(const HttpHead &head) const
{
    const bool needsJson = head.method == "POST" || head.method == "PUT" || head.method == "PATCH";
    if (needsJson && !isJson(headerValues(head.headers, "Content-Type")))
        return errorResponse(415, u"The content type must be application/json"_s);
    if (head.contentLength > static_cast<quint64>(m_limits.bodyBytes))
        return errorResponse(413, u"The body is too large"_s);
    const QByteArrayList expectations = headerValues(head.headers, "Expect");
    for (const QByteArray &expectation : expectations) {
        if (expectation.compare("100-continue", Qt::CaseInsensitive) != 0)
            return errorResponse(417, u"Only 100-continue can be expected"_s);
    }
    return {};
}

bool HttpGate::isOurs(const QByteArray &host) const
{
    const QByteArray lower = host.toLower();
    const QByteArray port = ':' + QByteArray::number(m_port);
    return std::ranges::any_of(m_hosts, [&](const QByteArray &name) {
        return lower == name + port || (m_port == 80 && lower == name);
    });
}

} // namespace Anchorwatch
