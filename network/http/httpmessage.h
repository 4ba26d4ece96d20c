#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QList>

#include <utility>

namespace Anchorwatch {

using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>;

// A request that passed the gate, whole.
struct HttpRequest
{
    QByteArray method;
    QByteArray path;           // raw, undecoded, without the query
    QByteArrayList parameters; // what the {…} segments of the route's pattern matched, in order
    QByteArray host;           // the Host header, checked against the allow-list
    HttpHeaders headers;
    QByteArray body;

    // The first header of that name, in any case, or an empty array.
    [[nodiscard]] QByteArray header(const QByteArray &name) const;
};

// An answer as a value. Content-Length, Date, Cache-Control: no-store and X-Content-Type-Options: nosniff are
// added when it is sent.
struct HttpResponse
{
    int status = 200;
    QByteArray contentType;
    QByteArray body;
    HttpHeaders headers;
};

} // namespace Anchorwatch
