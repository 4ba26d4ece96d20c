#include "network/service/processtree.h"

#include <QDir>

#include <algorithm>
#include <chrono>
#include <sys/wait.h>
#include <unistd.h>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds lookAgainAfter{10};
// While processes are being listed, one of them may start another, which is not in the list, and
// end.
constexpr int enoughSureLooks = 2;
// A process that never shows anything is none of a browser's.
constexpr int maxEmptyLooks = 50;

// A process shows neither its arguments nor its environment while it becomes another program
// (execve, until the new stack is there) and while it is dying.
enum class Carries { No, Yes, NotShown };

struct Finding
{
    QList<ProcessStat> processes;
    bool isSure = true; // none could be one of them and did not show it
};

bool hasLine(const QByteArray &zeroSeparated, const QByteArray &line)
{
    return !line.isEmpty() && zeroSeparated.split('\0').contains(line);
}

bool namesFolder(const QByteArray &arguments, const BrowserMark &mark)
{
    return !mark.folder.isEmpty() && hasLine(arguments, "--user-data-dir=" + mark.folder);
}

Carries carries(const ProcessStat &stat, const BrowserMark &mark)
{
    if (stat.isOfKernel)
        return Carries::No;
    if (mark.processSession > 0 && stat.processSession == mark.processSession)
        return Carries::Yes;
    // Twice, because one that showed its arguments may just have become another program before.
    QByteArray environment;
    QByteArray arguments;
    for (int i = 0; i < 2 && environment.isEmpty(); ++i) {
        environment = readProc(stat.identity.pid, "environ");
        arguments = readProc(stat.identity.pid, "cmdline");
    }
    if (namesFolder(arguments, mark) || hasLine(environment, mark.environment))
        return Carries::Yes;
    return arguments.isEmpty() && !stat.isDead() ? Carries::NotShown : Carries::No;
}

Finding find(const BrowserMark &mark)
{
    Finding finding;
    const QStringList names = QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &name : names) {
        bool isNumber = false;
        const pid_t pid = name.toInt(&isNumber);
        if (!isNumber || pid == ::getpid())
            continue;
        const std::optional<ProcessStat> stat = readStat(pid);
        const Carries carried = stat ? carries(*stat, mark) : Carries::No;
        if (carried == Carries::NotShown)
            finding.isSure = false;
        if (carried != Carries::Yes)
            continue;
        if (!stat->isDead())
            finding.processes.append(*stat);
        else if (stat->parent == ::getpid())
            ::waitpid(pid, nullptr, WNOHANG);
    }
    return finding;
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
    for (const ProcessStat &stat : find(mark).processes)
        processes.append(stat.identity);
    return processes;
}

std::optional<ProcessIdentity> findBrowser(const BrowserMark &mark)
{
    const QList<ProcessStat> stats = find(mark).processes;
    const auto isOfTree = [&stats](pid_t pid) {
        return std::any_of(stats.begin(), stats.end(),
                           [pid](const ProcessStat &stat) { return stat.identity.pid == pid; });
    };
    for (const ProcessStat &stat : stats) {
        const QByteArray arguments = readProc(stat.identity.pid, "cmdline");
        if (!isOfTree(stat.parent) && namesFolder(arguments, mark))
            return stat.identity;
    }
    return {};
}

ProcessTree::ProcessTree(BrowserMark mark, QObject *parent)
    : QObject(parent)
    , m_mark(std::move(mark))
{
    m_again.setSingleShot(true);
    m_again.setInterval(lookAgainAfter);
    connect(&m_again, &QTimer::timeout, this, &ProcessTree::look);
}

void ProcessTree::awaitEnd()
{
    // Queued, so that ended() never comes from inside the call.
    QMetaObject::invokeMethod(this, &ProcessTree::look, Qt::QueuedConnection);
}

void ProcessTree::look()
{
    const Finding finding = find(m_mark);
    if (finding.processes.isEmpty()) {
        m_sureLooks = finding.isSure ? m_sureLooks + 1 : 0;
        if (m_sureLooks == enoughSureLooks || ++m_emptyLooks == maxEmptyLooks)
            emit ended();
        else
            m_again.start();
        return;
    }
    m_sureLooks = 0;
    m_emptyLooks = 0;
    m_living = finding.processes.size();
    for (const ProcessStat &process : finding.processes) {
        learnProcessSession(process);
        auto *watch = new ProcessWatch(process.identity, this);
        connect(watch, &ProcessWatch::ended, this, [this, watch] {
            watch->deleteLater();
            if (--m_living == 0)
                look();
        });
    }
}

// The one sign that a process shows as long as it is there.
void ProcessTree::learnProcessSession(const ProcessStat &process)
{
    if (m_mark.processSession == 0 && process.processSession != ::getsid(0))
        m_mark.processSession = process.processSession;
}

void ProcessTree::signalAll(int signal)
{
    for (const ProcessIdentity &process : findProcesses(m_mark))
        sendSignal(process, signal);
}

} // namespace Anchorwatch
