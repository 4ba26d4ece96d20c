#pragma once

#include <QtGlobal>

#include <csignal>
#include <sys/resource.h>
#include <sys/types.h>

namespace Anchorwatch {

// As long as it lives, a process writes no file beyond a size: what a full disk does, without one.
class FullDisk
{
public:
    // In this process, before the other one is started, which takes it over: otherwise the limit
    // kills it.
    static void prepare() { std::signal(SIGXFSZ, SIG_IGN); }

    // 0 is this process.
    explicit FullDisk(pid_t pid, rlim_t room = 0)
        : m_pid(pid)
    {
        ::prlimit(m_pid, RLIMIT_FSIZE, nullptr, &m_before);
        const rlimit full{room, m_before.rlim_max};
        ::prlimit(m_pid, RLIMIT_FSIZE, &full, nullptr);
    }
    ~FullDisk() { ::prlimit(m_pid, RLIMIT_FSIZE, &m_before, nullptr); }
    Q_DISABLE_COPY_MOVE(FullDisk)

private:
    pid_t m_pid;
    rlimit m_before{};
};

} // namespace Anchorwatch
