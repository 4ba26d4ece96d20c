#include "ui/watchingconsent.h"

namespace Anchorwatch {

void WatchingConsent::setCost(const QString &connectionId, const QString &cost)
{
    if (m_costs.value(connectionId) == cost)
        return;
    m_costs.insert(connectionId, cost);
    emit changed();
}

QString WatchingConsent::cost(const QString &connectionId) const
{
    return m_costs.value(connectionId);
}

void WatchingConsent::agree(const QString &connectionId)
{
    m_agreed.insert(connectionId);
}

bool WatchingConsent::isAgreed(const QString &connectionId) const
{
    return m_agreed.contains(connectionId) || cost(connectionId).isEmpty();
}

void WatchingConsent::show(const SessionKey &key)
{
    agree(key.connectionId);
    m_shown.insert(key);
    emit changed();
}

QString WatchingConsent::reasonToAsk(const SessionKey &key) const
{
    return m_shown.contains(key) ? QString() : cost(key.connectionId);
}

} // namespace Anchorwatch
