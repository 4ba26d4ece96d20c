#include "models/sessionproxymodel.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace Anchorwatch {

namespace {

constexpr int hidden = -1;
// More separate places than this are rearranged first.
constexpr qsizetype mostPlaces = 8;

// Neighbouring positions, first to last; the positions must be sorted.
QList<std::pair<int, int>> runsOf(const std::vector<int> &positions)
{
    QList<std::pair<int, int>> runs;
    for (const int position : positions) {
        if (!runs.isEmpty() && runs.constLast().second == position - 1)
            runs.last().second = position;
        else
            runs.append({position, position});
    }
    return runs;
}

} // namespace

SessionProxyModel::SessionProxyModel(SessionTableModel &model, const Clock &clock, QObject *parent)
    : QAbstractProxyModel(parent)
    , m_model(model)
    , m_clock(clock)
{
    setSourceModel(&model);
    connect(&model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { insertSourceRows(first, last); });
    connect(&model, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) { removeSourceRows(first, last); });
    connect(&model, &QAbstractItemModel::dataChanged, this, &SessionProxyModel::changeSourceCells);
    connect(&model, &SessionTableModel::settled, this, &SessionProxyModel::settle);
    if (model.rowCount() > 0) {
        insertSourceRows(0, model.rowCount() - 1);
        settle();
    }
}

// What is asked of it

void SessionProxyModel::setConnection(const QString &id)
{
    m_connection = id;
    refilter();
}

void SessionProxyModel::setFilter(const SessionFilter &filter)
{
    m_filter = filter;
    refilter();
}

void SessionProxyModel::refilterForTime()
{
    if (m_filter.dependsOnTime())
        refilter();
}

SessionKey SessionProxyModel::keyAt(const QModelIndex &index) const
{
    return index.data(SessionTableModel::KeyRole).value<SessionKey>();
}

QModelIndex SessionProxyModel::indexOf(const SessionKey &key, SessionColumn column) const
{
    return mapFromSource(m_model.indexOf(key, column));
}

void SessionProxyModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= sessionColumnCount)
        return; // always sorted
    m_column = static_cast<SessionColumn>(column);
    m_sortOrder = order;
    for (size_t row = 0; row < m_keys.size(); ++row)
        m_keys[row] = readKey(static_cast<int>(row));
    Rows sorted = m_shown;
    std::sort(sorted.begin(), sorted.end(),
              [this](int left, int right) { return isBefore(left, right); });
    arrange(sorted);
}

QModelIndex SessionProxyModel::index(int row, int column, const QModelIndex &parent) const
{
    return hasIndex(row, column, parent) ? createIndex(row, column) : QModelIndex();
}

QModelIndex SessionProxyModel::parent(const QModelIndex &) const
{
    return {};
}

int SessionProxyModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int SessionProxyModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : sessionColumnCount;
}

QVariant SessionProxyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return m_model.headerData(section, orientation, role);
}

QModelIndex SessionProxyModel::mapToSource(const QModelIndex &index) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    return m_model.index(m_shown[index.row()], index.column());
}

QModelIndex SessionProxyModel::mapFromSource(const QModelIndex &index) const
{
    if (!index.isValid() || index.row() >= static_cast<int>(m_places.size()))
        return {};
    const int place = m_places[index.row()];
    return place == hidden ? QModelIndex() : createIndex(place, index.column());
}

// What the table tells

void SessionProxyModel::insertSourceRows(int first, int last)
{
    const int count = last - first + 1;
    for (Rows *rows : {&m_shown, &m_unsettled}) {
        for (int &row : *rows)
            row += row >= first ? count : 0;
    }
    m_places.insert(m_places.begin() + first, count, hidden);
    m_keys.insert(m_keys.begin() + first, count, SortKey());
    for (int row = first; row <= last; ++row) {
        m_keys[row] = readKey(row);
        m_unsettled.push_back(row);
    }
}

// Before the table removes them: they can be looked at meanwhile.
void SessionProxyModel::removeSourceRows(int first, int last)
{
    const int count = last - first + 1;
    Rows leaving;
    for (int row = first; row <= last; ++row) {
        if (m_places[row] != hidden)
            leaving.push_back(row);
    }
    hideRows(leaving);
    std::erase_if(m_unsettled, [&](int row) { return row >= first && row <= last; });
    for (Rows *rows : {&m_shown, &m_unsettled}) {
        for (int &row : *rows)
            row -= row > last ? count : 0;
    }
    m_places.erase(m_places.begin() + first, m_places.begin() + last + 1);
    m_keys.erase(m_keys.begin() + first, m_keys.begin() + last + 1);
}

void SessionProxyModel::changeSourceCells(const QModelIndex &first, const QModelIndex &last)
{
    const auto sortColumn = static_cast<int>(m_column);
    const bool mayMove = first.column() <= sortColumn && sortColumn <= last.column();
    const bool mayBeFiltered = !m_filter.isEmpty();
    Rows places;
    for (int row = first.row(); row <= last.row(); ++row) {
        if (mayMove)
            m_keys[row] = readKey(row);
        if (mayMove || mayBeFiltered)
            m_unsettled.push_back(row);
        if (m_places[row] != hidden)
            places.push_back(m_places[row]);
    }
    std::sort(places.begin(), places.end());
    for (const auto &[top, bottom] : runsOf(places))
        emit dataChanged(index(top, first.column()), index(bottom, last.column()));
}

void SessionProxyModel::settle()
{
    Rows unsettled;
    unsettled.swap(m_unsettled);
    std::sort(unsettled.begin(), unsettled.end());
    unsettled.erase(std::unique(unsettled.begin(), unsettled.end()), unsettled.end());
    Rows leaving;
    Rows arriving;
    Rows staying;
    for (const int row : unsettled) {
        const bool isShown = m_places[row] != hidden;
        const bool shallBeShown = isLetThrough(row);
        if (isShown && !shallBeShown)
            leaving.push_back(row);
        else if (!isShown && shallBeShown)
            arriving.push_back(row);
        else if (isShown)
            staying.push_back(row);
    }
    hideRows(leaving);
    moveRows(staying);
    showRows(arriving);
}

void SessionProxyModel::refilter()
{
    settle(); // the others have to be in order
    Rows leaving;
    Rows arriving;
    for (int row = 0; row < static_cast<int>(m_places.size()); ++row) {
        const bool isShown = m_places[row] != hidden;
        if (isLetThrough(row) != isShown)
            (isShown ? leaving : arriving).push_back(row);
    }
    hideRows(leaving);
    showRows(arriving);
}

// Comparing

bool SessionProxyModel::isLetThrough(int sourceRow) const
{
    const SessionRow &row = m_model.rows()[sourceRow];
    const bool isOurs = m_connection.isEmpty() || row.key.connectionId == m_connection;
    return isOurs && (m_filter.isEmpty() || m_filter.matches(row, m_clock.nowUtc()));
}

SortKey SessionProxyModel::readKey(int sourceRow) const
{
    return sortKeyOf(columnInfo(m_column).sortKey(m_model.rows()[sourceRow]));
}

bool SessionProxyModel::isBefore(int leftSourceRow, int rightSourceRow) const
{
    const SortKey &leftKey = m_keys[leftSourceRow];
    const SortKey &rightKey = m_keys[rightSourceRow];
    if (isMissing(leftKey) != isMissing(rightKey))
        return isMissing(rightKey);
    const bool isAscending = m_sortOrder == Qt::AscendingOrder;
    if (leftKey != rightKey)
        return (leftKey < rightKey) == isAscending;
    const SessionKey &left = m_model.rows()[leftSourceRow].key;
    const SessionKey &right = m_model.rows()[rightSourceRow].key;
    const auto leftId = std::tie(left.sessionId, left.connectionId);
    const auto rightId = std::tie(right.sessionId, right.connectionId);
    return isAscending ? leftId < rightId : rightId < leftId;
}

bool SessionProxyModel::isInOrder(int sourceRow) const
{
    const auto place = static_cast<size_t>(m_places[sourceRow]);
    return (place == 0 || isBefore(m_shown[place - 1], sourceRow))
           && (place + 1 == m_shown.size() || isBefore(sourceRow, m_shown[place + 1]));
}

// Changing what is shown

void SessionProxyModel::hideRows(const Rows &leaving)
{
    if (leaving.empty())
        return;
    Rows places;
    for (const int row : leaving)
        places.push_back(m_places[row]);
    std::sort(places.begin(), places.end());
    QList<std::pair<int, int>> runs = runsOf(places);
    if (runs.size() > mostPlaces) {
        emit aboutToRearrange();
        std::vector<bool> isLeaving(m_places.size());
        for (const int row : leaving)
            isLeaving[row] = true;
        Rows order = m_shown;
        std::stable_partition(order.begin(), order.end(), [&](int row) { return !isLeaving[row]; });
        arrange(order);
        runs = {std::pair(rowCount() - static_cast<int>(leaving.size()), rowCount() - 1)};
    }
    for (auto run = runs.crbegin(); run != runs.crend(); ++run) {
        const auto &[first, last] = *run;
        beginRemoveRows({}, first, last);
        for (int place = first; place <= last; ++place)
            m_places[m_shown[place]] = hidden;
        m_shown.erase(m_shown.begin() + first, m_shown.begin() + last + 1);
        renumber(first);
        endRemoveRows();
    }
}

void SessionProxyModel::showRows(Rows arriving)
{
    if (arriving.empty())
        return;
    const auto isBeforeOf = [this](int left, int right) { return isBefore(left, right); };
    std::sort(arriving.begin(), arriving.end(), isBeforeOf);
    Rows order;
    order.reserve(m_shown.size() + arriving.size());
    std::merge(m_shown.cbegin(), m_shown.cend(), arriving.cbegin(), arriving.cend(),
               std::back_inserter(order), isBeforeOf);
    Rows places; // that the arriving rows get
    for (size_t place = 0, next = 0; next < arriving.size(); ++place) {
        if (order[place] != arriving[next])
            continue;
        places.push_back(static_cast<int>(place));
        ++next;
    }
    const QList<std::pair<int, int>> runs = runsOf(places);
    if (runs.size() > mostPlaces) {
        emit aboutToRearrange();
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(arriving.size()) - 1);
        m_shown.insert(m_shown.end(), arriving.cbegin(), arriving.cend());
        renumber();
        endInsertRows();
        arrange(order);
        return;
    }
    for (const auto &[first, last] : runs) {
        beginInsertRows({}, first, last);
        m_shown.insert(m_shown.begin() + first, order.cbegin() + first, order.cbegin() + last + 1);
        renumber(first);
        endInsertRows();
    }
}

void SessionProxyModel::moveRows(Rows moving)
{
    if (std::all_of(moving.cbegin(), moving.cend(), [this](int row) { return isInOrder(row); }))
        return;
    const auto isBeforeOf = [this](int left, int right) { return isBefore(left, right); };
    std::vector<bool> isMoving(m_places.size());
    for (const int row : moving)
        isMoving[row] = true;
    Rows others;
    std::copy_if(m_shown.cbegin(), m_shown.cend(), std::back_inserter(others),
                 [&](int row) { return !isMoving[row]; });
    std::sort(moving.begin(), moving.end(), isBeforeOf);
    Rows order;
    std::merge(others.cbegin(), others.cend(), moving.cbegin(), moving.cend(),
               std::back_inserter(order), isBeforeOf);
    arrange(order);
}

void SessionProxyModel::arrange(const Rows &order)
{
    if (order == m_shown)
        return;
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    Rows rows;
    for (const QModelIndex &index : before)
        rows.push_back(m_shown[index.row()]);
    m_shown = order;
    renumber();
    QModelIndexList after;
    after.reserve(before.size());
    for (qsizetype i = 0; i < before.size(); ++i)
        after.append(createIndex(m_places[rows[i]], before[i].column()));
    changePersistentIndexList(before, after);
    emit layoutChanged({}, VerticalSortHint);
}

void SessionProxyModel::renumber(size_t from)
{
    for (size_t place = from; place < m_shown.size(); ++place)
        m_places[m_shown[place]] = static_cast<int>(place);
}

} // namespace Anchorwatch
