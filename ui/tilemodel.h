#pragma once

#include "models/sessionproxymodel.h"

#include <QIdentityProxyModel>

namespace Anchorwatch {

class WallStills;

// The rows of the session table as a list: one column, whose text is what a tile says. Costs
// nothing but what is asked for.
class TileModel : public QIdentityProxyModel
{
    Q_OBJECT

public:
    // Roles beside those of SessionTableModel.
    enum Role {
        StatusTextRole = Qt::UserRole + 100,
        IdTextRole,
        AgeTextRole,
        PassingTextRole, // differs when the tile looks different for no other reason than time
    };

    // The model and the stills must outlive it.
    TileModel(SessionProxyModel &model, const WallStills &stills, QObject *parent = nullptr);

    // The title is the DisplayRole; the AccessibleTextRole says the whole tile.
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QModelIndex mapFromSource(const QModelIndex &sourceIndex) const override;

    [[nodiscard]] SessionKey keyAt(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(const SessionKey &key) const;

private:
    [[nodiscard]] QString sentence(const QModelIndex &index) const;

    SessionProxyModel &m_model;
    const WallStills &m_stills;
};

} // namespace Anchorwatch
