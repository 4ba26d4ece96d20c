#include "network/devtoolslocator.h"

#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Scheme, host and port of the HTTP side of a DevTools endpoint; not valid for anything but ws: and
// wss:.
QUrl httpEndpoint(const QString &cdpUrl)
{
    const QUrl cdp(cdpUrl, QUrl::StrictMode);
    const bool secure = cdp.scheme() == "wss"_L1;
    if (cdp.host().isEmpty() || (!secure && cdp.scheme() != "ws"_L1))
        return {};
    QUrl endpoint;
    endpoint.setScheme(secure ? u"https"_s : u"http"_s);
    endpoint.setHost(cdp.host());
    endpoint.setPort(cdp.port());
    return endpoint;
}

bool isOnThisMachine(const QUrl &url)
{
    return url.host() == "localhost"_L1 || QHostAddress(url.host()).isLoopback();
}

// The page that the address is of; empty when it is of a whole browser.
QString pageOf(const QString &cdpUrl)
{
    const QString path = QUrl(cdpUrl, QUrl::StrictMode).path();
    const auto mark = "/devtools/page/"_L1;
    const qsizetype at = path.lastIndexOf(mark);
    return at < 0 ? QString() : path.sliced(at + mark.size());
}

// A Selenium Grid's, behind which is no page of a browser's own.
bool isOfGrid(const QString &cdpUrl)
{
    return QUrl(cdpUrl, QUrl::StrictMode).path().endsWith("/se/cdp"_L1);
}

// The wanted page, or any when none is. Targets come most recently used first; there are others
// than pages (browser_ui, seen on Chromium 156).
QString pageInFront(const QByteArray &targetList, const QString &wanted)
{
    const QJsonArray targets = QJsonDocument::fromJson(targetList).array();
    for (const auto &target : targets) {
        const QString id = target["id"_L1].toString();
        if (target["type"_L1].toString() == "page"_L1 && (wanted.isEmpty() || id == wanted))
            return id;
    }
    return {};
}

Fault fault(Fault::Kind kind, const QString &what)
{
    Fault made;
    made.kind = kind;
    made.what = what;
    return made;
}

} // namespace

DevToolsLocator::DevToolsLocator(QNetworkAccessManager &manager, QObject *parent)
    : QObject(parent)
    , m_manager(manager)
{
}

UrlReply *DevToolsLocator::locate(const QString &cdpUrl)
{
    auto *reply = new UrlReply(this);
    const QUrl endpoint = httpEndpoint(cdpUrl);
    if (!endpoint.isValid()) {
        reply->fail(fault(Fault::Kind::BadRequest, tr("The session has no CDP address.")));
        return reply;
    }
    if (isOfGrid(cdpUrl)) {
        reply->fail(fault(Fault::Kind::BadRequest,
                          tr("A Selenium Grid has no DevTools page. Copy the CDP address for a "
                             "client of your own.")));
        return reply;
    }
    QUrl list = endpoint;
    list.setPath(u"/json/list"_s);
    if (!isOnThisMachine(endpoint)) {
        reply->url = list;
        reply->succeed();
        return reply;
    }
    HttpBounds bounds;
    bounds.deadline = 5s;
    auto *exchange = new HttpExchange(m_manager.get(HttpExchange::request(list)), bounds, reply);
    connect(exchange, &HttpExchange::finished, reply,
            [reply, exchange, endpoint, page = pageOf(cdpUrl)] {
                takePages(reply, *exchange, endpoint, page);
            });
    return reply;
}

void DevToolsLocator::takePages(UrlReply *reply, const HttpExchange &exchange, const QUrl &endpoint,
                                const QString &wanted)
{
    if (exchange.fault()) {
        reply->fail(*exchange.fault());
        return;
    }
    const QString page = pageInFront(exchange.body(), wanted);
    if (page.isEmpty()) {
        reply->fail(fault(Fault::Kind::NotFound, wanted.isEmpty()
                                                     ? tr("The browser has no page open.")
                                                     : tr("The page is not open any more.")));
        return;
    }
    reply->url = endpoint;
    reply->url.setPath(u"/devtools/inspector.html"_s);
    const QString pageSegment = QString::fromLatin1(QUrl::toPercentEncoding(page));
    reply->url.setQuery(u"ws=%1/devtools/page/%2"_s.arg(endpoint.authority(), pageSegment));
    reply->succeed();
}

} // namespace Anchorwatch
