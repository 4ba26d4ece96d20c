#pragma once

#include <QList>
#include <QString>
#include <Qt>

namespace Anchorwatch {

// One column as the user arranged it. By name, so that it outlives columns that come and go with
// later versions.
struct ColumnLayout
{
    QString name;
    int width = 0; // device-independent pixels; 0: the program's own width
    int order = 0; // from the leading edge
    bool visible = true;

    bool operator==(const ColumnLayout &) const = default;
};

// All columns of a table and what it is sorted by.
struct TableLayout
{
    QList<ColumnLayout> columns;
    QString sortColumn; // empty: the program's own
    Qt::SortOrder sortOrder = Qt::AscendingOrder;

    bool operator==(const TableLayout &) const = default;
};

} // namespace Anchorwatch
