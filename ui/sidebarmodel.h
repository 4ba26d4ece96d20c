#pragma once

#include "models/connectionlistmodel.h"

namespace Anchorwatch {

// The rows of the sidebar: all sessions, the head of the connections, the connections.
class SidebarModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum class Row { All, Head, Connection };
    Q_ENUM(Row)

    // Beside those of ConnectionListModel, which connections have. The id of All is empty.
    enum Role {
        RowRole = Qt::UserRole + 100, // Row
        CountTextRole,                // the live sessions, or an empty string before a list
    };

    // The connections must outlive it.
    explicit SidebarModel(ConnectionListModel &connections, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    // How many live sessions All has.
    void setTotal(int live);
    // Invalid where there is no such connection; the empty id is All.
    [[nodiscard]] QModelIndex indexOf(const QString &id) const;

private:
    void forwardChanges();
    [[nodiscard]] QVariant allData(int role) const;
    [[nodiscard]] QVariant headData(int role) const;
    [[nodiscard]] QVariant connectionData(const QModelIndex &source, int role) const;

    ConnectionListModel &m_connections;
    int m_total = 0;
};

} // namespace Anchorwatch
