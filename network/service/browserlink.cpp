#include "network/service/browserlink.h"

#include <chrono>
#include <utility>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

BrowserLink::BrowserLink(const BrowserEndpoint &endpoint, QNetworkAccessManager &network,
                         QObject *parent)
    : BrowserPages(parent)
    , m_endpoint(endpoint)
    , m_tracker(m_client, network)
{
    m_reconnect.setSingleShot(true);
    m_reconnect.setInterval(500ms);
    connect(&m_reconnect, &QTimer::timeout, this, &BrowserLink::connectToBrowser);
    connect(&m_client, &CdpClient::closed, &m_reconnect, qOverload<>(&QTimer::start));
    connect(&m_client, &CdpClient::opened, this, &BrowserLink::onOpened);
    connect(&m_client, &CdpClient::opened, this, &BrowserLink::opened);
    connect(&m_tracker, &PageTracker::ready, this, &BrowserLink::onTrackerReady);
    connect(&m_tracker, &PageTracker::attached, this, &BrowserPages::pageAttached);
    connect(&m_tracker, &PageTracker::detached, this, &BrowserPages::pageDetached);
    connect(&m_tracker, &PageTracker::pagesChanged, this, &BrowserPages::pagesListed);
}

void BrowserLink::welcome(const BrowserWelcome &welcome)
{
    m_welcome = welcome;
    m_isNew = true;
    connectToBrowser();
}

void BrowserLink::rejoin()
{
    connectToBrowser();
}

void BrowserLink::connectToBrowser()
{
    m_client.open(m_endpoint.webSocketUrl());
}

void BrowserLink::onOpened()
{
    // So that viewers hear of downloads. Where they go is up to the browser and its clients: one
    // that has been in use may have been told.
    if (std::exchange(m_isNew, false)) {
        m_client.call(u"Browser.setDownloadBehavior"_s,
                      {{"behavior"_L1, u"default"_s}, {"eventsEnabled"_L1, true}});
    }
    const QJsonArray cookies = std::exchange(m_welcome.cookies, {});
    if (cookies.isEmpty()) {
        m_tracker.start(m_endpoint.port);
        return;
    }
    CdpReply *reply = m_client.call(u"Storage.setCookies"_s, {{"cookies"_L1, cookies}});
    connect(reply, &CdpReply::finished, this, [this, reply, cookies] {
        // One cookie that this browser does not like refuses all of them.
        if (!reply->error().isEmpty()) {
            for (const QJsonValue &cookie : cookies)
                m_client.call(u"Storage.setCookies"_s, {{"cookies"_L1, QJsonArray{cookie}}});
        }
        m_tracker.start(m_endpoint.port);
    });
}

void BrowserLink::onTrackerReady()
{
    const QString url = std::exchange(m_welcome.initialUrl, {});
    const QString cdpSession = m_tracker.anyCdpSession();
    if (!url.isEmpty() && !cdpSession.isEmpty())
        m_client.call(u"Page.navigate"_s, {{"url"_L1, url}}, cdpSession);
    else if (!url.isEmpty())
        m_client.call(u"Target.createTarget"_s, {{"url"_L1, url}});
    emit ready();
}

CdpReply *BrowserLink::openPage()
{
    return m_client.call(u"Target.createTarget"_s, {{"url"_L1, u"about:blank"_s}});
}

void BrowserLink::showPage(const QString &targetId)
{
    CdpReply *reply = m_client.call(u"Target.activateTarget"_s, {{"targetId"_L1, targetId}});
    // No event tells which page is in front.
    connect(reply, &CdpReply::finished, &m_tracker, &PageTracker::look);
}

void BrowserLink::closePage(const QString &targetId)
{
    m_client.call(u"Target.closeTarget"_s, {{"targetId"_L1, targetId}});
}

CdpReply *BrowserLink::askForCookies()
{
    return m_client.call(u"Storage.getCookies"_s, {}, {}, 2s);
}

void BrowserLink::closeBrowser()
{
    m_client.call(u"Browser.close"_s);
}

} // namespace Anchorwatch
