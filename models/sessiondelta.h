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
    // Clock::elapsed() when the list was asked for: tells whether it may know of something that happened
    // meanwhile.
    std::chrono::milliseconds askedAt{0};

    [[nodiscard]] bool isEmpty() const
    {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }
};

// All sessions of a connection at one poll, by id.
using SessionSnapshot = QHash<QString, Session>;

// Makes a snapshot of a list. Of sessions with the same id the first stays and is flagged as malformed;
// sessions without an id get one that no service gives, so that they can be shown and never addressed.
[[nodiscard]] SessionSnapshot snapshotOf(const SessionList &sessions);

// Compares two lists. Touches nothing shared: may run in any thread.
[[nodiscard]] SessionDelta deltaBetween(const SessionSnapshot &before, const SessionList &after);

} // namespace Anchorwatch
