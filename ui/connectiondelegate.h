#pragma once

#include "models/clock.h"
#include "models/connectionlistmodel.h"
#include "ui/metrics.h"

#include <QPersistentModelIndex>
#include <QStyledItemDelegate>

namespace Anchorwatch {

struct Theme;

// Paints the rows of the sidebar: each connection with its badge, name, count and a line on how it
// fares, or, as a rail, the badge and the state's shape alone.
class ConnectionDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    enum class Shape { Full, Rail };

    // The clock must outlive it.
    explicit ConnectionDelegate(const Clock &clock, QObject *parent = nullptr);

    void setSystemFont(const QFont &font) { m_metrics = Metrics(font); }
    [[nodiscard]] const Metrics &metrics() const { return m_metrics; }
    void setShape(Shape shape) { m_shape = shape; }
    [[nodiscard]] Shape shape() const { return m_shape; }
    // The row under the pointer, and the one that has the keyboard; invalid for none.
    void setHovered(const QModelIndex &index) { m_hovered = index; }
    void setFocused(const QModelIndex &index) { m_focused = index; }

    // The line below the name as it fits into a row that wide; empty for other rows.
    [[nodiscard]] QString lineText(const QModelIndex &index, int rowWidth) const;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    struct Paint; // what one paint call needs everywhere

    void paintGround(const Paint &paint, const QModelIndex &index) const;
    void paintAll(const Paint &paint, const QModelIndex &index) const;
    void paintHead(const Paint &paint, const QModelIndex &index) const;
    void paintConnection(const Paint &paint, const QModelIndex &index) const;
    void paintName(const Paint &paint, const QModelIndex &index) const;
    void paintLine(const Paint &paint, const QString &text) const;
    void paintMark(const Paint &paint, int center) const;
    // Returns where what stands before the count has to end.
    int paintCount(const Paint &paint, const QString &count, int center) const;
    [[nodiscard]] int lineRoom(int rowWidth) const;

    const Clock &m_clock;
    Metrics m_metrics;
    Shape m_shape = Shape::Full;
    QPersistentModelIndex m_hovered;
    QPersistentModelIndex m_focused;
};

} // namespace Anchorwatch
