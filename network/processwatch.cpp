#include "network/processwatch.h"

#include <QSocketNotifier>

#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

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

} // namespace Anchorwatch
