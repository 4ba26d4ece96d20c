#pragma once

#include "models/connection.h"
#include "network/keychain.h"

#include <QHash>
#include <QObject>

namespace Anchorwatch {

// Keeps the secret of each connection where its SecretReference says: the desktop's keychain, an
// environment variable, or the memory of this run. Never in plain text on disk. What it has read
// or kept is hidden from everything that is shown or logged from then on (models/knownsecrets.h).
// Replies stay its children; it is used in one thread, that of the window.
class SecretStore : public QObject
{
    Q_OBJECT

public:
    explicit SecretStore(QObject *parent = nullptr);
    explicit SecretStore(const KeychainPace &pace, QObject *parent = nullptr);

    // Whether the desktop has a keychain to choose; the fault says why not. Takes a moment.
    [[nodiscard]] SecretReply *findKeychain();

    [[nodiscard]] SecretReply *read(const Connection &connection);
    // Replaces what was kept. NotKept where the place is not the program's to write (the
    // environment, or none).
    [[nodiscard]] SecretReply *write(const Connection &connection, const QString &secret);
    // Forgets it in the place that the connection names, where there is something to forget.
    SecretReply *remove(const Connection &connection);

private:
    // What the variable holds, which is taken out of the environment: programs that are started
    // from here, such as the desktop's opener, have no use for it.
    [[nodiscard]] QString takenFrom(const QString &variable);

    Keychain m_keychain;
    QHash<QString, QString> m_taken;     // by variable
    QHash<QString, QString> m_ofThisRun; // by connection id
};

} // namespace Anchorwatch
