#pragma once

#include "models/connection.h"
#include "network/serviceaccess.h"
#include "network/sessionprovider.h"

#include <memory>

namespace Anchorwatch {

// What a try of a connection found.
struct ConnectionFinding
{
    bool isGood = false;
    QString title; // "Reached in 142 ms"
    QString text;
    QString certificate = {}; // the fingerprint of one that was refused, if that is why
};

// Tries a connection once, as the user has typed it: lists its sessions and says what came of it.
// Changes nothing at the service.
class ConnectionTest : public QObject
{
    Q_OBJECT

public:
    ConnectionTest(const Connection &connection, const QString &secret, QObject *parent = nullptr);

signals:
    // Once; the object deletes itself afterwards.
    void found(const Anchorwatch::ConnectionFinding &finding);

private:
    [[nodiscard]] ConnectionFinding findingOf(const ListReply &reply) const;

    Connection m_connection;
    ServiceAccess m_manager;
    std::unique_ptr<SessionProvider> m_provider;
};

} // namespace Anchorwatch
