#pragma once

#include <QDateTime>

#include <chrono>

namespace Anchorwatch {

// The time, injected so that tests can move it.
class Clock
{
public:
    Clock() = default;
    virtual ~Clock() = default;
    Q_DISABLE_COPY_MOVE(Clock)

    // Never goes back, and counts the time that the machine was suspended. Only differences mean
    // something.
    [[nodiscard]] virtual std::chrono::milliseconds elapsed() const = 0;
    // The date and time now, UTC. Advances with elapsed(), so a wall clock that is set back does
    // not make ages jump.
    [[nodiscard]] virtual QDateTime nowUtc() const = 0;
};

// The machine's own clock: CLOCK_BOOTTIME, anchored to the wall clock when it is made.
class SystemClock : public Clock
{
public:
    SystemClock();

    [[nodiscard]] std::chrono::milliseconds elapsed() const override;
    [[nodiscard]] QDateTime nowUtc() const override;

private:
    std::chrono::milliseconds m_origin;
    QDateTime m_originUtc;
};

} // namespace Anchorwatch
