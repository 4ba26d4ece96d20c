#include "network/terminator.h"

#include <algorithm>
#include <utility>

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
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &Terminator::goOn);
}

void Terminator::terminate(const SessionList &sessions)
{
    TerminationReports begun;
    for (const Session &session : sessions) {
        if (!isUnderWay(session.id))
            begun.append(begin(session));
    }
    if (!begun.isEmpty())
        emit progressed(begun);
    startNext();
    finishBatchIfDone();
}

bool Terminator::isUnderWay(const QString &id) const
{
    const SessionEnding *known = m_endings.value(id);
    return m_batch.value(id).phase == Termination::Phase::Terminating
           || (known && !isDecided(known->termination()));
}

TerminationReport Terminator::begin(const Session &session)
{
    Termination begun;
    begun.reason = terminateRefusal(session.id);
    begun.phase =
        begun.reason.isEmpty() ? Termination::Phase::Terminating : Termination::Phase::StillRunning;
    m_batch.insert(session.id, begun);
    const TerminationReport report{{m_connection.id, session.id}, begun};
    if (!begun.reason.isEmpty())
        return report;
    SessionEnding *known = m_endings.value(session.id);
    if (known && known->isAsking())
        known->ask(); // waits on for the answer to the question before
    else
        m_queue.enqueue(session);
    return report;
}

SessionEnding *Terminator::endingOf(const Session &session)
{
    SessionEnding *&ending = m_endings[session.id];
    if (!ending) {
        ending = new SessionEnding(m_provider, m_connection, session, m_clock, m_pace, this);
        connect(ending, &SessionEnding::progressed, this, [this, made = ending] { report(*made); });
        connect(ending, &SessionEnding::answered, &m_next, qOverload<>(&QTimer::start));
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
        endingOf(m_queue.dequeue())->ask();
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
        // One that was to be asked again, and went by itself.
        m_queue.removeIf([&id](const Session &waiting) { return waiting.id == id; });
        ending.deleteLater();
    }
    m_reports.append({{m_connection.id, id}, termination});
    m_next.start();
}

void Terminator::goOn()
{
    startNext();
    if (!m_reports.isEmpty())
        emit progressed(std::exchange(m_reports, {}));
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
