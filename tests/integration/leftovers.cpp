#include "leftovers.h"

#include "network/processstat.h"

#include <QDir>
#include <QFile>

#include <unistd.h>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

QList<pid_t> allPids()
{
    QList<pid_t> pids;
    for (const QString &name : QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        bool isNumber = false;
        const pid_t pid = name.toInt(&isNumber);
        if (isNumber && pid != ::getpid())
            pids.append(pid);
    }
    return pids;
}

} // namespace

QStringList processesOf(const QString &folder)
{
    const QByteArray name = QFile::encodeName(folder);
    QStringList found;
    for (const pid_t pid : allPids()) {
        const QByteArray arguments = readProc(pid, "cmdline").replace('\0', ' ');
        if (arguments.contains(name) || readProc(pid, "environ").contains(name))
            found.append(QString::number(pid) + u' ' + QString::fromLocal8Bit(arguments.left(120)));
    }
    return found;
}

int browserPidOf(const QString &sessionId)
{
    const QByteArray folder = QFile::encodeName(sessionId) + "/browser";
    for (const pid_t pid : allPids()) {
        const QByteArray arguments = readProc(pid, "cmdline");
        if (arguments.contains(folder) && arguments.contains("--remote-debugging-port=0")
            && !arguments.contains("--type=")) {
            return pid;
        }
    }
    return 0;
}

QStringList entriesOf(const QString &folder)
{
    return QDir(folder).entryList(
        QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDir::Name);
}

} // namespace Anchorwatch
