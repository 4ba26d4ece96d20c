#pragma once

#include "models/connection.h"
#include "network/devtools/devtoolscodec.h"
#include "network/httpexchange.h"
#include "network/sessionprovider.h"

#include <QNetworkAccessManager>

#include <functional>

namespace Anchorwatch {

// Speaks to the DevTools endpoint of one browser: each page is a session.
class DevToolsProvider : public SessionProvider
{
    Q_OBJECT

public:
    // The manager must outlive it.
    DevToolsProvider(QNetworkAccessManager &manager, const Connection &connection,
                     QObject *parent = nullptr);

    void setBounds(const HttpBounds &bounds) { m_bounds = bounds; }

    [[nodiscard]] ListReply *list() override;
    [[nodiscard]] SessionReply *get(const QString &id) override;
    [[nodiscard]] SessionReply *create(const SessionRequest &request) override;
    [[nodiscard]] TerminateReply *terminate(const QString &id) override;

    [[nodiscard]] QString profileRefusal() const override;
    [[nodiscard]] QString timeoutRefusal() const override;

private:
    using Take = std::function<void(const HttpExchange &)>;

    void ask(QNetworkReply *question, ProviderReply *reply, const Take &take);
    void askList(ListReply *reply);
    [[nodiscard]] QUrl url(const QByteArray &path) const;
    [[nodiscard]] Session withBrowser(Session page) const;

    QNetworkAccessManager &m_manager;
    QUrl m_baseUrl;
    HttpBounds m_bounds;
    QString m_browser; // its name and version; empty: not asked yet, or not since it failed
};

} // namespace Anchorwatch
