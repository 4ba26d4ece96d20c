#pragma once

#include "models/fault.h"
#include "models/session.h"
#include "models/sessionrequest.h"

#include <QNetworkRequest>
#include <QObject>

#include <optional>

namespace Anchorwatch {

// One question to a service that is under way. It answers exactly once, with finished(), always
// after the call that made it has returned, then deletes itself; whoever asked may drop it earlier
// with abort(). It stays the provider's child. All in the thread of the provider.
class ProviderReply : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    // Set before finished() when there is no answer; the other fields of the reply are then empty.
    [[nodiscard]] const std::optional<Fault> &fault() const { return m_fault; }
    [[nodiscard]] bool isFinished() const { return m_finished; }

    // Gives up: no finished() will come, the reply is deleted. What the service has begun, it may
    // end.
    void abort();

    // For providers: deliver the answer, from the event loop. The first one stands.
    void succeed();
    void fail(const Fault &fault);

signals:
    void finished();
    // For providers: abort() was called.
    void aborted();

private:
    void deliver();

    std::optional<Fault> m_fault;
    bool m_answered = false;
    bool m_finished = false;
};

// All sessions at one moment.
class ListReply : public ProviderReply
{
    Q_OBJECT

public:
    using ProviderReply::ProviderReply;

    SessionList sessions;
    QString service;        // its name and version, where its answers say so
    bool unchanged = false; // true: the same bytes as the answer before; `sessions` is empty then
    qint64 bytes = 0;       // size of the answer on the wire
    double fetchMs = 0;     // from the request to the last byte
    double decodeMs = 0;
};

// One session: the answer of get() and create().
class SessionReply : public ProviderReply
{
    Q_OBJECT

public:
    using ProviderReply::ProviderReply;

    Session session;
};

// The end of a session. No fault means that the service says it is gone and, where it persists,
// saved. A fault of kind NotFound means that it had gone before.
class TerminateReply : public ProviderReply
{
    Q_OBJECT

public:
    using ProviderReply::ProviderReply;
};

// The closing of one page of a session that goes on. No fault means that the page is gone. A fault
// of kind NotFound means that the session or the page had gone before.
class CloseTabReply : public ProviderReply
{
    Q_OBJECT

public:
    using ProviderReply::ProviderReply;
};

// Speaks to one service that holds sessions. Owns its replies until they finish; destroying the
// provider destroys them without finished().
class SessionProvider : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] virtual ListReply *list() = 0;
    [[nodiscard]] virtual SessionReply *get(const QString &id) = 0;
    [[nodiscard]] virtual SessionReply *create(const SessionRequest &request) = 0;
    // The caller has checked the id with terminateRefusal().
    [[nodiscard]] virtual TerminateReply *terminate(const QString &id) = 0;
    // Closes one of the session's tabs, never its last one. By default a fault that says that this
    // kind of service cannot do it.
    [[nodiscard]] virtual CloseTabReply *closeTab(const QString &id, int tab);

    // What a service cannot do it says: the reason, for people, or an empty string where it can.
    [[nodiscard]] virtual QString createRefusal() const { return {}; }
    [[nodiscard]] virtual QString terminateRefusal() const { return {}; }
    // A new session on a named profile, or one that keeps it.
    [[nodiscard]] virtual QString profileRefusal() const { return {}; }
    // A longest duration or idle time for a new session.
    [[nodiscard]] virtual QString timeoutRefusal() const { return {}; }
    // Why watching a session is not free (it costs, or holds off an idle limit), for people; empty
    // where it is. Nothing is then watched before the user says so.
    [[nodiscard]] virtual QString watchingCost() const { return {}; }
    // With what the CDP address of one of its sessions is connected to. What the service was given
    // as a secret goes along to its own origin alone.
    [[nodiscard]] virtual QNetworkRequest cdpRequest(const QUrl &address) const
    {
        return QNetworkRequest(address);
    }
    // The first of the refusals that the request meets.
    [[nodiscard]] QString refusalOf(const SessionRequest &request) const;
};

} // namespace Anchorwatch
