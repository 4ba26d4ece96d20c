#include "network/secretreply.h"

namespace Anchorwatch {

void SecretReply::succeed(const QString &secret)
{
    if (!m_isAnswered)
        m_secret = secret;
    deliver();
}

void SecretReply::fail(const SecretFault &fault)
{
    if (!m_isAnswered)
        m_fault = fault;
    deliver();
}

void SecretReply::deliver()
{
    if (m_isAnswered)
        return;
    m_isAnswered = true;
    // Queued, so that what is known at once arrives like what has to be asked for.
    QMetaObject::invokeMethod(
        this,
        [this] {
            emit finished();
            deleteLater();
        },
        Qt::QueuedConnection);
}

} // namespace Anchorwatch
