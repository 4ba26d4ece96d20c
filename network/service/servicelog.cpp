#include "network/service/servicelog.h"

namespace Anchorwatch {

Q_LOGGING_CATEGORY(serviceLog, "anchorwatch.service", QtInfoMsg)

} // namespace Anchorwatch
