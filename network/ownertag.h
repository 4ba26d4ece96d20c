#pragma once

#include <QString>

namespace Anchorwatch {

// Who is at work here, as "user@host": what we create carries it where the service keeps such a
// thing, so that one's own can be told from others'.
[[nodiscard]] QString ownerTag();

} // namespace Anchorwatch
