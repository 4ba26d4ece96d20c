#include "network/live/capturegovernor.h"

namespace Anchorwatch {

void CaptureGovernor::setDemand(Demand demand)
{
    if (demand != Demand::Moving) {
        m_frames.clear();
        m_isBusy = false;
    }
    m_demand = demand;
}

void CaptureGovernor::noteFrame(Time now)
{
    m_frames.push_back(now);
    while (now - m_frames.front() > busyWindow)
        m_frames.pop_front();
    if (static_cast<int>(m_frames.size()) > busyFrames && !isActedOn(now)) {
        m_isBusy = true;
        m_sameShots = 0;
        m_frames.clear();
    }
}

void CaptureGovernor::noteInput(Time now)
{
    m_lastInput = now;
    m_isBusy = false;
    m_frames.clear();
}

void CaptureGovernor::noteShot(Shot shot)
{
    m_sameShots = shot == Shot::Same ? m_sameShots + 1 : 0;
    if (m_sameShots >= stillShots)
        m_isBusy = false;
}

CaptureGovernor::Manner CaptureGovernor::manner(Time now) const
{
    switch (m_demand) {
    case Demand::None:
        return Manner::Off;
    case Demand::Glance:
        return Manner::Glance;
    case Demand::Stills:
        return Manner::Pulse;
    case Demand::Moving:
        break;
    }
    return m_isBusy && !isActedOn(now) ? Manner::Shots : Manner::Cast;
}

bool CaptureGovernor::isActedOn(Time now) const
{
    return now - m_lastInput < afterInput;
}

} // namespace Anchorwatch
