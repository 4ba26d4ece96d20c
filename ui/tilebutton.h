#pragma once

#include <QString>

namespace Anchorwatch {

// What can be done with the session of a tile; those of the caption from left to right.
enum class TileButton {
    Watch,
    OpenDevTools,
    Terminate,
    Show // its pictures, where they do not come by themselves; stands where they would
};
inline constexpr TileButton tileButtons[] = {TileButton::Watch, TileButton::OpenDevTools,
                                             TileButton::Terminate};

// What a button does, for tooltips and menus.
[[nodiscard]] QString tileButtonText(TileButton button);

// The name of its icon, for tintedPixmap().
[[nodiscard]] QString tileButtonIcon(TileButton button);

} // namespace Anchorwatch
