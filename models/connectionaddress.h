#pragma once

#include "models/connection.h"

namespace Anchorwatch {

// The address that a service of that kind usually has, or an empty string when there is no usual
// one, or none to type (Local).
[[nodiscard]] QString usualAddress(Connection::Kind kind);

// What was typed as it will be asked: where there is no scheme, "http://" is added for this machine
// and "https://" for others.
[[nodiscard]] QString completedAddress(const QString &text);

// Why it cannot be a connection's address, as a sentence, or an empty string when it can: http or
// https, a host, and nothing in it that may be a secret (user info, query, fragment), because
// addresses are saved and shown. Repeats nothing of what was typed.
[[nodiscard]] QString addressProblem(const QString &text);

// Whether what is sent there stays on this machine: "localhost" and the names below it (RFC 6761,
// section 6.3), 127.0.0.0/8 and ::1.
[[nodiscard]] bool isLoopback(const QUrl &url);

// Whether both are the same scheme, host and port. A secret belongs to one of these alone.
[[nodiscard]] bool isSameOrigin(const QUrl &one, const QUrl &other);

} // namespace Anchorwatch
