#pragma once

#include "models/fault.h"

#include <QDateTime>

#include <chrono>
#include <optional>

namespace Anchorwatch {

// How old the news of a connection are, and why they are not newer.
struct ConnectionHealth
{
    QDateTime lastGood;                                       // UTC; invalid before the first list
    std::optional<std::chrono::milliseconds> lastGoodElapsed; // the same by Clock::elapsed()
    std::optional<Fault> fault;                               // of the last poll, when it failed
    int misses = 0;                                           // failed polls in a row
    std::optional<std::chrono::milliseconds> nextTry; // by Clock::elapsed(); nothing: not armed
    // Why the service of this machine is not there, while it is being started again; otherwise
    // empty.
    QString serviceStopped;

    // One missed poll is a hiccup; from the second on, or when we were refused, the news are old.
    // Without any list there is nothing to keep and every fault counts.
    [[nodiscard]] bool isStale() const
    {
        if (!serviceStopped.isEmpty())
            return true;
        return fault && (misses >= 2 || fault->kind == Fault::Kind::Refused || !lastGood.isValid());
    }

    // The same but for a newer list: all that changed is how long ago that was.
    [[nodiscard]] bool isNewerThan(const ConnectionHealth &other) const
    {
        ConnectionHealth then = *this;
        then.lastGood = other.lastGood;
        then.lastGoodElapsed = other.lastGoodElapsed;
        return lastGood.isValid() && other.lastGood.isValid() && then == other;
    }

    bool operator==(const ConnectionHealth &) const = default;
};

} // namespace Anchorwatch
