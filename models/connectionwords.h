#pragma once

#include "models/connectionlistmodel.h"

#include <chrono>

namespace Anchorwatch {

// How a connection fares, as far as it is shown.
enum class ConnectionCondition {
    Off,        // disabled
    Connecting, // enabled, no list yet, nothing wrong yet
    Fresh,
    Stale,   // not answering, or not with a list
    Refused, // it does not let us in: asking again does not help
};

[[nodiscard]] ConnectionCondition connectionCondition(const ConnectionState &state);

// The line below a connection's name. `brief` leaves out what an icon says as well, for where
// `full` does not fit.
struct ConnectionLine
{
    QString full;
    QString brief;

    bool operator==(const ConnectionLine &) const = default;
};

// `elapsed`: now, by Clock::elapsed().
[[nodiscard]] ConnectionLine connectionLine(const ConnectionState &state,
                                            std::chrono::milliseconds elapsed);

// For screen readers: name, count, state and guard. Time passing does not change it.
[[nodiscard]] QString connectionSentence(const ConnectionState &state);

// Name, address and, where something is wrong, what; holds no secret.
[[nodiscard]] QString connectionToolTip(const ConnectionState &state);

// Two letters for a name: the first of its first two words, or the first two of its only one. The
// kind says nothing before the own name: "Anchor staging" is ST.
[[nodiscard]] QString suggestedBadge(const QString &name, Connection::Kind kind);

} // namespace Anchorwatch
