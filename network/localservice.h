#pragma once

#include "network/processwatch.h"

#include <QElapsedTimer>
#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <chrono>
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

// How long a service may take to come up, and how soon it is started again. Replaced in tests.
struct LocalServicePace
{
    std::chrono::milliseconds startDeadline{15'000};
    std::chrono::milliseconds firstRestart{500}; // doubles with every failure
    std::chrono::milliseconds longestRestart{60'000};
    std::chrono::milliseconds steadyAfter{30'000}; // a service that ran so long has not failed
};

// Keeps the sessions service of this machine running: finds the one that already runs on the data
// folder, or starts one, and starts it again, later and later, when it dies. The service is a
// process of its own that outlives this program, since its browsers may; stop() ends it.
class LocalService : public QObject
{
    Q_OBJECT

public:
    explicit LocalService(const LocalServiceProgram &program, QObject *parent = nullptr);
    LocalService(const LocalServiceProgram &program, const LocalServicePace &pace,
                 QObject *parent = nullptr);
    ~LocalService() override;

    // When the next start is tried, from now; zero when none is waiting.
    [[nodiscard]] std::chrono::milliseconds untilNextStart() const;
    // True when this object started the service that runs now.
    [[nodiscard]] bool isOurs() const { return m_isOurs; }
    // The end of its log, masked, and where the whole of it is.
    [[nodiscard]] QString log() const;
    [[nodiscard]] QString logFile() const { return m_program.logFile; }

public slots:
    // Looks for the service, starts it where there is none. Also cuts a waiting time short.
    void start();
    // Asks a service that this object started to end its sessions and itself (SIGTERM); leaves
    // another alone. Nothing is started again until start().
    void stop();

signals:
    void ready(const QUrl &baseUrl);
    // It died or did not come up, with the reason, never empty; start() is tried again by itself
    // after untilNextStart(), unless stop() was called.
    void stopped(const QString &reason);

private:
    [[nodiscard]] bool adopt();
    void launch();
    void watchProcess(const ProcessIdentity &process);
    void fail(const QString &reason);
    void scheduleRestart();
    [[nodiscard]] QString logFrom(qint64 start, qint64 mostBytes) const;
    [[nodiscard]] QString lastWords() const;

    LocalServiceProgram m_program;
    LocalServicePace m_pace;
    QFileSystemWatcher m_folderWatcher;
    QTimer m_startDeadline;
    QTimer m_restart;
    std::unique_ptr<ProcessWatch> m_process;
    QElapsedTimer m_readySince;
    qint64 m_logStart = 0; // where the log of the service that runs now begins
    bool m_isOurs = false;
    bool m_isReady = false;
    bool m_isWanted = false; // between start() and stop()
    int m_failures = 0;
};

} // namespace Anchorwatch
