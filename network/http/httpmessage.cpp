#include "network/http/httpmessage.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>
#include <array>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

// RFC 9110, section 15; 429 and 431 are RFC 6585.
constexpr std::array<std::pair<int, const char *>, 24> phrases{{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
}};

QByteArray phrase(int status)
{
    const auto found = std::ranges::find(phrases, status, &std::pair<int, const char *>::first);
    return found == phrases.end() ? QByteArray() : QByteArray(found->second);
}

QByteArray httpDate(const QDateTime &utc)
{
    return QLocale::c().toString(utc, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

// False for a value that would end its line early and begin one of its own (response splitting).
bool isOneLine(const QByteArray &text)
{
    return !text.contains('\r') && !text.contains('\n') && !text.contains('\0');
}

void appendHeader(QByteArray &bytes, const QByteArray &name, const QByteArray &value)
{
    if (isOneLine(name) && isOneLine(value))
        bytes += name + ": " + value + "\r\n";
}

} // namespace

QByteArrayList headerValues(const HttpHeaders &headers, QByteArrayView name)
{
    QByteArrayList values;
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            values.append(value);
    }
    return values;
}

QByteArray HttpRequest::header(QByteArrayView name) const
{
    return headerValues(headers, name).value(0);
}

HttpResponse errorResponse(int status, const QString &words)
{
    const QJsonObject object{{u"error"_s, words}};
    return {.status = status,
            .contentType = "application/json",
            .body = QJsonDocument(object).toJson(QJsonDocument::Compact)};
}

void addRetryAfter(HttpResponse *response, std::chrono::milliseconds after)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(after);
    response->headers.emplaceBack("Retry-After", QByteArray::number(qint64(seconds.count())));
}

QByteArray serialized(const HttpResponse &response, HttpPersistence persistence,
                      HttpContent content)
{
    QByteArray bytes =
        "HTTP/1.1 " + QByteArray::number(response.status) + ' ' + phrase(response.status) + "\r\n";
    appendHeader(bytes, "Date", httpDate(QDateTime::currentDateTimeUtc()));
    if (!response.contentType.isEmpty())
        appendHeader(bytes, "Content-Type", response.contentType);
    // 204 must not have a length, and that of a 304 would be the length of what is not sent (RFC
    // 9110, 8.6).
    const bool bodiless = response.status == 204 || response.status == 304;
    if (!bodiless)
        appendHeader(bytes, "Content-Length", QByteArray::number(response.body.size()));
    appendHeader(bytes, "Server", "anchorwatchd/" ANCHORWATCH_VERSION);
    appendHeader(bytes, "Cache-Control", "no-store");
    appendHeader(bytes, "X-Content-Type-Options", "nosniff");
    switch (persistence) {
    case HttpPersistence::KeepAlive:
        break;
    case HttpPersistence::KeepAliveDeclared:
        appendHeader(bytes, "Connection", "keep-alive");
        break;
    case HttpPersistence::Close:
        appendHeader(bytes, "Connection", "close");
        break;
    }
    for (const auto &[name, value] : response.headers)
        appendHeader(bytes, name, value);
    bytes += "\r\n";
    if (!bodiless && content == HttpContent::Sent)
        bytes += response.body;
    return bytes;
}

} // namespace Anchorwatch
