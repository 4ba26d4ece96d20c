#pragma once

#include "models/session.h"

#include <QHash>

#include <chrono>

namespace Anchorwatch {

// What one poll of a connection changed against the poll applied before it.
struct SessionDelta
{
    QString connectionId;
    SessionList added;   // in the order of the answer
    QStringList removed; // ids
    SessionList changed; // whole new values
    // Clock::elapsed() when the list was asked for: tells whether it may know of something that
    // happened meanwhile.
    std::chrono::milliseconds askedAt{0};

    [[nodiscard]] bool isEmpty() const
    {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }
};

// All sessions of a connection at one poll. A value that costs little to copy: sessions and index
// are shared.
class SessionSnapshot
{
public:
    SessionSnapshot() = default;
    // The list must have distinct ids.
    explicit SessionSnapshot(const SessionList &distinct);
    // The same, sharing the index of another one with the same ids at the same places.
    SessionSnapshot(const SessionList &distinct, const SessionSnapshot &sameIds);

    [[nodiscard]] const SessionList &sessions() const { return m_sessions; }
    [[nodiscard]] qsizetype size() const { return m_sessions.size(); }
    void clear() { *this = {}; }
    // nullptr when there is none; quick when it is at that place of sessions().
    [[nodiscard]] const Session *find(const QString &id, qsizetype probablyAt = 0) const;
    // Does the list have the same ids, at the same places?
    [[nodiscard]] bool hasIdsOf(const SessionList &sessions) const;

private:
    SessionList m_sessions;
    QHash<QString, qsizetype> m_places; // by id
};

// The list with distinct ids, as a table needs it. Of sessions with the same id the first stays and
// is flagged as malformed; sessions without an id get one that no service gives ("?1"), so that
// they can be shown and never addressed.
[[nodiscard]] SessionList withDistinctIds(const SessionList &sessions);

// True for the id that withDistinctIds() gave to a session without one.
[[nodiscard]] bool isStandInId(const QString &id);

// Of what a service listed after that snapshot, with ids made distinct by withDistinctIds().
[[nodiscard]] SessionSnapshot snapshotAfter(const SessionSnapshot &before,
                                            const SessionList &listed);

// What changed from the snapshot to the list, which must have distinct ids. Touches nothing shared:
// may run in any thread.
[[nodiscard]] SessionDelta deltaBetween(const SessionSnapshot &before, const SessionList &after);

} // namespace Anchorwatch
