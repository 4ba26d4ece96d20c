#pragma once

#include <QByteArray>

#include <sys/types.h>

#include <optional>

namespace Anchorwatch {

// Names one process for good: its number may be given to another one day, its number and start may
// not.
struct ProcessIdentity
{
    pid_t pid = 0;
    quint64 startTicks = 0; // since boot, /proc/PID/stat field 22 (proc(5))

    [[nodiscard]] bool isNull() const { return pid <= 0; }
    bool operator==(const ProcessIdentity &) const = default;
};

// One process as /proc/PID/stat tells it (proc(5)).
struct ProcessStat
{
    ProcessIdentity identity;
    char state = '?';
    pid_t parent = 0;
    pid_t processSession = 0;
    int threads = 1;
    bool isOfKernel = false;

    // Ended, its parent has not asked how. While a thread is left, only the first one has ended:
    // what it is doing to a file it still does.
    [[nodiscard]] bool isDead() const { return (state == 'Z' || state == 'X') && threads <= 1; }
};

// Nothing when there is no such process.
[[nodiscard]] std::optional<ProcessStat> readStat(pid_t pid);
// A file of /proc/PID, whole; empty when it cannot be read.
[[nodiscard]] QByteArray readProc(pid_t pid, const char *name);
// The process of that number as it is now, or nothing when there is none (a zombie counts as none).
[[nodiscard]] std::optional<ProcessIdentity> identityOf(pid_t pid);
[[nodiscard]] bool isAlive(const ProcessIdentity &process);

} // namespace Anchorwatch
