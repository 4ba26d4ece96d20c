#pragma once

#include <QString>

class QByteArray;

namespace Anchorwatch {

// Puts the content in the place of the file's, for its owner alone (0600). Whoever reads the file
// finds the old content or the new, whole, also when the disk is full. Returns what went wrong,
// nothing when all of it is there. Any thread.
[[nodiscard]] QString writeWholeFile(const QString &path, const QByteArray &content);

} // namespace Anchorwatch
