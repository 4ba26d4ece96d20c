#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace Anchorwatch {

// When a session becomes idle and when its time is up. Spans are monotonic.
class SessionClock : public QObject
{
    Q_OBJECT

public:
    struct Limits
    {
        std::chrono::milliseconds idleAfter;
        std::optional<std::chrono::milliseconds> idleTimeout; // without activity
        std::optional<std::chrono::milliseconds> left;        // of the longest duration
    };

    enum class Reason { Idle, Duration };

    explicit SessionClock(const Limits &limits, QObject *parent = nullptr);

    [[nodiscard]] bool isIdle() const { return m_isIdle; }
    // Somebody did something in the session.
    void noteActivity();
    // Somebody is there, whether they do anything or not, until they leave.
    void enter();
    void leave();

signals:
    void idleChanged();
    void timeIsUp(Reason reason);

private:
    Limits m_limits;
    bool m_isIdle = false;
    int m_present = 0;
    QTimer m_idle;
    QTimer m_idleTimeout;
    QTimer m_duration;
};

} // namespace Anchorwatch
