#include "ui/cellcursor.h"

#include "ui/sessionheader.h"
#include "ui/sessionview.h"

#include <algorithm>

namespace Anchorwatch {

namespace {

// Where the button stands among the others, -1 for none.
qsizetype placeOf(const QList<PlacedButton> &buttons, std::optional<CellButton> button)
{
    const auto found =
        std::find_if(buttons.cbegin(), buttons.cend(),
                     [&](const PlacedButton &placed) { return placed.button == button; });
    return found == buttons.cend() ? -1 : found - buttons.cbegin();
}

} // namespace

CellCursor::CellCursor(const SessionView &view)
    : m_view(view)
{
}

QModelIndex CellCursor::step(Direction direction)
{
    const int by = direction == Direction::Forth ? 1 : -1;
    const QModelIndex current = m_view.currentIndex();
    const QList<PlacedButton> buttons = m_view.buttonsOf(current);
    const qsizetype next = placeOf(buttons, button()) + by;
    follow();
    if (next >= 0 && next < buttons.size()) {
        m_button = buttons.at(next).button;
        return current;
    }
    const SessionHeader &header = m_view.header();
    int visual = header.visualIndex(current.column()) + by;
    while (visual >= 0 && visual < header.count()
           && header.isSectionHidden(header.logicalIndex(visual)))
        visual += by;
    if (visual < 0 || visual >= header.count())
        return current;
    const QModelIndex entered = current.siblingAtColumn(header.logicalIndex(visual));
    const QList<PlacedButton> ahead = m_view.buttonsOf(entered);
    m_button = std::nullopt;
    if (!ahead.isEmpty())
        m_button = (by > 0 ? ahead.constFirst() : ahead.constLast()).button;
    return entered;
}

void CellCursor::follow()
{
    m_row = m_view.currentIndex();
}

std::optional<CellButton> CellCursor::button() const
{
    if (!m_row.isValid() || m_row.row() != m_view.currentIndex().row())
        return std::nullopt;
    const bool there = placeOf(m_view.buttonsOf(m_view.currentIndex()), m_button) >= 0;
    return there ? m_button : std::nullopt;
}

} // namespace Anchorwatch
