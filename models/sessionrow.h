#pragma once

#include "models/connection.h"
#include "models/session.h"
#include "models/termination.h"

#include <QList>
#include <QSharedPointer>

namespace Anchorwatch {

// What a row of the table says in its status cell: the service's status, or what we know better.
class RowState
{
    Q_GADGET

public:
    enum class Kind {
        Starting,
        Running,
        Idle,
        Stopped,
        Error,
        Unknown, // a status word outside the contract
        Malformed,
        Stale, // "Was running": the service has not answered lately
        Terminating,
        StillRunning,
        Gone,
    };
    Q_ENUM(Kind)
};

// When a session was first seen in a state.
struct StatusMoment
{
    RowState::Kind state = RowState::Kind::Unknown;
    QString text; // as shown then
    QDateTime at; // UTC

    bool operator==(const StatusMoment &) const = default;
};

// A session as the table shows it: what the service said last, and what we know beside that.
struct SessionRow
{
    SessionKey key;
    QSharedPointer<const Connection> connection; // null while the table does not know it
    Session session;
    Termination termination;
    QDateTime endedAt;    // UTC; valid when it is proven gone, or left the list without our doing
    QDateTime staleSince; // UTC; valid while its connection does not answer
    QList<StatusMoment> timeline; // oldest first, bounded

    [[nodiscard]] RowState::Kind state() const;
    [[nodiscard]] QString stateText() const;
    // True while there may be a browser behind it.
    [[nodiscard]] bool isLive() const;
    // What stands over both URL cells: what is being done, the receipt, or why it is still there.
    [[nodiscard]] QString note() const;
    // The receipt with every proof, as sentences; empty when the session is not gone.
    [[nodiscard]] QString receipt() const;
    // The reason why its URLs cannot be opened now, or an empty string.
    [[nodiscard]] QString openRefusal() const;
    // Whether its service can be asked for it by its id.
    [[nodiscard]] bool canBeAskedFor() const;
    // The reason why it cannot be terminated now, or an empty string.
    [[nodiscard]] QString terminateRefusal() const;
    // The title of the page, or what there is instead of it.
    [[nodiscard]] QString pageTitle() const;
    // For people; empty while the connection is not known.
    [[nodiscard]] QString connectionName() const;
    [[nodiscard]] Connection::Guard guard() const;

    bool operator==(const SessionRow &) const = default;
};

} // namespace Anchorwatch
