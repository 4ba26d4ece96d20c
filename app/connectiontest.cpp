#include "app/connectiontest.h"

#include "app/providers.h"
#include "models/urltext.h"

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

ConnectionTest::ConnectionTest(const Connection &connection, const QString &secret, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_manager(connection.certificate)
    , m_provider(makeProvider(m_manager, connection, secret))
{
    ListReply *reply = m_provider->list();
    connect(reply, &ProviderReply::finished, this, [this, reply] {
        emit found(findingOf(*reply));
        deleteLater();
    });
}

ConnectionFinding ConnectionTest::findingOf(const ListReply &reply) const
{
    if (const auto &fault = reply.fault()) {
        const QString needs = m_connection.kind == Connection::Kind::Anchor
                                  ? tr("It needs an API key")
                                  : tr("It needs a user and a password");
        const QString title = fault->lacksSecret                    ? needs
                              : fault->kind == Fault::Kind::Refused ? tr("It refused us")
                              : fault->kind == Fault::Kind::Unreachable
                                  ? tr("It cannot be reached")
                                  : tr("It did not answer with a list of sessions");
        return {false, title, QStringList{fault->what, fault->detail}.join(u' ').trimmed(),
                fault->certificate};
    }
    const auto live = std::count_if(reply.sessions.cbegin(), reply.sessions.cend(),
                                    [](const Session &one) { return !one.status.isOver(); });
    QStringList sentences;
    constexpr qsizetype longestName = 60;
    if (!reply.service.isEmpty())
        sentences += visibleText(reply.service.left(longestName)) + u'.';
    sentences += live == 1 ? tr("1 live session.") : tr("%1 live sessions.").arg(live);
    if (const QString refusal = m_provider->createRefusal(); !refusal.isEmpty())
        sentences += refusal;
    if (const QString cost = m_provider->watchingCost(); !cost.isEmpty())
        sentences += cost;
    if (m_connection.kind == Connection::Kind::Grid && !m_connection.user.isEmpty())
        sentences += tr("Its password does not protect its WebSockets: whoever knows a session's "
                        "id has its browser.");
    return {true, tr("Reached in %1 ms").arg(qRound(reply.fetchMs)), sentences.join(u' ')};
}

} // namespace Anchorwatch
