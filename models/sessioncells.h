#pragma once

#include "models/sessioncolumns.h"

#include <QList>
#include <QString>

#include <utility>

namespace Anchorwatch {

// What a cell shows beside the text of its column.

// The second line of a Page cell: the URL without its scheme.
[[nodiscard]] QString secondaryText(const SessionRow &row, SessionColumn column);

// The URL of a CDP or live view cell in full, with its secrets; empty in other columns.
[[nodiscard]] QString urlOf(const SessionRow &row, SessionColumn column);

// Why the URL of the cell cannot be opened, or an empty string.
[[nodiscard]] QString openRefusalOf(const SessionRow &row, SessionColumn column);

// Can it be opened to its tabs? One that has a single tab, or has ended, cannot.
[[nodiscard]] bool hasTabs(const SessionRow &row);

// The text as a tooltip that Qt does not take for rich text, whatever is in it.
[[nodiscard]] QString plainToolTip(const QString &text);

// The runs of neighbouring columns, first to last, in which one row looks, sorts or filters
// otherwise than the other, time passing apart.
[[nodiscard]] QList<std::pair<int, int>> differingCells(const SessionRow &before,
                                                        const SessionRow &after);

} // namespace Anchorwatch
