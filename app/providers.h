#pragma once

#include "models/connection.h"
#include "network/sessionprovider.h"

#include <QNetworkAccessManager>

#include <memory>

namespace Anchorwatch {

// The provider that speaks to the service of the connection. The secret (an API key, or the
// password of Connection::user) may be empty. The manager must outlive the provider.
[[nodiscard]] std::unique_ptr<SessionProvider>
makeProvider(QNetworkAccessManager &manager, const Connection &connection, const QString &secret);

} // namespace Anchorwatch
