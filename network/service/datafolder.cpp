#include "network/service/datafolder.h"

#include "network/processstat.h"
#include "network/service/servicelog.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

// Taken by whoever has the file locked.
void writeOwner(int file)
{
    const QByteArray pid = QByteArray::number(::getpid());
    if (::ftruncate(file, 0) != 0 || ::pwrite(file, pid.constData(), pid.size(), 0) < 0)
        qCWarning(serviceLog) << "cannot write the lock file:" << std::strerror(errno);
}

bool ownerLives(int file)
{
    std::array<char, 16> pid{};
    const ssize_t size = ::pread(file, pid.data(), pid.size(), 0);
    const int owner = QByteArray(pid.data(), qMax(ssize_t(0), size)).toInt();
    const std::optional<ProcessStat> stat = readStat(owner);
    return stat && !stat->isDead();
}

// 0, or the errno of the failure.
int lockFor(int file)
{
    const int failure = ::flock(file, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
    if (failure != EWOULDBLOCK || ownerLives(file))
        return failure;
    // A killed service leaves its lock to the browsers that it was just starting, until they have
    // become their own programs: from then on they can be found, so that this is worth waiting for.
    while (::flock(file, LOCK_EX) != 0) {
        if (errno != EINTR)
            return errno;
    }
    return 0;
}

} // namespace

DataFolder::~DataFolder()
{
    if (m_lock >= 0)
        ::close(m_lock);
}

QString DataFolder::open(const QString &path)
{
    m_path = QDir::cleanPath(QDir::current().absoluteFilePath(path));
    QDir().mkpath(QFileInfo(m_path).path());
    // Only the folder itself may be reached through a link that the user made.
    const QString real = QFileInfo(m_path).canonicalFilePath();
    if (!real.isEmpty())
        m_path = real;
    for (const QString &folder : {m_path, profiles(), records(), work(), kept()}) {
        const QString problem = makePrivateFolder(folder);
        if (!problem.isEmpty())
            return problem;
    }
    const QByteArray lockFile = QFile::encodeName(m_path + "/lock"_L1);
    m_lock = ::open(lockFile.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    const int failure = m_lock < 0 ? errno : lockFor(m_lock);
    if (failure == EWOULDBLOCK)
        return u"%1 is in use by another anchorwatchd"_s.arg(m_path);
    if (failure != 0) {
        return u"cannot lock %1: %2"_s.arg(m_path, QString::fromLocal8Bit(std::strerror(failure)));
    }
    writeOwner(m_lock);
    return {};
}

bool DataFolder::isWorkingCopy(const QString &path) const
{
    const QFileInfo place(path);
    return QDir::cleanPath(path) == path && (place.path() == work() || place.path() == kept());
}

void removeFolder(const QString &path)
{
    std::error_code ignored;
    std::filesystem::remove_all(QFile::encodeName(path).toStdString(), ignored);
}

QString makePrivateFolder(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    if (::mkdir(name.constData(), 0700) == 0)
        return {};
    if (errno != EEXIST)
        return u"cannot make %1: %2"_s.arg(path, QString::fromLocal8Bit(std::strerror(errno)));
    struct stat found
    {
    };
    if (::lstat(name.constData(), &found) != 0 || !S_ISDIR(found.st_mode))
        return u"%1 is there and is not a folder"_s.arg(path);
    if (found.st_uid != ::geteuid())
        return u"%1 belongs to another user"_s.arg(path);
    if ((found.st_mode & 0777) != 0700 && ::chmod(name.constData(), 0700) != 0)
        return u"cannot make %1 private: %2"_s.arg(path,
                                                   QString::fromLocal8Bit(std::strerror(errno)));
    return {};
}

} // namespace Anchorwatch
