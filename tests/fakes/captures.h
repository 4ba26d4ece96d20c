#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>

namespace Anchorwatch {

// An answer recorded from a real server: "selenium/status_idle.json".
[[nodiscard]] inline QByteArray capture(const QString &name)
{
    QFile file(QStringLiteral(CAPTURES_FOLDER "/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no capture %s", qPrintable(file.fileName()));
    return file.readAll();
}

} // namespace Anchorwatch
