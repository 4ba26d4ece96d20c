#include "network/service/liveviewroutes.h"

#include "network/http/httpserver.h"
#include "network/service/localbrowserprovider.h"

#include <QCryptographicHash>
#include <QFile>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr auto notFoundPage = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>No live view</title>
<link rel="stylesheet" href="/live/live.css"></head>
<body class="message"><main><h1>No live view</h1><p>There is no live view at this address, or not any
more.</p></main></body></html>
)";

QByteArray resource(const QString &name)
{
    QFile file(u":/live/"_s + name);
    // It is built in.
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// What a policy calls the one script that stands in the page itself (Content Security Policy Level
// 3, 2.3.1).
QByteArray scriptHash(const QByteArray &page)
{
    const QByteArray opening = "<script>";
    const qsizetype begin = page.indexOf(opening) + opening.size();
    const QByteArray script = page.mid(begin, page.indexOf("</script>", begin) - begin);
    return "'sha256-" + QCryptographicHash::hash(script, QCryptographicHash::Sha256).toBase64()
           + '\'';
}

// Nothing but our own files and our own socket, and in nobody's frame but those who were named. An
// older browser does not take 'self' for the socket (the WebSocket scheme is another), so it is
// named.
HttpHeaders pageHeaders(const QByteArray &script, const QByteArray &host,
                        const QByteArrayList &embeddingOrigins)
{
    const bool embeds = !embeddingOrigins.isEmpty();
    const QByteArray ancestors = embeds ? embeddingOrigins.join(' ') : QByteArray("'none'");
    HttpHeaders headers{
        {"Content-Security-Policy", "default-src 'none'; script-src 'self' " + script
                                        + "; style-src 'self'; img-src 'self' blob: data:; "
                                          "connect-src 'self' ws://"
                                        + host + " wss://" + host
                                        + "; base-uri 'none'; form-action 'none'; frame-ancestors "
                                        + ancestors},
        {"Referrer-Policy", "no-referrer"}};
    if (!embeds)
        headers.emplaceBack("X-Frame-Options", "DENY");
    return headers;
}

void addFile(HttpServer &server, const QString &name, const QByteArray &type)
{
    server.addRoute("GET", "/live/" + name.toLatin1(),
                    [body = resource(name), type](const HttpRequest &, const HttpAnswer &answer) {
                        answer.send({200, type, body, {{"Referrer-Policy", "no-referrer"}}});
                    });
}

std::optional<LiveRole> roleOf(const LocalBrowserProvider &provider, const HttpRequest &request)
{
    return provider.liveRole(QString::fromLatin1(request.parameters.value(0)),
                             QString::fromLatin1(request.parameters.value(1)));
}

} // namespace

void addLiveViewRoutes(HttpServer &server, LocalBrowserProvider &provider,
                       const QByteArrayList &embeddingOrigins)
{
    const QByteArray pattern = "/live/{id}/{capability}";
    const QByteArray page = resource(u"live.html"_s);
    addFile(server, u"live.css"_s, "text/css; charset=utf-8");
    addFile(server, u"live.js"_s, "text/javascript; charset=utf-8");
    server.addRoute("GET", pattern,
                    [&provider, embeddingOrigins, page, script = scriptHash(page)](
                        const HttpRequest &request, const HttpAnswer &answer) {
                        const bool known = roleOf(provider, request).has_value();
                        if (known)
                            provider.expectViewer(QString::fromLatin1(request.parameters.value(0)));
                        answer.send({known ? 200 : 404, "text/html; charset=utf-8",
                                     known ? page : QByteArray(notFoundPage),
                                     pageHeaders(script, request.host, embeddingOrigins)});
                    });
    server.addWebSocketRoute(
        pattern,
        {.refusal = [&provider](const HttpRequest &request) -> std::optional<HttpResponse> {
             if (roleOf(provider, request))
                 return {};
             return errorResponse(404, u"There is no live view at this address"_s);
         },
         .accept =
             [&provider](const HttpRequest &request, QWebSocket *socket) {
                 const auto role = roleOf(provider, request);
                 provider.addViewer(QString::fromLatin1(request.parameters.value(0)),
                                    role.value_or(LiveRole::Watch), socket);
             }});
}

} // namespace Anchorwatch
