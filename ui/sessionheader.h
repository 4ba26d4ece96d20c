#pragma once

#include "models/sessioncolumns.h"
#include "ui/columnlayout.h"
#include "ui/metrics.h"

#include <QHeaderView>

#include <array>
#include <optional>

class QMenu;

namespace Anchorwatch {

// The header of the session table: which columns are there, and how wide. Until the user has their
// own mind, widths follow the room there is; the page column takes what the others leave.
class SessionHeader : public QHeaderView
{
    Q_OBJECT

public:
    explicit SessionHeader(QWidget *parent = nullptr);

    [[nodiscard]] TableLayout tableLayout() const;
    // Columns that the layout does not name keep their place and width.
    void setTableLayout(const TableLayout &layout);
    void resetColumns();

    // Adds what the columns can do: show or hide each, sort by one, back to the beginning.
    void addColumnActions(QMenu &menu);

    // Lays the columns out in that much room. Below 900 px the profile gives way and the URL
    // columns shrink to their buttons.
    void fit(int width);

signals:
    // The user moved, resized, showed, hid or sorted columns.
    void layoutEdited();

protected:
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void initStyleOptionForIndex(QStyleOptionHeader *option, int logicalIndex) const override;

private:
    enum class Room { Narrow, Normal };

    [[nodiscard]] Room room() const;
    [[nodiscard]] bool isShown(SessionColumn column) const;
    [[nodiscard]] int ownWidth(SessionColumn column) const;
    [[nodiscard]] int widthOf(SessionColumn column) const;
    void toggleColumn(SessionColumn column);
    void arrange();
    void keepWidth(int section, int oldSize, int newSize);
    void addSortActions(QMenu &menu);

    Metrics m_metrics;
    int m_width = 0;
    bool m_arranging = false;
    bool m_pressed = false;
    using Widths = std::array<std::optional<int>, sessionColumnCount>;
    Widths m_userWidths; // what the user dragged
    Widths m_widthsAtPress;
    std::array<bool, sessionColumnCount> m_userHidden;
};

} // namespace Anchorwatch
