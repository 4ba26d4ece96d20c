#pragma once

#include "network/processwatch.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <memory>

namespace Anchorwatch {

// How to start the sessions service of this machine.
struct LocalServiceProgram
{
    QString path;       // of anchorwatchd
    QString dataFolder; // one service at a time uses it, and writes service.json into it when it
                        // listens
    QString logFile;    // takes its standard error
};

// Keeps the sessions service of this machine running: finds the one that already runs on the data
// folder, or starts one, and starts it again, later and later, when it dies. The service is a
// process of its own that outlives this program, since its browsers may; stop() ends it.
class LocalService : public QObject
{
    Q_OBJECT

public:
    explicit LocalService(const LocalServiceProgram &program, QObject *parent = nullptr);
    ~LocalService() override;

    // When the next start is tried, from now; zero when none is waiting.
    [[nodiscard]] std::chrono::milliseconds untilNextStart() const;
    // True when this object started the service that runs now.
    [[nodiscard]] bool isOurs() const { return m_isOurs; }

public slots:
    // Looks for the service, starts it where there is none. Also cuts a waiting time short.
    void start();
    // Asks a service that this object started to end its sessions and itself (SIGTERM); leaves
    // another alone.
    void stop();

signals:
    void ready(const QUrl &baseUrl);
    // It died or did not come up; start() is tried again by itself after untilNextStart().
    void stopped(const QString &reason);

private:
    [[nodiscard]] bool adopt();
    void launch();
    void watchProcess(const ProcessIdentity &process);
    void fail(const QString &reason);
    [[nodiscard]] QString lastLogLine() const;

    LocalServiceProgram m_program;
    QFileSystemWatcher m_folderWatcher;
    QTimer m_startDeadline;
    QTimer m_restart;
    std::unique_ptr<ProcessWatch> m_process;
    bool m_isOurs = false;
    bool m_isReady = false;
    int m_failures = 0;
};

} // namespace Anchorwatch
