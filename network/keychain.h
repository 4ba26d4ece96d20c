#pragma once

#include "network/secretreply.h"

#include <QObject>

#include <chrono>
#include <functional>

namespace Anchorwatch {

// How long the keychain may take. Replaced in tests.
struct KeychainPace
{
    std::chrono::milliseconds answer{10'000};  // to say that it is there
    std::chrono::milliseconds person{120'000}; // for one thing to do, where it may ask a person
};

// The desktop's keychain, through QtKeychain: a Secret Service (GNOME Keyring, KeePassXC, newer
// KWallet) or KWallet. D-Bus is asked whether it is there before QtKeychain is, which probes in
// ways that block. What it cannot keep is kept nowhere.
class Keychain : public QObject
{
    Q_OBJECT

public:
    explicit Keychain(const KeychainPace &pace, QObject *parent = nullptr);

    // Whether there is a keychain that answers; the fault says why not. The others ask this first
    // by themselves.
    [[nodiscard]] SecretReply *find();
    [[nodiscard]] SecretReply *read(const QString &key);
    // For people who look into their keychain it is called "anchorwatch/key".
    [[nodiscard]] SecretReply *write(const QString &key, const QString &secret);
    // What is not there counts as removed.
    [[nodiscard]] SecretReply *remove(const QString &key);

private:
    void whenFound(SecretReply *reply, const std::function<void()> &then);

    KeychainPace m_pace;
};

} // namespace Anchorwatch
