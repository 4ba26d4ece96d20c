#pragma once

#include <QString>

namespace Anchorwatch {

// How full a Selenium Grid is.
struct GridCapacity
{
    int sessions = 0;
    int most = 0; // sessions that all nodes together may hold
    int waiting = 0;
    int nodes = 0;
    QString version;

    // "3 of 8 slots, 0 waiting"
    [[nodiscard]] QString text() const;

    bool operator==(const GridCapacity &) const = default;
};

} // namespace Anchorwatch
