#pragma once

#include "network/cdpclient.h"
#include "network/live/browserpages.h"
#include "network/service/browserendpoint.h"
#include "network/service/pagetracker.h"

#include <QJsonArray>
#include <QObject>
#include <QTimer>

namespace Anchorwatch {

// What a browser is given before anybody uses it.
struct BrowserWelcome
{
    QJsonArray cookies; // as Storage.getCookies gave them
    QString initialUrl;

    bool operator==(const BrowserWelcome &) const = default;
};

// The one DevTools connection to a browser: prepares it, keeps up with its pages, asks it to close.
// Connects again when the connection is lost while the browser lives.
class BrowserLink : public BrowserPages
{
    Q_OBJECT

public:
    // The network outlives the link.
    BrowserLink(const BrowserEndpoint &endpoint, QNetworkAccessManager &network,
                QObject *parent = nullptr);

    // For a browser that was just started. ready() follows, as soon as it answers.
    void welcome(const BrowserWelcome &welcome);
    // For a browser that has been in use: what it holds is newer than what is on disk. ready()
    // follows.
    void rejoin();

    [[nodiscard]] const BrowserEndpoint &endpoint() const { return m_endpoint; }
    [[nodiscard]] bool isOpen() const { return m_client.isOpen(); }
    [[nodiscard]] CdpClient &client() override { return m_client; }
    [[nodiscard]] PageTracker &pages() { return m_tracker; }
    [[nodiscard]] const QList<BrowserPage> &listed() const override { return m_tracker.pages(); }
    void showPage(const QString &targetId) override;
    void closePage(const QString &targetId) override;
    CdpReply *openPage() override;
    // All cookies of the browser; the reply's result holds "cookies".
    CdpReply *askForCookies();
    // Asks the browser to close. Its end shows in its process, not here.
    void closeBrowser();

signals:
    // The browser can be asked, for the first time or again.
    void opened();
    void ready();

private:
    void connectToBrowser();
    void onOpened();
    void onTrackerReady();

    BrowserEndpoint m_endpoint;
    CdpClient m_client;
    PageTracker m_tracker;
    BrowserWelcome m_welcome;
    bool m_isNew = false; // nobody else has used the browser yet
    QTimer m_reconnect;
};

} // namespace Anchorwatch
