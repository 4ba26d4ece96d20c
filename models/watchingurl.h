#pragma once

#include "models/sessionrow.h"

namespace Anchorwatch {

// Where the pictures of a session come from: the live view of a service of ours, else its own CDP
// address. Empty when this program cannot watch it.
[[nodiscard]] QString watchingUrl(const SessionRow &row);

} // namespace Anchorwatch
