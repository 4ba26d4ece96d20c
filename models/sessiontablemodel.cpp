#include "models/sessiontablemodel.h"

#include "models/sessioncells.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>
#include <utility>

namespace Anchorwatch {

namespace {

constexpr qsizetype maxTimelineLength = 40;

} // namespace

SessionTableModel::SessionTableModel(const Clock &clock, QObject *parent)
    : QAbstractTableModel(parent)
    , m_clock(clock)
{
}

int SessionTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SessionTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : sessionColumnCount;
}

QVariant SessionTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const SessionRow &row = *m_rows[index.row()];
    const auto column = static_cast<SessionColumn>(index.column());
    const SessionColumnInfo &info = columnInfo(column);
    switch (role) {
    case Qt::DisplayRole:
        return info.text(row, m_clock);
    case Qt::ToolTipRole:
        return plainToolTip(info.toolTip(row, m_clock));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(info.alignment);
    case Qt::AccessibleTextRole:
        return info.accessible(row, m_clock);
    case SortRole:
        return info.sortKey(row);
    case KeyRole:
        return QVariant::fromValue(row.key);
    case StateRole:
        return QVariant::fromValue(row.state());
    case SecondaryTextRole:
        return secondaryText(row, column);
    case NoteRole:
        return row.note();
    case ProfileOutcomeRole:
        return QVariant::fromValue(row.termination.profile);
    case UrlRole:
        return urlOf(row, column);
    case OpenRefusalRole:
        return openRefusalOf(row, column);
    case ConnectionRole:
        return row.connection ? QVariant::fromValue(*row.connection) : QVariant();
    case TabCountRole:
        return hasTabs(row) ? static_cast<int>(row.session.tabs.size()) : 0;
    case PersistRole:
        return row.session.persist.value_or(false) && !row.session.profileName.isEmpty();
    default:
        return {};
    }
}

QVariant SessionTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= sessionColumnCount)
        return {};
    const SessionColumnInfo &info = columnInfo(static_cast<SessionColumn>(section));
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return info.title();
    return role == Qt::TextAlignmentRole ? QVariant::fromValue(info.alignment) : QVariant();
}

const SessionRow *SessionTableModel::find(const SessionKey &key) const
{
    const int row = positionOf(key);
    return row < 0 ? nullptr : m_rows[row].get();
}

QModelIndex SessionTableModel::indexOf(const SessionKey &key, SessionColumn column) const
{
    const int row = positionOf(key);
    return row < 0 ? QModelIndex() : index(row, static_cast<int>(column));
}

int SessionTableModel::positionOf(const SessionKey &key) const
{
    const auto number = m_numberOf.constFind(key);
    if (number == m_numberOf.constEnd())
        return -1;
    const auto found = std::lower_bound(m_numbers.cbegin(), m_numbers.cend(), *number);
    return static_cast<int>(found - m_numbers.cbegin());
}

int SessionTableModel::rowCountOf(const QString &connectionId) const
{
    return connectionId.isEmpty() ? rowCount() : m_counts.value(connectionId).rows;
}

int SessionTableModel::liveCount() const
{
    return std::accumulate(m_counts.cbegin(), m_counts.cend(), 0,
                           [](int sum, const Counts &counts) { return sum + counts.live; });
}

QHash<QString, int> SessionTableModel::liveCounts() const
{
    QHash<QString, int> live;
    for (auto counts = m_counts.cbegin(); counts != m_counts.cend(); ++counts)
        live.insert(counts.key(), counts->live);
    return live;
}

void SessionTableModel::setConnections(const QList<Connection> &connections)
{
    QHash<QString, QSharedPointer<const Connection>> known;
    for (const Connection &connection : connections) {
        const auto before = m_connections.value(connection.id);
        const bool isSame = before && *before == connection;
        known.insert(connection.id,
                     isSame ? before : QSharedPointer<const Connection>::create(connection));
    }
    m_connections = known;
    for (int row = rowCount() - 1; row >= 0; --row) {
        const auto connectionOf = [this](int other) {
            return m_connections.value(m_rows[other]->key.connectionId);
        };
        const auto connection = connectionOf(row);
        if (!connection) {
            const int last = row;
            while (row > 0 && !connectionOf(row - 1))
                --row;
            removeRows(row, last);
        } else if (connection != m_rows[row]->connection) {
            changeRow(row, [&](SessionRow &changed) { changed.connection = connection; });
        }
    }
    const auto isKnown = [&](const auto &since) { return m_connections.contains(since.key()); };
    for (auto since = m_staleSince.begin(); since != m_staleSince.end();)
        since = isKnown(since) ? std::next(since) : m_staleSince.erase(since);
    emit settled();
    emit countsChanged();
}

void SessionTableModel::applyDelta(const SessionDelta &delta)
{
    std::vector<int> ended;
    for (const QString &id : delta.removed) {
        const int row = positionOf({delta.connectionId, id});
        if (row >= 0)
            ended.push_back(row);
    }
    endRows(ended);
    for (const Session &session : delta.changed)
        noteListed({delta.connectionId, session.id}, session);
    for (const Session &session : delta.added)
        noteListed({delta.connectionId, session.id}, session);
    const bool revised = reviseEnds(delta);
    putSessions(delta.connectionId, delta.changed);
    putSessions(delta.connectionId, delta.added);
    if (!revised && delta.isEmpty())
        return;
    emit settled();
    emit countsChanged();
}

void SessionTableModel::setTerminations(const TerminationReports &reports)
{
    bool counts = false;
    std::vector<int> changed;
    for (const auto &[key, termination] : reports) {
        const int known = positionOf(key);
        if (known < 0)
            continue;
        const auto change = [&](SessionRow &row) { noteTermination(row, termination); };
        if (reports.size() == 1) {
            counts = changeRow(known, change);
            continue;
        }
        const SessionRow old = *m_rows[known];
        counts |= alterRow(known, change);
        if (*m_rows[known] != old)
            changed.push_back(known);
    }
    std::ranges::sort(changed);
    tellWholeRows(changed);
    emit settled();
    if (counts)
        emit countsChanged();
}

// Many rows look different: one signal for each run of them is cheaper than comparing every cell.
void SessionTableModel::tellWholeRows(const std::vector<int> &sorted)
{
    for (size_t begin = 0, end = 0; begin < sorted.size(); begin = end) {
        for (end = begin + 1; end < sorted.size() && sorted[end] == sorted[end - 1] + 1;)
            ++end;
        emit dataChanged(index(sorted[begin], 0), index(sorted[end - 1], sessionColumnCount - 1));
    }
    for (const int row : sorted)
        emit rowChanged(m_rows[row]->key);
}

void SessionTableModel::noteTermination(SessionRow &row, const Termination &termination)
{
    const bool wasGone = row.termination.phase == Termination::Phase::Gone;
    const bool hadLeft = row.termination.proofs.testFlag(Termination::Proof::LeftList)
                         || (row.endedAt.isValid() && !wasGone);
    row.termination = termination;
    if (hadLeft)
        row.termination.proofs.setFlag(Termination::Proof::LeftList);
    const bool isOver = termination.phase == Termination::Phase::Gone
                        || (termination.phase == Termination::Phase::StillRunning && hadLeft);
    if (!isOver)
        row.endedAt = {};
    else if (!row.endedAt.isValid())
        row.endedAt = m_clock.nowUtc();
    if (termination.phase != Termination::Phase::Gone)
        m_goneAt.remove(row.key);
    else if (!m_goneAt.contains(row.key))
        m_goneAt.insert(row.key, m_clock.elapsed());
}

void SessionTableModel::updateSession(const QString &connectionId, const Session &session)
{
    const SessionKey key{connectionId, session.id};
    const SessionRow *row = find(key);
    if (row && row->state() == RowState::Kind::Gone)
        return; // an answer from before its end: only a list brings a session back
    if (!row)
        m_unlisted.insert(key, m_clock.elapsed());
    putSessions(connectionId, {session});
    emit settled();
    emit countsChanged();
}

void SessionTableModel::setStaleSince(const QString &connectionId, const QDateTime &since)
{
    if (m_staleSince.value(connectionId) == since)
        return;
    m_staleSince[connectionId] = since;
    std::vector<int> changed;
    for (int row = 0; row < rowCount(); ++row) {
        if (m_rows[row]->key.connectionId != connectionId)
            continue;
        m_rows[row]->staleSince = since;
        noteState(*m_rows[row]);
        changed.push_back(row);
    }
    tellWholeRows(changed);
    emit settled();
}

void SessionTableModel::expireEnded(std::chrono::milliseconds keep, const QSet<SessionKey> &held)
{
    const QDateTime limit = m_clock.nowUtc().addMSecs(-keep.count());
    QList<int> expired;
    for (const SessionKey &key : std::as_const(m_ended)) {
        const int position = positionOf(key);
        const SessionRow &row = *m_rows[position];
        if (row.endedAt <= limit && !held.contains(key) && !isListed(row))
            expired.append(position);
    }
    if (expired.isEmpty())
        return;
    std::sort(expired.begin(), expired.end());
    for (qsizetype end = expired.size(); end > 0;) {
        qsizetype begin = end - 1;
        while (begin > 0 && expired[begin - 1] == expired[begin] - 1)
            --begin;
        removeRows(expired[begin], expired[end - 1]);
        end = begin;
    }
    emit settled();
    emit countsChanged();
}

void SessionTableModel::noteListed(const SessionKey &key, const Session &session)
{
    m_unlisted.remove(key);
    const int known = positionOf(key);
    if (known < 0)
        return;
    if (!isSameSession(m_rows[known]->session, session)) {
        m_goneAt.remove(key);
        // Nothing that is known of the one before is true of this one, least of all its end.
        changeRow(known, [&](SessionRow &row) {
            row.session = session;
            row.termination = {};
            row.endedAt = {};
            row.timeline.clear();
        });
        return;
    }
    const Termination &end = m_rows[known]->termination;
    if (end.phase == Termination::Phase::None && !end.proofs)
        return; // as nearly all are
    changeRow(known, [&](SessionRow &row) {
        row.termination.proofs.setFlag(Termination::Proof::LeftList, false);
        if (row.termination.phase == Termination::Phase::Gone && session.status.isOver())
            row.session.status = session.status;
    });
}

bool SessionTableModel::reviseEnds(const SessionDelta &delta)
{
    bool revised = false;
    const auto goneAt = m_goneAt;
    for (auto it = goneAt.cbegin(); it != goneAt.cend(); ++it) {
        if (it.key().connectionId == delta.connectionId && it.value() < delta.askedAt)
            revised |= reviseGone(positionOf(it.key()));
    }
    const auto unlisted = m_unlisted;
    for (auto it = unlisted.cbegin(); it != unlisted.cend(); ++it) {
        if (it.key().connectionId != delta.connectionId || it.value() >= delta.askedAt)
            continue;
        endRows({positionOf(it.key())});
        revised = true;
    }
    return revised;
}

bool SessionTableModel::reviseGone(int row)
{
    const SessionRow &gone = *m_rows[row];
    // A browser that has ended may stay listed as stopped.
    if (!isListed(gone) || gone.session.status.isOver())
        return false;
    m_goneAt.remove(gone.key);
    changeRow(row, [](SessionRow &revived) {
        revived.termination.phase = Termination::Phase::StillRunning;
        revived.termination.proofs = {};
        revived.termination.reason = tr("listed again after it had gone");
        revived.endedAt = {};
    });
    return true;
}

bool SessionTableModel::isListed(const SessionRow &row) const
{
    switch (row.termination.phase) {
    case Termination::Phase::Gone:
        return !row.termination.proofs.testFlag(Termination::Proof::LeftList)
               && !m_unlisted.contains(row.key);
    case Termination::Phase::None:
    case Termination::Phase::Terminating:
    case Termination::Phase::StillRunning:
        break;
    }
    return !row.endedAt.isValid() && !m_unlisted.contains(row.key);
}

void SessionTableModel::putSessions(const QString &connectionId, const SessionList &sessions)
{
    SessionList fresh;
    for (const Session &session : sessions) {
        const int known = positionOf({connectionId, session.id});
        if (known < 0)
            fresh.append(session);
        else
            changeSession(known, session);
    }
    if (!fresh.isEmpty())
        addRows(connectionId, fresh);
}

void SessionTableModel::changeSession(int known, const Session &session)
{
    if (m_rows[known]->termination.phase == Termination::Phase::Gone)
        return; // as it was before its end
    changeRow(known, [&](SessionRow &row) {
        const Session before = std::exchange(row.session, session);
        // A list may leave the addresses out.
        if (session.cdpUrl.isEmpty())
            row.session.cdpUrl = before.cdpUrl;
        if (session.liveViewUrl.isEmpty())
            row.session.liveViewUrl = before.liveViewUrl;
        if (session.liveControlUrl.isEmpty())
            row.session.liveControlUrl = before.liveControlUrl;
        // A browser that is ending has no page in front; its last one still tells people which it
        // was.
        if (session.currentUrl.isEmpty() && session.title.isEmpty()) {
            row.session.currentUrl = before.currentUrl;
            row.session.title = before.title;
        }
        row.endedAt = {}; // a session that had left the list is back
    });
}

void SessionTableModel::addRows(const QString &connectionId, const SessionList &sessions)
{
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(sessions.size()) - 1);
    m_rows.reserve(m_rows.size() + sessions.size());
    m_numberOf.reserve(m_numberOf.size() + sessions.size());
    for (const Session &session : sessions) {
        m_rows.push_back(makeRow(connectionId, session));
        m_numbers.push_back(m_nextNumber);
        m_numberOf.insert(m_rows.back()->key, m_nextNumber++);
        count(*m_rows.back(), 1);
    }
    endInsertRows();
}

std::unique_ptr<SessionRow> SessionTableModel::makeRow(const QString &connectionId,
                                                       const Session &session) const
{
    auto row = std::make_unique<SessionRow>();
    row->key = {connectionId, session.id};
    row->connection = m_connections.value(connectionId);
    row->session = session;
    row->staleSince = m_staleSince.value(connectionId);
    noteState(*row);
    return row;
}

void SessionTableModel::count(const SessionRow &row, int rows)
{
    Counts &counts = m_counts[row.key.connectionId];
    counts.rows += rows;
    counts.live += row.isLive() ? rows : 0;
    if (counts.rows == 0)
        m_counts.remove(row.key.connectionId);
}

bool SessionTableModel::changeRow(int position, const std::function<void(SessionRow &)> &change)
{
    const SessionRow &row = *m_rows[position];
    const SessionRow old = row;
    const bool counts = alterRow(position, change);
    if (row == old)
        return false;
    for (const auto &[first, last] : differingCells(old, row))
        emit dataChanged(index(position, first), index(position, last));
    emit rowChanged(row.key);
    return counts;
}

bool SessionTableModel::alterRow(int position, const std::function<void(SessionRow &)> &change)
{
    SessionRow &row = *m_rows[position];
    const bool wasLive = row.isLive();
    change(row);
    noteState(row);
    const bool counts = row.isLive() != wasLive;
    if (counts)
        m_counts[row.key.connectionId].live += row.isLive() ? 1 : -1;
    if (row.endedAt.isValid())
        m_ended.insert(row.key);
    else
        m_ended.remove(row.key);
    return counts;
}

void SessionTableModel::endRows(std::vector<int> rows)
{
    for (const int row : rows) {
        m_unlisted.remove(m_rows[row]->key);
        alterRow(row, [this](SessionRow &ended) { noteLeaving(ended); });
    }
    std::ranges::sort(rows);
    tellWholeRows(rows);
}

void SessionTableModel::noteLeaving(SessionRow &ended) const
{
    switch (ended.termination.phase) {
    case Termination::Phase::StillRunning:
        ended.endedAt = m_clock.nowUtc();
        [[fallthrough]];
    case Termination::Phase::Gone:
    case Termination::Phase::Terminating:
        // Leaving the list alone proves nothing while its end is being looked for by its id.
        ended.termination.proofs.setFlag(Termination::Proof::LeftList);
        break;
    case Termination::Phase::None:
        ended.endedAt = m_clock.nowUtc();
        break;
    }
}

void SessionTableModel::removeRows(int first, int last)
{
    beginRemoveRows({}, first, last);
    for (int row = first; row <= last; ++row) {
        const SessionKey &key = m_rows[row]->key;
        count(*m_rows[row], -1);
        m_numberOf.remove(key);
        m_ended.remove(key);
        m_goneAt.remove(key);
        m_unlisted.remove(key);
    }
    m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
    m_numbers.erase(m_numbers.begin() + first, m_numbers.begin() + last + 1);
    endRemoveRows();
}

void SessionTableModel::noteState(SessionRow &row) const
{
    const RowState::Kind state = row.state();
    if (state == RowState::Kind::Stale)
        return;
    const QString text = row.stateText();
    if (!row.timeline.isEmpty() && row.timeline.constLast().text == text)
        return;
    const bool begins = row.timeline.isEmpty() && state == RowState::Kind::Starting
                        && row.session.createdAt.isValid();
    row.timeline.append({state, text, begins ? row.session.createdAt : m_clock.nowUtc()});
    if (row.timeline.size() > maxTimelineLength)
        row.timeline.removeFirst();
}

} // namespace Anchorwatch
