#include "models/watchingurl.h"

namespace Anchorwatch {

QString watchingUrl(const SessionRow &row)
{
    switch (row.connection ? row.connection->kind : Connection::Kind::Service) {
    case Connection::Kind::Local:
    case Connection::Kind::Service:
        return row.session.liveViewUrl;
    case Connection::Kind::Anchor:
    case Connection::Kind::Grid:
    case Connection::Kind::DevTools:
        break;
    }
    return row.session.cdpUrl;
}

} // namespace Anchorwatch
