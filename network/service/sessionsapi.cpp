#include "network/service/sessionsapi.h"

#include "network/sessioncodec.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

HttpResponse json(int status, const QJsonObject &body)
{
    return {status, "application/json", QJsonDocument(body).toJson(QJsonDocument::Compact), {}};
}

QByteArray entityTag(const QByteArray &body)
{
    return '"' + QCryptographicHash::hash(body, QCryptographicHash::Sha1).toHex() + '"';
}

// Whether the client has what the tag names (RFC 9110, 13.1.2: weak comparison).
bool hasAlready(const HttpRequest &request, const QByteArray &tag)
{
    const QByteArrayList fields = headerValues(request.headers, "If-None-Match");
    const QByteArrayList known = fields.join(',').split(',');
    return std::ranges::any_of(known, [&tag](const QByteArray &one) {
        const QByteArray name = one.trimmed();
        return name == tag || name == "W/" + tag || name == "*";
    });
}

HttpResponse badRequest(const QMap<QString, QString> &problems)
{
    QJsonObject details;
    for (auto problem = problems.begin(); problem != problems.end(); ++problem)
        details.insert(problem.key(), problem.value());
    return json(400, {{"error"_L1, u"Invalid request"_s}, {"details"_L1, details}});
}

HttpResponse notFound()
{
    return json(404, {{"error"_L1, u"Session not found"_s}});
}

HttpResponse failure(const QString &error, const Fault &fault)
{
    QJsonObject body{{"error"_L1, error}};
    const QString message = fault.detail.isEmpty() ? fault.what : fault.detail;
    if (!message.isEmpty())
        body.insert("message"_L1, message);
    return json(500, body);
}

HttpResponse withDetail(int status, const QString &error, const Fault &fault)
{
    QJsonObject body{{"error"_L1, error}};
    if (!fault.detail.isEmpty())
        body.insert("message"_L1, fault.detail);
    return json(status, body);
}

HttpResponse creationFailure(const Fault &fault)
{
    // Our own provider names the field; behind others a service says what it likes.
    if (fault.kind == Fault::Kind::BadRequest && fault.detail == "profileName"_L1)
        return badRequest({{fault.detail, fault.what}});
    if (fault.kind == Fault::Kind::BadRequest)
        return withDetail(400, fault.what, fault);
    if (fault.kind != Fault::Kind::TooMany)
        return withDetail(500, u"Failed to create session: "_s + fault.what, fault);
    HttpResponse response = json(429, {{"error"_L1, fault.what}});
    if (fault.retryAfter)
        addRetryAfter(&response, *fault.retryAfter);
    return response;
}

HttpResponse created(const Session &session)
{
    return json(200, {{"success"_L1, true}, {"session"_L1, sessionToJson(session)}});
}

QString idOf(const HttpRequest &request)
{
    return QString::fromLatin1(request.parameters.value(0));
}

} // namespace

// What is listed changes seldom, and to write it takes longer than to compare it.
void SessionsApi::List::take(const SessionList &listed)
{
    if (!body.isEmpty() && listed == sessions)
        return;
    sessions = listed;
    body = encodeSessionList(listed);
    tag = entityTag(body);
}

SessionsApi::SessionsApi(SessionProvider &provider, QObject *parent)
    : QObject(parent)
    , m_provider(provider)
{
}

void SessionsApi::addRoutes(HttpServer &server)
{
    const QByteArray all = "/api/browser-automation/sessions";
    const QByteArray one = all + "/{id}";
    server.addRoute("GET", all, [this](const HttpRequest &request, const HttpAnswer &answer) {
        list(request, answer);
    });
    server.addRoute("POST", all, [this](const HttpRequest &request, const HttpAnswer &answer) {
        create(request, answer);
    });
    server.addRoute("GET", one, [this](const HttpRequest &request, const HttpAnswer &answer) {
        get(idOf(request), answer);
    });
    server.addRoute("DELETE", one, [this](const HttpRequest &request, const HttpAnswer &answer) {
        terminate(idOf(request), answer);
    });
    server.addRoute("DELETE", one + "/tabs/{tab}",
                    [this](const HttpRequest &request, const HttpAnswer &answer) {
                        closeTab(idOf(request), request.parameters.value(1), answer);
                    });
}

void SessionsApi::list(const HttpRequest &request, const HttpAnswer &answer)
{
    ListReply *reply = m_provider.list();
    connect(reply, &ProviderReply::finished, this, [this, reply, request, answer] {
        if (reply->fault()) {
            answer.send(failure(u"Failed to list sessions"_s, *reply->fault()));
            return;
        }
        if (!reply->unchanged)
            m_lastList.take(reply->sessions);
        const HttpHeaders headers{{"ETag", m_lastList.tag}};
        if (hasAlready(request, m_lastList.tag))
            answer.send({.status = 304, .headers = headers});
        else
            answer.send({200, "application/json", m_lastList.body, headers});
    });
}

QMap<QString, QString> SessionsApi::refusals(const SessionRequest &request) const
{
    QMap<QString, QString> found{{u"body"_s, m_provider.createRefusal()}};
    if (!request.profileName.isEmpty())
        found.insert(u"profileName"_s, m_provider.profileRefusal());
    if (request.maxDurationMinutes)
        found.insert(u"config.timeout.maxDuration"_s, m_provider.timeoutRefusal());
    if (request.idleTimeoutMinutes)
        found.insert(u"config.timeout.idleTimeout"_s, m_provider.timeoutRefusal());
    found.removeIf([](const auto &refusal) { return refusal.value().isEmpty(); });
    return found;
}

void SessionsApi::create(const HttpRequest &request, const HttpAnswer &answer)
{
    const DecodedRequest decoded = decodeSessionRequest(request.body);
    if (!decoded.problems.isEmpty()) {
        answer.send(badRequest(decoded.problems));
        return;
    }
    if (const auto problems = refusals(decoded.request); !problems.isEmpty()) {
        answer.send(badRequest(problems));
        return;
    }
    const QByteArray key = request.header("Idempotency-Key");
    if (!key.isEmpty() && !m_creations.admit(key, answer))
        return;
    SessionReply *reply = m_provider.create(decoded.request);
    connect(reply, &ProviderReply::finished, this, [this, reply, key, answer] {
        const HttpResponse response =
            reply->fault() ? creationFailure(*reply->fault()) : created(reply->session);
        if (key.isEmpty())
            answer.send(response);
        else
            m_creations.answer(key, response);
    });
}

void SessionsApi::get(const QString &id, const HttpAnswer &answer)
{
    SessionReply *reply = m_provider.get(id);
    connect(reply, &ProviderReply::finished, this, [reply, answer] {
        if (!reply->fault())
            answer.send(json(200, {{"session"_L1, sessionToJson(reply->session)}}));
        else if (reply->fault()->kind == Fault::Kind::NotFound)
            answer.send(notFound());
        else
            answer.send(failure(u"Failed to get session"_s, *reply->fault()));
    });
}

void SessionsApi::terminate(const QString &id, const HttpAnswer &answer)
{
    // A provider may pass the id on to a service that reads some words as "every session".
    if (!terminateRefusal(id).isEmpty()) {
        answer.send(notFound());
        return;
    }
    if (const QString refusal = m_provider.terminateRefusal(); !refusal.isEmpty()) {
        answer.send(json(400, {{"error"_L1, refusal}}));
        return;
    }
    TerminateReply *reply = m_provider.terminate(id);
    connect(reply, &ProviderReply::finished, this, [reply, answer] {
        if (!reply->fault()) {
            answer.send(json(200, {{"success"_L1, true}, {"message"_L1, u"Session terminated"_s}}));
        } else if (reply->fault()->kind == Fault::Kind::NotFound) {
            answer.send(notFound());
        } else {
            answer.send(failure(u"Failed to terminate session"_s, *reply->fault()));
        }
    });
}

void SessionsApi::closeTab(const QString &id, const QByteArray &tab, const HttpAnswer &answer)
{
    CloseTabReply *reply = m_provider.closeTab(id, tab.toInt());
    connect(reply, &ProviderReply::finished, this, [reply, answer] {
        if (!reply->fault())
            answer.send(json(200, {{"success"_L1, true}, {"message"_L1, u"Tab closed"_s}}));
        else if (reply->fault()->kind == Fault::Kind::NotFound)
            answer.send(json(404, {{"error"_L1, reply->fault()->what}}));
        else if (reply->fault()->kind == Fault::Kind::BadRequest)
            answer.send(json(409, {{"error"_L1, reply->fault()->what}}));
        else if (reply->fault()->kind == Fault::Kind::Refused)
            answer.send(json(400, {{"error"_L1, reply->fault()->what}}));
        else
            answer.send(failure(u"Failed to close tab"_s, *reply->fault()));
    });
}

} // namespace Anchorwatch
