#pragma once

#include <QString>
#include <QtGlobal>

#include <sys/types.h>

namespace Anchorwatch {

// What a process takes of its machine.
struct Footprint
{
    qint64 residentKib = 0;
    qsizetype descriptors = 0;
    int threads = 0;

    [[nodiscard]] QString text() const;
};

[[nodiscard]] Footprint footprintOf(pid_t pid);

} // namespace Anchorwatch
