#include "network/service/sessionclock.h"

#include <algorithm>

namespace Anchorwatch {

using namespace std::chrono_literals;

SessionClock::SessionClock(const Limits &limits, QObject *parent)
    : QObject(parent)
    , m_limits(limits)
{
    for (QTimer *timer : {&m_idle, &m_idleTimeout, &m_duration})
        timer->setSingleShot(true);
    connect(&m_idle, &QTimer::timeout, this, [this] {
        m_isIdle = true;
        emit idleChanged();
    });
    connect(&m_idleTimeout, &QTimer::timeout, this, [this] { emit timeIsUp(Reason::Idle); });
    connect(&m_duration, &QTimer::timeout, this, [this] { emit timeIsUp(Reason::Duration); });
    if (m_limits.left)
        m_duration.start(std::max(*m_limits.left, 0ms));
    noteActivity();
}

void SessionClock::noteActivity()
{
    if (m_present == 0) {
        m_idle.start(m_limits.idleAfter);
        if (m_limits.idleTimeout)
            m_idleTimeout.start(*m_limits.idleTimeout);
    }
    if (m_isIdle) {
        m_isIdle = false;
        emit idleChanged();
    }
}

void SessionClock::enter()
{
    ++m_present;
    m_idle.stop();
    m_idleTimeout.stop();
    noteActivity();
}

void SessionClock::leave()
{
    --m_present;
    noteActivity();
}

} // namespace Anchorwatch
