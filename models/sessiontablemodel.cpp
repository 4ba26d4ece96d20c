#include "models/sessiontablemodel.h"

#include "models/urltext.h"

#include <QCoreApplication>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxTimelineLength = 40;

// Qt guesses whether a tooltip is rich text; this leaves nothing to guess (a title "<img src=…>" is
// text).
QString plainToolTip(const QString &text)
{
    if (text.isEmpty())
        return {};
    return "<qt>"_L1 + text.toHtmlEscaped().replace(u'\n', "<br>"_L1) + "</qt>"_L1;
}

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
        return QCoreApplication::translate("SessionTableModel", "Its service gave no address");
    return column == SessionColumn::LiveView ? openUrlRefusal(url) : QString();
}

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

// What of a row the cells of one column are painted from; equal values look equal.
QString fingerprint(const SessionRow &row, SessionColumn column)
{
    const SessionColumnInfo &info = columnInfo(column);
    class NoTime : public Clock
    {
    public:
        std::chrono::milliseconds elapsed() const override { return {}; }
        QDateTime nowUtc() const override { return QDateTime::fromMSecsSinceEpoch(0, Qt::UTC); }
    };
    static const NoTime noTime;
    return QStringList{info.text(row, noTime),
                       info.toolTip(row, noTime),
                       info.accessible(row, noTime),
                       secondaryText(row, column),
                       urlOf(row, column),
                       openRefusalOf(row, column),
                       QString::number(static_cast<int>(toneOf(row)))}
        .join(u'\n');
}

using Fingerprints = std::array<QString, sessionColumnCount>;

Fingerprints fingerprintsOf(const SessionRow &row)
{
    Fingerprints prints;
    for (int column = 0; column < sessionColumnCount; ++column)
        prints[static_cast<size_t>(column)] = fingerprint(row, static_cast<SessionColumn>(column));
    return prints;
}

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
    case PersistRole:
        return row.session.persist.value_or(false);
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

void SessionTableModel::applyDelta(const SessionDelta &delta)
{
    for (const QString &id : delta.removed) {
        const auto row = m_rowOf.constFind({delta.connectionId, id});
        if (row != m_rowOf.constEnd())
            endRow(*row);
    }
    // A row that was proven gone before this list was asked for, and that the list still has.
    const auto goneRows = m_goneAt;
    for (auto it = goneRows.cbegin(); it != goneRows.cend(); ++it) {
        if (it.key().connectionId != delta.connectionId || it.value() >= delta.askedAt)
            continue;
        changeRow(m_rowOf.value(it.key()), [](SessionRow &row) {
            row.termination.phase = Termination::Phase::StillRunning;
            row.termination.proofs = {};
            row.termination.reason = tr("still listed after its id was unknown");
            row.endedAt = {};
        });
        m_goneAt.remove(it.key());
    }
    for (const Session &session : delta.changed)
        updateSession(delta.connectionId, session);
    for (const Session &session : delta.added)
        updateSession(delta.connectionId, session);
    if (!delta.isEmpty())
        emit countsChanged();
}

void SessionTableModel::setTermination(const SessionKey &key, const Termination &termination)
{
    const auto known = m_rowOf.constFind(key);
    if (known == m_rowOf.constEnd())
        return;
    changeRow(*known, [&](SessionRow &row) {
        const bool hadLeft =
            row.endedAt.isValid() || row.termination.proofs.testFlag(Termination::Proof::LeftList);
        row.termination = termination;
        row.termination.proofs.setFlag(Termination::Proof::LeftList, hadLeft);
        if (termination.phase == Termination::Phase::Gone)
            row.endedAt = m_clock.nowUtc();
    });
    if (termination.phase != Termination::Phase::Gone)
        m_goneAt.remove(key);
    else if (!m_rows[*known].termination.proofs.testFlag(Termination::Proof::LeftList))
        m_goneAt.insert(key, m_clock.elapsed());
    emit countsChanged();
}

void SessionTableModel::updateSession(const QString &connectionId, const Session &session)
{
    const auto known = m_rowOf.constFind({connectionId, session.id});
    if (known == m_rowOf.constEnd()) {
        addRow(connectionId, session);
        return;
    }
    if (m_goneAt.contains({connectionId, session.id}))
        return; // an answer from before its end
    changeRow(*known, [&](SessionRow &row) {
        const Session before = row.session;
        row.session = session;
        // A list may leave the addresses out; those that were asked for stay good while the session lives.
        if (session.cdpUrl.isEmpty() && !session.status.isOver())
            row.session.cdpUrl = before.cdpUrl;
        if (session.liveViewUrl.isEmpty() && !session.status.isOver())
            row.session.liveViewUrl = before.liveViewUrl;
        row.termination.proofs.setFlag(Termination::Proof::LeftList, false);
        if (row.state() != RowState::Kind::Gone)
            return;
        row.termination = {}; // the id lives again
        row.endedAt = {};
    });
}

void SessionTableModel::setStaleSince(const QString &connectionId, const QDateTime &since)
{
    if (m_staleSince.value(connectionId) == since)
        return;
    m_staleSince[connectionId] = since;
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows[row].key.connectionId == connectionId)
            changeRow(row, [&](SessionRow &changed) { changed.staleSince = since; });
    }
}

void SessionTableModel::expireEnded(std::chrono::milliseconds keep, const QSet<SessionKey> &held)
{
    const QDateTime limit = m_clock.nowUtc().addMSecs(-keep.count());
    bool removed = false;
    for (int row = static_cast<int>(m_rows.size()) - 1; row >= 0; --row) {
        const SessionRow &candidate = m_rows[row];
        const bool expired = candidate.endedAt.isValid() && candidate.endedAt <= limit;
        if (!expired || held.contains(candidate.key) || m_goneAt.contains(candidate.key))
            continue;
        removeRowAt(row);
        removed = true;
    }
    if (removed)
        emit countsChanged();
}

void SessionTableModel::addRow(const QString &connectionId, const Session &session)
{
    SessionRow row;
    row.key = {connectionId, session.id};
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
    const Fingerprints before = fingerprintsOf(old);
    const Fingerprints after = fingerprintsOf(m_rows[row]);

    // One signal a run of neighbouring cells.
    for (int first = 0; first < sessionColumnCount; ++first) {
        const auto differs = [&](int column) {
            return column < sessionColumnCount
                   && before[static_cast<size_t>(column)] != after[static_cast<size_t>(column)];
        };
        if (!differs(first))
            continue;
        int last = first;
        while (differs(last + 1))
            ++last;
        emit dataChanged(index(row, first), index(row, last));
        first = last;
    }
    emit rowChanged(m_rows[row].key);
}

void SessionTableModel::endRow(int row)
{
    const SessionKey key = m_rows[row].key;
    m_goneAt.remove(key);
    changeRow(row, [this](SessionRow &ended) {
        switch (ended.termination.phase) {
        case Termination::Phase::Gone:
        case Termination::Phase::Terminating:
        case Termination::Phase::StillRunning:
            // Leaving the list alone proves nothing: the terminator asks for the id until it is
            // gone.
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
