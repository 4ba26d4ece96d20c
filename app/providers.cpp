#include "app/providers.h"

#include "network/anchor/anchorprovider.h"
#include "network/devtools/devtoolsprovider.h"
#include "network/gatewayprovider.h"
#include "network/grid/gridprovider.h"

namespace Anchorwatch {

std::unique_ptr<SessionProvider> makeProvider(QNetworkAccessManager &manager,
                                              const Connection &connection, const QString &secret)
{
    switch (connection.kind) {
    case Connection::Kind::Anchor: {
        auto anchor = std::make_unique<AnchorProvider>(manager, connection);
        anchor->setKey(secret);
        return anchor;
    }
    case Connection::Kind::Grid: {
        auto grid = std::make_unique<GridProvider>(manager, connection);
        if (!connection.user.isEmpty())
            grid->setCredentials(connection.user, secret);
        return grid;
    }
    case Connection::Kind::DevTools:
        return std::make_unique<DevToolsProvider>(manager, connection);
    case Connection::Kind::Local:
    case Connection::Kind::Service:
        break;
    }
    return std::make_unique<GatewayProvider>(manager, connection);
}

} // namespace Anchorwatch
