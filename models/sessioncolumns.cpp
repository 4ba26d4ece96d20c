#include "models/sessioncolumns.h"

#include "models/agetext.h"
#include "models/sessiondelta.h"
#include "models/sessionfigures.h"
#include "models/urltext.h"

#include <QCoreApplication>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr QStringView dash = u"–";

QString tr(const char *text)
{
    return QCoreApplication::translate("SessionColumn", text);
}

QString orDash(const QString &text)
{
    return text.isEmpty() ? dash.toString() : text;
}

QVariant keyOrMissing(const QString &key)
{
    return key.isEmpty() ? QVariant() : QVariant(key);
}

QString statusText(const SessionRow &row, const Clock &)
{
    return row.stateText();
}

QString statusToolTip(const SessionRow &row, const Clock &)
{
    if (row.state() == RowState::Kind::Gone)
        return row.receipt();
    if (row.state() == RowState::Kind::Stale)
        return tr("As of %1, the last time its service answered").arg(secondText(row.staleSince));
    if (row.state() == RowState::Kind::StillRunning)
        return row.note();
    return maskedText(row.session.error);
}

QString statusAccessible(const SessionRow &row, const Clock &)
{
    const QString note = row.note();
    return note.isEmpty() ? tr("Status: %1").arg(row.stateText())
                          : tr("Status: %1, %2").arg(row.stateText(), note);
}

// Grouped as people look for them: what needs attention first.
QVariant statusKey(const SessionRow &row)
{
    switch (row.state()) {
    case RowState::Kind::StillRunning:
        return 0;
    case RowState::Kind::Error:
        return 1;
    case RowState::Kind::Malformed:
        return 2;
    case RowState::Kind::Terminating:
        return 3;
    case RowState::Kind::Starting:
        return 4;
    case RowState::Kind::Running:
        return 5;
    case RowState::Kind::Idle:
        return 6;
    case RowState::Kind::Unknown:
        return 7;
    case RowState::Kind::Stale:
        return 8;
    case RowState::Kind::Stopped:
        return 9;
    case RowState::Kind::Gone:
        return 10;
    }
    return 11;
}

QString connectionText(const SessionRow &row, const Clock &)
{
    return orDash(row.connectionName());
}

QString connectionToolTip(const SessionRow &row, const Clock &)
{
    switch (row.guard()) {
    case Connection::Guard::Protected:
        return tr("%1, protected").arg(row.connectionName());
    case Connection::Guard::WatchOnly:
        return tr("%1, watch only").arg(row.connectionName());
    case Connection::Guard::Normal:
        break;
    }
    return row.connectionName();
}

QString connectionAccessible(const SessionRow &row, const Clock &clock)
{
    return tr("Connection %1").arg(connectionToolTip(row, clock));
}

QVariant connectionKey(const SessionRow &row)
{
    return keyOrMissing(row.connectionName().toCaseFolded());
}

QString sessionText(const SessionRow &row, const Clock &)
{
    return isStandInId(row.session.id) ? tr("no id") : visibleText(shortId(row.session.id));
}

QString sessionToolTip(const SessionRow &row, const Clock &)
{
    return isStandInId(row.session.id) ? tr("The service gave no id") : visibleText(row.session.id);
}

QString sessionAccessible(const SessionRow &row, const Clock &clock)
{
    return tr("Session %1").arg(sessionToolTip(row, clock));
}

QVariant sessionKey(const SessionRow &row)
{
    return row.session.id;
}

QString pageText(const SessionRow &row, const Clock &)
{
    return orDash(row.pageTitle());
}

QString pageToolTip(const SessionRow &row, const Clock &)
{
    const QString url = visibleText(row.session.currentUrl);
    return url.isEmpty() ? row.pageTitle() : row.pageTitle() + u'\n' + url;
}

QString pageAccessible(const SessionRow &row, const Clock &)
{
    if (row.pageTitle().isEmpty())
        return tr("Page unknown");
    if (row.session.currentUrl.isEmpty())
        return tr("Page: %1").arg(row.pageTitle());
    return tr("Page: %1, at %2").arg(row.pageTitle(), visibleText(row.session.currentUrl));
}

QVariant pageKey(const SessionRow &row)
{
    if (row.pageTitle().isEmpty())
        return {};
    return QString(row.pageTitle() + u'\n' + row.session.currentUrl).toCaseFolded();
}

QString profileText(const SessionRow &row, const Clock &)
{
    return orDash(visibleText(row.session.profileName));
}

QString profileAccessible(const SessionRow &row, const Clock &)
{
    if (row.session.profileName.isEmpty())
        return tr("No profile");
    const QString name = visibleText(row.session.profileName);
    if (!row.session.persist)
        return tr("Profile %1").arg(name);
    return *row.session.persist ? tr("Profile %1, saved when the session ends").arg(name)
                                : tr("Profile %1, not changed by this session").arg(name);
}

QString profileToolTip(const SessionRow &row, const Clock &clock)
{
    return row.session.profileName.isEmpty() ? QString() : profileAccessible(row, clock);
}

QVariant profileKey(const SessionRow &row)
{
    return keyOrMissing(row.session.profileName.toCaseFolded());
}

QString tagsText(const SessionRow &row, const Clock &)
{
    return orDash(visibleText(row.session.tags.join(u", "_s)));
}

QString tagsAccessible(const SessionRow &row, const Clock &clock)
{
    return row.session.tags.isEmpty() ? tr("No tags") : tr("Tags: %1").arg(tagsText(row, clock));
}

QString tagsToolTip(const SessionRow &row, const Clock &)
{
    return visibleText(row.session.tags.join(u'\n'));
}

QVariant tagsKey(const SessionRow &row)
{
    return keyOrMissing(row.session.tags.join(u'\n').toCaseFolded());
}

template<SessionFigure::Kind kind>
QString figureCellText(const SessionRow &row, const Clock &)
{
    const auto figure = figureOf(row.session, kind);
    return figure ? figureText(*figure) : dash.toString();
}

template<SessionFigure::Kind kind>
QString figureSentence(const SessionRow &row, const Clock &)
{
    const auto figure = figureOf(row.session, kind);
    return tr("%1: %2").arg(figureTitle(kind), figure ? figureText(*figure) : tr("not known"));
}

template<SessionFigure::Kind kind>
QVariant figureKey(const SessionRow &row)
{
    const auto figure = figureOf(row.session, kind);
    return figure ? QVariant(figure->value) : QVariant();
}

template<SessionFigure::Kind kind>
SessionColumnInfo figureColumn(const char *name)
{
    return {name,
            [] { return figureTitle(kind); },
            Qt::AlignRight | Qt::AlignVCenter,
            figureCellText<kind>,
            figureSentence<kind>,
            figureSentence<kind>,
            figureKey<kind>,
            true};
}

// Up to when it is counted: the end of a session that is gone, now for all others.
QString ageOf(const SessionRow &row, const Clock &clock)
{
    const QDateTime until = row.endedAt.isValid() ? row.endedAt : clock.nowUtc();
    return ageText(std::chrono::milliseconds(row.session.createdAt.msecsTo(until)));
}

QString ageCellText(const SessionRow &row, const Clock &clock)
{
    if (row.state() == RowState::Kind::Stale)
        return tr("at %1").arg(hourText(row.staleSince));
    return row.session.createdAt.isValid() ? ageOf(row, clock) : dash.toString();
}

QString ageToolTip(const SessionRow &row, const Clock &)
{
    QString text = tr("Started: %1").arg(exactTimeText(row.session.createdAt));
    if (row.state() == RowState::Kind::Stale)
        text += u'\n' + tr("Last seen: %1").arg(exactTimeText(row.staleSince));
    if (row.endedAt.isValid())
        text += u'\n' + tr("Ended: %1").arg(exactTimeText(row.endedAt));
    return text;
}

QString ageAccessible(const SessionRow &row, const Clock &clock)
{
    if (row.state() == RowState::Kind::Stale)
        return tr("Last seen at %1").arg(secondText(row.staleSince));
    if (!row.session.createdAt.isValid())
        return tr("Age unknown");
    return row.endedAt.isValid() ? tr("Ran %1").arg(ageOf(row, clock))
                                 : tr("Age %1").arg(ageOf(row, clock));
}

// The younger, the smaller.
QVariant ageKey(const SessionRow &row)
{
    if (!row.session.createdAt.isValid())
        return {};
    return -row.session.createdAt.toMSecsSinceEpoch();
}

QString urlCellText(const QString &url)
{
    return url.isEmpty() ? dash.toString() : withoutScheme(maskedUrl(url));
}

// A note of the row is spread over both URL cells; a screen reader hears it in the first.
QString cdpText(const SessionRow &row, const Clock &)
{
    const QString note = row.note();
    return note.isEmpty()
               ? urlCellText(row.openRefusal().isEmpty() ? row.session.cdpUrl : QString())
               : note;
}

QString cdpToolTip(const SessionRow &row, const Clock &)
{
    if (!row.note().isEmpty())
        return row.state() == RowState::Kind::Gone ? row.receipt() : row.note();
    return row.openRefusal().isEmpty() ? maskedUrl(row.session.cdpUrl) : row.openRefusal();
}

QString cdpAccessible(const SessionRow &row, const Clock &)
{
    if (row.state() == RowState::Kind::StillRunning)
        return tr("%1. Buttons: copy as curl, retry.").arg(row.note());
    if (!row.note().isEmpty())
        return row.note();
    if (!row.openRefusal().isEmpty())
        return tr("No CDP address: %1").arg(row.openRefusal());
    if (row.session.cdpUrl.isEmpty())
        return tr("No CDP address");
    return tr("CDP address %1. Buttons: copy, open DevTools.").arg(maskedUrl(row.session.cdpUrl));
}

QVariant cdpKey(const SessionRow &row)
{
    return keyOrMissing(row.session.cdpUrl);
}

QString liveViewText(const SessionRow &row, const Clock &)
{
    if (!row.note().isEmpty())
        return {};
    return urlCellText(row.openRefusal().isEmpty() ? row.session.liveViewUrl : QString());
}

QString liveViewRefusal(const SessionRow &row)
{
    return row.openRefusal().isEmpty() ? openUrlRefusal(row.session.liveViewUrl)
                                       : row.openRefusal();
}

QString liveViewToolTip(const SessionRow &row, const Clock &clock)
{
    if (!row.note().isEmpty())
        return cdpToolTip(row, clock);
    const QString refusal = liveViewRefusal(row);
    if (row.session.liveViewUrl.isEmpty() || !row.openRefusal().isEmpty())
        return refusal;
    const QString url = maskedUrl(row.session.liveViewUrl);
    return refusal.isEmpty() ? url : url + u'\n' + refusal;
}

QString liveViewAccessible(const SessionRow &row, const Clock &)
{
    if (!row.note().isEmpty())
        return tr("Live view: see the CDP cell");
    if (row.session.liveViewUrl.isEmpty() || !row.openRefusal().isEmpty())
        return tr("No live view: %1").arg(liveViewRefusal(row));
    const QString url = maskedUrl(row.session.liveViewUrl);
    const QString refusal = liveViewRefusal(row);
    return refusal.isEmpty() ? tr("Live view %1. Buttons: copy, open.").arg(url)
                             : tr("Live view %1. It cannot be opened: %2").arg(url, refusal);
}

QVariant liveViewKey(const SessionRow &row)
{
    return keyOrMissing(row.session.liveViewUrl);
}

const std::array<SessionColumnInfo, sessionColumnCount> columns{{
    {"status", [] { return tr("Status"); }, Qt::AlignLeft | Qt::AlignVCenter, statusText,
     statusToolTip, statusAccessible, statusKey},
    {"connection", [] { return tr("Connection"); }, Qt::AlignLeft | Qt::AlignVCenter,
     connectionText, connectionToolTip, connectionAccessible, connectionKey},
    {"session", [] { return tr("Session"); }, Qt::AlignLeft | Qt::AlignVCenter, sessionText,
     sessionToolTip, sessionAccessible, sessionKey},
    {"page", [] { return tr("Page"); }, Qt::AlignLeft | Qt::AlignVCenter, pageText, pageToolTip,
     pageAccessible, pageKey},
    {"profile", [] { return tr("Profile"); }, Qt::AlignLeft | Qt::AlignVCenter, profileText,
     profileToolTip, profileAccessible, profileKey},
    {"tags", [] { return tr("Tags"); }, Qt::AlignLeft | Qt::AlignVCenter, tagsText, tagsToolTip,
     tagsAccessible, tagsKey, true},
    {"age", [] { return tr("Age"); }, Qt::AlignRight | Qt::AlignVCenter, ageCellText, ageToolTip,
     ageAccessible, ageKey},
    figureColumn<SessionFigure::Kind::Duration>("duration"),
    figureColumn<SessionFigure::Kind::TimeLimit>("timeLimit"),
    figureColumn<SessionFigure::Kind::IdleLimit>("idleLimit"),
    figureColumn<SessionFigure::Kind::Steps>("steps"),
    figureColumn<SessionFigure::Kind::Credits>("credits"),
    figureColumn<SessionFigure::Kind::ProxyTraffic>("proxyTraffic"),
    {"cdp", [] { return tr("CDP"); }, Qt::AlignLeft | Qt::AlignVCenter, cdpText, cdpToolTip,
     cdpAccessible, cdpKey},
    {"liveView", [] { return tr("Live view"); }, Qt::AlignLeft | Qt::AlignVCenter, liveViewText,
     liveViewToolTip, liveViewAccessible, liveViewKey},
}};

} // namespace

const SessionColumnInfo &columnInfo(SessionColumn column)
{
    return columns[static_cast<size_t>(column)];
}

} // namespace Anchorwatch
