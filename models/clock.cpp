#include "models/clock.h"

#include <ctime>

namespace Anchorwatch {

namespace {

std::chrono::milliseconds bootTime()
{
    using namespace std::chrono;
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return duration_cast<milliseconds>(seconds(now.tv_sec) + nanoseconds(now.tv_nsec));
}

} // namespace

SystemClock::SystemClock()
    : m_origin(bootTime())
    , m_originUtc(QDateTime::currentDateTimeUtc())
{
}

std::chrono::milliseconds SystemClock::elapsed() const
{
    return bootTime() - m_origin;
}

QDateTime SystemClock::nowUtc() const
{
    return m_originUtc.addMSecs(elapsed().count());
}

} // namespace Anchorwatch
