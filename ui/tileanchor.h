#pragma once

#include <QObject>
#include <QPersistentModelIndex>

namespace Anchorwatch {

class WallView;

// Keeps what is seen of the wall where it is while tiles come and go before it: the tile that stood
// at the top when the user last scrolled stays on its height. At the very top it stays out of the
// way, so that new tiles come into view there. Reckons where tiles stand, since asking a QListView
// for it in the middle of a change makes it lay out what is about to go.
class TileAnchor : public QObject
{
    Q_OBJECT

public:
    // The view must have its model already, and owns the anchor.
    explicit TileAnchor(WallView &view);

    // To be called around a new layout, which may move the scroll bar by itself.
    void beginLayout() { m_isLayingOut = true; }
    void endLayout();

private:
    void take();
    [[nodiscard]] int topOf(int row) const;

    WallView &m_view;
    QPersistentModelIndex m_tile; // invalid when there is nothing to hold
    int m_y = 0;                  // in the viewport
    bool m_isLayingOut = false;
};

} // namespace Anchorwatch
