#pragma once

#include <QRect>
#include <QString>

namespace Anchorwatch {

// The buttons that stand in the cells of the session table.
enum class CellButton {
    ShowTabs,
    CopyCdp,
    OpenDevTools,
    CopyLiveView,
    OpenLiveView,
    Retry,
    CopyCurl
};

// What a button does, for tooltips and screen readers.
[[nodiscard]] QString cellButtonText(CellButton button);

// The name of its icon, for tintedPixmap().
[[nodiscard]] QString cellButtonIcon(CellButton button);

// A button and where it stands, in the coordinates of the table's viewport.
struct PlacedButton
{
    CellButton button = CellButton::CopyCdp;
    QRect rect;

    bool operator==(const PlacedButton &) const = default;
};

} // namespace Anchorwatch
