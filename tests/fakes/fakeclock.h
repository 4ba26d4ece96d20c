#pragma once

#include "models/clock.h"

namespace Anchorwatch {

// A clock that moves only when told to. It starts at noon of 1 May 2026, UTC.
class FakeClock : public Clock
{
public:
    [[nodiscard]] std::chrono::milliseconds elapsed() const override { return m_elapsed; }
    [[nodiscard]] QDateTime nowUtc() const override
    {
        return QDateTime({2026, 5, 1}, {12, 0}, Qt::UTC).addMSecs(m_elapsed.count());
    }

    void advance(std::chrono::milliseconds span) { m_elapsed += span; }

private:
    std::chrono::milliseconds m_elapsed{0};
};

} // namespace Anchorwatch
