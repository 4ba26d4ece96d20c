#pragma once

#include <QLoggingCategory>

namespace Anchorwatch {

// One line an event. Session ids are no secret; capabilities and DevTools addresses are and never
// appear.
Q_DECLARE_LOGGING_CATEGORY(serviceLog)

} // namespace Anchorwatch
