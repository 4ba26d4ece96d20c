#include "network/service/datafolder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

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
    if (m_lock < 0 || ::flock(m_lock, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            return u"%1 is in use by another anchorwatchd"_s.arg(m_path);
        return u"cannot lock %1: %2"_s.arg(m_path, QString::fromLocal8Bit(std::strerror(errno)));
    }
    return {};
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
