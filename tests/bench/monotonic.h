#pragma once

#include <QtGlobal>

#include <ctime>

namespace Anchorwatch {

[[nodiscard]] inline qint64 nanosecondsOf(clockid_t clock)
{
    timespec time{};
    ::clock_gettime(clock, &time);
    return time.tv_sec * qint64(1'000'000'000) + time.tv_nsec;
}

// The same in all processes of this machine.
[[nodiscard]] inline qint64 monotonicNs()
{
    return nanosecondsOf(CLOCK_MONOTONIC);
}

} // namespace Anchorwatch
