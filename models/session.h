#pragma once

#include "models/sessionstatus.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Anchorwatch {

// One page of a session. Its number is never given to another of the same session, and is the one
// that "#tab=N" behind a live view link means.
struct SessionTab
{
    int number = 0;
    QString title;
    QString url;

    bool operator==(const SessionTab &) const = default;
};

// One more thing that a service says of a session, for people: "Node", "Platform".
struct SessionFact
{
    QString label;
    QString value;

    bool operator==(const SessionFact &) const = default;
};

// A number that a service counts or sets for a session.
struct SessionFigure
{
    enum class Kind { Duration, TimeLimit, IdleLimit, Steps, Credits, ProxyTraffic };

    Kind kind = Kind::Duration;
    double value = 0; // times in seconds, traffic in bytes; a limit that is none is infinite

    bool operator==(const SessionFigure &) const = default;
};

// One remote browser, as its service describes it at one moment. Empty strings, invalid times and
// missing optionals mean "the service did not say".
struct Session
{
    QString id;
    SessionStatus status;
    QString cdpUrl;         // ws: or wss:, often holds a secret
    QString liveViewUrl;    // http: or https:, a capability: whoever has it can watch
    QString liveControlUrl; // likewise, and may act
    QString title;          // of the page in front
    QString currentUrl;     // of the page in front
    QString profileName;
    std::optional<bool> persist; // is the profile saved when the session ends?
    QDateTime createdAt;         // UTC
    std::optional<int> actionCount;
    QString error; // why the status is Error
    QStringList tags;
    QList<SessionTab> tabs;       // the one in front first; empty also when there is only one
    QList<SessionFigure> figures; // one of a kind
    QList<SessionFact> facts;     // in the order to show them
    bool urlsDerived = false;     // the addresses are made by rule: the service did not give them
    bool isPartial = false;       // as a list had it: get() knows more
    // What is wrong with the service's description, for people; empty when it is sound. A malformed
    // session is shown and never acted on.
    QString malformed;

    bool operator==(const Session &) const = default;
};

using SessionList = QList<Session>;

// The id as people see it: first 4 … last 4 characters when it is longer than 12.
[[nodiscard]] QString shortId(const QString &id);

// Whether both are the same session. A service may give an id again after the end of the session
// that had it; by the time of its creation, where both are known, the new one is told apart.
[[nodiscard]] bool isSameSession(const Session &one, const Session &other);

// Why a session with this id must not be ended through a URL, or an empty string when it may be.
// Some services read words such as "all" in the id's place as "every session" (Anchor:
// DELETE /v1/sessions/all; browserless: GET /kill/all; Steel: /v1/sessions/release), and "." or
// ".." are path steps (RFC 3986, 5.2.4).
[[nodiscard]] QString terminateRefusal(const QString &id);

} // namespace Anchorwatch
