#pragma once

#include "models/clock.h"
#include "network/sessionprovider.h"

#include <QHash>
#include <QObject>
#include <QStringList>

#include <chrono>
#include <optional>

namespace Anchorwatch {

// Asks for single sessions whose list entry leaves something out: a few at a time, those wanted
// last first, since they are what the user looks at now. Each is asked for once; one that lists
// never tell whole (Session::isPartial) again when what is known of it is old, and sooner where the
// answer failed or named no page.
class DetailFetcher : public QObject
{
    Q_OBJECT

public:
    // Provider and clock must outlive it.
    DetailFetcher(SessionProvider &provider, const Clock &clock, QObject *parent = nullptr);

    // The first is the most urgent.
    void want(const QStringList &ids);

signals:
    void fetched(const Anchorwatch::Session &session);

private:
    [[nodiscard]] bool isDue(const QString &id) const;
    void askNext();
    void take(const QString &id, const SessionReply &reply);

    SessionProvider &m_provider;
    const Clock &m_clock;
    QStringList m_waiting;
    // When it may be asked for again, by Clock::elapsed(); nothing while it is waiting or asked.
    QHash<QString, std::optional<std::chrono::milliseconds>> m_dueAt;
    int m_asking = 0;
};

} // namespace Anchorwatch
