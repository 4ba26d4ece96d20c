#include "network/anchor/anchorsessions.h"

#include "network/anchor/anchorurls.h"

#include <QCoreApplication>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

// A list that was asked for before a session was made does not have it; the one after may lag.
constexpr int missesUntilForgotten = 3;

QString tr(const char *text)
{
    return QCoreApplication::translate("AnchorSessions", text);
}

void fillFrom(const Session &more, Session *session)
{
    const auto fill = [&](QString Session::*field) {
        if ((session->*field).isEmpty())
            session->*field = more.*field;
    };
    fill(&Session::title);
    fill(&Session::currentUrl);
    fill(&Session::profileName);
    if (!session->persist)
        session->persist = more.persist;
    if (session->tags.isEmpty())
        session->tags = more.tags;
    if (!session->createdAt.isValid())
        session->createdAt = more.createdAt;
}

} // namespace

AnchorSessions::AnchorSessions(const QUrl &baseUrl)
    : m_baseUrl(baseUrl)
{
}

void AnchorSessions::setKey(const QString &key)
{
    m_key = key;
    ++m_revision;
}

void AnchorSessions::noteCreated(const Session &session)
{
    Session created = session;
    const bool cdpHoldsKey = urlHoldsKey(created.cdpUrl, m_key);
    const bool liveViewHoldsKey = urlHoldsKey(created.liveViewUrl, m_key);
    if (cdpHoldsKey)
        created.cdpUrl = derivedCdpUrl(m_baseUrl, created.id);
    if (liveViewHoldsKey)
        created.liveViewUrl = derivedLiveViewUrl(m_baseUrl, created.id);
    if (cdpHoldsKey || liveViewHoldsKey) {
        created.urlsDerived = true;
        created.facts.append(
            {tr("Account key"), tr("The service gave an address that holds it: not shown.")});
    }
    m_known[created.id].created = created;
    ++m_revision;
}

void AnchorSessions::noteDetails(const DecodedAnchorSession &details)
{
    Known &known = m_known[details.session.id];
    if (known.details == details.session && known.doors == details.doors)
        return;
    known.details = details.session;
    known.doors = details.doors;
    ++m_revision;
}

SessionList AnchorSessions::listed(const SessionList &sessions)
{
    SessionList shown;
    QSet<QString> seen;
    QSet<QString> all;
    for (const Session &session : sessions) {
        all.insert(session.id);
        const bool isOver = session.status.isOver();
        if (isOver && !m_seenLive.contains(session.id) && !m_known.contains(session.id))
            continue;
        seen.insert(session.id);
        shown.append(enriched(session));
    }
    m_seenLive = seen;
    forgetUnlisted(all);
    return shown;
}

void AnchorSessions::forgetUnlisted(const QSet<QString> &ids)
{
    m_known.removeIf([&ids](const auto &known) {
        known->misses = ids.contains(known.key()) ? 0 : known->misses + 1;
        return known->misses >= missesUntilForgotten;
    });
}

Session AnchorSessions::enriched(const Session &session) const
{
    const Known known = m_known.value(session.id);
    Session whole = session;
    // The page and what the session has cost go on changing, and no list tells.
    whole.isPartial = !session.status.isOver();
    if (!known.details.id.isEmpty()) {
        whole.figures = known.details.figures;
        whole.facts = known.details.facts;
    }
    for (const SessionFact &fact : known.created.facts) {
        if (!whole.facts.contains(fact))
            whole.facts.append(fact);
    }
    fillFrom(known.details, &whole);
    fillFrom(known.created, &whole);
    addAddresses(&whole, known);
    hideKey(&whole);
    return whole;
}

void AnchorSessions::addAddresses(Session *session, const Known &known) const
{
    session->cdpUrl.clear();
    session->liveViewUrl.clear();
    // What has ended has no address.
    if (session->status.isOver() || !session->malformed.isEmpty())
        return;
    const Session &created = known.created;
    if (!created.cdpUrl.isEmpty() || !created.liveViewUrl.isEmpty()) {
        session->cdpUrl = created.cdpUrl;
        session->liveViewUrl = created.liveViewUrl;
        session->urlsDerived = created.urlsDerived;
        return;
    }
    if (known.doors.cdp)
        session->cdpUrl = derivedCdpUrl(m_baseUrl, session->id);
    if (known.doors.liveView)
        session->liveViewUrl = derivedLiveViewUrl(m_baseUrl, session->id);
    session->urlsDerived = !session->cdpUrl.isEmpty() || !session->liveViewUrl.isEmpty();
}

void AnchorSessions::hideKey(Session *session) const
{
    for (QString *text : {&session->title, &session->currentUrl, &session->profileName})
        *text = withoutKey(*text, m_key);
    for (QString &tag : session->tags)
        tag = withoutKey(tag, m_key);
    for (SessionFact &fact : session->facts)
        fact.value = withoutKey(fact.value, m_key);
}

} // namespace Anchorwatch
