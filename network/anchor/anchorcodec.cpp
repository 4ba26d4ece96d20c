#include "network/anchor/anchorcodec.h"

#include "network/sessionlistbuilder.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

using Kind = SessionStatus::Kind;

constexpr auto ownerPrefix = "aw-owner:"_L1;
constexpr qsizetype mostTags = 100;
constexpr qsizetype mostPages = 100;

// "running" and "completed" were seen; the others are words of Anchor's for a session that is being
// made, or for sessions of a batch, and their near relations.
const std::array<std::pair<QLatin1StringView, Kind>, 16> statusWords{{
    {"running"_L1, Kind::Running},
    {"pending"_L1, Kind::Starting},
    {"processing"_L1, Kind::Starting},
    {"queued"_L1, Kind::Starting},
    {"provisioning"_L1, Kind::Starting},
    {"configuring"_L1, Kind::Starting},
    {"creating"_L1, Kind::Starting},
    {"completed"_L1, Kind::Stopped},
    {"ended"_L1, Kind::Stopped},
    {"stopped"_L1, Kind::Stopped},
    {"terminated"_L1, Kind::Stopped},
    {"closed"_L1, Kind::Stopped},
    {"cancelled"_L1, Kind::Stopped},
    {"failed"_L1, Kind::Error},
    {"error"_L1, Kind::Error},
    {"timeout"_L1, Kind::Error},
}};

QString tr(const char *text)
{
    return QCoreApplication::translate("AnchorCodec", text);
}

QJsonValue valueOf(const QJsonDocument &document)
{
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

// What is in the envelope, where there is one.
QJsonValue dataOf(const QByteArray &body, QString *problem)
{
    const QJsonValue value = valueOf(parseJson(body, problem));
    const QJsonValue data = value["data"_L1];
    return data.isUndefined() ? value : data;
}

// A list stands by itself or as "items"; undefined where there is none.
QJsonValue itemsOf(const QJsonValue &data)
{
    const QJsonValue items = data.isArray() ? data : data["items"_L1];
    return items.isArray() ? items : QJsonValue(QJsonValue::Undefined);
}

// What others wrote into a session, or into how it is to be: one that is no text, or is too long,
// is as good as none, and no fault of the session's.
QString label(const QJsonValue &value)
{
    const QString text = value.toString();
    return text.size() > maxFieldLength ? QString() : text;
}

QStringList labels(const QJsonArray &values)
{
    QStringList texts;
    for (const QJsonValue &value : values) {
        const QString text = label(value);
        if (!text.isEmpty() && texts.size() < mostTags)
            texts.append(text);
    }
    return texts;
}

// A list of texts, or an object that has them as values (OpenAPI: any object).
QStringList tagsOf(const QJsonValue &tags)
{
    if (!tags.isObject())
        return labels(tags.toArray());
    QJsonArray values;
    const QJsonObject object = tags.toObject();
    for (const QJsonValue &value : object)
        values.append(value);
    return labels(values);
}

// An address of one of these schemes; any other could be handed to the desktop by mistake.
QString addressOf(const QJsonValue &value, const QStringList &schemes)
{
    const QString text = label(value);
    const QUrl url(text, QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty() && schemes.contains(url.scheme()) ? text
                                                                                    : QString();
}

void addFact(Session *session, const QString &name, const QString &value)
{
    if (!value.isEmpty())
        session->facts.append({name, value});
}

// Less than nothing is no figure, nor is more than anybody can have counted.
void addFigure(Session *session, SessionFigure::Kind kind, double value)
{
    constexpr double most = 1e15;
    if (value >= 0 && (value <= most || std::isinf(value)))
        session->figures.append({kind, value});
}

// A number, a decimal as text, or "N/A" while it runs.
double creditsOf(const QJsonValue &credits)
{
    bool isNumber = credits.isDouble();
    const double number = isNumber ? credits.toDouble() : credits.toString().toDouble(&isNumber);
    return isNumber && std::isfinite(number) ? number : -1;
}

// Newer answers have a number, older ones a list of them (anchorbrowser 0.16.3).
double stepsOf(const QJsonValue &steps)
{
    return static_cast<double>(steps.isArray() ? steps.toArray().size() : steps.toInteger(-1));
}

// Of minutes; -1 is "no limit".
double limitOf(const QJsonValue &minutes)
{
    const qint64 number = minutes.toInteger();
    if (number == -1)
        return std::numeric_limits<double>::infinity();
    return number > 0 ? 60 * static_cast<double>(number) : -1;
}

void addOwner(Session *session)
{
    for (const QString &tag : session->tags) {
        if (tag.startsWith(ownerPrefix))
            addFact(session, tr("Owner"), tag.sliced(ownerPrefix.size()));
    }
}

// The profile and the limits that it was asked for; a proxy's password is in there too.
void readConfiguration(const QJsonValue &configuration, DecodedAnchorSession *decoded)
{
    Session &session = decoded->session;
    const QJsonValue profile = configuration["browser"_L1]["profile"_L1];
    session.profileName = label(profile["name"_L1]);
    if (profile["persist"_L1].isBool())
        session.persist = profile["persist"_L1].toBool();
    const QJsonValue wanted = configuration["session"_L1];
    if (session.tags.isEmpty())
        session.tags = tagsOf(wanted["tags"_L1]);
    const QJsonValue limits = wanted["timeout"_L1];
    addFigure(&session, SessionFigure::Kind::TimeLimit, limitOf(limits["max_duration"_L1]));
    addFigure(&session, SessionFigure::Kind::IdleLimit, limitOf(limits["idle_timeout"_L1]));
    const bool isHeadless = configuration["browser"_L1]["headless"_L1]["active"_L1].toBool();
    const bool opensOnce = wanted["live_view"_L1]["one_time_url"_L1].toBool();
    decoded->doors.cdp = !wanted["scoped_access"_L1]["active"_L1].toBool();
    decoded->doors.liveView = decoded->doors.cdp && !isHeadless && !opensOnce;
}

// What list and details have in common.
Session sessionFrom(const QJsonObject &object)
{
    FieldReader reader(object);
    Session session;
    // Details were seen with another "id" beside it: that of a row in a table of Anchor's.
    session.id = reader.text("session_id"_L1);
    if (session.id.isEmpty())
        session.id = reader.text("id"_L1);
    const QString word = reader.text("status"_L1);
    session.status = anchorStatus(word);
    session.createdAt = reader.time("created_at"_L1);
    session.tags = tagsOf(object.value("tags"_L1));
    if (word.isEmpty())
        reader.flag(tr("The session has no status."));
    if (const QString problem = anchorIdProblem(session.id); !problem.isEmpty())
        reader.flag(problem);
    session.malformed = reader.problem();
    return session;
}

} // namespace

SessionStatus anchorStatus(const QString &word)
{
    for (const auto &[known, kind] : statusWords) {
        if (word.compare(known, Qt::CaseInsensitive) == 0)
            return kind;
    }
    return SessionStatus::fromWord(word);
}

QString anchorIdProblem(const QString &id)
{
    static const QRegularExpression plain(u"\\A[A-Za-z0-9_-]{8,128}\\z"_s);
    const QString refusal = terminateRefusal(id);
    if (!refusal.isEmpty())
        return refusal;
    return plain.match(id).hasMatch() ? QString() : tr("Its id is too short for one of Anchor's.");
}

QString anchorOwnerTag(const QString &owner)
{
    return ownerPrefix + owner;
}

DecodedSessionList decodeAnchorList(const QByteArray &body)
{
    DecodedSessionList decoded;
    const QJsonValue items = itemsOf(dataOf(body, &decoded.problem));
    if (!decoded.problem.isEmpty())
        return decoded;
    if (!items.isArray()) {
        decoded.problem = tr("The answer has no list of sessions.");
        return decoded;
    }
    const QJsonArray array = items.toArray();
    if (array.size() > maxListedSessions) {
        decoded.problem = tr("The list has more than %1 sessions.").arg(maxListedSessions);
        return decoded;
    }
    SessionListBuilder builder;
    for (const QJsonValue &item : array) {
        Session session = sessionFrom(item.toObject());
        session.isPartial = true;
        addOwner(&session);
        builder.add(session);
    }
    return builder.decoded();
}

DecodedAnchorSession decodeAnchorSession(const QByteArray &body)
{
    DecodedAnchorSession decoded;
    const QJsonObject object = dataOf(body, &decoded.problem).toObject();
    if (!decoded.problem.isEmpty())
        return decoded;
    Session &session = decoded.session;
    session = sessionFrom(object);
    if (session.id.trimmed().isEmpty()) {
        decoded.problem = tr("The answer has no session.");
        return decoded;
    }
    using Figure = SessionFigure::Kind;
    addFigure(&session, Figure::Credits, creditsOf(object.value("credits_used"_L1)));
    addFigure(&session, Figure::ProxyTraffic,
              static_cast<double>(object.value("proxy_bytes"_L1).toInteger(-1)));
    addFigure(&session, Figure::Steps, stepsOf(object.value("steps"_L1)));
    addFigure(&session, Figure::Duration, object.value("duration"_L1).toDouble(-1));
    readConfiguration(object.value("configuration"_L1), &decoded);
    addOwner(&session);
    return decoded;
}

QList<AnchorPage> decodeAnchorPages(const QByteArray &body)
{
    QString problem;
    QList<AnchorPage> pages;
    for (const QJsonValue &page : itemsOf(dataOf(body, &problem)).toArray()) {
        if (page.isObject() && pages.size() < mostPages)
            pages.append({label(page["title"_L1]), label(page["url"_L1])});
    }
    return pages;
}

DecodedAnchorProfiles decodeAnchorProfiles(const QByteArray &body)
{
    DecodedAnchorProfiles decoded;
    const QJsonValue items = itemsOf(dataOf(body, &decoded.problem));
    if (!decoded.problem.isEmpty())
        return decoded;
    if (!items.isArray())
        decoded.problem = tr("The answer has no list of profiles.");
    for (const QJsonValue &profile : items.toArray()) {
        const QString name = label(profile["name"_L1]);
        if (!name.isEmpty())
            decoded.names.append(name);
    }
    decoded.names.removeDuplicates();
    return decoded;
}

QByteArray encodeNewAnchorSession(const SessionRequest &request, const QStringList &tags)
{
    QJsonObject session{{"tags"_L1, QJsonArray::fromStringList(tags)}};
    const QString startPage = completedInitialUrl(request.initialUrl);
    if (!startPage.isEmpty())
        session.insert("initial_url"_L1, startPage);
    if (request.recording)
        session.insert("recording"_L1, QJsonObject{{"active"_L1, *request.recording}});
    QJsonObject timeout;
    if (request.maxDurationMinutes)
        timeout.insert("max_duration"_L1, *request.maxDurationMinutes);
    if (request.idleTimeoutMinutes)
        timeout.insert("idle_timeout"_L1, *request.idleTimeoutMinutes);
    if (!timeout.isEmpty())
        session.insert("timeout"_L1, timeout);

    QJsonObject object{{"session"_L1, session}};
    if (!request.profileName.isEmpty()) {
        // The first session that names a profile makes it.
        const QJsonObject profile{{"name"_L1, request.profileName},
                                  {"persist"_L1, request.persists()}};
        object.insert("browser"_L1, QJsonObject{{"profile"_L1, profile}});
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

DecodedSession decodeNewAnchorSession(const QByteArray &body)
{
    DecodedSession decoded;
    const QJsonObject object = dataOf(body, &decoded.problem).toObject();
    if (!decoded.problem.isEmpty())
        return decoded;
    Session &session = decoded.session;
    session.id = label(object.value("session_id"_L1));
    if (session.id.isEmpty())
        session.id = label(object.value("id"_L1));
    session.status = Kind::Running;
    session.cdpUrl = addressOf(object.value("cdp_url"_L1), {u"wss"_s, u"ws"_s});
    session.liveViewUrl = addressOf(object.value("live_view_url"_L1), {u"https"_s, u"http"_s});
    session.isPartial = true;
    session.malformed = anchorIdProblem(session.id);
    if (session.id.trimmed().isEmpty())
        decoded.problem = tr("The answer has no session.");
    return decoded;
}

QString anchorErrorWords(const QByteArray &body)
{
    QString problem;
    const QJsonValue answer = valueOf(parseJson(body, &problem));
    const QJsonValue error = answer["error"_L1];
    const std::array<QJsonValue, 5> places{error["error"_L1]["message"_L1], error["error"_L1],
                                           error["message"_L1], error, answer["message"_L1]};
    const auto words = std::find_if(places.cbegin(), places.cend(),
                                    [](const QJsonValue &place) { return place.isString(); });
    return words == places.cend() ? QString() : words->toString().left(maxFieldLength).simplified();
}

} // namespace Anchorwatch
