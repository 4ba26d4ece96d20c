#include "app/endsignals.h"

#include <QSocketNotifier>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace Anchorwatch {

namespace {

constexpr std::array handled{SIGTERM, SIGINT, SIGHUP};

// Read and written by the handler, which can be given nothing else.
std::array<int, 2> wakePipe{-1, -1};

void wake(int)
{
    const int savedErrno = errno;
    const char byte = 0;
    [[maybe_unused]] const ssize_t written = ::write(wakePipe[1], &byte, 1);
    errno = savedErrno;
}

} // namespace

EndSignals::EndSignals(QObject *parent)
    : QObject(parent)
{
    if (::pipe2(wakePipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    auto *notifier = new QSocketNotifier(wakePipe[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        std::array<char, 16> bytes{};
        while (::read(wakePipe[0], bytes.data(), bytes.size()) > 0) {
        }
        emit endWanted();
    });
    struct sigaction action
    {
    };
    action.sa_handler = wake;
    action.sa_flags = SA_RESTART;
    for (const int signal : handled)
        ::sigaction(signal, &action, nullptr);
}

EndSignals::~EndSignals()
{
    for (const int signal : handled)
        ::signal(signal, SIG_DFL);
    for (int &end : wakePipe) {
        ::close(end);
        end = -1;
    }
}

} // namespace Anchorwatch
