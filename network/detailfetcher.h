#pragma once

#include "network/sessionprovider.h"

#include <QObject>
#include <QSet>
#include <QStringList>

namespace Anchorwatch {

// Asks for single sessions whose list entry leaves out the addresses: a few at a time, each once,
// those wanted last first, since they are what the user looks at now.
class DetailFetcher : public QObject
{
    Q_OBJECT

public:
    // The provider must outlive it.
    explicit DetailFetcher(SessionProvider &provider, QObject *parent = nullptr);

    // The first is the most urgent.
    void want(const QStringList &ids);

signals:
    void fetched(const Anchorwatch::Session &session);

private:
    void askNext();

    SessionProvider &m_provider;
    QStringList m_waiting;
    QSet<QString> m_known; // waiting, asked or answered
    int m_asking = 0;
};

} // namespace Anchorwatch
