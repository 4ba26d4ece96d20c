#pragma once

#include "network/http/httpmessage.h"
#include "network/http/httpserver.h"
#include "network/service/creationkeys.h"
#include "network/sessionprovider.h"

#include <QMap>
#include <QObject>

namespace Anchorwatch {

// The sessions contract (docs/http-api.md) over HTTP: any provider can stand behind it.
class SessionsApi : public QObject
{
    Q_OBJECT

public:
    // The provider outlives it, and so does what the routes are added to.
    explicit SessionsApi(SessionProvider &provider, QObject *parent = nullptr);

    void addRoutes(HttpServer &server);

private:
    // The last list, as it is answered.
    struct List
    {
        SessionList sessions;
        QByteArray body;
        QByteArray tag; // ETag of the body

        void take(const SessionList &listed);
    };

    void list(const HttpRequest &request, const HttpAnswer &answer);
    void create(const HttpRequest &request, const HttpAnswer &answer);
    void get(const QString &id, const HttpAnswer &answer);
    void terminate(const QString &id, const HttpAnswer &answer);
    void closeTab(const QString &id, const QByteArray &tab, const HttpAnswer &answer);

    // Field → why the provider cannot do what the request asks for.
    [[nodiscard]] QMap<QString, QString> refusals(const SessionRequest &request) const;

    SessionProvider &m_provider;
    CreationKeys m_creations;
    List m_lastList;
};

} // namespace Anchorwatch
