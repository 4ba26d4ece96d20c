#pragma once

#include "ui/cellbutton.h"

#include <QModelIndex>
#include <QPersistentModelIndex>

#include <optional>

namespace Anchorwatch {

class SessionView;

// Where the keyboard is within the current row of a view: in a cell, or on a button of it. Of the
// current cell it remembers the button by what it does, so that a poll that changes the cell cannot
// slip another one under the user's finger.
class CellCursor
{
public:
    // The view must outlive it.
    explicit CellCursor(const SessionView &view);

    enum class Direction { Back, Forth };
    // Goes to the next button or cell; the cell returned is to become the current one.
    [[nodiscard]] QModelIndex step(Direction direction);
    // Goes along when the user makes another row the current one.
    void follow();
    // Goes back from the button to the cell.
    void leaveButton() { m_button = std::nullopt; }
    // The button it is on, if the current cell still has it.
    [[nodiscard]] std::optional<CellButton> button() const;

private:
    const SessionView &m_view;
    QPersistentModelIndex m_row; // a row that went away leaves no button to press
    std::optional<CellButton> m_button;
};

} // namespace Anchorwatch
