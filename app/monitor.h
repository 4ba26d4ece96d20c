#pragma once

#include "app/connectionwatch.h"
#include "models/connectionlistmodel.h"
#include "models/sessiontablemodel.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace Anchorwatch {

class MainWindow;
class PollMetrics;

// Joins the connections to the window: what the services say goes into the models, what the user
// asks for goes to the service that it is about. Lives in the window's thread.
class Monitor : public QObject
{
    Q_OBJECT

public:
    // All of them must outlive it. Without a program a local connection's base URL is its service.
    Monitor(const std::optional<LocalServiceProgram> &program, SessionTableModel &model,
            ConnectionListModel &connections, MainWindow &window, const Clock &clock);
    ~Monitor() override;

    // May be null; must outlive the monitor.
    void setMetrics(PollMetrics *metrics);
    // What is watched from now on; disabled connections are not. One whose address, kind or user
    // changed begins anew.
    void setConnections(const QList<Connection> &connections);
    // Where the service of this machine was found; empty while it is not running.
    [[nodiscard]] QUrl localServiceUrl() const;
    // The connection's secret is being looked for: it is not asked before setSecret().
    void awaitSecret(const QString &connectionId);
    // The connection's API key or password; asks its service (again) with it.
    void setSecret(const QString &connectionId, const QString &secret);
    // As it was last set; empty when it never was.
    [[nodiscard]] QString secretOf(const QString &connectionId) const
    {
        return m_secrets.value(connectionId);
    }
    // With what the CDP address of a session of that connection is connected to.
    [[nodiscard]] QNetworkRequest cdpRequest(const QString &connectionId,
                                             const QString &cdpUrl) const;
    // Begins to watch; until then nothing is asked.
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
    void watch(const Connection &connection);
    // Ends the watch: what it had under way is not heard of any more.
    void drop(const QString &connectionId);
    void nameRows();
    void follow(ConnectionWatch &watch);
    [[nodiscard]] ConnectionWatch *watchOf(const QString &connectionId) const;
    void connectWindow();
    void connectRequests();
    void applyPoll(ConnectionWatch &watch, const PollResult &result);
    void publishHealth(const ConnectionWatch &watch);
    void noteBatch(const TerminationSummary &summary);
    void refresh(const QString &connectionId);
    void createSession(const QString &connectionId, const SessionRequest &request);
    void openDevTools(const SessionKey &key);
    void closeTab(const SessionKey &key, const SessionTab &tab);
    void setInterval(const QString &connectionId, std::chrono::milliseconds interval);
    void updatePace();
    [[nodiscard]] bool isTerminating() const;
    [[nodiscard]] bool hasLocalSessions() const;
    void endAllAndQuit();
    void noticeWakeUp();
    void finishQuit();

    std::optional<LocalServiceProgram> m_program;
    SessionTableModel &m_model;
    ConnectionListModel &m_connections;
    MainWindow &m_window;
    const Clock &m_clock;
    QHash<QString, ConnectionWatch *> m_watches; // by connection id; children of this
    QHash<QString, QString> m_secrets;
    QSet<QString> m_awaited;      // connections without their secret yet
    TerminationSummary m_summary; // of all batches since nothing was being ended
    PollMetrics *m_metrics = nullptr;
    QTimer m_heartbeat;
    std::chrono::milliseconds m_lastBeat{0};
    bool m_isStarted = false;
    bool m_hasList = false;
    bool m_quitWhenEnded = false;
};

} // namespace Anchorwatch
