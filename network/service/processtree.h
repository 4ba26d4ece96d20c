#pragma once

#include "network/processstat.h"
#include "network/processwatch.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QTimer>

#include <optional>

namespace Anchorwatch {

// Which processes belong to one browser. Chromium's crash handlers leave its process session and
// its parent, its zygotes overwrite their environment: no single sign finds them all.
struct BrowserMark
{
    QByteArray environment;   // "NAME=value", inherited by every process of the browser
    QByteArray folder;        // the browser's --user-data-dir, in the arguments of most
    pid_t processSession = 0; // of the browser's main process, 0 when not known

    bool operator==(const BrowserMark &) const = default;
};

// getsid() of a process of ours or another's, 0 when it is gone.
[[nodiscard]] pid_t processSessionOf(pid_t pid);
// All living processes that carry the mark. Reaps those that died as children of this program.
[[nodiscard]] QList<ProcessIdentity> findProcesses(const BrowserMark &mark);
// Among them the browser itself: the one whose parent is not one of them, with the folder among its
// arguments.
[[nodiscard]] std::optional<ProcessIdentity> findBrowser(const BrowserMark &mark);
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
    void learnProcessSession(const ProcessStat &process);

    BrowserMark m_mark;
    qsizetype m_living = 0;
    QTimer m_again;
    int m_emptyLooks = 0;
    int m_sureLooks = 0; // of them, the last ones
};

} // namespace Anchorwatch
