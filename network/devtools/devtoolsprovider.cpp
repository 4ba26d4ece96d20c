#include "network/devtools/devtoolsprovider.h"

#include "network/httpfault.h"
#include "network/rebasedurl.h"

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

Fault faultWith(Fault::Kind kind, const QString &what)
{
    Fault fault;
    fault.kind = kind;
    fault.what = what;
    return fault;
}

// The endpoint answers in plain text, whatever it says that it is.
Fault devToolsFault(const HttpExchange &exchange)
{
    Fault fault = *exchange.fault();
    fault.detail = firstWords(exchange.body());
    if (exchange.body().startsWith("Host header is specified")) {
        fault.kind = Fault::Kind::BadRequest;
        fault.what = DevToolsProvider::tr(
            "A browser answers to an IP address or localhost only: give the connection the IP "
            "address of the machine.");
    }
    // "No such target id: X" is of the browser, any other 404 of something else.
    const bool isOfTarget = exchange.body().startsWith("No such target id");
    if (fault.kind == Fault::Kind::NotFound && !isOfTarget) {
        fault.kind = Fault::Kind::BadAnswer;
        fault.what = DevToolsProvider::tr("This address has no DevTools endpoint.");
    }
    return fault;
}

} // namespace

DevToolsProvider::DevToolsProvider(QNetworkAccessManager &manager, const Connection &connection,
                                   QObject *parent)
    : SessionProvider(parent)
    , m_manager(manager)
    , m_baseUrl(connection.baseUrl)
{
}

// What every question has in common: the exchange dies with its reply, a failure is the answer.
void DevToolsProvider::ask(QNetworkReply *question, ProviderReply *reply, const Take &take)
{
    auto *exchange = new HttpExchange(question, m_bounds, reply);
    connect(exchange, &HttpExchange::finished, reply, [this, exchange, reply, take] {
        if (!exchange->fault()) {
            take(*exchange);
            return;
        }
        m_browser.clear();
        reply->fail(devToolsFault(*exchange));
    });
}

ListReply *DevToolsProvider::list()
{
    auto *reply = new ListReply(this);
    if (!m_browser.isEmpty()) {
        askList(reply);
        return reply;
    }
    const QNetworkRequest request = HttpExchange::request(url("/json/version"));
    ask(m_manager.get(request), reply, [this, reply](const HttpExchange &exchange) {
        const DecodedDevToolsVersion version = decodeDevToolsVersion(exchange.body());
        if (!version.problem.isEmpty()) {
            reply->fail(badAnswer(version.problem, exchange.body()));
            return;
        }
        m_browser = version.browser;
        askList(reply);
    });
    return reply;
}

void DevToolsProvider::askList(ListReply *reply)
{
    const QNetworkRequest request = HttpExchange::request(url("/json/list"));
    ask(m_manager.get(request), reply, [this, reply](const HttpExchange &exchange) {
        const DecodedSessionList decoded = decodeDevToolsList(exchange.body(), m_baseUrl);
        reply->bytes = exchange.body().size();
        reply->fetchMs = exchange.milliseconds();
        if (!decoded.problem.isEmpty()) {
            reply->fail(badAnswer(decoded.problem, exchange.body()));
            return;
        }
        reply->service = m_browser;
        for (const Session &page : decoded.sessions)
            reply->sessions.append(withBrowser(page));
        reply->succeed();
    });
}

SessionReply *DevToolsProvider::get(const QString &id)
{
    auto *reply = new SessionReply(this);
    const QNetworkRequest request = HttpExchange::request(url("/json/list"));
    ask(m_manager.get(request), reply, [this, reply, id](const HttpExchange &exchange) {
        const DecodedSessionList decoded = decodeDevToolsList(exchange.body(), m_baseUrl);
        if (!decoded.problem.isEmpty()) {
            reply->fail(badAnswer(decoded.problem, exchange.body()));
            return;
        }
        const auto found = std::find_if(decoded.sessions.cbegin(), decoded.sessions.cend(),
                                        [&id](const Session &page) { return page.id == id; });
        if (found == decoded.sessions.cend()) {
            reply->fail(faultWith(Fault::Kind::NotFound, tr("The browser has no such page.")));
            return;
        }
        reply->session = withBrowser(*found);
        reply->succeed();
    });
    return reply;
}

SessionReply *DevToolsProvider::create(const SessionRequest &wanted)
{
    auto *reply = new SessionReply(this);
    if (const QString refusal = refusalOf(wanted); !refusal.isEmpty()) {
        reply->fail(faultWith(Fault::Kind::BadRequest, refusal));
        return reply;
    }
    const QString startPage = completedInitialUrl(wanted.initialUrl);
    const QByteArray query = QUrl::toPercentEncoding(
        startPage.isEmpty() ? u"about:blank"_s : startPage, ":/?&=,;@!$'()*+[]");
    const QNetworkRequest request = HttpExchange::commandRequest(url("/json/new?" + query));
    // Chromium takes nothing but PUT here, so that no link can open a page.
    ask(m_manager.put(request, QByteArray()), reply, [this, reply](const HttpExchange &exchange) {
        const DecodedSession decoded = decodeDevToolsTarget(exchange.body(), m_baseUrl);
        if (!decoded.problem.isEmpty()) {
            reply->fail(badAnswer(decoded.problem, exchange.body()));
            return;
        }
        reply->session = withBrowser(decoded.session);
        reply->succeed();
    });
    return reply;
}

TerminateReply *DevToolsProvider::terminate(const QString &id)
{
    auto *reply = new TerminateReply(this);
    const QByteArray path = "/json/close/" + QUrl::toPercentEncoding(id);
    ask(m_manager.get(HttpExchange::commandRequest(url(path))), reply,
        [reply](const HttpExchange &) { reply->succeed(); });
    return reply;
}

QString DevToolsProvider::profileRefusal() const
{
    return tr("The browser has the one profile it was started with.");
}

QString DevToolsProvider::timeoutRefusal() const
{
    return tr("A page stays open until it is closed.");
}

QUrl DevToolsProvider::url(const QByteArray &path) const
{
    return urlBelow(m_baseUrl, path);
}

Session DevToolsProvider::withBrowser(Session page) const
{
    if (!m_browser.isEmpty())
        page.facts.append({tr("Browser"), m_browser});
    return page;
}

} // namespace Anchorwatch
