#pragma once

#include "models/connection.h"
#include "models/sessioncolumns.h"
#include "ui/cellbutton.h"
#include "ui/cellpainter.h"

#include <QList>
#include <QStyledItemDelegate>

#include <functional>
#include <optional>

class QHeaderView;

namespace Anchorwatch {

// A button of one row of the view.
struct ButtonInRow
{
    int row = -1;
    CellButton button = CellButton::CopyCdp;

    bool operator==(const ButtonInRow &) const = default;
};

// What of the table is under the pointer or has the keyboard, as the delegate has to show it.
struct PointerMarks
{
    int hoveredRow = -1;
    std::optional<ButtonInRow> pointed;
    std::optional<ButtonInRow> focused;

    bool operator==(const PointerMarks &) const = default;
};

// Paints every cell of the session table and says where the buttons in them stand: painting and hit
// test share buttonRect().
class SessionDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    // The header tells which cells are neighbours; it must outlive the delegate.
    explicit SessionDelegate(const QHeaderView &header, QObject *parent = nullptr);

    void setSystemFont(const QFont &font);
    [[nodiscard]] const Metrics &metrics() const { return m_fonts.metrics; }
    // Of the cells: the row of a session that is opened to its tabs is taller.
    [[nodiscard]] int rowHeight() const;
    void setTabsOpen(const std::function<bool(const SessionKey &)> &isOpen)
    {
        m_areTabsOpen = isOpen;
    }
    void setMarks(const PointerMarks &marks) { m_marks = marks; }
    [[nodiscard]] const PointerMarks &marks() const { return m_marks; }

    // The buttons of a cell, from left to right.
    [[nodiscard]] QList<PlacedButton> buttonsIn(const QStyleOptionViewItem &option,
                                                const QModelIndex &index) const;
    [[nodiscard]] QRect buttonRect(const QStyleOptionViewItem &option, const QModelIndex &index,
                                   int n) const;
    [[nodiscard]] std::optional<CellButton> buttonAt(const QStyleOptionViewItem &option,
                                                     const QModelIndex &index,
                                                     const QPoint &position) const;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

private:
    // Where another cell of the same row stands.
    [[nodiscard]] QRect cellRect(const QStyleOptionViewItem &option, const QModelIndex &index,
                                 SessionColumn column) const;
    // The column at whose end a note's buttons stand.
    [[nodiscard]] SessionColumn noteEnd() const;
    [[nodiscard]] bool areUrlCellsJoined() const;
    [[nodiscard]] bool isLastShown(int section) const;
    // Are all columns hidden from the one place to the other, which is not meant?
    [[nodiscard]] bool isNothingShown(int from, int to) const;
    [[nodiscard]] bool isNoteInPageCell() const;
    [[nodiscard]] QList<CellButton> wantedButtons(const QModelIndex &index, int width) const;
    [[nodiscard]] int buttonWidth(CellButton button, const QModelIndex &index, int cellWidth) const;
    // What it says, empty for one that has an icon.
    [[nodiscard]] QString buttonWord(CellButton button, const QModelIndex &index) const;
    // What the buttons leave of a URL cell for its address, or of both for a note.
    [[nodiscard]] QRect textRoom(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const;
    [[nodiscard]] CellPainter::Hover hoverOf(const QModelIndex &index) const;
    void paintPageCell(CellPainter &cell, const QStyleOptionViewItem &option,
                       const QModelIndex &index) const;
    void paintUrlCell(CellPainter &cell, const QStyleOptionViewItem &option,
                      const QModelIndex &index) const;
    void paintButtons(CellPainter &cell, const QStyleOptionViewItem &option,
                      const QModelIndex &index) const;

    const QHeaderView &m_header;
    CellFonts m_fonts;
    PointerMarks m_marks;
    std::function<bool(const SessionKey &)> m_areTabsOpen;
};

} // namespace Anchorwatch
