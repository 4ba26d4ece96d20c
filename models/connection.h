#pragma once

#include <QMetaType>
#include <QString>
#include <QUrl>

#include <chrono>

namespace Anchorwatch {

// Where the API key or password of a connection is kept; never the secret itself.
struct SecretReference
{
    Q_GADGET

public:
    enum class Store {
        None,        // the service asks for none
        Keychain,    // of the desktop, under the connection's id
        Environment, // in the variable of that name
        ThisRun      // only in memory: asked for again after the next start
    };
    Q_ENUM(Store)

    Store store = Store::None;
    QString variable;

    bool operator==(const SecretReference &) const = default;
};

// A named way to reach one service that holds sessions.
struct Connection
{
    Q_GADGET

public:
    enum class Kind {
        Local,   // anchorwatchd on this machine, started by the window where needed
        Service, // any other sessions service (docs/http-api.md)
        Anchor,  // the Anchor API, or what speaks like it
        Grid,    // a Selenium Grid
        DevTools // the DevTools endpoint of a browser
    };
    Q_ENUM(Kind)

    enum class Guard {
        Normal,
        Protected, // to end sessions, their number or name has to be typed
        WatchOnly  // no action is offered
    };
    Q_ENUM(Guard)

    enum class Color { Blue, Teal, Green, Amber, Red, Pink, Violet, Slate };
    Q_ENUM(Color)

    QString id;   // stable key; rows are keyed by (connection, session id)
    QString name; // for people
    Kind kind = Kind::Local;
    QUrl baseUrl; // scheme, host and port, a path where the service has one
    std::chrono::milliseconds pollInterval{2000};
    QString badge; // two letters that stand for it where the name has no room
    Color color = Color::Slate;
    Guard guard = Guard::Normal;
    bool enabled = true; // a disabled one is kept and not asked
    QString user;        // for services with a password
    SecretReference secret;
    // The SHA-256 fingerprint ("3A:9F:…") of the one certificate that is trusted; empty: what the
    // authorities of this machine vouch for.
    QString certificate;

    // Address of the sessions of the service, or of one of them. The id becomes one path segment,
    // whatever is in it; only "." and ".." are path steps in any spelling, so ask
    // terminateRefusal() first.
    [[nodiscard]] QUrl sessionsUrl() const;
    [[nodiscard]] QUrl sessionUrl(const QString &sessionId) const;
    [[nodiscard]] QUrl tabUrl(const QString &sessionId, int tab) const;

    bool operator==(const Connection &) const = default;
};

// Names one session among those of all connections.
struct SessionKey
{
    QString connectionId;
    QString sessionId;

    bool operator==(const SessionKey &) const = default;
};

[[nodiscard]] inline size_t qHash(const SessionKey &key, size_t seed = 0)
{
    return qHashMulti(seed, key.connectionId, key.sessionId);
}

} // namespace Anchorwatch

Q_DECLARE_METATYPE(Anchorwatch::Connection)
Q_DECLARE_METATYPE(Anchorwatch::SessionKey)
