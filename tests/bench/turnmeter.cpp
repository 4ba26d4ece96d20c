#include "tests/bench/turnmeter.h"

#include "tests/bench/monotonic.h"

#include <QEvent>
#include <QThread>

#include <utility>

#include <dlfcn.h>
#include <poll.h>
#include <unistd.h>

namespace Anchorwatch {

namespace {

qint64 busySince = 0; // 0 while it waits, or before it waited first
qint64 cpuBefore = 0;
BusyStretch longest;

bool isWindowsThread()
{
    return ::gettid() == ::getpid();
}

void waits()
{
    if (!isWindowsThread() || busySince == 0)
        return;
    const qint64 busy = monotonicNs() - std::exchange(busySince, 0);
    if (busy > longest.ns)
        longest = {busy, nanosecondsOf(CLOCK_THREAD_CPUTIME_ID) - cpuBefore};
}

void goesOn()
{
    if (!isWindowsThread())
        return;
    busySince = monotonicNs();
    cpuBefore = nanosecondsOf(CLOCK_THREAD_CPUTIME_ID);
}

template<typename Function>
Function original(const char *name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

} // namespace

BusyStretch takeLongestStretch()
{
    return std::exchange(longest, {});
}

bool PaintTellingApplication::notify(QObject *receiver, QEvent *event)
{
    if (QThread::currentThread() != thread())
        return MeteredApplication::notify(receiver, event);
    ++m_depth;
    const bool isHandled = MeteredApplication::notify(receiver, event);
    if (event->type() == QEvent::Paint && receiver == m_widget)
        m_isPainted = true;
    if (--m_depth == 0 && std::exchange(m_isPainted, false))
        emit painted();
    return isHandled;
}

} // namespace Anchorwatch

// GLib waits by poll(), Qt's own event loop by ppoll().
extern "C" int poll(pollfd *files, nfds_t count, int timeout)
{
    static const auto wait = Anchorwatch::original<decltype(&::poll)>("poll");
    Anchorwatch::waits();
    const int result = wait(files, count, timeout);
    Anchorwatch::goesOn();
    return result;
}

extern "C" int ppoll(pollfd *files, nfds_t count, const timespec *timeout, const sigset_t *signals_)
{
    static const auto wait = Anchorwatch::original<decltype(&::ppoll)>("ppoll");
    Anchorwatch::waits();
    const int result = wait(files, count, timeout, signals_);
    Anchorwatch::goesOn();
    return result;
}
