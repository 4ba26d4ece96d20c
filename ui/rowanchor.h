#pragma once

#include <QList>
#include <QObject>
#include <QPersistentModelIndex>

class QTableView;

namespace Anchorwatch {

// Keeps the rows on screen where they are while others come and go above them. At the very top it
// stays out of the way, so that new rows come into view there. For views that scroll by the pixel.
class RowAnchor : public QObject
{
    Q_OBJECT

public:
    // The view must have its model already, and owns the anchor.
    explicit RowAnchor(QTableView &view);

    // To be called before rows come and go otherwise than the model's signals tell.
    void remember();
    // To be called when the view has laid its rows out again.
    void restore();

private:
    struct Place
    {
        QPersistentModelIndex row;
        int y = 0; // in the viewport
    };

    QTableView &m_view;
    QList<Place> m_places; // from top to bottom; empty when there is nothing to hold
};

} // namespace Anchorwatch
