#include "models/sessionsnippet.h"

#include "models/knownsecrets.h"
#include "models/sessiondelta.h"

#include <QRegularExpression>
#include <QUrl>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

// A browser's own address on this machine holds nothing that outlives the session or works from
// elsewhere. With user info or a query it may be a tunnel to a service that wants a key.
bool mayStandInCode(const QString &cdpUrl)
{
    static const QRegularExpression loopback(u"\\A127(\\.[0-9]{1,3}){3}\\z"_s);

    const QUrl url(cdpUrl, QUrl::StrictMode);
    const QString host = url.host();
    const bool isOnThisMachine =
        host == "localhost"_L1 || host == "::1"_L1 || loopback.match(host).hasMatch();
    return isOnThisMachine && !url.hasQuery() && url.userInfo().isEmpty();
}

QString quotedForShell(QString text)
{
    text.replace(u'\'', u"'\\''"_s);
    return u'\'' + text + u'\'';
}

QString quotedForJavaScript(QString text)
{
    text.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s).replace(u'\n', u"\\n"_s);
    text.replace(u'\r', u"\\r"_s);
    return u'\'' + text + u'\'';
}

QString endpointInJavaScript(const QString &cdpUrl)
{
    return mayStandInCode(cdpUrl) ? quotedForJavaScript(cdpUrl) : u"process.env.CDP_URL"_s;
}

QString playwright(const QString &cdpUrl)
{
    return u"import { chromium } from 'playwright';\n"
           u"\n"
           u"const browser = await chromium.connectOverCDP(%1);\n"
           u"const [context] = browser.contexts();\n"
           u"const page = context.pages()[0] ?? await context.newPage();\n"_s.arg(
               endpointInJavaScript(cdpUrl));
}

QString puppeteer(const QString &cdpUrl)
{
    return u"import puppeteer from 'puppeteer-core';\n"
           u"\n"
           u"const browser = await puppeteer.connect({ browserWSEndpoint: %1 });\n"
           u"const [page] = await browser.pages();\n"_s.arg(endpointInJavaScript(cdpUrl));
}

// The path on the service; a Grid and a browser tell of one session in the list of all.
QByteArray pathOf(const QByteArray &id, Connection::Kind kind, bool isEnd)
{
    switch (kind) {
    case Connection::Kind::Local:
    case Connection::Kind::Service:
        return "/api/browser-automation/sessions/" + id;
    case Connection::Kind::Anchor:
        return "/v1/sessions/" + id;
    case Connection::Kind::Grid:
        return isEnd ? "/session/" + id : QByteArray("/status");
    case Connection::Kind::DevTools:
        return isEnd ? "/json/close/" + id : QByteArray("/json/list");
    }
    return {};
}

QString address(const Session &session, const Connection &connection, bool isEnd)
{
    QByteArray base = connection.baseUrl.toEncoded(QUrl::RemoveUserInfo | QUrl::RemoveQuery
                                                   | QUrl::RemoveFragment);
    while (base.endsWith('/'))
        base.chop(1);
    const QByteArray id = QUrl::toPercentEncoding(session.id);
    return QString::fromLatin1(base + pathOf(id, connection.kind, isEnd));
}

// The shell's variable that holds the secret: the connection's own where it names one that a shell
// can read.
QString variableOf(const Connection &connection, const QString &otherwise)
{
    static const QRegularExpression name(u"\\A[A-Za-z_][A-Za-z0-9_]*\\z"_s);
    const bool isNamed = connection.secret.store == SecretReference::Store::Environment
                         && name.match(connection.secret.variable).hasMatch();
    return isNamed ? connection.secret.variable : otherwise;
}

// What shows the service that we may ask, without the secret itself.
QString credentials(const Connection &connection)
{
    if (connection.kind == Connection::Kind::Anchor)
        return u"-H \"anchor-api-key: $%1\" "_s.arg(variableOf(connection, u"ANCHOR_API_KEY"_s));
    if (connection.user.isEmpty())
        return {};
    return u"-u %1\"$%2\" "_s.arg(quotedForShell(connection.user + u':'),
                                  variableOf(connection, u"ANCHORWATCH_PASSWORD"_s));
}

QString curl(const Session &session, const Connection &connection, bool isEnd)
{
    if (!terminateRefusal(session.id).isEmpty())
        return {};
    const bool isDelete = isEnd && connection.kind != Connection::Kind::DevTools;
    return u"curl -sS "_s + (isDelete ? u"-X DELETE "_s : QString()) + credentials(connection)
           + quotedForShell(address(session, connection, isEnd));
}

} // namespace

QString snippet(SessionSnippet::Kind kind, const Session &session, const Connection &connection)
{
    const bool hasCdp = !session.cdpUrl.isEmpty();
    switch (kind) {
    case SessionSnippet::Kind::Id:
        return isStandInId(session.id) ? QString() : session.id;
    case SessionSnippet::Kind::LiveViewUrl:
        return session.liveViewUrl;
    case SessionSnippet::Kind::CdpUrl:
        return session.cdpUrl;
    case SessionSnippet::Kind::Playwright:
        return hasCdp ? withoutSecrets(playwright(session.cdpUrl)) : QString();
    case SessionSnippet::Kind::Puppeteer:
        return hasCdp ? withoutSecrets(puppeteer(session.cdpUrl)) : QString();
    case SessionSnippet::Kind::Curl:
        return withoutSecrets(curl(session, connection, false));
    case SessionSnippet::Kind::CurlTerminate:
        return withoutSecrets(curl(session, connection, true));
    }
    return {};
}

} // namespace Anchorwatch
