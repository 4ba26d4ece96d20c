#pragma once

#include "models/clock.h"
#include "models/sessionfilter.h"
#include "models/sessiontablemodel.h"
#include "models/sortkey.h"

#include <QAbstractProxyModel>

#include <vector>

namespace Anchorwatch {

// Sorts and filters the session table. Always sorted: newest first until the user chooses, and by
// id between equals, so that rows never change places without a reason. Missing values come last in
// either order.
//
// Work is done for the rows that changed and not for all. What a poll changed takes its place when
// the table has settled; a cell that changed is told at once. Rows that come or go in a few places
// are inserted and removed there. Where they are scattered over many, the rows are first put into
// an order in which they stand together at the end (one change of layout), since each place would
// cost a view as much as all. The model is never reset: selection and current row stay with their
// sessions.
class SessionProxyModel : public QAbstractProxyModel
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

    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;
    QModelIndex mapToSource(const QModelIndex &index) const override;
    QModelIndex mapFromSource(const QModelIndex &index) const override;

signals:
    // Rows are about to come or go in many places, with a change of layout.
    void aboutToRearrange();

private:
    using Rows = std::vector<int>; // of the table

    void insertSourceRows(int first, int last);
    void removeSourceRows(int first, int last);
    void changeSourceCells(const QModelIndex &first, const QModelIndex &last);
    // Gives the rows that changed their places.
    void settle();
    void refilter();

    [[nodiscard]] bool isLetThrough(int sourceRow) const;
    [[nodiscard]] SortKey readKey(int sourceRow) const;
    [[nodiscard]] bool isBefore(int leftSourceRow, int rightSourceRow) const;
    [[nodiscard]] bool isInOrder(int sourceRow) const;

    // The rows shall not be shown any more, shall be shown, shall stand where they belong.
    void hideRows(const Rows &leaving);
    void showRows(Rows arriving);
    void moveRows(Rows moving);
    // Shows the same rows in another order.
    void arrange(const Rows &order);
    void renumber(size_t from = 0);

    SessionTableModel &m_model;
    const Clock &m_clock;
    QString m_connection;
    SessionFilter m_filter;
    SessionColumn m_column = SessionColumn::Age;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    Rows m_shown;                // the rows that are let through, as they are sorted
    std::vector<int> m_places;   // of each row of the table, where it is in m_shown, or hidden
    std::vector<SortKey> m_keys; // of each row of the table
    Rows m_unsettled;            // whose place is to be found again, once or more
};

} // namespace Anchorwatch
