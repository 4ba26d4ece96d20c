#include "network/detailfetcher.h"

namespace Anchorwatch {

namespace {

constexpr int mostAtOnce = 3;

} // namespace

DetailFetcher::DetailFetcher(SessionProvider &provider, QObject *parent)
    : QObject(parent)
    , m_provider(provider)
{
}

void DetailFetcher::want(const QStringList &ids)
{
    QStringList fresh;
    for (const QString &id : ids) {
        const bool isWaiting = m_waiting.removeOne(id);
        if (m_known.contains(id) && !isWaiting)
            continue;
        m_known.insert(id);
        fresh.append(id);
    }
    m_waiting = fresh + m_waiting;
    askNext();
}

void DetailFetcher::askNext()
{
    while (m_asking < mostAtOnce && !m_waiting.isEmpty()) {
        ++m_asking;
        SessionReply *reply = m_provider.get(m_waiting.takeFirst());
        connect(reply, &ProviderReply::finished, this, [this, reply] {
            --m_asking;
            if (!reply->fault())
                emit fetched(reply->session);
            askNext();
        });
    }
}

} // namespace Anchorwatch
