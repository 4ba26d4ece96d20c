#pragma once

#include "models/sessioncolumns.h"

#include <QString>
#include <QStringList>

#include <array>

namespace Anchorwatch {

// What a cell shows beside the text of its column.

// The second line of a Page cell: the URL without its scheme.
[[nodiscard]] QString secondaryText(const SessionRow &row, SessionColumn column);

// The URL of a CDP or live view cell in full, with its secrets; empty in other columns.
[[nodiscard]] QString urlOf(const SessionRow &row, SessionColumn column);

// Why the URL of the cell cannot be opened, or an empty string.
[[nodiscard]] QString openRefusalOf(const SessionRow &row, SessionColumn column);

// What each cell of a row is painted, sorted and filtered by, but for time passing: cells with
// equal prints need no dataChanged().
using CellPrints = std::array<QStringList, sessionColumnCount>;
[[nodiscard]] CellPrints cellPrints(const SessionRow &row);

} // namespace Anchorwatch
