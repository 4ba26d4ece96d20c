#include "network/grid/gridcodec.h"

#include "network/rebasedurl.h"
#include "network/sessionlistbuilder.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

// Stands in the slot of a session whose browser is still starting (seen on 4.48.0): nothing that
// could be looked at or ended.
constexpr auto reservedId = "reserved"_L1;

constexpr auto ownerCapability = "aw:owner"_L1;
constexpr auto tagCapability = "aw:tag"_L1;

QString tr(const char *text)
{
    return QCoreApplication::translate("GridCodec", text);
}

// Whoever makes a session says what is in its capabilities: one that is no text, or is too long, is
// as good as none, and no fault of the Grid's.
QString label(const QJsonObject &capabilities, QLatin1StringView name)
{
    const QString text = capabilities.value(name).toString();
    return text.size() > maxFieldLength ? QString() : text;
}

void addFact(Session *session, const QString &name, const QString &value)
{
    if (!value.isEmpty())
        session->facts.append({name, value});
}

// "localhost:43639"
quint16 debuggerPortOf(const QJsonObject &capabilities)
{
    const QString address = capabilities["goog:chromeOptions"_L1]["debuggerAddress"_L1].toString();
    const bool isHere = address.startsWith("localhost:"_L1) || address.startsWith("127.0.0.1:"_L1);
    return isHere ? address.section(u':', 1).toUShort() : 0;
}

// The Grid's own page on the session, which shows the screen of a node that has VNC (a route of its
// front-end, in 4.48.0 "/session/:sessionId").
QString gridPageOf(const QString &id, const QUrl &baseUrl)
{
    QUrl page = urlBelow(baseUrl, "/ui/");
    page.setFragment("/session/"_L1 + QString::fromLatin1(QUrl::toPercentEncoding(id)));
    return page.toString(QUrl::FullyEncoded);
}

void readCapabilities(const QJsonObject &capabilities, const QUrl &baseUrl, Session *session)
{
    session->title = label(capabilities, "se:name"_L1);
    session->cdpUrl = rebasedUrl(label(capabilities, "se:cdp"_L1), baseUrl);
    const QString browser = label(capabilities, "browserName"_L1);
    const QString version = label(capabilities, "browserVersion"_L1);
    addFact(session, tr("Browser"), (browser + u' ' + version).trimmed());
    addFact(session, tr("Platform"), label(capabilities, "platformName"_L1));
    addFact(session, tr("Owner"), label(capabilities, ownerCapability));
    const QString screen = rebasedUrl(label(capabilities, "se:vnc"_L1), baseUrl);
    addFact(session, tr("VNC"), screen);
    if (!screen.isEmpty())
        session->liveViewUrl = gridPageOf(session->id, baseUrl);
}

void readNode(const QJsonObject &node, Session *session)
{
    FieldReader reader(node);
    const QString uri = reader.text("uri"_L1);
    const QString availability = reader.text("availability"_L1);
    addFact(session, tr("Node"), uri);
    if (availability != "UP"_L1)
        addFact(session, tr("Node state"), availability.toLower());
    const double timeout = node.value("sessionTimeout"_L1).toDouble();
    if (timeout > 0 && timeout < 1e12)
        session->figures.append({SessionFigure::Kind::IdleLimit, timeout / 1e3});
    if (availability == "DOWN"_L1) {
        session->status = SessionStatus::fromWord(tr("Node down"));
        session->error = tr("Its node does not answer. The Grid drops the node and its sessions "
                            "when it stays away.");
    }
}

Session sessionFrom(const QJsonObject &object, const QUrl &baseUrl)
{
    FieldReader reader(object);
    Session session;
    session.id = reader.text("sessionId"_L1);
    session.status = SessionStatus::Kind::Running;
    session.createdAt = reader.time("start"_L1);
    readCapabilities(reader.object("capabilities"_L1), baseUrl, &session);
    if (session.id.trimmed().isEmpty())
        reader.flag(tr("The session has no id."));
    session.malformed = reader.problem();
    return session;
}

GridMark markOf(const QJsonObject &object, const QString &nodeUri)
{
    const QJsonObject capabilities = object.value("capabilities"_L1).toObject();
    return {label(capabilities, tagCapability), debuggerPortOf(capabilities), nodeUri};
}

QString firstLine(const QString &text)
{
    return text.left(maxFieldLength).section(u'\n', 0, 0).trimmed();
}

// Options go under a name of the maker's; drivers of others know none.
QString optionsNameOf(const QString &browser)
{
    if (browser == "firefox"_L1)
        return u"moz:firefoxOptions"_s;
    if (browser == "MicrosoftEdge"_L1)
        return u"ms:edgeOptions"_s;
    return u"goog:chromeOptions"_s;
}

} // namespace

DecodedGridStatus decodeGridStatus(const QByteArray &body, const QUrl &baseUrl)
{
    DecodedGridStatus decoded;
    const QJsonObject value =
        parseJson(body, &decoded.list.problem).object().value("value"_L1).toObject();
    if (!decoded.list.problem.isEmpty())
        return decoded;
    const QJsonValue nodes = value.value("nodes"_L1);
    if (!nodes.isArray()) {
        // A Grid whose distributor fails names no nodes; a driver alone has none and is ready.
        if (value.value("ready"_L1) == QJsonValue(false))
            decoded.unavailable = firstLine(value.value("message"_L1).toString());
        if (decoded.unavailable.isEmpty())
            decoded.list.problem = tr("This is not the status of a Selenium Grid.");
        return decoded;
    }
    // "4.48.0 (revision 27f5213 …)"
    decoded.version = label(nodes[0].toObject(), "version"_L1).section(u' ', 0, 0);
    SessionListBuilder builder;
    for (const QJsonValue &node : nodes.toArray()) {
        for (const QJsonValue &slot : node["slots"_L1].toArray()) {
            const QJsonObject object = slot["session"_L1].toObject();
            if (slot["session"_L1].isNull() || slot["session"_L1].isUndefined())
                continue;
            if (object.value("sessionId"_L1).toString() == reservedId)
                continue;
            Session session = sessionFrom(object, baseUrl);
            readNode(node.toObject(), &session);
            decoded.marks.insert(session.id, markOf(object, node["uri"_L1].toString()));
            builder.add(session);
        }
    }
    decoded.list = builder.decoded();
    if (decoded.list.sessions.size() > maxListedSessions) {
        decoded.list = {};
        decoded.list.problem = tr("The list has more than %1 sessions.").arg(maxListedSessions);
    }
    return decoded;
}

QByteArray encodeGridCapacityQuery()
{
    return R"({"query":"{grid{maxSession sessionCount nodeCount sessionQueueSize version}}"})";
}

DecodedGridCapacity decodeGridCapacity(const QByteArray &body)
{
    DecodedGridCapacity decoded;
    const QJsonObject grid = parseJson(body, &decoded.problem)["data"_L1]["grid"_L1].toObject();
    if (!decoded.problem.isEmpty())
        return decoded;
    FieldReader reader(grid);
    decoded.capacity.sessions = reader.count("sessionCount"_L1).value_or(0);
    decoded.capacity.most = reader.count("maxSession"_L1).value_or(0);
    decoded.capacity.waiting = reader.count("sessionQueueSize"_L1).value_or(0);
    decoded.capacity.nodes = reader.count("nodeCount"_L1).value_or(0);
    decoded.capacity.version = reader.text("version"_L1).section(u' ', 0, 0);
    if (grid.isEmpty())
        reader.flag(tr("The answer does not say how full the Grid is."));
    decoded.problem = reader.problem();
    return decoded;
}

QByteArray encodeNewGridSession(const GridBrowser &browser, const GridLabels &labels)
{
    QJsonObject options;
    if (!browser.binary.isEmpty())
        options.insert("binary"_L1, browser.binary);
    if (!browser.arguments.isEmpty())
        options.insert("args"_L1, QJsonArray::fromStringList(browser.arguments));
    QJsonObject wanted{{"browserName"_L1, browser.name},
                       {"se:name"_L1, labels.name},
                       {ownerCapability, labels.owner},
                       {tagCapability, labels.tag}};
    if (!options.isEmpty())
        wanted.insert(optionsNameOf(browser.name), options);
    const QJsonObject capabilities{{"alwaysMatch"_L1, wanted}};
    return QJsonDocument(QJsonObject{{"capabilities"_L1, capabilities}})
        .toJson(QJsonDocument::Compact);
}

DecodedSession decodeNewGridSession(const QByteArray &body, const QUrl &baseUrl)
{
    DecodedSession decoded;
    const QJsonDocument document = parseJson(body, &decoded.problem);
    if (!decoded.problem.isEmpty())
        return decoded;
    decoded.session = sessionFrom(document["value"_L1].toObject(), baseUrl);
    if (decoded.session.id.trimmed().isEmpty())
        decoded.problem = tr("The answer has no session.");
    return decoded;
}

QByteArray encodeNavigation(const QString &url)
{
    return QJsonDocument(QJsonObject{{"url"_L1, url}}).toJson(QJsonDocument::Compact);
}

GridError decodeGridError(const QByteArray &body)
{
    QString problem;
    const QJsonDocument document = parseJson(body, &problem);
    // GraphQL answers a bare list.
    const QJsonValue value =
        document.isArray() ? document.array().at(0) : document.object().value("value"_L1);
    return {value["error"_L1].toString().left(maxFieldLength),
            firstLine(value["message"_L1].toString())};
}

} // namespace Anchorwatch
