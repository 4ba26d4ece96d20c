#include "models/connectionlistmodel.h"

#include "models/connectionwords.h"
#include "models/sessioncells.h"
#include "models/urltext.h"

#include <algorithm>

namespace Anchorwatch {

namespace {

bool isAskedTheSame(const Connection &one, const Connection &other)
{
    return one.enabled == other.enabled && one.kind == other.kind && one.baseUrl == other.baseUrl
           && one.user == other.user;
}

QList<Connection> withoutRepeated(const QList<Connection> &connections)
{
    QList<Connection> kept;
    for (const Connection &connection : connections) {
        const bool known = std::any_of(kept.cbegin(), kept.cend(), [&](const Connection &other) {
            return other.id == connection.id;
        });
        if (!known)
            kept.append(connection);
    }
    return kept;
}

} // namespace

ConnectionListModel::ConnectionListModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

int ConnectionListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_states.size());
}

QVariant ConnectionListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ConnectionState &state = m_states.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return visibleText(state.connection.name);
    case Qt::ToolTipRole:
        return plainToolTip(connectionToolTip(state));
    case Qt::AccessibleTextRole:
        return connectionSentence(state);
    case IdRole:
        return state.connection.id;
    case StateRole:
        return QVariant::fromValue(state);
    default:
        return {};
    }
}

void ConnectionListModel::setConnections(const QList<Connection> &connections)
{
    const QList<Connection> wanted = withoutRepeated(connections);
    removeOthers(wanted);
    for (int row = 0; row < static_cast<int>(wanted.size()); ++row)
        place(wanted.at(row), row);
}

void ConnectionListModel::removeOthers(const QList<Connection> &wanted)
{
    for (int row = rowCount() - 1; row >= 0; --row) {
        const QString &id = m_states.at(row).connection.id;
        const bool stays = std::any_of(wanted.cbegin(), wanted.cend(),
                                       [&](const Connection &other) { return other.id == id; });
        if (stays)
            continue;
        beginRemoveRows({}, row, row);
        m_states.removeAt(row);
        endRemoveRows();
    }
}

void ConnectionListModel::place(const Connection &connection, int row)
{
    const int from = rowOf(connection.id);
    if (from < 0) {
        beginInsertRows({}, row, row);
        ConnectionState state;
        state.connection = connection;
        m_states.insert(row, state);
        endInsertRows();
        return;
    }
    if (from != row) {
        beginMoveRows({}, from, from, {}, row);
        m_states.move(from, row);
        endMoveRows();
    }
    change(row, [&](ConnectionState &state) {
        if (!isAskedTheSame(state.connection, connection))
            state = {};
        state.connection = connection;
    });
}

void ConnectionListModel::setHealth(const QString &id, const ConnectionHealth &health)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    if (health.isNewerThan(m_states.at(row).health)) {
        m_states[row].health = health;
        emit freshened();
        return;
    }
    change(row, [&](ConnectionState &state) {
        state.health = health;
        state.hasList = health.lastGood.isValid();
    });
}

void ConnectionListModel::setLiveCount(const QString &id, int count)
{
    changeById(id, [&](ConnectionState &state) { state.liveCount = count; });
}

void ConnectionListModel::setNote(const QString &id, const QString &note)
{
    changeById(id, [&](ConnectionState &state) { state.note = note; });
}

QList<Connection> ConnectionListModel::connections() const
{
    QList<Connection> connections;
    for (const ConnectionState &state : m_states)
        connections.append(state.connection);
    return connections;
}

const ConnectionState *ConnectionListModel::find(const QString &id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_states.at(row);
}

QModelIndex ConnectionListModel::indexOf(const QString &id) const
{
    return index(rowOf(id));
}

int ConnectionListModel::totalLive() const
{
    int total = 0;
    for (const ConnectionState &state : m_states)
        total += state.liveCount;
    return total;
}

bool ConnectionListModel::hasAnyList() const
{
    return std::any_of(m_states.cbegin(), m_states.cend(),
                       [](const ConnectionState &state) { return state.hasList; });
}

void ConnectionListModel::change(int row, const std::function<void(ConnectionState &)> &change)
{
    ConnectionState changed = m_states.at(row);
    change(changed);
    if (changed == m_states.at(row))
        return;
    m_states[row] = changed;
    emit dataChanged(index(row), index(row));
}

void ConnectionListModel::changeById(const QString &id,
                                     const std::function<void(ConnectionState &)> &change)
{
    if (const int row = rowOf(id); row >= 0)
        this->change(row, change);
}

int ConnectionListModel::rowOf(const QString &id) const
{
    const auto found =
        std::find_if(m_states.cbegin(), m_states.cend(),
                     [&](const ConnectionState &state) { return state.connection.id == id; });
    return found == m_states.cend() ? -1 : static_cast<int>(found - m_states.cbegin());
}

} // namespace Anchorwatch
