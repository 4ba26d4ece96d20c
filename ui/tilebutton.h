#pragma once

#include <QString>

namespace Anchorwatch {

// What can be done with the session of a tile, from left to right.
enum class TileButton { Watch, OpenDevTools, Terminate };
inline constexpr TileButton tileButtons[] = {TileButton::Watch, TileButton::OpenDevTools,
                                             TileButton::Terminate};

// What a button does, for tooltips and menus.
[[nodiscard]] QString tileButtonText(TileButton button);

// The name of its icon, for tintedPixmap().
[[nodiscard]] QString tileButtonIcon(TileButton button);

} // namespace Anchorwatch
