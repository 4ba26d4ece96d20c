#include "network/live/livemessages.h"

#include "network/sessioncodec.h"

#include <QJsonArray>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int protocolVersion = 1;

QString stateWord(LiveState::Kind kind)
{
    using Kind = LiveState::Kind;
    switch (kind) {
    case Kind::Live:
        return u"live"_s;
    case Kind::Quiet:
        return u"quiet"_s;
    case Kind::Hidden:
        return u"hidden"_s;
    case Kind::Dialog:
        return u"dialog"_s;
    case Kind::Crashed:
        return u"crashed"_s;
    case Kind::Stuck:
        return u"stuck"_s;
    case Kind::Ended:
        return u"ended"_s;
    case Kind::Connecting:
    case Kind::Lost:
    case Kind::Refused:
        break;
    }
    return u"connecting"_s;
}

QString dialogWord(LiveDialog::Kind kind)
{
    switch (kind) {
    case LiveDialog::Kind::Confirm:
        return u"confirm"_s;
    case LiveDialog::Kind::Prompt:
        return u"prompt"_s;
    case LiveDialog::Kind::BeforeUnload:
        return u"beforeunload"_s;
    case LiveDialog::Kind::Alert:
        break;
    }
    return u"alert"_s;
}

} // namespace

QJsonObject helloMessage(LiveRole role, const QString &sessionId, const QDateTime &createdAt)
{
    return {{"t"_L1, u"hello"_s},
            {"v"_L1, protocolVersion},
            {"role"_L1, role == LiveRole::Control ? u"control"_s : u"view"_s},
            {"session"_L1, sessionId},
            {"createdAt"_L1, createdAt.toMSecsSinceEpoch()}};
}

QJsonObject tabsMessage(const QList<SessionTab> &tabs, int watching, LiveFollow follow)
{
    return {{"t"_L1, u"tabs"_s},
            {"tabs"_L1, tabsToJson(tabs)},
            {"watching"_L1, watching},
            {"follow"_L1, follow == LiveFollow::Yes}};
}

QJsonObject pageMessage(const LivePage &page)
{
    return {{"t"_L1, u"page"_s},
            {"tab"_L1, page.tab},
            {"title"_L1, page.title},
            {"url"_L1, page.url},
            {"loading"_L1, page.isLoading},
            {"back"_L1, page.canGoBack},
            {"forward"_L1, page.canGoForward}};
}

QJsonObject stateMessage(const LiveState &state)
{
    return {{"t"_L1, u"state"_s},
            {"state"_L1, stateWord(state.kind)},
            {"reason"_L1, state.reason},
            {"at"_L1, state.since.toMSecsSinceEpoch()}};
}

QJsonObject dialogMessage(const LiveDialog &dialog)
{
    return {
        {"t"_L1, u"dialog"_s},    {"id"_L1, dialog.id},       {"kind"_L1, dialogWord(dialog.kind)},
        {"text"_L1, dialog.text}, {"value"_L1, dialog.value}, {"url"_L1, dialog.url}};
}

QJsonObject dialogClosedMessage(const QString &id, const QString &by)
{
    return {{"t"_L1, u"dialogClosed"_s}, {"id"_L1, id}, {"by"_L1, by}};
}

QJsonObject viewersMessage(const LiveViewers &viewers)
{
    return {{"t"_L1, u"viewers"_s},
            {"watching"_L1, viewers.watching},
            {"inControl"_L1, viewers.inControl},
            {"you"_L1, viewers.isMine}};
}

QJsonObject refusedMessage(const QString &reason)
{
    return {{"t"_L1, u"refused"_s}, {"reason"_L1, reason}};
}

} // namespace Anchorwatch
