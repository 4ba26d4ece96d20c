#include "app/endpointscout.h"

#include "ui/connectioncommands.h"
#include "ui/mainwindow.h"

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Focus comes and goes often; files do not.
constexpr std::chrono::milliseconds restBetween = 15s;

} // namespace

EndpointScout::EndpointScout(const ConnectionListModel &connections, MainWindow &window,
                             const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_connections(connections)
    , m_window(window)
    , m_clock(clock)
    , m_endpoints(m_manager)
    , m_folders(LocalEndpoints::usualFolders())
{
    connect(&window, &MainWindow::watchedChanged, this, [this] {
        if (m_window.isActiveWindow())
            look();
    });
}

void EndpointScout::look()
{
    if (m_lookedAt && m_clock.elapsed() - *m_lookedAt < restBetween)
        return;
    m_lookedAt = m_clock.elapsed();
    EndpointsReply *reply = m_endpoints.find(m_folders);
    connect(reply, &ProviderReply::finished, this, [this, reply] {
        for (const LocalEndpoint &endpoint : std::as_const(reply->endpoints))
            offer(endpoint);
    });
}

void EndpointScout::offer(const LocalEndpoint &endpoint)
{
    const QList<Connection> known = m_connections.connections();
    const bool isKnown = std::any_of(known.cbegin(), known.cend(), [&](const Connection &one) {
        return one.kind == Connection::Kind::DevTools && one.baseUrl == endpoint.baseUrl;
    });
    if (isKnown || m_offered.contains(endpoint.baseUrl))
        return;
    m_offered.insert(endpoint.baseUrl);
    Connection connection;
    connection.kind = Connection::Kind::DevTools;
    connection.baseUrl = endpoint.baseUrl;
    connection.name = tr("Chromium on port %1").arg(endpoint.baseUrl.port());
    m_window.announce({u"kind-devtools"_s,
                       tr("%1 runs here with a debugging port, %2.")
                           .arg(endpoint.browser)
                           .arg(endpoint.baseUrl.port()),
                       tr("Add it"),
                       [this, connection] { m_window.connectionCommands().addLike(connection); }});
}

} // namespace Anchorwatch
