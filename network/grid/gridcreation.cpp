#include "network/grid/gridcreation.h"

#include "network/httpfault.h"
#include "network/ownertag.h"

#include <QUuid>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

// A full Grid lets the request wait, for 300 s as it comes (--session-request-timeout); 22 times
// the usual 15 s is longer than that.
constexpr int createPatience = 22;
constexpr int navigationPatience = 2;

bool isUnclear(const Fault &fault)
{
    return fault.kind == Fault::Kind::Unreachable || fault.kind == Fault::Kind::TimedOut
           || fault.kind == Fault::Kind::BadAnswer;
}

// For people; a start page may hold a secret elsewhere than in its host.
QString nameFor(const SessionRequest &request)
{
    const QString host = QUrl(request.initialUrl).host();
    return host.isEmpty() ? u"Anchorwatch"_s : host;
}

} // namespace

GridCreation::GridCreation(const GridClient &client, const GridBrowser &browser,
                           const SessionRequest &request, SessionReply *reply)
    : QObject(reply)
    , m_client(client)
    , m_request(request)
    , m_tag("anchorwatch-"_L1 + QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_reply(reply)
{
    ask(browser);
}

void GridCreation::ask(const GridBrowser &browser)
{
    const QByteArray body = encodeNewGridSession(browser, {nameFor(m_request), ownerTag(), m_tag});
    HttpExchange *exchange = m_client.post("/session", body, createPatience, this);
    connect(exchange, &HttpExchange::finished, this, [this, exchange] { takeAnswer(*exchange); });
}

void GridCreation::takeAnswer(const HttpExchange &exchange)
{
    if (exchange.fault()) {
        const Fault fault = gridFault(exchange);
        if (isUnclear(fault))
            lookForTag(fault);
        else
            m_reply->fail(fault);
        return;
    }
    const DecodedSession decoded = decodeNewGridSession(exchange.body(), m_client.baseUrl());
    if (!decoded.problem.isEmpty()) {
        lookForTag(badAnswer(decoded.problem, exchange.body()));
        return;
    }
    m_reply->session = decoded.session;
    if (m_request.initialUrl.isEmpty())
        lookItUp();
    else
        openStartPage();
}

void GridCreation::openStartPage()
{
    HttpExchange *exchange = m_client.post(
        GridClient::sessionPath(m_reply->session.id) + "/url",
        encodeNavigation(completedInitialUrl(m_request.initialUrl)), navigationPatience, this);
    connect(exchange, &HttpExchange::finished, this, [this, exchange] {
        // The session is there all the same, and must not be lost over a page that does not load.
        if (exchange->fault()) {
            const Fault fault = gridFault(*exchange);
            m_reply->session.error = tr("The start page could not be opened: %1")
                                         .arg(fault.detail.isEmpty() ? fault.what : fault.detail);
        } else {
            m_reply->session.currentUrl = completedInitialUrl(m_request.initialUrl);
        }
        lookItUp();
    });
}

void GridCreation::lookItUp()
{
    HttpExchange *exchange = m_client.get("/status", this);
    connect(exchange, &HttpExchange::finished, this, [this, exchange] {
        takeStatus(*exchange);
        m_reply->succeed();
    });
}

void GridCreation::lookForTag(const Fault &fault)
{
    HttpExchange *exchange = m_client.get("/status", this);
    connect(exchange, &HttpExchange::finished, this, [this, exchange, fault] {
        takeStatus(*exchange);
        if (m_reply->session.id.isEmpty())
            m_reply->fail(fault);
        else
            m_reply->succeed();
    });
}

void GridCreation::takeStatus(const HttpExchange &exchange)
{
    if (exchange.fault())
        return;
    const DecodedGridStatus status = decodeGridStatus(exchange.body(), m_client.baseUrl());
    const SessionList &sessions = status.list.sessions;
    const auto found = std::find_if(sessions.cbegin(), sessions.cend(), [&](const Session &one) {
        return status.marks.value(one.id).tag == m_tag;
    });
    if (found == sessions.cend())
        return;
    const Session before = std::exchange(m_reply->session, *found);
    m_reply->session.currentUrl = before.currentUrl;
    if (m_reply->session.error.isEmpty())
        m_reply->session.error = before.error;
}

} // namespace Anchorwatch
