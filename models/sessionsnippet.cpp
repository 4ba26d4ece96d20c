#include "models/sessionsnippet.h"

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

QString curl(const QString &method, const Session &session, const Connection &connection)
{
    if (!terminateRefusal(session.id).isEmpty())
        return {};
    const QByteArray url = connection.sessionUrl(session.id).toEncoded(QUrl::RemoveUserInfo);
    return u"curl -sS %1%2"_s.arg(method, quotedForShell(QString::fromLatin1(url)));
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
        return hasCdp ? playwright(session.cdpUrl) : QString();
    case SessionSnippet::Kind::Puppeteer:
        return hasCdp ? puppeteer(session.cdpUrl) : QString();
    case SessionSnippet::Kind::Curl:
        return curl({}, session, connection);
    case SessionSnippet::Kind::CurlTerminate:
        return curl(u"-X DELETE "_s, session, connection);
    }
    return {};
}

} // namespace Anchorwatch
