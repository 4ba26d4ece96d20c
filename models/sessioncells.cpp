#include "models/sessioncells.h"

#include "models/urltext.h"

#include <QCoreApplication>
#include <QStringList>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

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

// What one cell of a row is painted, sorted and filtered by.
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
        print << row.session.status.word();
    if (column == SessionColumn::Connection && row.connection) {
        print << row.connection->badge << QString::number(static_cast<int>(row.connection->color));
    }
    if (column == SessionColumn::Page && hasTabs(row)) {
        for (const SessionTab &tab : row.session.tabs)
            print << QString::number(tab.number) << tab.title << tab.url;
    }
    return print;
}

// Is the page in front all that differs? Of nearly all changes in a long list it is.
bool isOnlyAnotherPage(const SessionRow &before, const SessionRow &after)
{
    if (before.session.status != after.session.status)
        return false;
    SessionRow turned = before;
    turned.session.title = after.session.title;
    turned.session.currentUrl = after.session.currentUrl;
    turned.session.tabs = after.session.tabs;
    turned.session.actionCount = after.session.actionCount;
    return turned == after;
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

bool hasTabs(const SessionRow &row)
{
    return row.isLive() && row.session.tabs.size() > 1;
}

// Qt guesses whether a tooltip is rich text; this leaves nothing to guess (a title "<img src=…>" is
// text).
QString plainToolTip(const QString &text)
{
    if (text.isEmpty())
        return {};
    return "<qt>"_L1 + text.toHtmlEscaped().replace(u'\n', "<br>"_L1) + "</qt>"_L1;
}

QList<std::pair<int, int>> differingCells(const SessionRow &before, const SessionRow &after)
{
    // Nearly every cell looks different then, and printing one that tells a time is dear.
    if (before.termination.phase != after.termination.phase)
        return {{0, sessionColumnCount - 1}};
    QList<std::pair<int, int>> runs;
    const bool optionalsAreSame = toneOf(before) == toneOf(after)
                                  && before.session.tags == after.session.tags
                                  && before.session.figures == after.session.figures;
    const bool onlyPage = isOnlyAnotherPage(before, after);
    for (int i = 0; i < sessionColumnCount; ++i) {
        const auto column = static_cast<SessionColumn>(i);
        if (optionalsAreSame && columnInfo(column).isOptional)
            continue; // cheaper than printing them: most rows have none
        if (onlyPage && column != SessionColumn::Page)
            continue;
        if (cellPrint(before, column) == cellPrint(after, column))
            continue;
        if (!runs.isEmpty() && runs.constLast().second == i - 1)
            runs.last().second = i;
        else
            runs.append({i, i});
    }
    return runs;
}

} // namespace Anchorwatch
