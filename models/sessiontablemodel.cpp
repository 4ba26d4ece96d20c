#include "models/sessiontablemodel.h"

#include "models/sessioncells.h"

#include <QCoreApplication>

#include <algorithm>
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
    const SessionRow &row = m_rows[index.row()];
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
    const auto row = m_rowOf.constFind(key);
    return row == m_rowOf.constEnd() ? nullptr : &m_rows[*row];
}

QModelIndex SessionTableModel::indexOf(const SessionKey &key, SessionColumn column) const
{
    const auto row = m_rowOf.constFind(key);
    return row == m_rowOf.constEnd() ? QModelIndex() : index(*row, static_cast<int>(column));
}

int SessionTableModel::liveCount() const
{
    return static_cast<int>(std::count_if(m_rows.cbegin(), m_rows.cend(),
                                          [](const SessionRow &row) { return row.isLive(); }));
}

QHash<QString, int> SessionTableModel::liveCounts() const
{
    QHash<QString, int> counts;
    for (const SessionRow &row : m_rows)
        counts[row.key.connectionId] += row.isLive() ? 1 : 0;
    return counts;
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
    for (int row = static_cast<int>(m_rows.size()) - 1; row >= 0; --row) {
        const auto connection = m_connections.value(m_rows[row].key.connectionId);
        if (!connection)
            removeRowAt(row);
        else if (connection != m_rows[row].connection)
            changeRow(row, [&](SessionRow &changed) { changed.connection = connection; });
    }
    const auto isKnown = [&](const auto &since) { return m_connections.contains(since.key()); };
    for (auto since = m_staleSince.begin(); since != m_staleSince.end();)
        since = isKnown(since) ? std::next(since) : m_staleSince.erase(since);
    emit countsChanged();
}

void SessionTableModel::applyDelta(const SessionDelta &delta)
{
    for (const QString &id : delta.removed) {
        const auto row = m_rowOf.constFind({delta.connectionId, id});
        if (row != m_rowOf.constEnd())
            endRow(*row);
    }
    for (const Session &session : delta.changed)
        noteListed({delta.connectionId, session.id}, session);
    for (const Session &session : delta.added)
        noteListed({delta.connectionId, session.id}, session);
    const bool revised = reviseEnds(delta);
    for (const Session &session : delta.changed)
        putSession(delta.connectionId, session);
    for (const Session &session : delta.added)
        putSession(delta.connectionId, session);
    if (revised || !delta.isEmpty())
        emit countsChanged();
}

void SessionTableModel::setTermination(const SessionKey &key, const Termination &termination)
{
    const auto known = m_rowOf.constFind(key);
    if (known == m_rowOf.constEnd())
        return;
    changeRow(*known, [&](SessionRow &row) {
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
    });
    if (termination.phase != Termination::Phase::Gone)
        m_goneAt.remove(key);
    else if (!m_goneAt.contains(key))
        m_goneAt.insert(key, m_clock.elapsed());
    emit countsChanged();
}

void SessionTableModel::updateSession(const QString &connectionId, const Session &session)
{
    const SessionKey key{connectionId, session.id};
    const SessionRow *row = find(key);
    if (row && row->state() == RowState::Kind::Gone)
        return; // an answer from before its end: only a list brings a session back
    if (!row)
        m_unlisted.insert(key, m_clock.elapsed());
    putSession(connectionId, session);
    emit countsChanged();
}

void SessionTableModel::setStaleSince(const QString &connectionId, const QDateTime &since)
{
    if (m_staleSince.value(connectionId) == since)
        return;
    m_staleSince[connectionId] = since;
    // All rows of the connection look different now: one signal for each run of them is cheaper
    // than comparing every cell.
    const auto isOurs = [&](qsizetype row) {
        return row < m_rows.size() && m_rows[row].key.connectionId == connectionId;
    };
    QList<SessionKey> changed;
    for (int first = 0; first < m_rows.size(); ++first) {
        if (!isOurs(first))
            continue;
        int last = first;
        for (int row = first; isOurs(row); ++row) {
            m_rows[row].staleSince = since;
            noteState(m_rows[row]);
            changed.append(m_rows[row].key);
            last = row;
        }
        emit dataChanged(index(first, 0), index(last, sessionColumnCount - 1));
        first = last;
    }
    for (const SessionKey &key : std::as_const(changed))
        emit rowChanged(key);
}

void SessionTableModel::expireEnded(std::chrono::milliseconds keep, const QSet<SessionKey> &held)
{
    const QDateTime limit = m_clock.nowUtc().addMSecs(-keep.count());
    bool removed = false;
    for (int row = static_cast<int>(m_rows.size()) - 1; row >= 0; --row) {
        const SessionRow &candidate = m_rows[row];
        const bool expired = candidate.endedAt.isValid() && candidate.endedAt <= limit;
        if (!expired || held.contains(candidate.key) || isListed(candidate))
            continue;
        removeRowAt(row);
        removed = true;
    }
    if (removed)
        emit countsChanged();
}

void SessionTableModel::noteListed(const SessionKey &key, const Session &session)
{
    m_unlisted.remove(key);
    const auto known = m_rowOf.constFind(key);
    if (known == m_rowOf.constEnd())
        return;
    if (!isSameSession(m_rows[*known].session, session)) {
        m_goneAt.remove(key);
        // Nothing that is known of the one before is true of this one, least of all its end.
        changeRow(*known, [&](SessionRow &row) {
            row.session = session;
            row.termination = {};
            row.endedAt = {};
            row.timeline.clear();
        });
        return;
    }
    changeRow(*known, [&](SessionRow &row) {
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
            revised |= reviseGone(m_rowOf.value(it.key()));
    }
    const auto unlisted = m_unlisted;
    for (auto it = unlisted.cbegin(); it != unlisted.cend(); ++it) {
        if (it.key().connectionId != delta.connectionId || it.value() >= delta.askedAt)
            continue;
        endRow(m_rowOf.value(it.key()));
        revised = true;
    }
    return revised;
}

bool SessionTableModel::reviseGone(int row)
{
    const SessionRow &gone = m_rows[row];
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

void SessionTableModel::putSession(const QString &connectionId, const Session &session)
{
    const auto known = m_rowOf.constFind({connectionId, session.id});
    if (known == m_rowOf.constEnd()) {
        addRow(connectionId, session);
        return;
    }
    if (m_rows[*known].termination.phase == Termination::Phase::Gone)
        return; // as it was before its end
    changeRow(*known, [&](SessionRow &row) {
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

void SessionTableModel::addRow(const QString &connectionId, const Session &session)
{
    SessionRow row;
    row.key = {connectionId, session.id};
    row.connection = m_connections.value(connectionId);
    row.session = session;
    row.staleSince = m_staleSince.value(connectionId);
    noteState(row);
    const int position = static_cast<int>(m_rows.size());
    beginInsertRows({}, position, position);
    m_rows.append(row);
    m_rowOf.insert(row.key, position);
    endInsertRows();
}

void SessionTableModel::changeRow(int row, const std::function<void(SessionRow &)> &change)
{
    const SessionRow old = m_rows[row];
    change(m_rows[row]);
    noteState(m_rows[row]);
    if (m_rows[row] == old)
        return;
    for (const auto &[first, last] : differingCells(old, m_rows[row]))
        emit dataChanged(index(row, first), index(row, last));
    emit rowChanged(m_rows[row].key);
}

void SessionTableModel::endRow(int row)
{
    m_unlisted.remove(m_rows[row].key);
    changeRow(row, [this](SessionRow &ended) {
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
    });
}

void SessionTableModel::removeRowAt(int row)
{
    beginRemoveRows({}, row, row);
    m_rowOf.remove(m_rows[row].key);
    m_goneAt.remove(m_rows[row].key);
    m_unlisted.remove(m_rows[row].key);
    m_rows.removeAt(row);
    for (auto position = row; position < m_rows.size(); ++position)
        m_rowOf[m_rows[position].key] = position;
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
