#pragma once

#include "models/connection.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace Anchorwatch {

// What the user has said yes to in this run, where watching costs or holds off an idle limit. No
// picture of such a session is asked for before.
class WatchingConsent : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    // Why watching sessions of that connection is not free, for people; empty where it is.
    void setCost(const QString &connectionId, const QString &cost);
    [[nodiscard]] QString cost(const QString &connectionId) const;

    // The user knows what it costs there: they are not asked again.
    void agree(const QString &connectionId);
    [[nodiscard]] bool isAgreed(const QString &connectionId) const;

    // Pictures of that session are wanted, wherever it is shown; that is a yes as well.
    void show(const SessionKey &key);
    // Why the user is to be asked before there are pictures of that session; empty when not.
    [[nodiscard]] QString reasonToAsk(const SessionKey &key) const;

signals:
    // reasonToAsk() answers something else.
    void changed();

private:
    QHash<QString, QString> m_costs; // by connection
    QSet<QString> m_agreed;
    QSet<SessionKey> m_shown;
};

} // namespace Anchorwatch
