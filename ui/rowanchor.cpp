#include "ui/rowanchor.h"

#include <QScrollBar>
#include <QTableView>

#include <algorithm>

namespace Anchorwatch {

RowAnchor::RowAnchor(QTableView &view)
    : QObject(&view)
    , m_view(view)
{
    const QAbstractItemModel *model = view.model();
    connect(model, &QAbstractItemModel::rowsAboutToBeInserted, this, &RowAnchor::remember);
    connect(model, &QAbstractItemModel::rowsAboutToBeRemoved, this, &RowAnchor::remember);
}

void RowAnchor::restore()
{
    // The topmost row that is still there decides.
    const auto kept = std::find_if(m_places.cbegin(), m_places.cend(),
                                   [](const Place &place) { return place.row.isValid(); });
    if (kept != m_places.cend()) {
        QScrollBar *bar = m_view.verticalScrollBar();
        bar->setValue(bar->value() + m_view.rowViewportPosition(kept->row.row()) - kept->y);
    }
    m_places.clear();
}

// Several changes may come before the view lays itself out; the first finds what is on screen.
void RowAnchor::remember()
{
    if (!m_places.isEmpty() || m_view.verticalScrollBar()->value() == 0)
        return;
    const int bottom = m_view.viewport()->height();
    for (int row = m_view.rowAt(0); row >= 0 && row < m_view.model()->rowCount(); ++row) {
        const int y = m_view.rowViewportPosition(row);
        if (y >= bottom)
            break;
        m_places.append({m_view.model()->index(row, 0), y});
    }
}

} // namespace Anchorwatch
