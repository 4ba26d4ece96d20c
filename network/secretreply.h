#pragma once

#include <QObject>
#include <QString>

#include <optional>

namespace Anchorwatch {

// Why a secret cannot be had or kept: a kind to act on, a sentence for people that says what to do.
struct SecretFault
{
    Q_GADGET

public:
    enum class Kind {
        Missing,    // nothing is kept: the user has to give it (again), or set the variable
        NoKeychain, // the desktop has none that answers: another place has to be chosen
        Locked,     // the keychain stayed locked
        Denied,     // the keychain does not let us
        NotKept,    // it is not ours to keep: the environment is set from outside
        Failed      // anything else
    };
    Q_ENUM(Kind)

    Kind kind = Kind::Failed;
    QString what;

    bool operator==(const SecretFault &) const = default;
};

// One question to the SecretStore that is under way. It answers exactly once, with finished(),
// always after the call that made it has returned, then deletes itself. All in the store's thread.
class SecretReply : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] const std::optional<SecretFault> &fault() const { return m_fault; }
    // What was read; empty where the connection needs none.
    [[nodiscard]] const QString &secret() const { return m_secret; }

    // For the store: the first answer stands.
    void succeed(const QString &secret = {});
    void fail(const SecretFault &fault);
    [[nodiscard]] bool isAnswered() const { return m_isAnswered; }

signals:
    void finished();

private:
    void deliver();

    std::optional<SecretFault> m_fault;
    QString m_secret;
    bool m_isAnswered = false;
};

} // namespace Anchorwatch
