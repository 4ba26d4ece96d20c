#pragma once

#include "apiclient.h"
#include "foreignprocess.h"

#include <QJsonArray>
#include <QUrl>

#include <memory>
#include <vector>

namespace Anchorwatch {

// Basic authentication of a Grid.
struct GridLogin
{
    QString user;
    QString password;

    [[nodiscard]] QByteArray header() const;
};

// A real Selenium Grid on free ports of loopback, with Debian's Chromium: standalone, or a hub with
// nodes.
class SeleniumGrid
{
public:
    // Each waits until the Grid answers and all nodes are up; false when they do not come up.
    // With a path in its addresses and with a login.
    [[nodiscard]] bool startStandalone(int most, const GridLogin &login);
    // Each node takes one session.
    [[nodiscard]] bool startHub(int nodes);
    [[nodiscard]] bool end();

    [[nodiscard]] QUrl url() const { return m_url; }
    [[nodiscard]] QStringList nodeUris() const;
    // The node of that address, with its browsers.
    [[nodiscard]] bool killNode(const QString &uri);
    [[nodiscard]] ApiClient &api() { return *m_api; }
    [[nodiscard]] QByteArray log() const;

    // The capabilities of a listed session; empty when it is not listed.
    [[nodiscard]] QJsonObject capabilitiesOf(const QString &sessionId);
    // What another client does: a session by WebDriver. Returns its id.
    [[nodiscard]] QString createByWebDriver(const QString &name);
    [[nodiscard]] static QStringList browserArguments();

private:
    [[nodiscard]] bool tryStandalone(int most, const GridLogin &login);
    [[nodiscard]] bool tryHub(int nodes);
    void startServer(const QString &uri, const QStringList &arguments);
    [[nodiscard]] bool awaitNodes(int nodes);
    [[nodiscard]] QJsonArray nodes();
    [[nodiscard]] QString pathOf(const QString &path) const;

    struct Server
    {
        QString uri;
        std::unique_ptr<ForeignProcess> process;
    };

    QUrl m_url;
    std::vector<Server> m_servers;
    std::unique_ptr<ApiClient> m_api;
};

} // namespace Anchorwatch
