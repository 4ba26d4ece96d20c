#pragma once

#include <QString>

namespace Anchorwatch {

// The HTTP status with which a WebSocket was refused and will be refused again, by the error text
// of QWebSocket; 0 when it failed otherwise. Qt 6.4 says the status in that text only
// ("… Unhandled http status code: 404 (Not Found)."); a failure of the network names none.
[[nodiscard]] int upgradeStatus(const QString &errorText);

// Whether asking again would be answered alike: any status but one of a server in trouble.
[[nodiscard]] bool refusedUpgrade(const QString &errorText);

} // namespace Anchorwatch
