#pragma once

#include "network/httpexchange.h"
#include "network/sessionprovider.h"

#include <QNetworkAccessManager>
#include <QUrl>

namespace Anchorwatch {

// Where DevTools of a session can be opened.
class UrlReply : public ProviderReply
{
    Q_OBJECT

public:
    using ProviderReply::ProviderReply;

    QUrl url;
};

// Finds the page that opens DevTools on a CDP address. A CDP address is no page itself: for a
// Chromium on this machine the page is its own front-end on the page of the address, or the one in
// front (seen to work on Chromium 156), for others it is the page list of the endpoint, without
// what the address holds as secrets.
class DevToolsLocator : public QObject
{
    Q_OBJECT

public:
    // The manager must outlive it.
    explicit DevToolsLocator(QNetworkAccessManager &manager, QObject *parent = nullptr);

    [[nodiscard]] UrlReply *locate(const QString &cdpUrl);

private:
    static void takePages(UrlReply *reply, const HttpExchange &exchange, const QUrl &endpoint,
                          const QString &wanted);

    QNetworkAccessManager &m_manager;
};

} // namespace Anchorwatch
