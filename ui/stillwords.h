#pragma once

#include "models/livefeed.h"
#include "models/sessionrow.h"

namespace Anchorwatch {

// Why a tile has no picture, or none that is news, as words for people; empty when all is well.
[[nodiscard]] QString stillWords(const SessionRow &row, const LiveState &state);

// What a live view that is in this state says of itself; empty when it shows its page.
[[nodiscard]] QString liveStateWords(const LiveState &state);

} // namespace Anchorwatch
