#pragma once

#include <QByteArray>
#include <QString>

namespace Anchorwatch {

// "anchorwatchd 0.1.0" for the Server header of one (docs/http-api.md); empty for that of anything
// else, which may be of a proxy on the way.
[[nodiscard]] QString serverName(const QByteArray &header);

} // namespace Anchorwatch
