#pragma once

#include "models/clock.h"
#include "models/sessionfilter.h"
#include "models/sessiontablemodel.h"

#include <QSortFilterProxyModel>

namespace Anchorwatch {

// Sorts and filters the session table. Always sorted: newest first until the user chooses, and by
// id between equals, so that rows never change places without a reason. Missing values come last in
// either order.
class SessionProxyModel : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    // The model and the clock must outlive it.
    SessionProxyModel(SessionTableModel &model, const Clock &clock, QObject *parent = nullptr);

    // Lets through the sessions of one connection only; with an empty id those of all.
    void setConnection(const QString &id);
    void setFilter(const SessionFilter &filter);
    // Applies the filter again where time passing may have changed what it lets through.
    void refilterForTime();

    // All of them, whatever the filter lets through.
    [[nodiscard]] const SessionTableModel &sessions() const { return m_model; }
    [[nodiscard]] SessionKey keyAt(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(const SessionKey &key, SessionColumn column = {}) const;

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    SessionTableModel &m_model;
    const Clock &m_clock;
    QString m_connection;
    SessionFilter m_filter;
};

} // namespace Anchorwatch
