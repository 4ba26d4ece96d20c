#pragma once

#include "models/connection.h"
#include "models/connectionhealth.h"

#include <QAbstractListModel>

#include <functional>

namespace Anchorwatch {

// A connection and what is known of it now.
struct ConnectionState
{
    Connection connection;
    ConnectionHealth health;
    int liveCount = 0;    // sessions that may have a browser behind them
    bool hasList = false; // before the first list the count says nothing
    QString note;         // what the service says of itself: "3 of 8 slots, 0 waiting"

    bool operator==(const ConnectionState &) const = default;
};

// The connections in their order, with what is known of each. Changes come with the fewest signals;
// the model is never reset.
class ConnectionListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole + 1, // the connection's id
        StateRole,                 // its ConnectionState
    };

    explicit ConnectionListModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    // DisplayRole is the name. The tooltip and the text for screen readers say the state too, as
    // far as time alone does not change it.
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    // What is known is kept by id, except of a connection that is asked at another address from now
    // on, or not any more. Of several with one id the first counts.
    void setConnections(const QList<Connection> &connections);
    // Unknown ids are ignored.
    void setHealth(const QString &id, const ConnectionHealth &health);
    void setLiveCount(const QString &id, int count);
    void setNote(const QString &id, const QString &note);

    [[nodiscard]] QList<Connection> connections() const;
    [[nodiscard]] const QList<ConnectionState> &states() const { return m_states; }
    // Valid until the model changes; nullptr when there is none.
    [[nodiscard]] const ConnectionState *find(const QString &id) const;
    [[nodiscard]] QModelIndex indexOf(const QString &id) const;
    // The live sessions of all connections.
    [[nodiscard]] int totalLive() const;
    // Whether any connection has answered with a list.
    [[nodiscard]] bool hasAnyList() const;

signals:
    // A newer list came, and else all is as before: there is no dataChanged() for it, since it
    // comes with every poll.
    void freshened();

private:
    void removeOthers(const QList<Connection> &wanted);
    // Puts the connection into that row, from wherever it is.
    void place(const Connection &connection, int row);
    void change(int row, const std::function<void(ConnectionState &)> &change);
    void changeById(const QString &id, const std::function<void(ConnectionState &)> &change);
    [[nodiscard]] int rowOf(const QString &id) const;

    QList<ConnectionState> m_states;
};

} // namespace Anchorwatch

Q_DECLARE_METATYPE(Anchorwatch::ConnectionState)
