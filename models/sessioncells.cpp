#include "models/sessioncells.h"

#include "models/urltext.h"

#include <QCoreApplication>

namespace Anchorwatch {

namespace {

// A time that stands still: ages that only grow older make no difference.
class NoTime : public Clock
{
public:
    std::chrono::milliseconds elapsed() const override { return {}; }
    QDateTime nowUtc() const override { return QDateTime::fromMSecsSinceEpoch(0, Qt::UTC); }
};

// How all cells of a row are painted, apart from their texts.
enum class RowTone { Normal, Old, Dead, Ending };

RowTone toneOf(const SessionRow &row)
{
    switch (row.state()) {
    case RowState::Kind::Gone:
    case RowState::Kind::Stopped:
        return RowTone::Dead;
    case RowState::Kind::Stale:
        return RowTone::Old;
    case RowState::Kind::Terminating:
        return RowTone::Ending;
    case RowState::Kind::Starting:
    case RowState::Kind::Running:
    case RowState::Kind::Idle:
    case RowState::Kind::Error:
    case RowState::Kind::Unknown:
    case RowState::Kind::Malformed:
    case RowState::Kind::StillRunning:
        break;
    }
    return RowTone::Normal;
}

QStringList cellPrint(const SessionRow &row, SessionColumn column)
{
    static const NoTime noTime;
    const SessionColumnInfo &info = columnInfo(column);
    QStringList print{info.text(row, noTime),       info.toolTip(row, noTime),
                      info.accessible(row, noTime), info.sortKey(row).toString(),
                      secondaryText(row, column),   urlOf(row, column),
                      openRefusalOf(row, column),   QString::number(static_cast<int>(toneOf(row)))};
    // What the filter reads and no cell shows belongs to the first.
    if (column == SessionColumn::Status)
        print << row.session.status.word() << row.session.tags;
    return print;
}

} // namespace

QString secondaryText(const SessionRow &row, SessionColumn column)
{
    if (column != SessionColumn::Page)
        return {};
    const bool shown =
        row.session.status.kind() != SessionStatus::Kind::Error || row.session.error.isEmpty();
    return shown ? withoutScheme(visibleText(row.session.currentUrl)) : QString();
}

QString urlOf(const SessionRow &row, SessionColumn column)
{
    if (column == SessionColumn::Cdp)
        return row.session.cdpUrl;
    return column == SessionColumn::LiveView ? row.session.liveViewUrl : QString();
}

QString openRefusalOf(const SessionRow &row, SessionColumn column)
{
    const QString url = urlOf(row, column);
    if (!row.openRefusal().isEmpty())
        return row.openRefusal();
    if (url.isEmpty())
        return QCoreApplication::translate("SessionCells", "Its service gave no address");
    return column == SessionColumn::LiveView ? openUrlRefusal(url) : QString();
}

CellPrints cellPrints(const SessionRow &row)
{
    CellPrints prints;
    for (int column = 0; column < sessionColumnCount; ++column)
        prints[static_cast<size_t>(column)] = cellPrint(row, static_cast<SessionColumn>(column));
    return prints;
}

} // namespace Anchorwatch
