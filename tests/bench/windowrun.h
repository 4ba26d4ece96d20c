#pragma once

#include "tests/fakes/fakesessionsservice.h"

#include <QElapsedTimer>
#include <QFileSystemWatcher>
#include <QObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <chrono>

namespace Anchorwatch {

// What one run of the window cost.
struct WindowCost
{
    double firstRowsMs =
        0; // from process start to the first list in the table, without the service's answer
    double cpuPercent = 0; // of one core, once it is at rest
    double pssMib = 0;     // proportional set size at the end
    double stallMs = 0;    // the longest turn of its event loop, once it is at rest
};

// Starts the window on a service with that many sessions, a tenth of which change between two
// polls, and measures it from outside and by its own metrics.
class WindowRun : public QObject
{
    Q_OBJECT

public:
    WindowRun(const QString &program, int sessions, std::chrono::seconds length);

    void start();
    [[nodiscard]] const WindowCost &cost() const { return m_cost; }

signals:
    void finished();

private:
    void fillService(int sessions);
    void changeSome();
    void noticeFirstLine();
    void measureMemory();
    void evaluate();

    FakeSessionsService m_service;
    QTemporaryDir m_folder;
    QProcess m_window;
    QFileSystemWatcher m_watcher;
    QElapsedTimer m_sinceStart;
    QTimer m_changes;
    QTimer m_memory;
    std::chrono::seconds m_length;
    WindowCost m_cost;
    int m_round = 0;
};

} // namespace Anchorwatch
