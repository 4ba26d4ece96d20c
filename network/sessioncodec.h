#pragma once

#include "models/session.h"
#include "models/sessionrequest.h"
#include "network/fieldreader.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QMap>

// The JSON of the sessions contract (docs/http-api.md) to values and back. Pure functions, any
// thread. They take what a stranger sends: a value of the wrong type flags its session
// (Session::malformed) and never the list, a field longer than maxFieldLength is dropped and
// flagged.
namespace Anchorwatch {

inline constexpr qsizetype maxListedSessions = 200'000;

struct DecodedSessionList
{
    SessionList sessions; // ids are unique; a repeated one keeps its first row, flagged
    int withoutId = 0;    // entries that name no session and are left out
    QString problem;      // why this is no list at all; empty when it is one
};

struct DecodedSession
{
    Session session;
    QString problem; // why this is no session; empty when it is one
};

struct DecodedRequest
{
    SessionRequest request;
    QMap<QString, QString>
        problems; // field ("config.timeout.maxDuration") → what is wrong, a sentence
};

[[nodiscard]] QJsonArray tabsToJson(const QList<SessionTab> &tabs);
[[nodiscard]] QJsonObject sessionToJson(const Session &session);
[[nodiscard]] Session sessionFromJson(const QJsonObject &object);

// The bodies of GET /sessions.
[[nodiscard]] QByteArray encodeSessionList(const SessionList &sessions);
[[nodiscard]] DecodedSessionList decodeSessionList(const QByteArray &body);

// The body of GET /sessions/{id} and of the answer to POST /sessions: an object with "session".
[[nodiscard]] DecodedSession decodeSession(const QByteArray &body);

// The body of POST /sessions. Decoding checks types and ranges, addresses and names, and fills in
// what the contract adds (the scheme of initialUrl).
[[nodiscard]] QByteArray encodeSessionRequest(const SessionRequest &request);
[[nodiscard]] DecodedRequest decodeSessionRequest(const QByteArray &body);

// What the body of a 4xx or 5xx says: "error", "message" and "details" as sentences, or an empty
// string when it is not of that shape.
[[nodiscard]] QString errorWords(const QByteArray &body);

} // namespace Anchorwatch
