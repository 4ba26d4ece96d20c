#pragma once

#include "network/http/httpserver.h"
#include "network/service/localbrowserprovider.h"

#include <QObject>

#include <functional>

namespace Anchorwatch {

// The Anchor API over Chromium of this machine (docs/anchor-api.md), so that code written for
// Anchor runs here with another base URL.
class AnchorApi : public QObject
{
    Q_OBJECT

public:
    // The key that clients must show; empty: any will do, or none. The provider outlives it, and so
    // does what the routes are added to.
    AnchorApi(LocalBrowserProvider &provider, QByteArray key, QObject *parent = nullptr);

    void addRoutes(HttpServer &server);

private:
    using Handler = void (AnchorApi::*)(const HttpRequest &, const HttpAnswer &);

    void addRoute(HttpServer &server, const QByteArray &method, const QByteArray &pattern,
                  Handler handler);
    void addCdpRoute(HttpServer &server);
    [[nodiscard]] bool admits(QByteArrayView key) const;
    [[nodiscard]] std::optional<HttpResponse> cdpRefusal(const HttpRequest &request) const;

    void list(const HttpRequest &request, const HttpAnswer &answer);
    void create(const HttpRequest &request, const HttpAnswer &answer);
    void answerWhenStarted(const QString &id, const HttpRequest &request, LiveRole role,
                           const HttpAnswer &answer);
    void get(const HttpRequest &request, const HttpAnswer &answer);
    void terminate(const HttpRequest &request, const HttpAnswer &answer);
    void terminateAll(const HttpRequest &request, const HttpAnswer &answer);
    // Ends it; the words say what went wrong, and are empty when it is gone.
    void awaitEnd(const QString &id, const std::function<void(const QString &)> &then);
    void listPages(const HttpRequest &request, const HttpAnswer &answer);
    void picture(const HttpRequest &request, const HttpAnswer &answer);
    void visit(const HttpRequest &request, const HttpAnswer &answer);
    void listProfiles(const HttpRequest &request, const HttpAnswer &answer);
    // Of the session that the request names; null after a refusal was sent.
    [[nodiscard]] BrowserLink *linkFor(const HttpRequest &request, const HttpAnswer &answer) const;

    LocalBrowserProvider &m_provider;
    const QByteArray m_key;
};

} // namespace Anchorwatch
