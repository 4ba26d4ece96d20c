#include "network/service/profilestore.h"

#include "network/service/datafolder.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

namespace {

// What Chromium makes anew lies in its folder and in those right below: caches, locks of the
// process that has ended, crash reports. Deeper down the same names may be an extension's own.
constexpr int deepestPruned = 1;

bool isWorthKeeping(const fs::path &entry)
{
    static const QStringList passing{
        u"Cache"_s,          u"Code Cache"_s,        u"GPUCache"_s,          u"ShaderCache"_s,
        u"GrShaderCache"_s,  u"GraphiteDawnCache"_s, u"DawnGraphiteCache"_s, u"DawnWebGPUCache"_s,
        u"BrowserMetrics"_s, u"Crash Reports"_s,     u"DevToolsActivePort"_s};
    const QString name = QString::fromStdString(entry.filename().string());
    return !passing.contains(name) && !name.startsWith("Singleton"_L1);
}

QString inWords(const std::error_code &error)
{
    return QString::fromStdString(error.message());
}

fs::path toPath(const QString &path)
{
    return fs::path(QFile::encodeName(path).constData());
}

// Folders and plain files; links, sockets and pipes are left out.
void copyFolder(const fs::path &from, const fs::path &to)
{
    fs::create_directory(to);
    for (const fs::directory_entry &entry : fs::directory_iterator(from)) {
        if (entry.is_symlink())
            continue;
        const fs::path target = to / entry.path().filename();
        if (entry.is_directory())
            copyFolder(entry.path(), target);
        else if (entry.is_regular_file())
            fs::copy_file(entry.path(), target);
    }
}

void prune(const fs::path &folder, int depth = 0)
{
    for (const fs::directory_entry &entry : fs::directory_iterator(folder)) {
        if (!isWorthKeeping(entry.path()))
            fs::remove_all(entry.path());
        else if (depth < deepestPruned && entry.is_directory() && !entry.is_symlink())
            prune(entry.path(), depth + 1);
    }
}

void sync(const fs::path &path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0)
        throw fs::filesystem_error("open", path, {errno, std::generic_category()});
    const int failure = ::fsync(descriptor) == 0 ? 0 : errno;
    ::close(descriptor);
    if (failure != 0)
        throw fs::filesystem_error("fsync", path, {failure, std::generic_category()});
}

void syncFolder(const fs::path &folder)
{
    for (const fs::directory_entry &entry : fs::directory_iterator(folder)) {
        if (entry.is_directory() && !entry.is_symlink())
            syncFolder(entry.path());
        else if (entry.is_regular_file() && !entry.is_symlink())
            sync(entry.path());
    }
    sync(folder);
}

QStringList generations(const QString &profile)
{
    return QDir(profile).entryList({u"g??????"_s}, QDir::Dirs | QDir::NoSymLinks, QDir::Name);
}

void removeAllBut(const QString &profile, const QString &kept)
{
    for (const QString &generation : generations(profile)) {
        if (generation != kept)
            removeFolder(profile + u'/' + generation);
    }
}

} // namespace

ProfileStore::ProfileStore(QString root)
    : m_root(std::move(root))
{
}

QString ProfileStore::newest(const QString &name) const
{
    const QString profile = m_root + u'/' + name;
    if (QFileInfo(profile).isSymLink())
        return {};
    const QStringList all = generations(profile);
    return all.isEmpty() ? QString() : profile + u'/' + all.last();
}

bool ProfileStore::exists(const QString &name) const
{
    return !newest(name).isEmpty();
}

QList<SavedProfile> ProfileStore::all() const
{
    QList<SavedProfile> found;
    const QStringList names =
        QDir(m_root).entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks, QDir::Name);
    for (const QString &name : names) {
        const QString folder = newest(name);
        if (!folder.isEmpty())
            found.append({name, QFileInfo(folder).lastModified().toUTC()});
    }
    return found;
}

bool ProfileStore::isObstructed(const QString &name) const
{
    const QFileInfo place(m_root + u'/' + name);
    return place.isSymLink() || (place.exists() && !place.isDir());
}

QString ProfileStore::copyTo(const QString &name, const QString &workingCopy) const
{
    const QString source = newest(name);
    try {
        fs::create_directory(toPath(browserFolder(workingCopy)));
        if (source.isEmpty())
            return {};
        copyFolder(toPath(browserFolder(source)), toPath(browserFolder(workingCopy)));
        if (QFile::exists(cookieFile(source)))
            fs::copy_file(toPath(cookieFile(source)), toPath(cookieFile(workingCopy)));
    } catch (const fs::filesystem_error &error) {
        return u"the profile could not be copied: %1"_s.arg(inWords(error.code()));
    }
    return {};
}

QString ProfileStore::save(const QString &name, const QString &workingCopy) const
{
    try {
        prune(toPath(browserFolder(workingCopy)));
        syncFolder(toPath(workingCopy));
    } catch (const fs::filesystem_error &error) {
        return u"the working copy could not be written out: %1"_s.arg(inWords(error.code()));
    }
    return publish(name, workingCopy);
}

QString ProfileStore::publish(const QString &name, const QString &workingCopy) const
{
    const QString profile = m_root + u'/' + name;
    const QString problem = makePrivateFolder(profile);
    if (!problem.isEmpty())
        return problem;
    const QStringList before = generations(profile);
    const int last = before.isEmpty() ? 0 : before.last().mid(1).toInt();
    const QString next = u"g%1"_s.arg(last + 1, 6, 10, '0'_L1);
    try {
        fs::rename(toPath(workingCopy), toPath(profile + u'/' + next));
        sync(toPath(profile));
        sync(toPath(m_root));
    } catch (const fs::filesystem_error &error) {
        std::error_code ignored;
        if (!QFileInfo::exists(workingCopy)) // moved, but not known to last
            fs::rename(toPath(profile + u'/' + next), toPath(workingCopy), ignored);
        return u"it could not be moved into %1: %2"_s.arg(profile, inWords(error.code()));
    }
    removeAllBut(profile, next);
    return {};
}

void ProfileStore::removeOldGenerations() const
{
    const QStringList names =
        QDir(m_root).entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks);
    for (const QString &name : names) {
        const QStringList all = generations(m_root + u'/' + name);
        if (all.size() > 1)
            removeAllBut(m_root + u'/' + name, all.last());
    }
}

QString browserFolder(const QString &workingCopy)
{
    return workingCopy + "/browser"_L1;
}

QString cookieFile(const QString &workingCopy)
{
    return workingCopy + "/cookies.json"_L1;
}

} // namespace Anchorwatch
