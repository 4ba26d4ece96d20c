#include "network/keychain.h"

#include "models/redaction.h"

#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QFile>
#include <QTimer>

#include <functional>
#include <qt6keychain/keychain.h>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

const auto serviceName = u"anchorwatch"_s;
const auto secretService = u"org.freedesktop.secrets"_s;

using Attributes = QMap<QString, QString>;

// Asking for a session bus where there is none would start one.
bool hasSessionBus()
{
    if (qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS"))
        return true;
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !runtime.isEmpty() && QFile::exists(runtime + "/bus"_L1);
}

// Starts the service where D-Bus knows how (Secret Service API 0.2).
QDBusMessage isThereSecretService()
{
    QDBusMessage question =
        QDBusMessage::createMethodCall(secretService, u"/org/freedesktop/secrets"_s,
                                       u"org.freedesktop.Secret.Service"_s, u"ReadAlias"_s);
    question << u"default"_s;
    return question;
}

QDBusMessage isThereKWallet()
{
    return QDBusMessage::createMethodCall(u"org.kde.kwalletd5"_s, u"/modules/kwalletd5"_s,
                                          u"org.kde.KWallet"_s, u"isEnabled"_s);
}

// Answers which items are unlocked and which are locked. The names of the attributes are
// QtKeychain's.
QDBusMessage whereIs(const QString &key)
{
    QDBusMessage question =
        QDBusMessage::createMethodCall(secretService, u"/org/freedesktop/secrets"_s,
                                       u"org.freedesktop.Secret.Service"_s, u"SearchItems"_s);
    const Attributes attributes{{u"server"_s, serviceName}, {u"user"_s, key}};
    question << QVariant::fromValue(attributes);
    return question;
}

SecretFault noKeychain(const QString &why)
{
    return {SecretFault::Kind::NoKeychain,
            Keychain::tr("%1 Keep the secret in an environment variable or for this run only.")
                .arg(why)};
}

SecretFault missing()
{
    return {SecretFault::Kind::Missing,
            Keychain::tr("The keychain holds no secret for this connection. Enter it again.")};
}

SecretFault faultOf(QKeychain::Error error, const QString &words)
{
    switch (error) {
    case QKeychain::EntryNotFound:
        return missing();
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return {SecretFault::Kind::Denied,
                Keychain::tr("The keychain is locked or refuses access. Unlock it, allow "
                             "Anchorwatch to use it, and try again.")};
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return noKeychain(Keychain::tr("This desktop has no keychain."));
    case QKeychain::NoError:
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::OtherError:
        break;
    }
    return {
        SecretFault::Kind::Failed,
        Keychain::tr("The keychain cannot do it: %1. Try again; if it stays so, start the program "
                     "again.")
            .arg(redacted(words))};
}

using Answered = std::function<void(const QDBusMessage &answer)>;

// The answer, or the error, arrives while the reply is waited for; not later.
void ask(SecretReply *reply, const QDBusMessage &question, std::chrono::milliseconds patience,
         const Answered &then)
{
    const auto call =
        QDBusConnection::sessionBus().asyncCall(question, static_cast<int>(patience.count()));
    auto *watcher = new QDBusPendingCallWatcher(call, reply);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, reply,
                     [then](QDBusPendingCallWatcher *done) { then(done->reply()); });
}

bool isError(const QDBusMessage &answer)
{
    return answer.type() == QDBusMessage::ErrorMessage;
}

// For what is not there: libsecret overlooks what is locked, also when the user was asked to
// unlock it and did not.
void unlessLocked(SecretReply *reply, const QString &key, std::chrono::milliseconds patience,
                  const std::function<void()> &then)
{
    ask(reply, whereIs(key), patience, [reply, then](const QDBusMessage &places) {
        const auto lockedItems = qdbus_cast<QList<QDBusObjectPath>>(places.arguments().value(1));
        if (lockedItems.isEmpty())
            then();
        else
            reply->fail({SecretFault::Kind::Locked,
                         Keychain::tr("The keychain is locked. Unlock it and try again.")});
    });
}

// QtKeychain's job cannot be ended, so it outlives a reply that is no longer waited for.
void start(SecretReply *reply, QKeychain::Job *job, const QString &key,
           std::chrono::milliseconds patience, const std::function<void()> &then)
{
    job->setKey(key);
    job->setInsecureFallback(false);
    QObject::connect(job, &QKeychain::Job::finished, reply, then);
    QTimer::singleShot(patience, reply, [reply, patience] {
        reply->fail({SecretFault::Kind::Failed,
                     Keychain::tr("The keychain did not answer within %1 s. See whether it asks "
                                  "for something, and try again.")
                         .arg(std::chrono::duration<double>(patience).count())});
    });
    job->start();
}

void answer(SecretReply *reply, const QKeychain::Job &job, const QString &secret = {})
{
    if (job.error() == QKeychain::NoError)
        reply->succeed(secret);
    else
        reply->fail(faultOf(job.error(), job.errorString()));
}

} // namespace

Keychain::Keychain(const KeychainPace &pace, QObject *parent)
    : QObject(parent)
    , m_pace(pace)
{
    qDBusRegisterMetaType<Attributes>();
}

SecretReply *Keychain::find()
{
    auto *reply = new SecretReply(this);
    whenFound(reply, [reply] { reply->succeed(); });
    return reply;
}

SecretReply *Keychain::read(const QString &key)
{
    auto *reply = new SecretReply(this);
    whenFound(reply, [this, reply, key] {
        auto *job = new QKeychain::ReadPasswordJob(serviceName);
        start(reply, job, key, m_pace.person, [this, reply, key, job] {
            if (job->error() == QKeychain::EntryNotFound)
                unlessLocked(reply, key, m_pace.answer, [reply] { reply->fail(missing()); });
            else
                answer(reply, *job, job->textData());
        });
    });
    return reply;
}

SecretReply *Keychain::write(const QString &key, const QString &secret)
{
    auto *reply = new SecretReply(this);
    whenFound(reply, [this, reply, key, secret] {
        auto *job = new QKeychain::WritePasswordJob(serviceName);
        job->setTextData(secret);
        start(reply, job, key, m_pace.person, [reply, job] { answer(reply, *job); });
    });
    return reply;
}

SecretReply *Keychain::remove(const QString &key)
{
    auto *reply = new SecretReply(this);
    whenFound(reply, [this, reply, key] {
        auto *job = new QKeychain::DeletePasswordJob(serviceName);
        start(reply, job, key, m_pace.person, [this, reply, key, job] {
            if (job->error() == QKeychain::NoError || job->error() == QKeychain::EntryNotFound)
                unlessLocked(reply, key, m_pace.answer, [reply] { reply->succeed(); });
            else
                answer(reply, *job);
        });
    });
    return reply;
}

void Keychain::whenFound(SecretReply *reply, const std::function<void()> &then)
{
    if (!hasSessionBus() || !QDBusConnection::sessionBus().isConnected()) {
        reply->fail(noKeychain(tr("No D-Bus session can be reached, and so no keychain.")));
        return;
    }
    ask(reply, isThereSecretService(), m_pace.answer, [=, this](const QDBusMessage &secrets) {
        if (!isError(secrets)) {
            then();
        } else if (secrets.errorName() == QDBusError::errorString(QDBusError::NoReply)) {
            reply->fail(noKeychain(tr("The keychain does not answer.")));
        } else {
            ask(reply, isThereKWallet(), m_pace.answer, [=](const QDBusMessage &kwallet) {
                if (kwallet.arguments().value(0).toBool())
                    then();
                else
                    reply->fail(noKeychain(tr("This desktop has no keychain.")));
            });
        }
    });
}

} // namespace Anchorwatch
