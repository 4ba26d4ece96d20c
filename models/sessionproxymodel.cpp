#include "models/sessionproxymodel.h"

#include <tuple>

namespace Anchorwatch {

SessionProxyModel::SessionProxyModel(SessionTableModel &model, const Clock &clock, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
    , m_clock(clock)
{
    setSourceModel(&model);
    setSortRole(SessionTableModel::SortRole);
    setDynamicSortFilter(true);
    sort(static_cast<int>(SessionColumn::Age), Qt::AscendingOrder);
}

void SessionProxyModel::setConnection(const QString &id)
{
    m_connection = id;
    invalidateFilter();
}

void SessionProxyModel::setFilter(const SessionFilter &filter)
{
    m_filter = filter;
    invalidateFilter();
}

void SessionProxyModel::refilterForTime()
{
    if (m_filter.dependsOnTime())
        invalidateFilter();
}

SessionKey SessionProxyModel::keyAt(const QModelIndex &index) const
{
    return index.data(SessionTableModel::KeyRole).value<SessionKey>();
}

QModelIndex SessionProxyModel::indexOf(const SessionKey &key, SessionColumn column) const
{
    return mapFromSource(m_model.indexOf(key, column));
}

bool SessionProxyModel::filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const
{
    Q_UNUSED(sourceParent)
    const SessionRow &row = m_model.rows()[sourceRow];
    const bool isOurs = m_connection.isEmpty() || row.key.connectionId == m_connection;
    return isOurs && m_filter.matches(row, m_clock.nowUtc());
}

bool SessionProxyModel::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const QVariant leftKey = left.data(SessionTableModel::SortRole);
    const QVariant rightKey = right.data(SessionTableModel::SortRole);
    if (leftKey.isValid() != rightKey.isValid())
        return leftKey.isValid() == (sortOrder() == Qt::AscendingOrder);
    if (leftKey != rightKey)
        return QVariant::compare(leftKey, rightKey) == QPartialOrdering::Less;
    const SessionKey &leftRow = m_model.rows()[left.row()].key;
    const SessionKey &rightRow = m_model.rows()[right.row()].key;
    return std::tie(leftRow.sessionId, leftRow.connectionId)
           < std::tie(rightRow.sessionId, rightRow.connectionId);
}

} // namespace Anchorwatch
