#include "ui/sidebarmodel.h"

namespace Anchorwatch {

namespace {

constexpr int allRow = 0;
constexpr int headRow = 1;
constexpr int firstConnection = 2;

} // namespace

SidebarModel::SidebarModel(ConnectionListModel &connections, QObject *parent)
    : QAbstractListModel(parent)
    , m_connections(connections)
{
    forwardChanges();
}

int SidebarModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : firstConnection + m_connections.rowCount();
}

QVariant SidebarModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (index.row() == allRow)
        return allData(role);
    if (index.row() == headRow)
        return headData(role);
    return connectionData(m_connections.index(index.row() - firstConnection), role);
}

Qt::ItemFlags SidebarModel::flags(const QModelIndex &index) const
{
    if (!index.isValid() || index.row() == headRow)
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

void SidebarModel::setTotal(int live)
{
    if (live == m_total)
        return;
    m_total = live;
    emit dataChanged(index(allRow), index(allRow));
}

QModelIndex SidebarModel::indexOf(const QString &id) const
{
    if (id.isEmpty())
        return index(allRow);
    const QModelIndex source = m_connections.indexOf(id);
    return source.isValid() ? index(source.row() + firstConnection) : QModelIndex();
}

QVariant SidebarModel::allData(int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return tr("All sessions");
    case Qt::AccessibleTextRole:
        if (!m_connections.hasAnyList())
            return tr("All sessions");
        return m_total == 1 ? tr("All sessions, 1 session")
                            : tr("All sessions, %n sessions", nullptr, m_total);
    case ConnectionListModel::IdRole:
        return QString();
    case RowRole:
        return QVariant::fromValue(Row::All);
    case CountTextRole:
        return m_connections.hasAnyList() ? QString::number(m_total) : QString();
    default:
        return {};
    }
}

QVariant SidebarModel::headData(int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return tr("Connections");
    case RowRole:
        return QVariant::fromValue(Row::Head);
    default:
        return {};
    }
}

QVariant SidebarModel::connectionData(const QModelIndex &source, int role) const
{
    if (role == RowRole)
        return QVariant::fromValue(Row::Connection);
    if (role != CountTextRole)
        return source.data(role);
    const auto state = source.data(ConnectionListModel::StateRole).value<ConnectionState>();
    return state.hasList ? QString::number(state.liveCount) : QString();
}

void SidebarModel::forwardChanges()
{
    using Model = QAbstractItemModel;
    const auto shifted = [](int row) { return row + firstConnection; };
    connect(&m_connections, &Model::rowsAboutToBeInserted, this,
            [=, this](const QModelIndex &, int first, int last) {
                beginInsertRows({}, shifted(first), shifted(last));
            });
    connect(&m_connections, &Model::rowsInserted, this, [this] { endInsertRows(); });
    connect(&m_connections, &Model::rowsAboutToBeRemoved, this,
            [=, this](const QModelIndex &, int first, int last) {
                beginRemoveRows({}, shifted(first), shifted(last));
            });
    connect(&m_connections, &Model::rowsRemoved, this, [this] { endRemoveRows(); });
    connect(&m_connections, &Model::rowsAboutToBeMoved, this,
            [=, this](const QModelIndex &, int first, int last, const QModelIndex &, int to) {
                beginMoveRows({}, shifted(first), shifted(last), {}, shifted(to));
            });
    connect(&m_connections, &Model::rowsMoved, this, [this] { endMoveRows(); });
    connect(&m_connections, &Model::dataChanged, this,
            [=, this](const QModelIndex &first, const QModelIndex &last) {
                emit dataChanged(index(shifted(first.row())), index(shifted(last.row())));
            });
    // Whether there is any list decides what All shows.
    connect(this, &Model::dataChanged, this, [this](const QModelIndex &first) {
        if (first.row() != allRow)
            emit dataChanged(index(allRow), index(allRow));
    });
    connect(this, &Model::rowsRemoved, this,
            [this] { emit dataChanged(index(allRow), index(allRow)); });
}

} // namespace Anchorwatch
