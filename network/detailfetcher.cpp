#include "network/detailfetcher.h"

namespace Anchorwatch {

using namespace std::chrono_literals;

namespace {

constexpr int mostAtOnce = 3;
constexpr std::chrono::milliseconds freshFor = 60s;
constexpr std::chrono::milliseconds nextTryAfter = 5s;

} // namespace

DetailFetcher::DetailFetcher(SessionProvider &provider, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_provider(provider)
    , m_clock(clock)
{
}

void DetailFetcher::want(const QStringList &ids)
{
    QStringList fresh;
    for (const QString &id : ids) {
        const bool isWaiting = m_waiting.removeOne(id);
        if (!isWaiting && !isDue(id))
            continue;
        m_dueAt.insert(id, std::nullopt);
        fresh.append(id);
    }
    m_waiting = fresh + m_waiting;
    askNext();
}

bool DetailFetcher::isDue(const QString &id) const
{
    const auto dueAt = m_dueAt.constFind(id);
    return dueAt == m_dueAt.constEnd() || (*dueAt && **dueAt <= m_clock.elapsed());
}

void DetailFetcher::askNext()
{
    while (m_asking < mostAtOnce && !m_waiting.isEmpty()) {
        ++m_asking;
        const QString id = m_waiting.takeFirst();
        SessionReply *reply = m_provider.get(id);
        connect(reply, &ProviderReply::finished, this, [this, id, reply] {
            --m_asking;
            take(id, *reply);
            askNext();
        });
    }
}

void DetailFetcher::take(const QString &id, const SessionReply &reply)
{
    const bool failed = reply.fault().has_value();
    if (failed || (reply.session.isPartial && reply.session.currentUrl.isEmpty()))
        m_dueAt.insert(id, m_clock.elapsed() + nextTryAfter);
    else if (reply.session.isPartial)
        m_dueAt.insert(id, m_clock.elapsed() + freshFor);
    else
        m_dueAt.insert(id, std::chrono::milliseconds::max()); // lists tell the rest
    if (!failed)
        emit fetched(reply.session);
}

} // namespace Anchorwatch
