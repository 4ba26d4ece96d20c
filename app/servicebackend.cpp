#include "app/servicebackend.h"

#include "models/connection.h"
#include "network/anchor/anchorprovider.h"
#include "network/grid/gridprovider.h"

namespace Anchorwatch {

using namespace Qt::StringLiterals;

MadeProvider makeRemoteProvider(const ServiceBackend &backend, QNetworkAccessManager &manager)
{
    Connection connection;
    connection.baseUrl = backend.url;
    switch (backend.kind) {
    case ServiceBackend::Kind::Local:
        break;
    case ServiceBackend::Kind::Anchor: {
        connection.kind = Connection::Kind::Anchor;
        auto anchor = std::make_unique<AnchorProvider>(manager, connection);
        anchor->setKey(backend.secret);
        return {std::move(anchor), {}};
    }
    case ServiceBackend::Kind::Grid: {
        connection.kind = Connection::Kind::Grid;
        auto grid = std::make_unique<GridProvider>(manager, connection);
        grid->setCredentials(backend.user, backend.secret);
        grid->setBrowser(backend.browser);
        return {std::move(grid), {}};
    }
    }
    return {nullptr, u"this backend is not another service"_s};
}

} // namespace Anchorwatch
