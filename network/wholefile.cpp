#include "network/wholefile.h"

#include <QFile>
#include <QSaveFile>

namespace Anchorwatch {

QString writeWholeFile(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    // commit() overlooks that the last buffer could not be written, and puts an empty file in
    // place (measured on Qt 6.4.2), so it is written before.
    if (file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && file.write(content) == content.size() && file.flush() && file.commit())
        return {};
    return file.errorString();
}

} // namespace Anchorwatch
