#include "network/sessionending.h"

namespace Anchorwatch {

using namespace std::chrono_literals;

namespace {

constexpr int firstLooks = 5;
constexpr int laterLooks = 20;

// The service's own words where it gave any.
QString wordsOf(const Fault &fault)
{
    return fault.detail.isEmpty() ? fault.what : fault.detail;
}

} // namespace

SessionEnding::SessionEnding(SessionProvider &provider, const Connection &connection,
                             const Session &session, const Clock &clock, const EndingPace &pace,
                             QObject *parent)
    : QObject(parent)
    , m_provider(provider)
    , m_connection(connection)
    , m_session(session)
    , m_clock(clock)
    , m_pace(pace)
{
    m_lookTimer.setSingleShot(true);
    m_patience.setSingleShot(true);
    connect(&m_lookTimer, &QTimer::timeout, this, &SessionEnding::look);
    connect(&m_patience, &QTimer::timeout, this, &SessionEnding::becomeStillRunning);
}

void SessionEnding::ask()
{
    if (m_termination.phase == Termination::Phase::Gone)
        return;
    m_patience.start(m_pace.patience);
    if (!m_deleteReply)
        sendQuestion();
    m_termination = {};
    m_termination.phase = Termination::Phase::Terminating;
    emit progressed();
}

void SessionEnding::sendQuestion()
{
    m_lookTimer.stop();
    if (m_lookReply)
        m_lookReply->abort();
    m_askedAt = m_clock.elapsed();
    m_deleteFault.reset();
    m_lookFault.reset();
    m_deleteAnswered = false;
    m_looks = 0;
    m_deleteReply = m_provider.terminate(m_session.id);
    connect(m_deleteReply, &ProviderReply::finished, this,
            [this, reply = m_deleteReply.data()] { takeAnswer(*reply); });
}

void SessionEnding::takeAnswer(const TerminateReply &reply)
{
    m_deleteReply.clear();
    m_deleteAnswered = true;
    m_deleteFault = reply.fault();
    if (m_deleteFault && m_deleteFault->kind == Fault::Kind::NotFound)
        becomeGone({Termination::Proof::AlreadyGone, Termination::Proof::IdUnknown});
    else
        look();
    emit answered();
}

void SessionEnding::look()
{
    if (m_lookReply)
        return;
    ++m_looks;
    m_lookReply = m_provider.get(m_session.id);
    connect(m_lookReply, &ProviderReply::finished, this,
            [this, reply = m_lookReply.data()] { takeLook(*reply); });
}

void SessionEnding::takeLook(const SessionReply &reply)
{
    m_lookReply.clear();
    m_lookFault = reply.fault();
    if (reply.fault() && reply.fault()->kind == Fault::Kind::NotFound) {
        becomeGone(Termination::Proof::IdUnknown);
        return;
    }
    if (!reply.fault() && reply.session.status.isOver() && !m_deleteFault) {
        becomeGone(Termination::Proof::Stopped);
        return;
    }
    if (m_deleteFault || m_termination.phase == Termination::Phase::StillRunning)
        becomeStillRunning();
    lookAgain();
}

void SessionEnding::lookAgain()
{
    m_lookTimer.start(pauseBeforeLook());
}

std::chrono::milliseconds SessionEnding::pauseBeforeLook() const
{
    if (m_looks < firstLooks)
        return m_pace.firstLooks;
    return m_looks < laterLooks ? m_pace.laterLooks : m_pace.lateLooks;
}

QString SessionEnding::whyStillRunning() const
{
    if (m_deleteFault)
        return wordsOf(*m_deleteFault);
    if (m_lookFault)
        return wordsOf(*m_lookFault);
    const bool hasLooked = m_looks > (m_lookReply ? 1 : 0);
    const QString what = hasLooked ? tr("still listed after %1 s") : tr("no answer after %1 s");
    return what.arg(m_pace.patience / 1s);
}

void SessionEnding::becomeGone(Termination::Proofs proofs)
{
    m_patience.stop();
    m_lookTimer.stop();
    m_termination.phase = Termination::Phase::Gone;
    m_termination.proofs = proofs;
    const bool ended = m_deleteAnswered && !m_deleteFault;
    // The local service answers only when it has seen the whole process tree end.
    if (ended && m_connection.kind == Connection::Kind::Local)
        m_termination.proofs |= Termination::Proof::ProcessTreeGone;
    m_termination.profile = profileOutcome();
    m_termination.took = m_clock.elapsed() - m_askedAt;
    m_termination.reason = m_termination.profile == Termination::Profile::NotSaved
                               ? wordsOf(*m_deleteFault)
                               : QString();
    emit progressed();
}

void SessionEnding::becomeStillRunning()
{
    m_patience.stop();
    const QString reason = whyStillRunning();
    if (m_termination.phase == Termination::Phase::StillRunning && m_termination.reason == reason)
        return;
    m_termination.phase = Termination::Phase::StillRunning;
    m_termination.reason = reason;
    emit progressed();
}

Termination::Profile SessionEnding::profileOutcome() const
{
    if (m_session.profileName.isEmpty())
        return Termination::Profile::None;
    if (!m_session.persist.value_or(false))
        return Termination::Profile::Unchanged;
    if (!m_deleteAnswered)
        return Termination::Profile::Unknown;
    if (!m_deleteFault)
        return Termination::Profile::Saved;
    return m_deleteFault->kind == Fault::Kind::ServiceError ? Termination::Profile::NotSaved
                                                            : Termination::Profile::Unknown;
}

} // namespace Anchorwatch
