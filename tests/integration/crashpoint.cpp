// Loaded into anchorwatchd by tst_crashpoints (LD_PRELOAD), never part of it: kills it right before
// one of the steps by which it changes anything outside of itself.
//
// ANCHORWATCH_CRASH_FILE names a file. From the moment that it holds a number, steps are counted,
// and the step of that number is not taken any more. What each of them was goes into FILE.steps.

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <string>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

// Both are made once, before the program begins; what it starts must not be counted.
std::string &crashFile()
{
    static std::string path;
    return path;
}

__attribute__((constructor)) void begin()
{
    const char *path = std::getenv("ANCHORWATCH_CRASH_FILE");
    crashFile() = path ? path : "";
    ::unsetenv("LD_PRELOAD");
    ::unsetenv("ANCHORWATCH_CRASH_FILE");
}

// Past the functions below, which count.
int openFile(const std::string &path, int flags)
{
    return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path.c_str(), flags | O_CLOEXEC, 0600));
}

// The step that is not taken, 0 as long as none is.
long fatalStep()
{
    static std::atomic<long> known = 0;
    if (known != 0 || crashFile().empty())
        return known;
    const int file = openFile(crashFile(), O_RDONLY);
    if (file < 0)
        return 0;
    char text[16] = {};
    const ssize_t size = ::read(file, text, sizeof(text) - 1);
    ::close(file);
    known = size > 0 ? std::atol(text) : 0;
    return known;
}

void note(long number, const char *what, const char *path)
{
    char line[512];
    const int size = std::snprintf(line, sizeof(line), "%ld %s %s\n", number, what, path);
    const int file = openFile(crashFile() + ".steps", O_WRONLY | O_CREAT | O_APPEND);
    ::syscall(SYS_write, file, line, std::strlen(line));
    ::close(file);
    (void)size;
}

void step(const char *what, const char *path = "")
{
    static std::atomic<long> taken = 0;
    const int before = errno;
    if (const long fatal = fatalStep(); fatal != 0) {
        const long number = ++taken;
        note(number, what, path);
        if (number == fatal) {
            ::syscall(SYS_kill, ::getpid(), SIGKILL);
            for (;;)
                ::pause();
        }
    }
    errno = before;
}

template<typename Function>
Function *original(const char *name)
{
    return reinterpret_cast<Function *>(::dlsym(RTLD_NEXT, name));
}

bool isSocket(int descriptor)
{
    struct stat found
    {
    };
    return ::fstat(descriptor, &found) == 0 && S_ISSOCK(found.st_mode);
}

bool makesFile(int flags)
{
    return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
}

} // namespace

extern "C" {

int rename(const char *from, const char *to) noexcept
{
    step("rename", to);
    return original<int(const char *, const char *)>("rename")(from, to);
}

int renameat2(int fromFolder, const char *from, int toFolder, const char *to,
              unsigned int flags) noexcept
{
    step("rename", to);
    return original<int(int, const char *, int, const char *, unsigned int)>("renameat2")(
        fromFolder, from, toFolder, to, flags);
}

int linkat(int fromFolder, const char *from, int toFolder, const char *to, int flags) noexcept
{
    step("link", to);
    return original<int(int, const char *, int, const char *, int)>("linkat")(fromFolder, from,
                                                                              toFolder, to, flags);
}

int mkdir(const char *path, mode_t mode) noexcept
{
    step("mkdir", path);
    return original<int(const char *, mode_t)>("mkdir")(path, mode);
}

int rmdir(const char *path) noexcept
{
    step("rmdir", path);
    return original<int(const char *)>("rmdir")(path);
}

int unlink(const char *path) noexcept
{
    step("unlink", path);
    return original<int(const char *)>("unlink")(path);
}

int remove(const char *path) noexcept
{
    step("remove", path);
    return original<int(const char *)>("remove")(path);
}

int fsync(int descriptor)
{
    step("fsync");
    return original<int(int)>("fsync")(descriptor);
}

int fdatasync(int descriptor)
{
    step("fdatasync");
    return original<int(int)>("fdatasync")(descriptor);
}

int open(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = makesFile(flags) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    if (makesFile(flags))
        step("open", path);
    return original<int(const char *, int, ...)>("open")(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = makesFile(flags) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    if (makesFile(flags))
        step("open", path);
    return original<int(const char *, int, ...)>("open64")(path, flags, mode);
}

int pipe2(int *ends, int flags) noexcept
{
    step("start of a process");
    return original<int(int *, int)>("pipe2")(ends, flags);
}

int kill(pid_t process, int signal) noexcept
{
    step("signal");
    return original<int(pid_t, int)>("kill")(process, signal);
}

ssize_t write(int descriptor, const void *bytes, size_t size)
{
    if (isSocket(descriptor))
        step("send");
    return original<ssize_t(int, const void *, size_t)>("write")(descriptor, bytes, size);
}

ssize_t send(int descriptor, const void *bytes, size_t size, int flags)
{
    step("send");
    return original<ssize_t(int, const void *, size_t, int)>("send")(descriptor, bytes, size,
                                                                     flags);
}
}
