#include "ui/stillwords.h"

#include "models/agetext.h"
#include "models/urltext.h"
#include "models/watchingurl.h"

#include <QCoreApplication>

namespace Anchorwatch {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("StillWords", text);
}

QString endedWords(const QDateTime &at)
{
    return at.isValid() ? tr("Ended %1").arg(hourText(at)) : tr("Ended");
}

QString reasonOr(const LiveState &state, const QString &otherwise)
{
    return state.reason.isEmpty() ? otherwise : maskedText(visibleText(state.reason));
}

} // namespace

QString liveStateWords(const LiveState &state)
{
    switch (state.kind) {
    case LiveState::Kind::Connecting:
    case LiveState::Kind::Live:
    case LiveState::Kind::Quiet:
        return {};
    case LiveState::Kind::Hidden:
        return tr("Another tab is in front");
    case LiveState::Kind::Dialog:
        return tr("A dialog waits for an answer");
    case LiveState::Kind::Crashed:
        return tr("The page crashed");
    case LiveState::Kind::Stuck:
        return tr("The page does not answer");
    case LiveState::Kind::Lost:
        return reasonOr(state, tr("The live view does not answer"));
    case LiveState::Kind::Refused:
        return reasonOr(state, tr("This session has no live view"));
    case LiveState::Kind::Ended:
        return endedWords(state.since);
    }
    return {};
}

QString stillWords(const SessionRow &row, const LiveState &state)
{
    if (row.state() == RowState::Kind::Gone)
        return endedWords(row.endedAt);
    if (const QString refusal = row.openRefusal(); !refusal.isEmpty())
        return refusal;
    if (watchingUrl(row).isEmpty())
        return row.state() == RowState::Kind::Starting ? tr("Its browser is starting")
                                                       : tr("This session has no live view");
    return liveStateWords(state);
}

} // namespace Anchorwatch
