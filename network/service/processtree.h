#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QString>

#include <sys/types.h>

#include <optional>

class QSocketNotifier;

namespace Anchorwatch {

// Names one process for good: its number may be given to another one day, its number and start may not.
struct ProcessIdentity
{
    pid_t pid = 0;
    quint64 startTicks = 0; // since boot, /proc/PID/stat field 22 (proc(5))

    [[nodiscard]] bool isNull() const { return pid <= 0; }
    bool operator==(const ProcessIdentity &) const = default;
};

// Which processes belong to one browser. Chromium's crash handlers leave its process session and its parent,
// its zygotes overwrite their environment: no single sign finds them all.
struct BrowserMark
{
    QByteArray environment; // "NAME=value", inherited by every process of the browser
    QByteArray folder;      // the browser's --user-data-dir, in the arguments of most
    pid_t processSession = 0; // of the browser's main process, 0 when not known

    bool operator==(const BrowserMark &) const = default;
};

// The process of that number as it is now, or nothing when there is none (a zombie counts as none).
[[nodiscard]] std::optional<ProcessIdentity> identityOf(pid_t pid);
[[nodiscard]] bool isAlive(const ProcessIdentity &process);
// getsid() of a process of ours or another's, 0 when it is gone.
[[nodiscard]] pid_t processSessionOf(pid_t pid);
// All living processes that carry the mark. Reaps those that died as children of this program.
[[nodiscard]] QList<ProcessIdentity> findProcesses(const BrowserMark &mark);
// Among them the browser itself: the one whose parent is not one of them, with the folder among its arguments.
[[nodiscard]] std::optional<ProcessIdentity> findBrowser(const BrowserMark &mark);
// Sends a signal to exactly this process; false when it is gone.
bool sendSignal(const ProcessIdentity &process, int signal);

// Tells when one process has ended, child or not, by pidfd (pidfd_open(2)); reaps it when this program is its
// parent.
class ProcessWatch : public QObject
{
    Q_OBJECT

public:
    explicit ProcessWatch(const ProcessIdentity &process, QObject *parent = nullptr);
    ~ProcessWatch() override;

    [[nodiscard]] const ProcessIdentity &process() const { return m_process; }
    // How it ended, in words ("exit code 21", "signal 9"); empty when this program was not its parent.
    [[nodiscard]] QString howItEnded() const { return m_howItEnded; }

signals:
    // Once, always after the constructor has returned.
    void ended();

private:
    void onReadable();

    ProcessIdentity m_process;
    int m_descriptor = -1;
    QSocketNotifier *m_notifier = nullptr;
    QString m_howItEnded;
};

// Waits until no process with the mark is left, those that appear meanwhile included.
class ProcessTree : public QObject
{
    Q_OBJECT

public:
    explicit ProcessTree(BrowserMark mark, QObject *parent = nullptr);

    // Records who is there now; ended() follows when all are gone.
    void awaitEnd();
    // To every process of the tree as it is now.
    void signalAll(int signal);

signals:
    void ended();

private:
    void look();

    BrowserMark m_mark;
    qsizetype m_living = 0;
};

} // namespace Anchorwatch
