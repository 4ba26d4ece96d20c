#pragma once

#include "models/connection.h"
#include "network/httpexchange.h"
#include "network/sessionprovider.h"

#include <QByteArray>
#include <QNetworkAccessManager>

#include <memory>

namespace Anchorwatch {

class SessionListReader;

// Speaks the HTTP contract of the sessions service (docs/http-api.md). Lists are compared with the
// one before and read in listThread().
class GatewayProvider : public SessionProvider
{
    Q_OBJECT

public:
    // The manager must outlive it.
    GatewayProvider(QNetworkAccessManager &manager, const Connection &connection,
                    QObject *parent = nullptr);
    ~GatewayProvider() override;

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
    void readList(ListReply *reply, const HttpExchange &exchange);

    QNetworkAccessManager &m_manager;
    Connection m_connection;
    HttpBounds m_bounds;
    // Null while a list is being read: it goes along to the other thread.
    std::unique_ptr<SessionListReader> m_reader;
    QByteArray m_etag; // of the last list; empty before the first
};

} // namespace Anchorwatch
