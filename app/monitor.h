#pragma once

#include "models/clock.h"
#include "models/connection.h"
#include "models/connectionhealth.h"
#include "models/sessiontablemodel.h"
#include "network/detailfetcher.h"
#include "network/devtoolslocator.h"
#include "network/gatewayprovider.h"
#include "network/localservice.h"
#include "network/poller.h"
#include "network/terminator.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QTimer>

#include <memory>

namespace Anchorwatch {

class MainWindow;
class PollMetrics;

// Joins one connection to the window: what the service says goes into the model, what the user asks
// for goes to the service. Lives in the window's thread.
class Monitor : public QObject
{
    Q_OBJECT

public:
    // All of them must outlive it. Without a program the connection's base URL is the service.
    Monitor(const Connection &connection, const std::optional<LocalServiceProgram> &program,
            SessionTableModel &model, MainWindow &window, const Clock &clock);
    ~Monitor() override;

    // May be null; must outlive the monitor.
    void setMetrics(PollMetrics *metrics);
    void start();

    enum class QuitManner {
        AskFirst, // when browsers of this machine run
        LeaveRunning
    };
    // Ends with readyToQuit(), unless the user changes their mind or a session cannot be ended.
    void quit(QuitManner manner);

signals:
    // The first list is in the table.
    void firstListApplied();
    void readyToQuit();

private:
    void connectService();
    void connectWindow();
    void connectTerminator();
    void applyPoll(const PollResult &result);
    void noteFailure(const PollFailure &failure);
    void publishHealth();
    void createSession(const SessionRequest &request);
    void openDevTools(const SessionKey &key);
    void closeTab(const SessionKey &key, const SessionTab &tab);
    void becomeReady(const QUrl &baseUrl);
    void endAllAndQuit();
    void noticeWakeUp();
    void finishQuit();

    Connection m_connection;
    SessionTableModel &m_model;
    MainWindow &m_window;
    const Clock &m_clock;
    QNetworkAccessManager m_manager;
    GatewayProvider m_provider;
    Poller m_poller;
    Terminator m_terminator;
    DetailFetcher m_details;
    DevToolsLocator m_devTools;
    std::unique_ptr<LocalService> m_service;
    ConnectionHealth m_health;
    PollMetrics *m_metrics = nullptr;
    QTimer m_heartbeat;
    std::chrono::milliseconds m_lastBeat{0};
    bool m_hasList = false;
    bool m_quitWhenEnded = false;
};

} // namespace Anchorwatch
