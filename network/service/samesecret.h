#pragma once

#include <QByteArrayView>

namespace Anchorwatch {

// Takes as long for a near miss as for a wild one, of any length, so that a secret cannot be felt
// out.
[[nodiscard]] bool isSameSecret(QByteArrayView one, QByteArrayView other);

} // namespace Anchorwatch
