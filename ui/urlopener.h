#pragma once

#include <QUrl>

#include <functional>

namespace Anchorwatch {

// Hands an address to the desktop; false when the desktop refuses it at once. Injected, so that
// tests record what would be opened. Called only with addresses that openUrlRefusal() lets through.
using UrlOpener = std::function<bool(const QUrl &)>;

} // namespace Anchorwatch
