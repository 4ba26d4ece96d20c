#include "network/devtools/activeport.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

std::optional<ActivePort> readActivePort(const QString &profileFolder)
{
    static const QRegularExpression whole(
        u"\\A([0-9]{1,5})\\n(/devtools/browser/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\s*\\z"_s);
    constexpr qint64 most = 1024;
    QFile file(profileFolder + "/DevToolsActivePort"_L1);
    // Opening a pipe that somebody put there would never return.
    if (!QFileInfo(file).isFile() || !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const auto match = whole.match(QString::fromLatin1(file.read(most)));
    const quint16 port = match.captured(1).toUShort();
    if (port == 0)
        return std::nullopt;
    return ActivePort{port, match.captured(2)};
}

} // namespace Anchorwatch
