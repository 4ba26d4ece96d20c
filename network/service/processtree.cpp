#include "network/service/processtree.h"

#include <QDir>

#include <algorithm>
#include <sys/wait.h>
#include <unistd.h>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

bool hasLine(const QByteArray &zeroSeparated, const QByteArray &line)
{
    return !line.isEmpty() && zeroSeparated.split('\0').contains(line);
}

bool namesFolder(pid_t pid, const BrowserMark &mark)
{
    return !mark.folder.isEmpty()
           && hasLine(readProc(pid, "cmdline"), "--user-data-dir=" + mark.folder);
}

bool carries(const ProcessStat &stat, const BrowserMark &mark)
{
    if (mark.processSession > 0 && stat.processSession == mark.processSession)
        return true;
    const pid_t pid = stat.identity.pid;
    return namesFolder(pid, mark) || hasLine(readProc(pid, "environ"), mark.environment);
}

QList<ProcessStat> findStats(const BrowserMark &mark)
{
    QList<ProcessStat> found;
    const QStringList names = QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &name : names) {
        bool isNumber = false;
        const pid_t pid = name.toInt(&isNumber);
        if (!isNumber || pid == ::getpid())
            continue;
        const std::optional<ProcessStat> stat = readStat(pid);
        if (!stat || !carries(*stat, mark))
            continue;
        if (!stat->isDead())
            found.append(*stat);
        else if (stat->parent == ::getpid())
            ::waitpid(pid, nullptr, WNOHANG);
    }
    return found;
}

} // namespace

pid_t processSessionOf(pid_t pid)
{
    const std::optional<ProcessStat> stat = readStat(pid);
    return stat ? stat->processSession : 0;
}

QList<ProcessIdentity> findProcesses(const BrowserMark &mark)
{
    QList<ProcessIdentity> processes;
    for (const ProcessStat &stat : findStats(mark))
        processes.append(stat.identity);
    return processes;
}

std::optional<ProcessIdentity> findBrowser(const BrowserMark &mark)
{
    const QList<ProcessStat> stats = findStats(mark);
    const auto isOfTree = [&stats](pid_t pid) {
        return std::any_of(stats.begin(), stats.end(),
                           [pid](const ProcessStat &stat) { return stat.identity.pid == pid; });
    };
    for (const ProcessStat &stat : stats) {
        if (!isOfTree(stat.parent) && namesFolder(stat.identity.pid, mark))
            return stat.identity;
    }
    return {};
}

ProcessTree::ProcessTree(BrowserMark mark, QObject *parent)
    : QObject(parent)
    , m_mark(std::move(mark))
{
}

void ProcessTree::awaitEnd()
{
    // Queued, so that ended() never comes from inside the call.
    QMetaObject::invokeMethod(this, &ProcessTree::look, Qt::QueuedConnection);
}

void ProcessTree::look()
{
    const QList<ProcessIdentity> processes = findProcesses(m_mark);
    if (processes.isEmpty()) {
        emit ended();
        return;
    }
    m_living = processes.size();
    for (const ProcessIdentity &process : processes) {
        auto *watch = new ProcessWatch(process, this);
        connect(watch, &ProcessWatch::ended, this, [this, watch] {
            watch->deleteLater();
            if (--m_living == 0)
                look();
        });
    }
}

void ProcessTree::signalAll(int signal)
{
    for (const ProcessIdentity &process : findProcesses(m_mark))
        sendSignal(process, signal);
}

} // namespace Anchorwatch
