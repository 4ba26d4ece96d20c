#pragma once

#include "models/sessionrow.h"

namespace Anchorwatch {

// Why a session's live view or its DevTools cannot be opened now, as a sentence, or an empty
// string.
[[nodiscard]] QString liveViewRefusal(const SessionRow &row);
[[nodiscard]] QString devToolsRefusal(const SessionRow &row);

} // namespace Anchorwatch
