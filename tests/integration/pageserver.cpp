#include "pageserver.h"

#include <QFile>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

HttpResponse page(const QByteArray &title, const QByteArray &body = {})
{
    return {200,
            "text/html; charset=utf-8",
            "<!doctype html><title>" + title + "</title><body>" + body + "</body>",
            {}};
}

QByteArray pageFile(const char *name)
{
    QFile file(u"%1/%2.html"_s.arg(QStringLiteral(PAGES), QLatin1StringView(name)));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", name);
    return file.readAll();
}

QByteArray sortedCookies(const HttpRequest &request)
{
    QByteArrayList cookies = request.header("Cookie").split(';');
    for (QByteArray &cookie : cookies)
        cookie = cookie.trimmed();
    std::sort(cookies.begin(), cookies.end());
    const QByteArray line = cookies.join("; ");
    return line.isEmpty() ? "none" : line;
}

} // namespace

PageServer::PageServer(QObject *parent)
    : QObject(parent)
{
    m_server.addRoute("GET", "/page/{title}",
                      [](const HttpRequest &request, const HttpAnswer &answer) {
                          answer.send(page(request.parameters.value(0)));
                      });
    m_server.addRoute(
        "GET", "/set/{value}", [](const HttpRequest &request, const HttpAnswer &answer) {
            const QByteArray value = request.parameters.value(0);
            HttpResponse response = page("set " + value);
            response.headers = {{"Set-Cookie", "lasting=" + value + "; Max-Age=31536000; Path=/"},
                                {"Set-Cookie", "passing=" + value + "; Path=/"}};
            answer.send(response);
        });
    m_server.addRoute("GET", "/cookies", [](const HttpRequest &request, const HttpAnswer &answer) {
        answer.send(page(sortedCookies(request)));
    });
    m_server.addRoute("GET", "/asking", [](const HttpRequest &, const HttpAnswer &answer) {
        answer.send(page("asking", "<input id=i autofocus><script>"
                                   "addEventListener('beforeunload', e => { e.preventDefault();"
                                   " e.returnValue = 'x'; });</script>"));
    });
    m_server.addRoute(
        "GET", "/color/{color}", [](const HttpRequest &request, const HttpAnswer &answer) {
            const QByteArray color = request.parameters.value(0);
            answer.send(page(color, "<style>html{background:#" + color + "}</style>"));
        });
    for (const char *name : {"busy", "cards", "form", "paint"}) {
        m_server.addRoute("GET", QByteArray("/") + name,
                          [body = pageFile(name)](const HttpRequest &, const HttpAnswer &answer) {
                              answer.send({200, "text/html; charset=utf-8", body, {}});
                          });
    }
    m_server.addRoute("GET", "/file", [](const HttpRequest &, const HttpAnswer &answer) {
        answer.send({200,
                     "application/octet-stream",
                     QByteArray(200'000, 'x'),
                     {{"Content-Disposition", "attachment; filename=\"report.bin\""}}});
    });
    m_server.addRoute("GET", "/hanging", [this](const HttpRequest &, const HttpAnswer &answer) {
        m_hanging.append(answer);
    });
    if (!m_server.listen(QHostAddress::LocalHost, 0))
        qFatal("the page server cannot listen");
}

QString PageServer::url(const QString &path) const
{
    return u"http://127.0.0.1:%1%2"_s.arg(m_server.serverPort()).arg(path);
}

} // namespace Anchorwatch
