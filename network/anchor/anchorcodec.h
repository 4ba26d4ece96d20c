#pragma once

#include "network/sessioncodec.h"

#include <QList>
#include <QStringList>

// The JSON of the Anchor API (its OpenAPI document of 2026-08, and answers that others saw) to
// values and back. Pure functions, any thread; they take what a stranger sends, as
// network/sessioncodec.h does. Most answers are wrapped in {"data": …}, and each is read without it
// too.
namespace Anchorwatch {

// By which addresses that were made by rule a session can be reached.
struct AnchorDoors
{
    bool cdp = true;      // not where it takes scoped tokens alone
    bool liveView = true; // not without a screen, nor where a link opens it once

    bool operator==(const AnchorDoors &) const = default;
};

struct DecodedAnchorSession
{
    Session session;
    AnchorDoors doors;
    QString problem; // why this is no session; empty when it is one
};

// One page of a session's browser.
struct AnchorPage
{
    QString title;
    QString url;

    bool operator==(const AnchorPage &) const = default;
};

struct DecodedAnchorProfiles
{
    QStringList names;
    QString problem; // why this is no list of profiles; empty when it is one
};

// Anchor's word for what a session does. A word that is none of those seen stays as it came.
[[nodiscard]] SessionStatus anchorStatus(const QString &word);

// Why the id must not stand in a path of the API, as a sentence, or an empty string when it may:
// DELETE /v1/sessions/all ends every session of the key.
[[nodiscard]] QString anchorIdProblem(const QString &id);

// The tag that says who made a session, and its beginning.
[[nodiscard]] QString anchorOwnerTag(const QString &owner);

// GET /v1/sessions/all/status: ids, statuses, tags and times, those that have ended too. All
// partial.
[[nodiscard]] DecodedSessionList decodeAnchorList(const QByteArray &body);

// GET /v1/sessions/{id}: all but addresses, title and URL.
[[nodiscard]] DecodedAnchorSession decodeAnchorSession(const QByteArray &body);

// GET /v1/sessions/{id}/pages; empty also for what is no list of pages.
[[nodiscard]] QList<AnchorPage> decodeAnchorPages(const QByteArray &body);

// GET /v1/profiles
[[nodiscard]] DecodedAnchorProfiles decodeAnchorProfiles(const QByteArray &body);

// POST /v1/sessions. The answer has an id and addresses, and comes when the browser is up.
[[nodiscard]] QByteArray encodeNewAnchorSession(const SessionRequest &request,
                                                const QStringList &tags);
[[nodiscard]] DecodedSession decodeNewAnchorSession(const QByteArray &body);

// What the body of a 4xx or 5xx says, one line, or an empty string when it is none of Anchor's four
// shapes: {"error":{"code","message"}}, the same inside another "error", {"error":"…"},
// {"message":"…"}.
[[nodiscard]] QString anchorErrorWords(const QByteArray &body);

} // namespace Anchorwatch
