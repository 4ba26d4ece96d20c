#pragma once

#include "models/clock.h"
#include "models/connectionlistmodel.h"
#include "network/devtools/localendpoints.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QSet>

#include <optional>

namespace Anchorwatch {

class MainWindow;

// Looks for Chromiums on this machine that were started with a debugging port, when the window is
// looked at, and offers each once to be added as a connection.
class EndpointScout : public QObject
{
    Q_OBJECT

public:
    // All of them must outlive it.
    EndpointScout(const ConnectionListModel &connections, MainWindow &window, const Clock &clock,
                  QObject *parent = nullptr);

    // Looks in these profile folders instead of the usual ones.
    void setFolders(const QStringList &folders) { m_folders = folders; }
    void look();

private:
    void offer(const LocalEndpoint &endpoint);

    const ConnectionListModel &m_connections;
    MainWindow &m_window;
    const Clock &m_clock;
    QNetworkAccessManager m_manager;
    LocalEndpoints m_endpoints;
    QStringList m_folders;
    QSet<QUrl> m_offered;
    std::optional<std::chrono::milliseconds> m_lookedAt; // by Clock::elapsed()
};

} // namespace Anchorwatch
