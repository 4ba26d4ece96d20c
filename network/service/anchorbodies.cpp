#include "network/service/anchorbodies.h"

#include "network/fieldreader.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

// Anchor's own, in minutes.
constexpr int usualMaxDuration = 20;
constexpr int usualIdleTimeout = 5;
constexpr int noLimit = -1;
constexpr int mostMinutes = 7 * 24 * 60;
// So that a record on disk stays small.
constexpr qsizetype mostTags = 50;
constexpr qsizetype longestTag = 256;

std::optional<int> minutes(const QJsonObject &timeout, QLatin1StringView name, int usual,
                           QString *problem)
{
    const QJsonValue value = timeout.value(name);
    if (value.isUndefined() || value.isNull())
        return usual;
    const double number = value.toDouble(0);
    if (number == noLimit)
        return {};
    if (number >= 1 && number <= mostMinutes && std::floor(number) == number)
        return static_cast<int>(number);
    *problem = u"session.timeout.%1 must be a whole number of minutes from 1 to %2, or -1 for no "
               "limit."_s.arg(name)
                   .arg(mostMinutes);
    return {};
}

QString tagsProblem(const QStringList &tags)
{
    if (tags.size() > mostTags)
        return u"session.tags holds more than %1 tags."_s.arg(mostTags);
    const bool sound = std::ranges::all_of(tags, [](const QString &tag) {
        return !tag.trimmed().isEmpty() && tag.size() <= longestTag;
    });
    return sound ? QString() : u"A tag must have 1 to %1 characters."_s.arg(longestTag);
}

QString profileProblem(const SessionRequest &request)
{
    if (!request.profileName.isEmpty())
        return profileNameProblem(request.profileName);
    return request.persists() ? u"browser.profile.name is missing."_s : QString();
}

// The first that is not empty.
QString firstOf(const QStringList &problems)
{
    const auto found =
        std::ranges::find_if(problems, [](const QString &problem) { return !problem.isEmpty(); });
    return found == problems.end() ? QString() : *found;
}

// What is asked for in "session".
QString readSession(const QJsonObject &session, DecodedAnchorRequest *decoded)
{
    FieldReader reader(session);
    decoded->request.initialUrl = completedInitialUrl(reader.text("initial_url"_L1));
    decoded->wishes.tags = reader.texts("tags"_L1);
    const QJsonObject timeout = reader.object("timeout"_L1);
    QString badTimeout;
    decoded->request.maxDurationMinutes =
        minutes(timeout, "max_duration"_L1, usualMaxDuration, &badTimeout);
    decoded->request.idleTimeoutMinutes =
        minutes(timeout, "idle_timeout"_L1, usualIdleTimeout, &badTimeout);
    const QJsonObject liveView = reader.object("live_view"_L1);
    FieldReader liveReader(liveView);
    if (liveReader.flagValue("read_only"_L1).value_or(false))
        decoded->liveRole = LiveRole::Watch;
    return firstOf({reader.problem(), liveReader.problem(), badTimeout,
                    initialUrlProblem(decoded->request.initialUrl),
                    tagsProblem(decoded->wishes.tags)});
}

// Likewise in "browser".
QString readBrowser(const QJsonObject &browser, DecodedAnchorRequest *decoded)
{
    FieldReader reader(browser);
    const QJsonObject profile = reader.object("profile"_L1);
    FieldReader profileReader(profile);
    decoded->request.profileName = profileReader.text("name"_L1);
    decoded->request.persist = profileReader.flagValue("persist"_L1).value_or(false);
    return firstOf({reader.problem(), profileReader.problem(), profileProblem(decoded->request)});
}

int limitOf(const std::optional<int> &minutes)
{
    return minutes.value_or(noLimit);
}

QJsonObject configurationOf(const SessionRecord &record)
{
    const SessionRequest &request = record.request;
    QJsonObject session{
        {"timeout"_L1, QJsonObject{{"max_duration"_L1, limitOf(request.maxDurationMinutes)},
                                   {"idle_timeout"_L1, limitOf(request.idleTimeoutMinutes)}}}};
    if (!request.initialUrl.isEmpty())
        session.insert("initial_url"_L1, request.initialUrl);
    if (!record.tags.isEmpty())
        session.insert("tags"_L1, QJsonArray::fromStringList(record.tags));
    QJsonObject configuration{{"session"_L1, session}};
    if (!request.profileName.isEmpty()) {
        const QJsonObject profile{{"name"_L1, request.profileName},
                                  {"persist"_L1, request.persists()}};
        configuration.insert("browser"_L1, QJsonObject{{"profile"_L1, profile}});
    }
    return configuration;
}

QString timeText(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

bool hasAll(const QStringList &tags, const QStringList &wanted)
{
    return std::ranges::all_of(wanted, [&tags](const QString &tag) { return tags.contains(tag); });
}

// {"count":n,"items":[…]}
QJsonObject counted(const QJsonArray &items)
{
    return {{"count"_L1, items.size()}, {"items"_L1, items}};
}

int statusOf(Fault::Kind kind)
{
    switch (kind) {
    case Fault::Kind::NotFound:
        return 404;
    case Fault::Kind::TooMany:
        return 429;
    case Fault::Kind::BadRequest:
        return 400;
    case Fault::Kind::Unreachable:
    case Fault::Kind::TimedOut:
    case Fault::Kind::BadAnswer:
    case Fault::Kind::Refused:
    case Fault::Kind::ServiceError:
    case Fault::Kind::Aborted:
        break;
    }
    return 500;
}

} // namespace

DecodedAnchorRequest decodeAnchorRequest(const QByteArray &body)
{
    DecodedAnchorRequest decoded;
    const QJsonDocument document = parseJson(body, &decoded.problem);
    if (!decoded.problem.isEmpty())
        return decoded;
    const QJsonObject object = document.object();
    FieldReader reader(object);
    const QString badSession = readSession(reader.object("session"_L1), &decoded);
    const QString badBrowser = readBrowser(reader.object("browser"_L1), &decoded);
    // At Anchor the first session that names a profile makes it.
    decoded.wishes.unknownProfile = LocalWishes::UnknownProfile::Blank;
    decoded.problem = firstOf({document.isObject() ? QString() : u"The body must be an object."_s,
                               reader.problem(), badSession, badBrowser});
    return decoded;
}

DecodedAnchorGoto decodeAnchorGoto(const QByteArray &body)
{
    DecodedAnchorGoto decoded;
    const QJsonObject object = parseJson(body, &decoded.problem).object();
    if (!decoded.problem.isEmpty())
        return decoded;
    FieldReader reader(object);
    decoded.url = completedInitialUrl(reader.text("url"_L1));
    decoded.problem =
        firstOf({reader.problem(), decoded.url.isEmpty() ? u"url is missing."_s : QString(),
                 initialUrlProblem(decoded.url)});
    return decoded;
}

QString anchorStatus(const SessionStatus &status)
{
    switch (status.kind()) {
    case SessionStatus::Kind::Starting:
        return u"pending"_s;
    case SessionStatus::Kind::Running:
    case SessionStatus::Kind::Idle:
        return u"running"_s;
    case SessionStatus::Kind::Stopped:
        return u"completed"_s;
    case SessionStatus::Kind::Error:
        return u"failed"_s;
    case SessionStatus::Kind::Unknown:
        break;
    }
    return status.word();
}

QJsonObject anchorSession(const SessionRecord &record, const QString &status,
                          std::chrono::seconds duration)
{
    return {{"session_id"_L1, record.id},
            {"team_id"_L1, u"local"_s},
            {"duration"_L1, qint64(duration.count())},
            {"status"_L1, status},
            {"credits_used"_L1, 0},
            {"configuration"_L1, configurationOf(record)},
            {"playground"_L1, false},
            {"proxy_bytes"_L1, 0},
            {"tokens"_L1, QJsonObject()},
            {"steps"_L1, 0},
            {"tags"_L1, QJsonArray::fromStringList(record.tags)},
            {"created_at"_L1, timeText(record.createdAt)}};
}

QJsonObject anchorSessionList(const SessionList &sessions, const QStringList &tags)
{
    QJsonArray items;
    for (const Session &session : sessions) {
        if (!hasAll(session.tags, tags))
            continue;
        items.append(QJsonObject{{"session_id"_L1, session.id},
                                 {"status"_L1, anchorStatus(session.status)},
                                 {"tags"_L1, QJsonArray::fromStringList(session.tags)},
                                 {"created_at"_L1, timeText(session.createdAt)}});
    }
    return counted(items);
}

QJsonObject anchorProfiles(const QList<SavedProfile> &profiles)
{
    QJsonArray items;
    for (const SavedProfile &profile : profiles) {
        items.append(QJsonObject{{"name"_L1, profile.name},
                                 {"description"_L1, QString()},
                                 {"source"_L1, u"session"_s},
                                 {"created_at"_L1, timeText(profile.savedAt)}});
    }
    return counted(items);
}

HttpResponse anchorAnswer(const QJsonObject &body)
{
    return {200, "application/json", QJsonDocument(body).toJson(QJsonDocument::Compact), {}};
}

HttpResponse anchorData(const QJsonObject &data)
{
    return anchorAnswer({{"data"_L1, data}});
}

HttpResponse anchorSuccess()
{
    return anchorData({{"status"_L1, u"success"_s}});
}

HttpResponse anchorError(int status, const QString &message)
{
    const QJsonObject error{{"code"_L1, status}, {"message"_L1, message}};
    HttpResponse response = anchorAnswer({{"error"_L1, error}});
    response.status = status;
    return response;
}

HttpResponse anchorError(const Fault &fault)
{
    const bool isOwnField = fault.kind == Fault::Kind::BadRequest;
    const QString words = isOwnField || fault.detail.isEmpty() ? fault.what : fault.detail;
    HttpResponse response = anchorError(statusOf(fault.kind), words);
    if (fault.retryAfter)
        addRetryAfter(&response, *fault.retryAfter);
    return response;
}

} // namespace Anchorwatch
