#pragma once

#include <QString>

namespace Anchorwatch {

// What the service of a connection cannot do, or not for free: the reason, for people; an empty
// string where there is none.
struct ServiceAbilities
{
    QString createRefusal;
    QString profileRefusal; // a new session on a named profile
    QString timeoutRefusal; // a longest duration or idle time for a new session
    QString watchingCost;   // said before the first session of the connection is watched

    bool operator==(const ServiceAbilities &) const = default;
};

} // namespace Anchorwatch
