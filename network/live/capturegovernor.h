#pragma once

#include <chrono>
#include <deque>

namespace Anchorwatch {

// Decides in which manner a page is captured, so that watching it costs the page as little as it
// can: a screencast takes an animated page from 60 of its own frames a second to 12, and costs a
// still one nothing (measured on Chromium 156, software compositor). Knows no clock: every time is
// on the caller's monotonic one.
class CaptureGovernor
{
public:
    using Time = std::chrono::milliseconds;

    enum class Manner {
        Off,
        Glance, // one picture
        Cast,   // pictures as the page changes
        Shots,  // one picture after the other, at a pace
        Pulse,  // one picture, and the next when it changes, after a pause
    };

    enum class Demand { None, Glance, Stills, Moving };

    static constexpr Time busyWindow{2000};
    static constexpr int busyFrames = 10; // in one window: five a second
    static constexpr Time afterInput{2000};
    static constexpr int stillShots = 5; // equal ones in a row

    void setDemand(Demand demand);
    // The screencast brought a picture.
    void noteFrame(Time now);
    // Somebody acts on the page.
    void noteInput(Time now);
    // A shot was taken; `changed` says whether it shows anything new.
    enum class Shot { Changed, Same };
    void noteShot(Shot shot);

    [[nodiscard]] Manner manner(Time now) const;

private:
    [[nodiscard]] bool isActedOn(Time now) const;

    Demand m_demand = Demand::None;
    std::deque<Time> m_frames; // of the last window
    Time m_lastInput{-1'000'000};
    bool m_isBusy = false;
    int m_sameShots = 0;
};

} // namespace Anchorwatch
