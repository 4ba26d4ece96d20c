#include "network/sessionprovider.h"

namespace Anchorwatch {

void ProviderReply::abort()
{
    if (m_finished)
        return;
    m_finished = true;
    emit aborted();
    deleteLater();
}

void ProviderReply::succeed()
{
    deliver();
}

void ProviderReply::fail(const Fault &fault)
{
    if (!m_answered)
        m_fault = fault;
    deliver();
}

void ProviderReply::deliver()
{
    if (m_answered)
        return;
    m_answered = true;
    // Queued, so that a provider that knows the answer at once behaves like one that has to ask.
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_finished)
                return;
            m_finished = true;
            emit finished();
            deleteLater();
        },
        Qt::QueuedConnection);
}

CloseTabReply *SessionProvider::closeTab(const QString &, int)
{
    auto *reply = new CloseTabReply(this);
    reply->fail(
        {Fault::Kind::Refused, tr("This service cannot close one tab of a session."), {}, {}});
    return reply;
}

QString SessionProvider::refusalOf(const SessionRequest &request) const
{
    if (const QString refusal = createRefusal(); !refusal.isEmpty())
        return refusal;
    if (!request.profileName.isEmpty() || request.createNewProfile || request.persists()) {
        if (const QString refusal = profileRefusal(); !refusal.isEmpty())
            return refusal;
    }
    if (request.maxDurationMinutes || request.idleTimeoutMinutes)
        return timeoutRefusal();
    return {};
}

} // namespace Anchorwatch
