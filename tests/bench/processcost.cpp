#include "tests/bench/processcost.h"

#include "network/processstat.h"

#include <QDir>

#include <unistd.h>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

// User and system time, /proc/PID/stat fields 14 and 15 (proc(5)).
double cpuSeconds(pid_t pid)
{
    const QByteArray line = readProc(pid, "stat");
    const QByteArrayList fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    if (fields.size() < 13)
        return 0;
    const qint64 ticks = fields.at(11).toLongLong() + fields.at(12).toLongLong();
    return static_cast<double>(ticks) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

QMultiHash<pid_t, pid_t> childrenByParent()
{
    QMultiHash<pid_t, pid_t> children;
    for (const QString &name : QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        bool isNumber = false;
        const pid_t pid = name.toInt(&isNumber);
        if (const auto stat = isNumber ? readStat(pid) : std::nullopt)
            children.insert(stat->parent, pid);
    }
    return children;
}

} // namespace

QList<pid_t> processTree(pid_t root)
{
    const QMultiHash<pid_t, pid_t> children = childrenByParent();
    QList<pid_t> tree{root};
    for (qsizetype i = 0; i < tree.size(); ++i)
        tree.append(children.values(tree.at(i)));
    return tree;
}

double pssMib(const QList<pid_t> &processes)
{
    double kib = 0;
    for (const pid_t pid : processes) {
        for (const QByteArray &line : readProc(pid, "smaps_rollup").split('\n')) {
            if (line.startsWith("Pss:"))
                kib += line.mid(4).simplified().split(' ').constFirst().toDouble();
        }
    }
    return kib / 1024;
}

CpuSpan::CpuSpan(const QList<pid_t> &processes)
{
    for (const pid_t pid : processes)
        m_secondsBefore.insert(pid, cpuSeconds(pid));
    m_since.start();
}

double CpuSpan::percent() const
{
    double seconds = 0;
    for (auto it = m_secondsBefore.cbegin(); it != m_secondsBefore.cend(); ++it)
        seconds += std::max(0.0, cpuSeconds(it.key()) - it.value());
    return 100 * seconds / (static_cast<double>(m_since.nsecsElapsed()) / 1e9);
}

} // namespace Anchorwatch
