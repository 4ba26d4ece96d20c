#include "network/secretstore.h"

#include "models/knownsecrets.h"

namespace Anchorwatch {

using Store = SecretReference::Store;

namespace {

void answerFromVariable(SecretReply *reply, const QString &variable, const QString &secret)
{
    if (!secret.isEmpty()) {
        reply->succeed(secret);
    } else if (variable.isEmpty()) {
        reply->fail({SecretFault::Kind::Missing,
                     SecretStore::tr("No environment variable is named to take the secret from.")});
    } else {
        reply->fail({SecretFault::Kind::Missing,
                     SecretStore::tr("%1 is not set in the environment of this program. Set it and "
                                     "start the program again.")
                         .arg(variable)});
    }
}

} // namespace

SecretStore::SecretStore(QObject *parent)
    : SecretStore(KeychainPace{}, parent)
{
}

SecretStore::SecretStore(const KeychainPace &pace, QObject *parent)
    : QObject(parent)
    , m_keychain(pace)
{
}

SecretReply *SecretStore::findKeychain()
{
    return m_keychain.find();
}

SecretReply *SecretStore::read(const Connection &connection)
{
    SecretReply *reply = nullptr;
    if (connection.secret.store == Store::Keychain)
        reply = m_keychain.read(connection.id);
    else
        reply = new SecretReply(this);
    connect(reply, &SecretReply::finished, this, [reply] { hideSecret(reply->secret()); });

    switch (connection.secret.store) {
    case Store::Keychain:
        break;
    case Store::None:
        reply->succeed();
        break;
    case Store::Environment:
        answerFromVariable(reply, connection.secret.variable,
                           takenFrom(connection.secret.variable));
        break;
    case Store::ThisRun:
        if (m_ofThisRun.contains(connection.id)) {
            reply->succeed(m_ofThisRun.value(connection.id));
        } else {
            reply->fail({SecretFault::Kind::Missing,
                         tr("The secret of %1 was kept for one run only. Enter it again.")
                             .arg(connection.name)});
        }
    }
    return reply;
}

QString SecretStore::takenFrom(const QString &variable)
{
    const QByteArray name = variable.toLocal8Bit();
    if (!name.isEmpty() && qEnvironmentVariableIsSet(name.constData())) {
        m_taken.insert(variable, qEnvironmentVariable(name.constData()));
        qunsetenv(name.constData());
    }
    return m_taken.value(variable);
}

SecretReply *SecretStore::write(const Connection &connection, const QString &secret)
{
    hideSecret(secret);
    if (connection.secret.store == Store::Keychain)
        return m_keychain.write(connection.id, secret);

    auto *reply = new SecretReply(this);
    switch (connection.secret.store) {
    case Store::Keychain:
        break;
    case Store::None:
        reply->fail({SecretFault::Kind::NotKept,
                     tr("%1 has no place for a secret. Choose one.").arg(connection.name)});
        break;
    case Store::Environment:
        reply->fail({SecretFault::Kind::NotKept,
                     tr("The secret of %1 comes from the environment variable %2, which is set "
                        "before this program starts.")
                         .arg(connection.name, connection.secret.variable)});
        break;
    case Store::ThisRun:
        m_ofThisRun.insert(connection.id, secret);
        reply->succeed();
    }
    return reply;
}

SecretReply *SecretStore::remove(const Connection &connection)
{
    if (connection.secret.store == Store::Keychain)
        return m_keychain.remove(connection.id);
    if (connection.secret.store == Store::ThisRun)
        m_ofThisRun.remove(connection.id);
    auto *reply = new SecretReply(this);
    reply->succeed();
    return reply;
}

} // namespace Anchorwatch
