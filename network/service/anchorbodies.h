#pragma once

#include "models/session.h"
#include "network/http/httpmessage.h"
#include "network/service/localbrowserprovider.h"

#include <QJsonObject>

#include <chrono>

// The bodies of the Anchor API (docs.anchorbrowser.io; its OpenAPI file as of 2026-08), as far as
// Chromium of this machine can answer for it. Pure functions; they take what a stranger sends.
namespace Anchorwatch {

struct DecodedAnchorRequest
{
    SessionRequest request;
    LocalWishes wishes;
    LiveRole liveRole = LiveRole::Control; // of the live_view_url that is answered
    QString problem;                       // the first thing that is wrong, one sentence
};

// POST /v1/sessions. Anchor's defaults are filled in. What has no meaning here (proxies, captchas,
// extensions, viewport…) is not looked at.
[[nodiscard]] DecodedAnchorRequest decodeAnchorRequest(const QByteArray &body);
// POST /v1/sessions/{id}/goto
struct DecodedAnchorGoto
{
    QString url;
    QString problem;
};
[[nodiscard]] DecodedAnchorGoto decodeAnchorGoto(const QByteArray &body);

// Anchor's words are running, completed and failed; pending is from its asynchronous creation.
[[nodiscard]] QString anchorStatus(const SessionStatus &status);

// GET /v1/sessions/{id}: what is under "data". The status is Anchor's word.
[[nodiscard]] QJsonObject anchorSession(const SessionRecord &record, const QString &status,
                                        std::chrono::seconds duration);
// GET /v1/sessions/all/status: likewise, of the sessions with all of these tags.
[[nodiscard]] QJsonObject anchorSessionList(const SessionList &sessions, const QStringList &tags);
// GET /v1/profiles: likewise.
[[nodiscard]] QJsonObject anchorProfiles(const QList<SavedProfile> &profiles);

[[nodiscard]] HttpResponse anchorAnswer(const QJsonObject &body);
[[nodiscard]] HttpResponse anchorData(const QJsonObject &data);
// {"data":{"status":"success"}}
[[nodiscard]] HttpResponse anchorSuccess();
// {"error":{"code":STATUS,"message":…}}
[[nodiscard]] HttpResponse anchorError(int status, const QString &message);
[[nodiscard]] HttpResponse anchorError(const Fault &fault);

} // namespace Anchorwatch
