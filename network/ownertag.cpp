#include "network/ownertag.h"

#include <QSysInfo>

#include <pwd.h>
#include <unistd.h>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

QString ownerTag()
{
    // The environment's USER is whatever it was set to, and missing under some services.
    const passwd *entry = ::getpwuid(::geteuid());
    const QString user =
        entry ? QString::fromLocal8Bit(entry->pw_name) : QString::number(::geteuid());
    return user + u'@' + QSysInfo::machineHostName();
}

} // namespace Anchorwatch
