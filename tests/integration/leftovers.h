#pragma once

#include <QString>
#include <QStringList>

namespace Anchorwatch {

// Processes (zombies too) that name the folder in their arguments or environment, as "pid
// arguments".
[[nodiscard]] QStringList processesOf(const QString &folder);

// The pid of the browser's main process of the session, 0 when there is none.
[[nodiscard]] int browserPidOf(const QString &sessionId);

// What is in the folder, by name.
[[nodiscard]] QStringList entriesOf(const QString &folder);

} // namespace Anchorwatch
