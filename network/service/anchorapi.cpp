#include "network/service/anchorapi.h"

#include "network/service/anchorbodies.h"
#include "network/service/browserlink.h"
#include "network/service/pagecommands.h"
#include "network/service/samesecret.h"

#include <QJsonArray>
#include <QPointer>
#include <QSet>
#include <QTcpSocket>
#include <QUrlQuery>

#include <algorithm>
#include <memory>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

QString idOf(const HttpRequest &request)
{
    return QString::fromLatin1(request.parameters.value(0));
}

// Decoded; empty when it is not there.
QString queryValue(const HttpRequest &request, const QString &name)
{
    return QUrlQuery(QString::fromLatin1(request.query)).queryItemValue(name, QUrl::FullyDecoded);
}

HttpResponse noSuchSession()
{
    return anchorError(404, u"Session not found"_s);
}

HttpResponse wrongKey()
{
    return anchorError(401, u"Invalid API key"_s);
}

QString liveLink(const Session &session, LiveRole role)
{
    const bool acts = role == LiveRole::Control && !session.liveControlUrl.isEmpty();
    return acts ? session.liveControlUrl : session.liveViewUrl;
}

std::chrono::seconds span(const QDateTime &from, const QDateTime &to)
{
    return std::chrono::seconds(std::max(qint64(0), from.secsTo(to)));
}

// The ends of several sessions, until the last has come.
struct Endings
{
    QSet<QString> left; // ids
    QStringList problems;
};

} // namespace

AnchorApi::AnchorApi(LocalBrowserProvider &provider, QByteArray key, QObject *parent)
    : QObject(parent)
    , m_provider(provider)
    , m_key(std::move(key))
{
}

void AnchorApi::addRoutes(HttpServer &server)
{
    const QByteArray sessions = "/v1/sessions";
    // Before the id: "all" is a word of this API.
    addRoute(server, "GET", sessions + "/all/status", &AnchorApi::list);
    addRoute(server, "DELETE", sessions + "/all", &AnchorApi::terminateAll);
    addRoute(server, "POST", sessions, &AnchorApi::create);
    addRoute(server, "GET", sessions + "/{id}", &AnchorApi::get);
    addRoute(server, "DELETE", sessions + "/{id}", &AnchorApi::terminate);
    addRoute(server, "GET", sessions + "/{id}/pages", &AnchorApi::listPages);
    addRoute(server, "GET", sessions + "/{id}/screenshot", &AnchorApi::picture);
    addRoute(server, "POST", sessions + "/{id}/goto", &AnchorApi::visit);
    addRoute(server, "GET", "/v1/profiles", &AnchorApi::listProfiles);
    addCdpRoute(server);
}

void AnchorApi::addRoute(HttpServer &server, const QByteArray &method, const QByteArray &pattern,
                         Handler handler)
{
    server.addRoute(method, pattern,
                    [this, handler](const HttpRequest &request, const HttpAnswer &answer) {
                        if (admits(request.header("anchor-api-key")))
                            (this->*handler)(request, answer);
                        else
                            answer.send(wrongKey());
                    });
}

bool AnchorApi::admits(QByteArrayView key) const
{
    return m_key.isEmpty() || isSameSecret(key, m_key);
}

// --- sessions

void AnchorApi::list(const HttpRequest &request, const HttpAnswer &answer)
{
    const QStringList tags = queryValue(request, u"tags"_s).split(u',', Qt::SkipEmptyParts);
    ListReply *reply = m_provider.list();
    connect(reply, &ProviderReply::finished, this, [reply, tags, answer] {
        answer.send(reply->fault() ? anchorError(*reply->fault())
                                   : anchorData(anchorSessionList(reply->sessions, tags)));
    });
}

void AnchorApi::create(const HttpRequest &request, const HttpAnswer &answer)
{
    const DecodedAnchorRequest decoded = decodeAnchorRequest(request.body);
    if (!decoded.problem.isEmpty()) {
        answer.send(anchorError(400, decoded.problem));
        return;
    }
    SessionReply *reply = m_provider.create(decoded.request, decoded.wishes);
    connect(reply, &ProviderReply::finished, this,
            [this, reply, request, role = decoded.liveRole, answer] {
                if (reply->fault())
                    answer.send(anchorError(*reply->fault()));
                else
                    answerWhenStarted(reply->session.id, request, role, answer);
            });
}

// Anchor answers when the browser is up.
void AnchorApi::answerWhenStarted(const QString &id, const HttpRequest &request, LiveRole role,
                                  const HttpAnswer &answer)
{
    const QString cdpUrl = u"ws://%1/?sessionId=%2"_s.arg(QString::fromLatin1(request.host), id);
    SessionReply *reply = m_provider.awaitStart(id);
    connect(reply, &ProviderReply::finished, this, [reply, cdpUrl, role, answer] {
        if (reply->fault()) {
            answer.send(anchorError(*reply->fault()));
            return;
        }
        answer.send(anchorData({{"id"_L1, reply->session.id},
                                {"cdp_url"_L1, cdpUrl},
                                {"live_view_url"_L1, liveLink(reply->session, role)}}));
    });
}

void AnchorApi::get(const HttpRequest &request, const HttpAnswer &answer)
{
    const QString id = idOf(request);
    if (const LocalSession *session = m_provider.find(id)) {
        const SessionRecord &record = session->record();
        const QDateTime until =
            session->isOver() ? record.overSince : QDateTime::currentDateTimeUtc();
        answer.send(anchorData(anchorSession(record, anchorStatus(session->describe().status),
                                             span(record.createdAt, until))));
    } else if (const EndedSession *ended = m_provider.ended(id)) {
        const SessionRecord &record = ended->record;
        answer.send(anchorData(anchorSession(record, anchorStatus(SessionStatus::Kind::Stopped),
                                             span(record.createdAt, ended->state.since))));
    } else {
        answer.send(noSuchSession());
    }
}

void AnchorApi::terminate(const HttpRequest &request, const HttpAnswer &answer)
{
    const QString id = idOf(request);
    if (!terminateRefusal(id).isEmpty()) {
        answer.send(noSuchSession());
        return;
    }
    TerminateReply *reply = m_provider.terminate(id);
    connect(reply, &ProviderReply::finished, this, [reply, answer] {
        answer.send(reply->fault() ? anchorError(*reply->fault()) : anchorSuccess());
    });
}

void AnchorApi::terminateAll(const HttpRequest &, const HttpAnswer &answer)
{
    const QStringList ids = m_provider.ids();
    if (ids.isEmpty()) {
        answer.send(anchorSuccess());
        return;
    }
    auto endings = std::make_shared<Endings>(Endings{{ids.begin(), ids.end()}, {}});
    for (const QString &id : ids) {
        awaitEnd(id, [endings, id, answer](const QString &problem) {
            if (!problem.isEmpty())
                endings->problems.append(problem);
            if (endings->left.remove(id) && endings->left.isEmpty())
                answer.send(endings->problems.isEmpty()
                                ? anchorSuccess()
                                : anchorError(500, endings->problems.join(u' ')));
        });
    }
}

void AnchorApi::awaitEnd(const QString &id, const std::function<void(const QString &)> &then)
{
    QPointer<LocalSession> session = m_provider.find(id);
    TerminateReply *reply = m_provider.terminate(id);
    connect(reply, &ProviderReply::finished, this, [this, reply, session, then] {
        const std::optional<Fault> &fault = reply->fault();
        if (!fault) {
            then({});
        } else if (fault->kind != Fault::Kind::NotFound) {
            then(fault->detail.isEmpty() ? fault->what : fault->detail);
        } else if (!session) {
            then({});
        } else {
            // Somebody else is ending it: what they hear, we hear.
            connect(session, &LocalSession::left, this, [then] { then({}); });
            connect(session, &LocalSession::notSaved, this, then);
        }
    });
}

// --- the page in front

BrowserLink *AnchorApi::linkFor(const HttpRequest &request, const HttpAnswer &answer) const
{
    const LocalSession *session = m_provider.find(idOf(request));
    if (!session) {
        answer.send(noSuchSession());
        return nullptr;
    }
    const bool isRunning = session->record().stage == SessionRecord::Stage::Running;
    BrowserLink *link = isRunning ? session->link() : nullptr;
    if (!link || link->pages().anyCdpSession().isEmpty()) {
        answer.send(anchorError(400, u"Session is not running"_s));
        return nullptr;
    }
    return link;
}

void AnchorApi::listPages(const HttpRequest &request, const HttpAnswer &answer)
{
    BrowserLink *link = linkFor(request, answer);
    if (!link)
        return;
    LocalSession *session = m_provider.find(idOf(request));
    const QString live = liveLink(m_provider.describe(*session), LiveRole::Control);
    QJsonArray items;
    for (const BrowserPage &page : link->pages().pages()) {
        const int tab = session->live().tabOf(page.targetId);
        items.append(QJsonObject{{"id"_L1, page.targetId},
                                 {"title"_L1, page.title},
                                 {"url"_L1, page.url},
                                 {"frontend_url"_L1, u"%1#tab=%2"_s.arg(live).arg(tab)}});
    }
    answer.send(anchorData({{"count"_L1, items.size()}, {"items"_L1, items}}));
}

void AnchorApi::picture(const HttpRequest &request, const HttpAnswer &answer)
{
    BrowserLink *link = linkFor(request, answer);
    if (!link)
        return;
    auto *picture = new PagePicture(*link, this);
    connect(picture, &PageCommand::finished, this, [picture, answer] {
        if (picture->problem().isEmpty())
            answer.send({200, "image/png", picture->picture(), {}});
        else
            answer.send(anchorError(500, picture->problem()));
    });
}

void AnchorApi::visit(const HttpRequest &request, const HttpAnswer &answer)
{
    const DecodedAnchorGoto decoded = decodeAnchorGoto(request.body);
    if (!decoded.problem.isEmpty()) {
        answer.send(anchorError(400, decoded.problem));
        return;
    }
    BrowserLink *link = linkFor(request, answer);
    if (!link)
        return;
    auto *visit = new PageVisit(*link, decoded.url, this);
    connect(visit, &PageCommand::finished, this, [visit, answer] {
        // Not under "data": so it is at Anchor.
        if (visit->problem().isEmpty())
            answer.send(anchorAnswer({{"status"_L1, u"success"_s}}));
        else
            answer.send(anchorError(500, visit->problem()));
    });
}

void AnchorApi::listProfiles(const HttpRequest &, const HttpAnswer &answer)
{
    answer.send(anchorData(anchorProfiles(m_provider.profiles().all())));
}

// --- the browser itself

void AnchorApi::addCdpRoute(HttpServer &server)
{
    server.addWebSocketRoute(
        "/", {.refusal = [this](const HttpRequest &request) { return cdpRefusal(request); },
              .pass =
                  [this](const HttpRequest &request, QTcpSocket *socket) {
                      LocalSession *session = m_provider.find(queryValue(request, u"sessionId"_s));
                      session->addClient(socket, request.headers);
                  }});
}

std::optional<HttpResponse> AnchorApi::cdpRefusal(const HttpRequest &request) const
{
    // As at Anchor, the session's id opens its browser: `cdp_url` holds no key, and works.
    const QByteArray key = queryValue(request, u"apiKey"_s).toUtf8();
    if (!key.isEmpty() && !admits(key))
        return wrongKey();
    const QString id = queryValue(request, u"sessionId"_s);
    if (id.isEmpty())
        return anchorError(400, u"sessionId is missing: no session is started for a connection"_s);
    const LocalSession *session = m_provider.find(id);
    if (!session)
        return noSuchSession();
    if (session->record().stage != SessionRecord::Stage::Running)
        return anchorError(400, u"Session is not running"_s);
    return {};
}

} // namespace Anchorwatch
