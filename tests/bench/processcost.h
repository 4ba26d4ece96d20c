#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QList>

#include <sys/types.h>

namespace Anchorwatch {

// A process and all that it started, and those started by them.
[[nodiscard]] QList<pid_t> processTree(pid_t root);

// Proportional set size: what is shared is divided among those who share it. 0 for one that ended.
[[nodiscard]] double pssMib(const QList<pid_t> &processes);

// What processes use of one core, from now on.
class CpuSpan
{
public:
    explicit CpuSpan(const QList<pid_t> &processes);

    [[nodiscard]] double percent() const;

private:
    QHash<pid_t, double> m_secondsBefore;
    QElapsedTimer m_since;
};

} // namespace Anchorwatch
