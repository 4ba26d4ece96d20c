#pragma once

#include "models/clock.h"
#include "models/connection.h"
#include "models/connectionhealth.h"
#include "models/serviceabilities.h"
#include "network/detailfetcher.h"
#include "network/devtoolslocator.h"
#include "network/localservice.h"
#include "network/poller.h"
#include "network/serviceaccess.h"
#include "network/terminator.h"

#include <QObject>

#include <memory>
#include <optional>

namespace Anchorwatch {

// Everything that is alive of one connection: the provider that speaks to its service, the clock it
// is polled by, and what is being fetched and ended there. No two connections share any of it, so
// that a slow or broken one holds up no other. Lives in the window's thread.
class ConnectionWatch : public QObject
{
    Q_OBJECT

public:
    // The clock must outlive it. With a program the service of this machine is started where
    // needed; without one the connection's base URL is the service.
    ConnectionWatch(const Connection &connection, const QString &secret,
                    const std::optional<LocalServiceProgram> &program, const Clock &clock,
                    QObject *parent = nullptr);
    ~ConnectionWatch() override;

    void start();
    // Asks at once; where the local service stopped, starts it.
    void refresh();

    [[nodiscard]] const Connection &connection() const { return m_connection; }
    [[nodiscard]] ServiceAbilities abilities() const;
    [[nodiscard]] const ConnectionHealth &health() const { return m_health; }
    // What the service is, for the window's bottom line.
    [[nodiscard]] const QString &place() const { return m_place; }
    [[nodiscard]] LocalService *localService() const { return m_service.get(); }

    // Other settings for the same service: name, colour, guard, interval.
    void update(const Connection &connection);
    void setPace(Poller::Pace pace);
    // The window is looked at again: asks at once when the news are older than the interval.
    void catchUp();
    void wantDetails(const QStringList &ids) { m_details.want(ids); }
    void terminate(const SessionList &sessions) { m_terminator.terminate(sessions); }
    [[nodiscard]] bool isTerminating() const { return m_terminator.isBusy(); }
    // The replies are the provider's children.
    [[nodiscard]] SessionReply *create(const SessionRequest &request);
    [[nodiscard]] CloseTabReply *closeTab(const QString &id, int tab);
    [[nodiscard]] UrlReply *locateDevTools(const QString &cdpUrl);
    [[nodiscard]] QNetworkRequest cdpRequest(const QUrl &address) const;

signals:
    // The local service came up: the connection has its base URL now.
    void moved();
    void polled(const Anchorwatch::PollResult &result);
    void failed(const Anchorwatch::PollFailure &failure);
    void healthChanged();
    void placeChanged();
    void noted(const QString &note); // what the service says of itself
    void fetched(const Anchorwatch::Session &session);
    void progressed(const Anchorwatch::TerminationReports &reports);
    void batchFinished(const Anchorwatch::TerminationSummary &summary);

private:
    void followService();
    void followPoller();
    void becomeReady(const QUrl &baseUrl);
    void setPlace(const QString &place);
    void publishHealth();

    Connection m_connection;
    const Clock &m_clock;
    ServiceAccess m_manager;
    std::unique_ptr<SessionProvider> m_provider;
    Poller m_poller;
    Terminator m_terminator;
    DetailFetcher m_details;
    DevToolsLocator m_devTools;
    std::unique_ptr<LocalService> m_service;
    ConnectionHealth m_health;
    QString m_place;
};

} // namespace Anchorwatch
