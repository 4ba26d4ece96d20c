#include "network/service/processtree.h"

#include <QDir>
#include <QFile>
#include <QSocketNotifier>

#include <csignal>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

struct ProcessStat
{
    ProcessIdentity identity;
    char state = '?';
    pid_t parent = 0;
    pid_t processSession = 0;
};

QByteArray readProc(pid_t pid, const char *name)
{
    QFile file(u"/proc/%1/%2"_s.arg(pid).arg(QLatin1StringView(name)));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll();
}

std::optional<ProcessStat> readStat(pid_t pid)
{
    const QByteArray line = readProc(pid, "stat");
    // The name, in parentheses, may hold anything; what follows its last one is numbers (proc(5)).
    const qsizetype afterName = line.lastIndexOf(')');
    if (afterName < 0)
        return {};
    const QByteArrayList fields = line.mid(afterName + 2).split(' ');
    if (fields.size() < 20)
        return {};
    ProcessStat stat;
    stat.identity = {pid, fields.at(19).toULongLong()};
    stat.state = fields.at(0).isEmpty() ? '?' : fields.at(0).front();
    stat.parent = fields.at(1).toInt();
    stat.processSession = fields.at(3).toInt();
    return stat;
}

bool isDead(const ProcessStat &stat)
{
    return stat.state == 'Z' || stat.state == 'X';
}

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
        if (!isDead(*stat))
            found.append(*stat);
        else if (stat->parent == ::getpid())
            ::waitpid(pid, nullptr, WNOHANG);
    }
    return found;
}

int openPidfd(const ProcessIdentity &process)
{
    const int descriptor = static_cast<int>(::syscall(SYS_pidfd_open, process.pid, 0));
    // The number may have gone to another between the look and the open.
    const std::optional<ProcessStat> stat = readStat(process.pid);
    if (descriptor >= 0 && (!stat || stat->identity != process)) {
        ::close(descriptor);
        return -1;
    }
    return descriptor;
}

} // namespace

std::optional<ProcessIdentity> identityOf(pid_t pid)
{
    const std::optional<ProcessStat> stat = readStat(pid);
    if (!stat || isDead(*stat))
        return {};
    return stat->identity;
}

bool isAlive(const ProcessIdentity &process)
{
    return !process.isNull() && identityOf(process.pid) == process;
}

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

bool sendSignal(const ProcessIdentity &process, int signal)
{
    const int descriptor = openPidfd(process);
    if (descriptor < 0)
        return false;
    const bool sent = ::syscall(SYS_pidfd_send_signal, descriptor, signal, nullptr, 0) == 0;
    ::close(descriptor);
    return sent;
}

ProcessWatch::ProcessWatch(const ProcessIdentity &process, QObject *parent)
    : QObject(parent)
    , m_process(process)
    , m_descriptor(openPidfd(process))
{
    if (m_descriptor < 0) {
        QMetaObject::invokeMethod(this, &ProcessWatch::ended, Qt::QueuedConnection);
        return;
    }
    m_notifier = new QSocketNotifier(m_descriptor, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &ProcessWatch::onReadable);
}

ProcessWatch::~ProcessWatch()
{
    delete m_notifier;
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void ProcessWatch::onReadable()
{
    m_notifier->setEnabled(false);
    siginfo_t info{};
    if (::waitid(P_PIDFD, static_cast<id_t>(m_descriptor), &info, WEXITED | WNOHANG) == 0
        && info.si_pid != 0) {
        m_howItEnded = info.si_code == CLD_EXITED ? u"exit code %1"_s.arg(info.si_status)
                                                  : u"signal %1"_s.arg(info.si_status);
    }
    emit ended();
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
