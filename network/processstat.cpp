#include "network/processstat.h"

#include <QFile>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

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
    stat.threads = fields.at(17).toInt();
    constexpr uint kernelThread = 0x00200000; // PF_KTHREAD of include/linux/sched.h
    stat.isOfKernel = (fields.at(6).toUInt() & kernelThread) != 0;
    return stat;
}

std::optional<ProcessIdentity> identityOf(pid_t pid)
{
    const std::optional<ProcessStat> stat = readStat(pid);
    if (!stat || stat->isDead())
        return {};
    return stat->identity;
}

bool isAlive(const ProcessIdentity &process)
{
    return !process.isNull() && identityOf(process.pid) == process;
}

} // namespace Anchorwatch
