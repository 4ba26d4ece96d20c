#pragma once

#include "models/connection.h"
#include "network/httpexchange.h"
#include "network/sessionprovider.h"

#include <QByteArray>
#include <QNetworkAccessManager>

namespace Anchorwatch {

// Speaks the HTTP contract of the sessions service (docs/http-api.md). Lists are decoded in the
// global thread pool; a list of the same bytes as the one before is not decoded at all.
class GatewayProvider : public SessionProvider
{
    Q_OBJECT

public:
    // The manager must outlive it.
    GatewayProvider(QNetworkAccessManager &manager, const Connection &connection,
                    QObject *parent = nullptr);

    // The service moved, for example because it was started again on another port.
    void setBaseUrl(const QUrl &baseUrl);
    // Bounds for questions; creating gets six times, ending four times their deadline.
    void setBounds(const HttpBounds &bounds);

    [[nodiscard]] ListReply *list() override;
    [[nodiscard]] SessionReply *get(const QString &id) override;
    [[nodiscard]] SessionReply *create(const SessionRequest &request) override;
    [[nodiscard]] TerminateReply *terminate(const QString &id) override;
    [[nodiscard]] CloseTabReply *closeTab(const QString &id, int tab) override;

private:
    // Follows an exchange for a reply: aborts with it, dies with it.
    HttpExchange *exchangeFor(ProviderReply *reply, QNetworkReply *networkReply,
                              std::chrono::milliseconds deadline);
    void decodeList(ListReply *reply, const HttpExchange &exchange);

    QNetworkAccessManager &m_manager;
    Connection m_connection;
    HttpBounds m_bounds;
    QByteArray m_lastList; // body of the last list that was decoded
    QByteArray m_etag;     // of that list
};

} // namespace Anchorwatch
