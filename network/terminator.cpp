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
        if (!isUnderWay(session.id))
            begin(session);
    }
    startNext();
    finishBatchIfDone();
}

bool Terminator::isUnderWay(const QString &id) const
{
    const SessionEnding *known = m_endings.value(id);
    return m_queue.contains(id) || (known && !isDecided(known->termination()));
}

void Terminator::begin(const Session &session)
{
    Termination begun;
    begun.reason = terminateRefusal(session.id);
    begun.phase =
        begun.reason.isEmpty() ? Termination::Phase::Terminating : Termination::Phase::StillRunning;
    m_batch.insert(session.id, begun);
    emit progressed({m_connection.id, session.id}, begun);
    if (!begun.reason.isEmpty())
        return;
    SessionEnding *ending = endingOf(session);
    if (ending->isAsking())
        ending->ask(); // waits on for the answer to the question before
    else
        m_queue.enqueue(session.id);
}

SessionEnding *Terminator::endingOf(const Session &session)
{
    SessionEnding *&ending = m_endings[session.id];
    if (!ending) {
        ending = new SessionEnding(m_provider, m_connection, session, m_clock, m_pace, this);
        connect(ending, &SessionEnding::progressed, this, [this, made = ending] { report(*made); });
        connect(ending, &SessionEnding::answered, this, &Terminator::startNext);
    }
    return ending;
}

bool Terminator::isBusy() const
{
    return std::any_of(m_batch.cbegin(), m_batch.cend(),
                       [](const Termination &termination) { return !isDecided(termination); });
}

void Terminator::startNext()
{
    while (!m_queue.isEmpty() && mayAskOneMore())
        m_endings.value(m_queue.dequeue())->ask();
}

bool Terminator::mayAskOneMore() const
{
    return std::count_if(m_endings.cbegin(), m_endings.cend(),
                         [](const SessionEnding *ending) { return ending->isAsking(); })
           < mostAtOnce;
}

void Terminator::report(SessionEnding &ending)
{
    const QString id = ending.session().id;
    const Termination termination = ending.termination();
    if (m_batch.contains(id))
        m_batch.insert(id, termination);
    if (termination.phase == Termination::Phase::Gone) {
        m_endings.remove(id);
        m_queue.removeAll(id); // one that was to be asked again, and went by itself
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
