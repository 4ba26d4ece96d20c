#include "network/devtools/devtoolscodec.h"

#include "network/rebasedurl.h"
#include "network/sessionlistbuilder.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("DevToolsCodec", text);
}

Session pageFrom(const QJsonObject &target, const QUrl &baseUrl)
{
    FieldReader reader(target);
    Session page;
    page.id = reader.text("id"_L1);
    page.status = SessionStatus::Kind::Running;
    page.title = reader.text("title"_L1);
    page.currentUrl = reader.text("url"_L1);
    page.cdpUrl = rebasedUrl(reader.text("webSocketDebuggerUrl"_L1), baseUrl);
    if (page.id.trimmed().isEmpty())
        reader.flag(tr("The page has no id."));
    page.malformed = reader.problem();
    return page;
}

} // namespace

DecodedDevToolsVersion decodeDevToolsVersion(const QByteArray &body)
{
    DecodedDevToolsVersion decoded;
    const QJsonObject object = parseJson(body, &decoded.problem).object();
    if (!decoded.problem.isEmpty())
        return decoded;
    FieldReader reader(object);
    decoded.browser = reader.text("Browser"_L1);
    decoded.protocol = reader.text("Protocol-Version"_L1);
    decoded.path = QUrl(reader.text("webSocketDebuggerUrl"_L1), QUrl::StrictMode).path();
    if (decoded.browser.isEmpty() || decoded.path.isEmpty())
        reader.flag(tr("This is not the answer of a DevTools endpoint."));
    decoded.problem = reader.problem();
    return decoded;
}

DecodedSessionList decodeDevToolsList(const QByteArray &body, const QUrl &baseUrl)
{
    DecodedSessionList decoded;
    const QJsonDocument document = parseJson(body, &decoded.problem);
    if (!decoded.problem.isEmpty())
        return decoded;
    if (!document.isArray()) {
        decoded.problem = tr("The answer is no list of pages.");
        return decoded;
    }
    if (document.array().size() > maxListedSessions) {
        decoded.problem = tr("The list has more than %1 entries.").arg(maxListedSessions);
        return decoded;
    }
    SessionListBuilder builder;
    for (const QJsonValue &target : document.array()) {
        if (target["type"_L1].toString() == "page"_L1)
            builder.add(pageFrom(target.toObject(), baseUrl));
    }
    return builder.decoded();
}

DecodedSession decodeDevToolsTarget(const QByteArray &body, const QUrl &baseUrl)
{
    DecodedSession decoded;
    const QJsonDocument document = parseJson(body, &decoded.problem);
    if (!decoded.problem.isEmpty())
        return decoded;
    decoded.session = pageFrom(document.object(), baseUrl);
    if (decoded.session.id.trimmed().isEmpty())
        decoded.problem = decoded.session.malformed;
    return decoded;
}

} // namespace Anchorwatch
