#include "tests/fakes/fakesessionsservice.h"

#include "network/sessioncodec.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

HttpResponse json(int status, const QByteArray &body)
{
    HttpResponse response;
    response.status = status;
    response.contentType = "application/json";
    response.body = body;
    return response;
}

HttpResponse json(int status, const QJsonObject &body)
{
    return json(status, QJsonDocument(body).toJson(QJsonDocument::Compact));
}

HttpResponse retryLater(int status)
{
    HttpResponse response = errorResponse(status, u"Come back later"_s);
    response.headers = {{"Retry-After", "7"}};
    return response;
}

HttpResponse failedEnding()
{
    return json(500, {{"error"_L1, u"Failed to terminate session"_s},
                      {"message"_L1, u"The working copy is kept in copies/7"_s}});
}

HttpResponse ended()
{
    return json(200, {{"success"_L1, true}, {"message"_L1, u"Session terminated"_s}});
}

const auto notFound = u"Session not found"_s;

} // namespace

FakeSessionsService::FakeSessionsService(QObject *parent)
    : QObject(parent)
{
    addRoutes();
    reopen();
    m_port = m_server.serverPort();
}

FakeSessionsService::~FakeSessionsService() = default;

QUrl FakeSessionsService::url() const
{
    return QUrl(u"http://127.0.0.1:%1"_s.arg(m_port));
}

void FakeSessionsService::close()
{
    m_server.close();
}

void FakeSessionsService::reopen()
{
    if (!m_server.listen(QHostAddress::LocalHost, m_port))
        qFatal("cannot listen on loopback: %s", qPrintable(m_server.errorString()));
}

void FakeSessionsService::setSessions(const SessionList &sessions)
{
    m_sessions = sessions;
    m_listBody.clear();
}

void FakeSessionsService::add(const Session &session)
{
    m_sessions.append(session);
    m_listBody.clear();
}

void FakeSessionsService::remove(const QString &id)
{
    m_sessions.removeIf([&id](const Session &session) { return session.id == id; });
    m_listBody.clear();
}

void FakeSessionsService::change(const Session &session)
{
    m_sessions[indexOf(session.id)] = session;
    m_listBody.clear();
}

void FakeSessionsService::addRoutes()
{
    const QByteArray all = "/api/browser-automation/sessions";
    const QByteArray one = all + "/{id}";
    m_server.addRoute("GET", all, [this](const HttpRequest &, const HttpAnswer &answer) {
        ++m_listCount;
        emit asked();
        answerList(answer);
    });
    m_server.addRoute("POST", all, [this](const HttpRequest &request, const HttpAnswer &answer) {
        answerCreate(request.body, answer);
        emit asked();
    });
    m_server.addRoute("GET", one, [this](const HttpRequest &request, const HttpAnswer &answer) {
        m_gets.append(QString::fromLatin1(request.parameters.first()));
        emit asked();
        answerGet(m_gets.constLast(), answer);
    });
    m_server.addRoute("DELETE", one, [this](const HttpRequest &request, const HttpAnswer &answer) {
        m_deletes.append(QString::fromLatin1(request.parameters.first()));
        emit asked();
        answerDelete(m_deletes.constLast(), answer);
    });
    m_server.addRoute("DELETE", one + "/tabs/{tab}",
                      [this](const HttpRequest &request, const HttpAnswer &answer) {
                          closeTab(QString::fromLatin1(request.parameters.at(0)),
                                   request.parameters.at(1).toInt());
                          answer.send(json(200, R"({"success":true,"message":"Tab closed"})"));
                      });
}

void FakeSessionsService::closeTab(const QString &id, int number)
{
    m_closedTabs.append(u"%1 %2"_s.arg(id).arg(number));
    Session session = m_sessions.at(indexOf(id));
    session.tabs.removeIf([number](const SessionTab &tab) { return tab.number == number; });
    if (session.tabs.size() == 1)
        session.tabs.clear();
    change(session);
}

void FakeSessionsService::answerList(const HttpAnswer &answer)
{
    switch (m_listing) {
    case Listing::Answered:
        if (m_listBody.isEmpty())
            m_listBody = encodeSessionList(m_sessions);
        answer.send(json(200, m_listBody));
        break;
    case Listing::Fails:
        answer.send(errorResponse(500, u"Failed to list sessions"_s));
        break;
    case Listing::Busy:
        answer.send(retryLater(503));
        break;
    case Listing::TooMany:
        answer.send(retryLater(429));
        break;
    case Listing::Refused:
        answer.send(errorResponse(401, u"Unauthorized"_s));
        break;
    case Listing::Unknown:
        answer.send(errorResponse(404, u"Not found"_s));
        break;
    case Listing::NotJson: {
        HttpResponse page;
        page.contentType = "text/html";
        page.body = "<html><title>Welcome</title></html>";
        answer.send(page);
        break;
    }
    case Listing::Hangs:
        break;
    }
}

void FakeSessionsService::answerGet(const QString &id, const HttpAnswer &answer)
{
    const qsizetype index = indexOf(id);
    if (index < 0)
        answer.send(errorResponse(404, notFound));
    else
        answer.send(json(200, {{"session"_L1, sessionToJson(m_sessions.at(index))}}));
}

void FakeSessionsService::answerCreate(const QByteArray &body, const HttpAnswer &answer)
{
    const DecodedRequest decoded = decodeSessionRequest(body);
    m_creates.append(decoded.request);
    switch (m_creation) {
    case Creation::Works: {
        const Session session = createdSession(decoded.request);
        add(session);
        answer.send(json(200, {{"success"_L1, true}, {"session"_L1, sessionToJson(session)}}));
        break;
    }
    case Creation::Rejects:
        answer.send(json(400, {{"error"_L1, u"Invalid request"_s},
                               {"details"_L1, QJsonObject{{"initialUrl"_L1, u"Not opened."_s}}}}));
        break;
    case Creation::Fails:
        answer.send(errorResponse(500, u"Failed to create session: no browser was found"_s));
        break;
    case Creation::Hangs:
        break;
    }
}

Session FakeSessionsService::createdSession(const SessionRequest &request)
{
    Session session;
    session.id = u"created-%1"_s.arg(++m_created);
    session.status = SessionStatus::Kind::Running;
    session.cdpUrl = u"ws://127.0.0.1:%1/devtools/browser/%2"_s.arg(m_port).arg(session.id);
    session.liveViewUrl = u"http://127.0.0.1:%1/live/%2/capability"_s.arg(m_port).arg(session.id);
    session.currentUrl = request.initialUrl;
    session.profileName = request.profileName;
    if (!request.profileName.isEmpty())
        session.persist = request.persists();
    session.createdAt = QDateTime::currentDateTimeUtc();
    return session;
}

void FakeSessionsService::answerDelete(const QString &id, const HttpAnswer &answer)
{
    if (contains(id))
        end(id, m_endings.value(id, m_ending), answer);
    else
        answer.send(errorResponse(404, notFound));
}

void FakeSessionsService::end(const QString &id, Ending ending, const HttpAnswer &answer)
{
    switch (ending) {
    case Ending::Works:
        remove(id);
        answer.send(ended());
        break;
    case Ending::AlreadyGone:
        remove(id);
        answer.send(errorResponse(404, notFound));
        break;
    case Ending::Fails:
        answer.send(failedEnding());
        break;
    case Ending::NotSaved:
        remove(id);
        answer.send(failedEnding());
        break;
    case Ending::Refused:
        answer.send(errorResponse(401, u"Unauthorized"_s));
        break;
    case Ending::StaysListed:
        answer.send(ended());
        break;
    case Ending::Stops:
        m_sessions[indexOf(id)].status = SessionStatus::Kind::Stopped;
        m_listBody.clear();
        answer.send(ended());
        break;
    case Ending::Slow:
        QTimer::singleShot(m_slowness, this, [this, id, answer] {
            remove(id);
            answer.send(ended());
        });
        break;
    case Ending::Hangs:
        break;
    }
}

qsizetype FakeSessionsService::indexOf(const QString &id) const
{
    for (qsizetype i = 0; i < m_sessions.size(); ++i) {
        if (m_sessions.at(i).id == id)
            return i;
    }
    return -1;
}

} // namespace Anchorwatch
