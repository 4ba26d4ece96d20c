#include "ui/tileanchor.h"

#include "ui/wallview.h"

#include <QScrollBar>

namespace Anchorwatch {

TileAnchor::TileAnchor(WallView &view)
    : QObject(&view)
    , m_view(view)
{
    connect(view.verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        if (!m_isLayingOut)
            take();
    });
}

void TileAnchor::endLayout()
{
    if (m_tile.isValid())
        m_view.verticalScrollBar()->setValue(topOf(m_tile.row()) - m_y);
    m_isLayingOut = false;
    if (!m_tile.isValid())
        take();
}

void TileAnchor::take()
{
    const int value = m_view.verticalScrollBar()->value();
    const int height = m_view.gridSize().height();
    m_tile = QModelIndex();
    if (value == 0 || height <= 0)
        return;
    m_tile = m_view.model()->index(value / height * m_view.columns(), 0);
    m_y = topOf(m_tile.row()) - value;
}

int TileAnchor::topOf(int row) const
{
    return row / m_view.columns() * m_view.gridSize().height();
}

} // namespace Anchorwatch
