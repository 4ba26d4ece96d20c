#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QByteArrayView>
#include <QList>

#include <chrono>
#include <utility>

namespace Anchorwatch {

using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>;

// The values of every header of that name, in any case, in the order they came.
[[nodiscard]] QByteArrayList headerValues(const HttpHeaders &headers, QByteArrayView name);

// A request that passed the gate, whole.
struct HttpRequest
{
    QByteArray method;
    QByteArray path;           // raw, undecoded, without the query
    QByteArray query;          // raw, undecoded, without the question mark
    QByteArrayList parameters; // what the {…} segments of the route's pattern matched, in order
    QByteArray host;           // the Host header, checked against the allow-list
    HttpHeaders headers;
    QByteArray body;

    // The first header of that name, in any case, or an empty array.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
};

// An answer as a value. Content-Length, Date, Server, Cache-Control: no-store and
// X-Content-Type-Options: nosniff are added when it is sent.
struct HttpResponse
{
    int status = 200;
    QByteArray contentType{};
    QByteArray body{};
    HttpHeaders headers{};

    bool operator==(const HttpResponse &) const = default;
};

// The answer {"error": words}, as every refusal of the server and every failure of the API has it.
[[nodiscard]] HttpResponse errorResponse(int status, const QString &words);

// Adds the header that says when to ask again (RFC 9110, 10.2.3), in whole seconds, rounded up.
void addRetryAfter(HttpResponse *response, std::chrono::milliseconds after);

// What follows an answer on its connection, and how the client is told.
enum class HttpPersistence {
    KeepAlive,         // HTTP/1.1 does by itself
    KeepAliveDeclared, // an HTTP/1.0 client asked for it and must hear that it got it
    Close,
};

// Whether the body is sent, or only described: the answer to HEAD has none (RFC 9110, 9.3.2).
enum class HttpContent { Sent, Described };

// The bytes of an answer, dated now.
[[nodiscard]] QByteArray serialized(const HttpResponse &response, HttpPersistence persistence,
                                    HttpContent content);

} // namespace Anchorwatch
