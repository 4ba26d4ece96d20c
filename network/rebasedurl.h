#pragma once

#include <QString>
#include <QUrl>

namespace Anchorwatch {

// The base URL with a path of the service below it: "http://h/wd/" and "/status" give
// "http://h/wd/status". Without user info, query and fragment of the base. The path is encoded.
[[nodiscard]] QUrl urlBelow(const QUrl &base, const QByteArray &path);

// An address that a service gave of itself, as whoever asks it reaches it: scheme (ws or wss by the
// base's http or https), host, port and the base's path before its own. A service knows itself
// by a name that may mean nothing here (127.0.0.1, a container). Empty for what is no address of
// the web.
[[nodiscard]] QString rebasedUrl(const QString &url, const QUrl &base);

// Whether a WebSocket address (ws, wss) is of the same origin as a base URL (http, https).
[[nodiscard]] bool isSocketOf(const QUrl &socket, const QUrl &base);

} // namespace Anchorwatch
