#include "network/http/httphead.h"

#include <algorithm>

namespace Anchorwatch {

namespace {

bool hasToken(const QByteArrayList &values, QByteArrayView token)
{
    const QByteArrayList tokens = values.join(',').split(',');
    return std::ranges::any_of(tokens, [token](const QByteArray &one) {
        return one.trimmed().compare(token, Qt::CaseInsensitive) == 0;
    });
}

} // namespace

bool HttpHead::asksForWebSocket() const
{
    return method == "GET" && version == Version::Http11
           && hasToken(headerValues(headers, "Upgrade"), "websocket")
           && hasToken(headerValues(headers, "Connection"), "upgrade");
}

} // namespace Anchorwatch
