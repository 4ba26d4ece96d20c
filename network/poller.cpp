#include "network/poller.h"

#include "network/listthread.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QtConcurrentRun>

#include <algorithm>

namespace Anchorwatch {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds longestBackoff = 60s;
constexpr std::chrono::milliseconds longestRetryAfter = 1h;
constexpr std::chrono::milliseconds shortestWait = 200ms;
constexpr int backgroundFactor = 5;
constexpr double jitter = 0.1; // of the interval, either way

std::chrono::milliseconds scaled(std::chrono::milliseconds span, double factor)
{
    return std::chrono::milliseconds(
        static_cast<qint64>(static_cast<double>(span.count()) * factor));
}

} // namespace

Poller::Poller(SessionProvider &provider, const QString &connectionId, const Clock &clock,
               QObject *parent)
    : QObject(parent)
    , m_provider(provider)
    , m_connectionId(connectionId)
    , m_clock(clock)
    , m_random([] { return QRandomGenerator::global()->generateDouble(); })
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Poller::ask);
    connect(&m_comparison, &QFutureWatcherBase::finished, this, &Poller::apply);
}

void Poller::setRandom(const Random &random)
{
    m_random = random;
}

void Poller::setInterval(std::chrono::milliseconds interval)
{
    m_interval = interval > 0ms ? interval : 1000ms;
    paceChanged();
}

void Poller::setPace(Pace pace)
{
    if (m_pace == pace)
        return;
    m_pace = pace;
    paceChanged();
}

void Poller::pollNow()
{
    if (m_reply || m_comparing)
        m_askAgain = true;
    else
        ask();
}

void Poller::ask()
{
    m_timer.stop();
    m_nextTry.reset();
    m_askAgain = false;
    m_askedAt = m_clock.elapsed();
    m_reply = m_provider.list();
    connect(m_reply, &ProviderReply::finished, this,
            [this, reply = m_reply.data()] { take(reply); });
}

void Poller::take(ListReply *reply)
{
    m_reply.clear();
    if (reply->fault())
        fail(*reply->fault());
    else
        compare(*reply);
}

void Poller::compare(const ListReply &reply)
{
    PollResult result;
    result.bytes = reply.bytes;
    result.fetchMs = reply.fetchMs;
    result.decodeMs = reply.decodeMs;
    m_comparing = true;
    if (reply.unchanged) {
        result.sessions = m_snapshot.size();
        m_comparison.setFuture(
            QtFuture::makeReadyFuture(Comparison{std::move(result), m_snapshot}));
        return;
    }
    // The snapshot goes along and is not kept here: letting go of a hundred thousand sessions takes
    // longer than a frame.
    m_comparison.setFuture(
        QtConcurrent::run(&listThread(), [result, before = std::exchange(m_snapshot, {}),
                                          sessions = reply.sessions]() mutable {
            QElapsedTimer timer;
            timer.start();
            SessionSnapshot after = snapshotAfter(before, sessions);
            result.delta = deltaBetween(before, after.sessions());
            result.sessions = after.size();
            result.decodeMs += static_cast<double>(timer.nsecsElapsed()) / 1e6;
            before.clear();
            return Comparison{std::move(result), std::move(after)};
        }));
}

void Poller::apply()
{
    m_comparing = false;
    Comparison comparison = m_comparison.future().takeResult();
    m_snapshot = std::move(comparison.snapshot);
    m_misses = 0;
    m_lastGood = m_clock.elapsed();
    m_lastGoodUtc = m_clock.nowUtc();
    comparison.result.delta.connectionId = m_connectionId;
    comparison.result.delta.askedAt = m_askedAt;
    emit polled(comparison.result);
    // Whoever heard it may have asked for another poll already.
    if (!m_reply)
        waitRegularly();
}

void Poller::fail(const Fault &fault)
{
    ++m_misses;
    const bool refused = fault.kind == Fault::Kind::Refused && !m_askAgain;
    const auto delay = m_askAgain ? 0ms : backoffDelay(fault);
    if (!refused)
        wait(delay);
    emit failed({fault, m_misses, m_lastGoodUtc, refused ? 0ms : std::max(delay, 1ms)});
}

void Poller::wait(std::chrono::milliseconds delay)
{
    m_nextTry = m_clock.elapsed() + delay;
    m_timer.start(delay);
}

void Poller::waitRegularly()
{
    wait(m_askAgain ? 0ms : regularDelay());
}

void Poller::paceChanged()
{
    if (m_timer.isActive() && m_misses == 0)
        waitRegularly();
}

std::chrono::milliseconds Poller::pacedInterval() const
{
    return m_pace == Pace::Background ? m_interval * backgroundFactor : m_interval;
}

std::chrono::milliseconds Poller::regularDelay() const
{
    return scaled(pacedInterval(), 1.0 + jitter * (2.0 * m_random() - 1.0));
}

std::chrono::milliseconds Poller::backoffDelay(const Fault &fault) const
{
    constexpr int mostDoublings = 16;
    const int doublings = std::min(m_misses - 1, mostDoublings);
    const auto limit = std::min(pacedInterval() * (1 << doublings), longestBackoff);
    auto delay = std::max(scaled(limit, m_random()), shortestWait);
    if (fault.kind == Fault::Kind::TooMany)
        delay = std::max(delay, pacedInterval() * 2);
    if (fault.retryAfter)
        delay = std::max(delay, std::min(*fault.retryAfter, longestRetryAfter));
    return delay;
}

} // namespace Anchorwatch
