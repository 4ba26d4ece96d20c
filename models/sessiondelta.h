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

// All sessions of a connection at one poll, by id.
using SessionSnapshot = QHash<QString, Session>;

// The list with distinct ids, as a table needs it. Of sessions with the same id the first stays and
// is flagged as malformed; sessions without an id get one that no service gives ("?1"), so that
// they can be shown and never addressed.
[[nodiscard]] SessionList withDistinctIds(const SessionList &sessions);

// True for the id that withDistinctIds() gave to a session without one.
[[nodiscard]] bool isStandInId(const QString &id);

// By id; the list must have distinct ids.
[[nodiscard]] SessionSnapshot snapshotOf(const SessionList &distinct);

// What changed from the snapshot to the list, which must have distinct ids. Touches nothing shared:
// may run in any thread.
[[nodiscard]] SessionDelta deltaBetween(const SessionSnapshot &before, const SessionList &after);

} // namespace Anchorwatch
