#pragma once

#include "models/clock.h"
#include "models/sessionrow.h"

#include <QString>
#include <QVariant>
#include <Qt>

#include <array>

namespace Anchorwatch {

// The columns of the session table, in their natural order.
enum class SessionColumn {
    Status,
    Connection,
    Session,
    Page,
    Profile,
    Tags,
    Age,
    Duration,
    TimeLimit,
    IdleLimit,
    Steps,
    Credits,
    ProxyTraffic,
    Cdp,
    LiveView,
};
inline constexpr int sessionColumnCount = 15;

// Everything the table knows of one column. Columns are data: the model only looks them up.
struct SessionColumnInfo
{
    const char *name; // stable, for settings
    QString (*title)();
    Qt::Alignment alignment;
    QString (*text)(const SessionRow &, const Clock &);       // DisplayRole
    QString (*toolTip)(const SessionRow &, const Clock &);    // exact values, plain text
    QString (*accessible)(const SessionRow &, const Clock &); // a sentence
    // Raw value, never moved by time passing; an invalid one is missing.
    QVariant (*sortKey)(const SessionRow &);
    // Only some services have something to show there: hidden until the user asks for it. Comes of
    // the session's tags and figures alone.
    bool isOptional = false;
};

[[nodiscard]] const SessionColumnInfo &columnInfo(SessionColumn column);

} // namespace Anchorwatch
