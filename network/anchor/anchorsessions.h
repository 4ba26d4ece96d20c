#pragma once

#include "network/anchor/anchorcodec.h"

#include <QHash>
#include <QSet>
#include <QUrl>

namespace Anchorwatch {

// What is known of the sessions of one key beside what a list says of them: the addresses that
// their creation answered, which cannot be asked for again, and their details. Makes whole sessions
// of all of it. None of them holds the key.
class AnchorSessions
{
public:
    explicit AnchorSessions(const QUrl &baseUrl);

    void setKey(const QString &key);

    void noteCreated(const Session &session);
    void noteDetails(const DecodedAnchorSession &details);
    // The sessions of a list as they are to be shown. Ended ones are shown as ended when they were
    // live in our sight, and are history otherwise, which Anchor's list may be full of.
    [[nodiscard]] SessionList listed(const SessionList &sessions);

    // The session as list or details had it, with what else is known.
    [[nodiscard]] Session enriched(const Session &session) const;

    // Changes when the same list would give other sessions than before.
    [[nodiscard]] int revision() const { return m_revision; }

private:
    struct Known
    {
        Session created; // empty: by somebody else
        Session details; // empty: not asked for yet
        AnchorDoors doors;
        int misses = 0; // lists in a row without it
    };

    void forgetUnlisted(const QSet<QString> &ids);
    void addAddresses(Session *session, const Known &known) const;
    void hideKey(Session *session) const;

    QUrl m_baseUrl;
    QString m_key;
    QHash<QString, Known> m_known; // by id: those that were created or asked for here
    QSet<QString> m_seenLive;      // ids of the last list; ended ones stay while they are listed
    int m_revision = 0;
};

} // namespace Anchorwatch
