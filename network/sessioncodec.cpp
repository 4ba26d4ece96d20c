#include "network/sessioncodec.h"

#include "network/sessionlistbuilder.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxTabs = 100;

QString tr(const char *text)
{
    return QCoreApplication::translate("SessionCodec", text);
}

// Reads the fields of a request; every problem is kept under the name of its field.
class RequestReader
{
public:
    RequestReader(const QJsonObject &object, QString prefix, QMap<QString, QString> *problems)
        : m_object(object)
        , m_prefix(std::move(prefix))
        , m_problems(problems)
    {
    }

    QString text(QLatin1StringView name)
    {
        const QJsonValue value = m_object.value(name);
        if (!expect(name, value.isString(), tr("Must be a text.")))
            return {};
        return value.toString();
    }

    std::optional<bool> flagValue(QLatin1StringView name)
    {
        const QJsonValue value = m_object.value(name);
        if (!expect(name, value.isBool(), tr("Must be true or false.")) || !value.isBool())
            return {};
        return value.toBool();
    }

    std::optional<int> minutes(QLatin1StringView name, int most)
    {
        const QJsonValue value = m_object.value(name);
        const double number = value.toDouble(-1);
        const bool sound =
            number >= minTimeoutMinutes && number <= most && std::floor(number) == number;
        const QString rule =
            tr("Must be a whole number of minutes from %1 to %2.").arg(minTimeoutMinutes).arg(most);
        if (!expect(name, sound, rule) || !sound)
            return {};
        return static_cast<int>(number);
    }

    QJsonObject object(QLatin1StringView name)
    {
        const QJsonValue value = m_object.value(name);
        if (!expect(name, value.isObject(), tr("Must be an object.")))
            return {};
        return value.toObject();
    }

    void note(QLatin1StringView name, const QString &problem)
    {
        if (!problem.isEmpty())
            m_problems->insert(m_prefix + name, problem);
    }

private:
    // True for a field that is sound or not there; null counts as not there.
    bool expect(QLatin1StringView name, bool sound, const QString &rule)
    {
        const QJsonValue value = m_object.value(name);
        if (value.isUndefined() || value.isNull() || sound)
            return true;
        note(name, rule);
        return false;
    }

    const QJsonObject &m_object;
    QString m_prefix;
    QMap<QString, QString> *m_problems;
};

void insertText(QJsonObject *object, QLatin1StringView name, const QString &text)
{
    if (!text.isEmpty())
        object->insert(name, text);
}

void readConfig(const QJsonObject &config, DecodedRequest *decoded)
{
    RequestReader reader(config, u"config."_s, &decoded->problems);
    const QJsonObject timeout = reader.object("timeout"_L1);
    // Some services say {"active":true}, some say true.
    const QJsonValue recording = config.value("recording"_L1);
    if (recording.isObject())
        decoded->request.recording = recording.toObject().value("active"_L1).toBool();
    else
        decoded->request.recording = reader.flagValue("recording"_L1);

    RequestReader limits(timeout, u"config.timeout."_s, &decoded->problems);
    decoded->request.maxDurationMinutes = limits.minutes("maxDuration"_L1, maxMaxDurationMinutes);
    decoded->request.idleTimeoutMinutes = limits.minutes("idleTimeout"_L1, maxIdleTimeoutMinutes);
}

QString detailWords(const QJsonValue &details)
{
    if (details.isString())
        return details.toString();
    QStringList lines;
    const QJsonObject fields = details.toObject();
    for (auto field = fields.begin(); field != fields.end(); ++field)
        lines.append(field.key() + ": "_L1 + field.value().toString());
    for (const QJsonValue &line : details.toArray())
        lines.append(line.toString());
    return lines.join(u'\n');
}

} // namespace

// What is no tab is left out: a session can do without.
QList<SessionTab> tabsFromJson(const QJsonArray &entries)
{
    QList<SessionTab> tabs;
    for (const QJsonValue &entry : entries) {
        const int number = entry["tab"_L1].toInt();
        const QString title = entry["title"_L1].toString();
        const QString url = entry["url"_L1].toString();
        if (number > 0 && tabs.size() < maxTabs)
            tabs.append({number, title.left(maxFieldLength), url.left(maxFieldLength)});
    }
    return tabs;
}

QJsonArray tabsToJson(const QList<SessionTab> &tabs)
{
    QJsonArray list;
    for (const SessionTab &tab : tabs) {
        list.append(
            QJsonObject{{"tab"_L1, tab.number}, {"title"_L1, tab.title}, {"url"_L1, tab.url}});
    }
    return list;
}

QJsonObject sessionToJson(const Session &session)
{
    QJsonObject object{{"id"_L1, session.id},
                       {"cdpUrl"_L1, session.cdpUrl},
                       {"liveViewUrl"_L1, session.liveViewUrl},
                       {"status"_L1, session.status.word()}};
    insertText(&object, "liveControlUrl"_L1, session.liveControlUrl);
    insertText(&object, "profileName"_L1, session.profileName);
    insertText(&object, "currentUrl"_L1, session.currentUrl);
    insertText(&object, "title"_L1, session.title);
    insertText(&object, "error"_L1, session.error);
    if (session.persist)
        object.insert("persist"_L1, *session.persist);
    if (session.createdAt.isValid())
        object.insert("createdAt"_L1, session.createdAt.toUTC().toString(Qt::ISODateWithMs));
    if (session.actionCount)
        object.insert("actionCount"_L1, *session.actionCount);
    if (!session.tags.isEmpty())
        object.insert("tags"_L1, QJsonArray::fromStringList(session.tags));
    if (!session.tabs.isEmpty())
        object.insert("tabs"_L1, tabsToJson(session.tabs));
    return object;
}

Session sessionFromJson(const QJsonObject &object)
{
    FieldReader reader(object);
    Session session;
    session.id = reader.text("id"_L1);
    session.status = SessionStatus::fromWord(reader.text("status"_L1));
    session.cdpUrl = reader.text("cdpUrl"_L1);
    session.liveViewUrl = reader.text("liveViewUrl"_L1);
    session.liveControlUrl = reader.text("liveControlUrl"_L1);
    session.title = reader.text("title"_L1);
    session.currentUrl = reader.text("currentUrl"_L1);
    session.profileName = reader.text("profileName"_L1);
    session.persist = reader.flagValue("persist"_L1);
    session.createdAt = reader.time("createdAt"_L1);
    session.actionCount = reader.count("actionCount"_L1);
    session.error = reader.text("error"_L1);
    session.tags = reader.texts("tags"_L1);
    session.tabs = tabsFromJson(object.value("tabs"_L1).toArray());
    if (session.id.trimmed().isEmpty())
        reader.flag(tr("The session has no id."));
    if (session.status.word().isEmpty())
        reader.flag(tr("The session has no status."));
    session.malformed = reader.problem();
    return session;
}

QByteArray encodeSessionList(const SessionList &sessions)
{
    QJsonArray array;
    for (const Session &session : sessions)
        array.append(sessionToJson(session));
    const QJsonObject body{{"sessions"_L1, array}, {"count"_L1, array.size()}};
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

DecodedSessionList decodeSessionList(const QByteArray &body)
{
    DecodedSessionList decoded;
    const QJsonDocument document = parseJson(body, &decoded.problem);
    if (!decoded.problem.isEmpty())
        return decoded;
    const QJsonValue sessions = document.object().value("sessions"_L1);
    if (!sessions.isArray()) {
        decoded.problem = tr("The answer has no list of sessions.");
        return decoded;
    }
    const QJsonArray array = sessions.toArray();
    if (array.size() > maxListedSessions) {
        decoded.problem = tr("The list has more than %1 sessions.").arg(maxListedSessions);
        return decoded;
    }
    SessionListBuilder builder;
    for (const QJsonValue &entry : array)
        builder.add(sessionFromJson(entry.toObject()));
    return builder.decoded();
}

DecodedSession decodeSession(const QByteArray &body)
{
    DecodedSession decoded;
    const QJsonDocument document = parseJson(body, &decoded.problem);
    if (!decoded.problem.isEmpty())
        return decoded;
    const QJsonValue session = document.object().value("session"_L1);
    if (!session.isObject()) {
        decoded.problem = tr("The answer has no session.");
        return decoded;
    }
    decoded.session = sessionFromJson(session.toObject());
    if (decoded.session.id.trimmed().isEmpty())
        decoded.problem = decoded.session.malformed;
    return decoded;
}

QByteArray encodeSessionRequest(const SessionRequest &request)
{
    QJsonObject object;
    insertText(&object, "initialUrl"_L1, request.initialUrl);
    insertText(&object, "profileName"_L1, request.profileName);
    insertText(&object, "profileDisplayName"_L1, request.profileDisplayName);
    if (request.createNewProfile)
        object.insert("createNewProfile"_L1, true);
    if (request.persist)
        object.insert("persist"_L1, *request.persist);

    QJsonObject timeout;
    if (request.maxDurationMinutes)
        timeout.insert("maxDuration"_L1, *request.maxDurationMinutes);
    if (request.idleTimeoutMinutes)
        timeout.insert("idleTimeout"_L1, *request.idleTimeoutMinutes);
    QJsonObject config;
    if (!timeout.isEmpty())
        config.insert("timeout"_L1, timeout);
    if (request.recording)
        config.insert("recording"_L1, *request.recording);
    if (!config.isEmpty())
        object.insert("config"_L1, config);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

DecodedRequest decodeSessionRequest(const QByteArray &body)
{
    DecodedRequest decoded;
    QString problem;
    const QJsonDocument document = parseJson(body, &problem);
    if (problem.isEmpty() && !document.isObject())
        problem = tr("The body must be a JSON object.");
    if (!problem.isEmpty()) {
        decoded.problems.insert(u"body"_s, problem);
        return decoded;
    }
    const QJsonObject object = document.object();
    RequestReader reader(object, QString(), &decoded.problems);
    SessionRequest &request = decoded.request;
    request.initialUrl = completedInitialUrl(reader.text("initialUrl"_L1));
    request.profileName = reader.text("profileName"_L1);
    request.profileDisplayName = reader.text("profileDisplayName"_L1);
    request.createNewProfile = reader.flagValue("createNewProfile"_L1).value_or(false);
    request.persist = reader.flagValue("persist"_L1);
    readConfig(reader.object("config"_L1), &decoded);

    reader.note("initialUrl"_L1, initialUrlProblem(request.initialUrl));
    const bool named = object.value("profileName"_L1).isString();
    if (named)
        reader.note("profileName"_L1, profileNameProblem(request.profileName));
    else if (request.persists() || request.createNewProfile)
        reader.note("profileName"_L1, tr("Needed to create or keep a profile."));
    if (request.profileDisplayName.size() > maxFieldLength)
        reader.note("profileDisplayName"_L1, tr("The name is too long."));
    return decoded;
}

QString errorWords(const QByteArray &body)
{
    QString problem;
    const QJsonObject object = parseJson(body, &problem).object();
    QStringList words{object.value("error"_L1).toString(), object.value("message"_L1).toString(),
                      detailWords(object.value("details"_L1))};
    words.removeAll(QString());
    return words.join(u'\n').left(maxFieldLength);
}

} // namespace Anchorwatch
