#pragma once

#include "models/clock.h"
#include "models/connection.h"
#include "models/connectionhealth.h"
#include "ui/banner.h"

#include <optional>

namespace Anchorwatch {

// What a press on a button of the banner asks for.
enum class HealthAction { TryNow, ShowLog, Edit };

// The banner that says why the news of a connection are old and what happens next, or nothing while
// they are fresh. `rows` is how many rows are from then.
[[nodiscard]] std::optional<BannerContent> healthBanner(const Connection &connection,
                                                        const ConnectionHealth &health, int rows,
                                                        const Clock &clock);

// The actions of that banner, in the order of its buttons.
[[nodiscard]] QList<HealthAction> healthActions(const Connection &connection,
                                                const ConnectionHealth &health);

} // namespace Anchorwatch
