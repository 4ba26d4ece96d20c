#include "network/statefolders.h"

#include <QDir>
#include <QFile>

#include <pwd.h>
#include <unistd.h>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

// Also where HOME is not set (a service manager's environment).
QString homeFolder()
{
    const QString home = qEnvironmentVariable("HOME");
    if (!home.isEmpty())
        return home;
    const passwd *user = ::getpwuid(::getuid());
    return user ? QFile::decodeName(user->pw_dir) : QDir::rootPath();
}

QString folder(const QString &underHome, const char *xdgVariable, const QString &xdgDefault)
{
    const QString ours = qEnvironmentVariable("ANCHORWATCH_HOME");
    if (!ours.isEmpty())
        return QDir::cleanPath(QDir(ours).absoluteFilePath(underHome));
    const QString xdg = qEnvironmentVariable(xdgVariable);
    // A relative path is to be ignored, says the specification.
    const QString base = QDir::isAbsolutePath(xdg) ? xdg : homeFolder() + u'/' + xdgDefault;
    return QDir::cleanPath(base + "/anchorwatch"_L1);
}

} // namespace

QString configFolder()
{
    return folder(u"config"_s, "XDG_CONFIG_HOME", u".config"_s);
}

QString dataFolder()
{
    return folder(u"data"_s, "XDG_DATA_HOME", u".local/share"_s);
}

QString stateFolder()
{
    return folder(u"state"_s, "XDG_STATE_HOME", u".local/state"_s);
}

} // namespace Anchorwatch
