#pragma once

#include "models/clock.h"
#include "models/fault.h"
#include "models/sessiondelta.h"
#include "network/sessionprovider.h"

#include <QFutureWatcher>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>

namespace Anchorwatch {

// One good poll: what changed, and what it cost.
struct PollResult
{
    SessionDelta delta;
    qsizetype sessions = 0; // how many the list has now
    qint64 bytes = 0;
    double fetchMs = 0;
    double decodeMs = 0; // decoding and comparing, off this thread
};

// A poll that brought no list. The list applied before stays the last good one.
struct PollFailure
{
    Fault fault;
    int misses = 0;                       // failed polls in a row, this one included
    QDateTime lastGood;                   // UTC; invalid when there never was a list
    std::chrono::milliseconds nextTry{0}; // zero: polling has stopped until pollNow()
};

// Asks one provider for its sessions, again and again: one question in flight, the next armed when
// the answer has been applied (in a slot connected directly to polled()). After a failure it waits
// longer and longer, with full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter"),
// never shorter than Retry-After. One that says it was asked too often waits for at least twice the
// interval. A service that refused us is not asked again until pollNow().
// Lives in one thread; lists are compared in listThread(). Polls from the first pollNow()
// until it is destroyed, which drops an answer under way.
class Poller : public QObject
{
    Q_OBJECT

public:
    // Gives a number from 0 up to 1; replaced in tests.
    using Random = std::function<double()>;

    enum class Pace {
        Watched,   // the window is visible
        Background // hidden or minimised: a fifth of the pace
    };
    Q_ENUM(Pace)

    // Provider and clock must outlive it.
    Poller(SessionProvider &provider, const QString &connectionId, const Clock &clock,
           QObject *parent = nullptr);

    void setRandom(const Random &random);
    // Zero or less is taken as one second. Takes effect with the next wait.
    void setInterval(std::chrono::milliseconds interval);
    [[nodiscard]] std::chrono::milliseconds interval() const { return m_interval; }
    void setPace(Pace pace);
    // When the last good answer was applied, by Clock::elapsed(); nothing before the first.
    [[nodiscard]] std::optional<std::chrono::milliseconds> lastGood() const { return m_lastGood; }
    // When the next question goes out, by Clock::elapsed(); nothing while one is in flight or
    // polling stopped.
    [[nodiscard]] std::optional<std::chrono::milliseconds> nextTry() const { return m_nextTry; }

public slots:
    // Asks at once. While a question is in flight, another one follows its answer, since that
    // answer may be older than whatever made the caller ask.
    void pollNow();

signals:
    void polled(const Anchorwatch::PollResult &result);
    void failed(const Anchorwatch::PollFailure &failure);

private:
    void ask();
    void take(ListReply *reply);
    void compare(const ListReply &reply);
    void apply();
    void fail(const Fault &fault);
    void wait(std::chrono::milliseconds delay);
    void waitRegularly();
    void paceChanged();
    [[nodiscard]] std::chrono::milliseconds pacedInterval() const;
    [[nodiscard]] std::chrono::milliseconds regularDelay() const;
    [[nodiscard]] std::chrono::milliseconds backoffDelay(const Fault &fault) const;

    struct Comparison
    {
        PollResult result;
        SessionSnapshot snapshot;
    };

    SessionProvider &m_provider;
    QString m_connectionId;
    const Clock &m_clock;
    Random m_random;
    QTimer m_timer;
    std::chrono::milliseconds m_interval{2000};
    Pace m_pace = Pace::Watched;
    QPointer<ListReply> m_reply;
    QFutureWatcher<Comparison> m_comparison;
    SessionSnapshot m_snapshot;
    std::chrono::milliseconds m_askedAt{0};
    std::optional<std::chrono::milliseconds> m_lastGood;
    std::optional<std::chrono::milliseconds> m_nextTry;
    QDateTime m_lastGoodUtc;
    int m_misses = 0;
    bool m_comparing = false;
    bool m_askAgain = false;
};

} // namespace Anchorwatch
