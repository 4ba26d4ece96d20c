#include "network/anchor/anchorcreation.h"

#include "network/ownertag.h"

#include <QUuid>

#include <algorithm>
#include <utility>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

// Anchor answers when the browser is up, which others wait 180 s for.
constexpr double createPatience = 12;
constexpr double endPatience = 1;
constexpr int mostLooks = 3;

bool isUnclear(const Fault &fault)
{
    return fault.kind == Fault::Kind::Unreachable || fault.kind == Fault::Kind::TimedOut
           || fault.kind == Fault::Kind::BadAnswer || fault.kind == Fault::Kind::ServiceError;
}

} // namespace

AnchorCreation::AnchorCreation(const AnchorClient &client, AnchorSessions &sessions,
                               const SessionRequest &request, std::chrono::milliseconds pause,
                               SessionReply *reply)
    : QObject(reply)
    , m_client(client)
    , m_sessions(sessions)
    , m_request(request)
    , m_tag("aw-"_L1 + QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_tags{m_tag, anchorOwnerTag(ownerTag())}
    , m_reply(reply)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_pause, &QTimer::timeout, this, &AnchorCreation::look);
    ask();
}

void AnchorCreation::ask()
{
    const QByteArray body = encodeNewAnchorSession(m_request, m_tags);
    HttpExchange *exchange = m_client.post("/v1/sessions", body, createPatience, this);
    connect(exchange, &HttpExchange::finished, this, [this, exchange] { takeAnswer(*exchange); });
}

void AnchorCreation::takeAnswer(const HttpExchange &exchange)
{
    if (exchange.fault()) {
        m_fault = m_client.faultOf(exchange);
        if (!isUnclear(*m_fault)) {
            m_reply->fail(*m_fault);
            return;
        }
    } else {
        const DecodedSession decoded = decodeNewAnchorSession(exchange.body());
        m_made = decoded.session;
        if (!decoded.problem.isEmpty())
            m_fault = m_client.badAnswer(decoded.problem, exchange);
    }
    look();
}

void AnchorCreation::look()
{
    ++m_looks;
    HttpExchange *exchange =
        m_client.get("/v1/sessions/all/status?tags=" + QUrl::toPercentEncoding(m_tag), 1, this);
    connect(exchange, &HttpExchange::finished, this, [this, exchange] { takeLook(*exchange); });
}

void AnchorCreation::takeLook(const HttpExchange &exchange)
{
    const DecodedSessionList decoded = decodeAnchorList(exchange.body());
    if (exchange.fault() || !decoded.problem.isEmpty()) {
        lookAgain(tr("Whether a session was created could not be found out: look at the list."));
        return;
    }
    // A service that does not know the question for a tag lists everything.
    SessionList ours;
    for (const Session &session : decoded.sessions) {
        if (session.tags.contains(m_tag))
            ours.append(session);
    }
    SessionList running = ours;
    running.removeIf([](const Session &session) { return session.status.isOver(); });
    if (!running.isEmpty())
        takeFound(running);
    else if (ours.isEmpty())
        lookAgain(tr("No session was created: none has the tag of the request."));
    else
        lookAgain(tr("A session was created, and has ended already."));
}

void AnchorCreation::lookAgain(const QString &ifInVain)
{
    if (!m_fault) {
        succeed(); // it was answered, and need not be listed yet
        return;
    }
    if (m_looks < mostLooks) {
        m_pause.start();
        return;
    }
    m_fault->detail = m_fault->detail.isEmpty() ? ifInVain : ifInVain + u' ' + m_fault->detail;
    m_reply->fail(*m_fault);
}

void AnchorCreation::takeFound(const SessionList &found)
{
    const auto isAnswered = [this](const Session &one) { return one.id == m_made.id; };
    const auto isOlder = [](const Session &one, const Session &other) {
        return one.createdAt < other.createdAt;
    };
    const auto kept = m_fault ? std::max_element(found.cbegin(), found.cend(), isOlder)
                              : std::find_if(found.cbegin(), found.cend(), isAnswered);
    if (kept == found.cend()) {
        succeed(); // not listed yet: what is listed may be the same one under another id
        return;
    }
    become(*kept);
    for (const Session &one : found) {
        if (one.id != m_made.id && one.malformed.isEmpty())
            m_twins.append(one.id);
    }
    endNextTwin();
}

void AnchorCreation::become(const Session &listed)
{
    const Session answered = std::exchange(m_made, listed);
    if (m_fault)
        return;
    m_made.cdpUrl = answered.cdpUrl;
    m_made.liveViewUrl = answered.liveViewUrl;
}

// Safe, since nobody else can have made a session with this tag, and nobody was told of this one.
void AnchorCreation::endNextTwin()
{
    if (m_twins.isEmpty()) {
        succeed();
        return;
    }
    const QString id = m_twins.takeFirst();
    HttpExchange *exchange = m_client.remove(AnchorClient::sessionPath(id), endPatience, this);
    connect(exchange, &HttpExchange::finished, this, [this, exchange, id] {
        const QString ended = tr("The request arrived twice; the second session was ended.");
        const QString left = tr("The request arrived twice; the second session, %1, runs on.");
        m_made.facts.append({tr("Creation"), exchange->fault() ? left.arg(shortId(id)) : ended});
        endNextTwin();
    });
}

void AnchorCreation::succeed()
{
    if (m_made.tags.isEmpty())
        m_made.tags = m_tags;
    m_made.profileName = m_request.profileName;
    if (!m_request.profileName.isEmpty())
        m_made.persist = m_request.persists();
    m_sessions.noteCreated(m_made);
    m_reply->session = m_sessions.enriched(m_made);
    m_reply->succeed();
}

} // namespace Anchorwatch
