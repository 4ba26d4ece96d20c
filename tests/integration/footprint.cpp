#include "footprint.h"

#include "network/processstat.h"

#include <QDir>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

// A number of /proc/PID/status, which is text ("VmRSS:\t  11264 kB").
qint64 numberIn(const QByteArray &status, const QByteArray &name)
{
    const qsizetype at = status.indexOf('\n' + name + ':');
    if (at < 0)
        return 0;
    const qsizetype from = at + name.size() + 2;
    return status.sliced(from, status.indexOf('\n', from) - from)
        .simplified()
        .split(' ')
        .first()
        .toLongLong();
}

} // namespace

QString Footprint::text() const
{
    return u"%1 KiB, %2 descriptors, %3 threads"_s.arg(residentKib).arg(descriptors).arg(threads);
}

Footprint footprintOf(pid_t pid)
{
    const QByteArray status = readProc(pid, "status");
    const QDir descriptors(u"/proc/%1/fd"_s.arg(pid));
    return {numberIn(status, "VmRSS"),
            descriptors.entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size(),
            static_cast<int>(numberIn(status, "Threads"))};
}

} // namespace Anchorwatch
