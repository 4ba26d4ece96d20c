#include "network/terminator.h"

#include <algorithm>

namespace Anchorwatch {

namespace {

constexpr qsizetype mostAtOnce = 4;

bool isDecided(const Termination &termination)
{
    return termination.phase == Termination::Phase::Gone
           || termination.phase == Termination::Phase::StillRunning;
}

} // namespace

Terminator::Terminator(SessionProvider &provider, const Connection &connection, const Clock &clock,
                       QObject *parent)
    : QObject(parent)
    , m_provider(provider)
    , m_connection(connection)
    , m_clock(clock)
{
}

void Terminator::terminate(const SessionList &sessions)
{
    for (const Session &session : sessions) {
        const SessionEnding *known = m_endings.value(session.id);
        if (m_queue.contains(session.id) || (known && !isDecided(known->termination())))
            continue;
        Termination begun;
        begun.phase = Termination::Phase::Terminating;
        if (const QString refusal = terminateRefusal(session.id); !refusal.isEmpty()) {
            begun.phase = Termination::Phase::StillRunning;
            begun.reason = refusal;
        } else {
            if (!known) {
                auto *ending = new SessionEnding(m_provider, m_connection, session, m_clock, this);
                connect(ending, &SessionEnding::progressed, this,
                        [this, ending] { report(*ending); });
                connect(ending, &SessionEnding::answered, this, &Terminator::startNext);
                m_endings.insert(session.id, ending);
            }
            m_queue.enqueue(session.id);
        }
        m_batch.insert(session.id, begun);
        emit progressed({m_connection.id, session.id}, begun);
    }
    startNext();
    finishBatchIfDone();
}

bool Terminator::isBusy() const
{
    return std::any_of(m_batch.cbegin(), m_batch.cend(),
                       [](const Termination &termination) { return !isDecided(termination); });
}

void Terminator::startNext()
{
    auto asking = std::count_if(m_endings.cbegin(), m_endings.cend(),
                                [](const SessionEnding *ending) { return ending->isAsking(); });
    while (asking < mostAtOnce && !m_queue.isEmpty()) {
        m_endings.value(m_queue.dequeue())->ask();
        ++asking;
    }
}

void Terminator::report(SessionEnding &ending)
{
    const QString id = ending.session().id;
    const Termination termination = ending.termination();
    if (m_batch.contains(id))
        m_batch.insert(id, termination);
    if (termination.phase == Termination::Phase::Gone) {
        m_endings.remove(id);
        ending.deleteLater();
    }
    emit progressed({m_connection.id, id}, termination);
    finishBatchIfDone();
}

void Terminator::finishBatchIfDone()
{
    if (m_batch.isEmpty() || isBusy())
        return;
    TerminationSummary summary;
    for (const Termination &termination : std::as_const(m_batch)) {
        const bool gone = termination.phase == Termination::Phase::Gone;
        ++(gone ? summary.gone : summary.stillRunning);
        if (termination.profile == Termination::Profile::NotSaved)
            ++summary.profilesNotSaved;
    }
    m_batch.clear();
    emit batchFinished(summary);
}

} // namespace Anchorwatch
