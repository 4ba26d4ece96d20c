#pragma once

#include <QString>
#include <QUrl>

namespace Anchorwatch {

// In all of these, what hideSecret() was told of (models/knownsecrets.h) is masked too.

// Text with the user info of each URL in it replaced by "••••", nothing else.
[[nodiscard]] QString withoutUserInfo(const QString &text);

// The URL with everything that can be a secret replaced by "••••": user info, values of the query,
// the fragment, and path segments of 20 or more characters, which may be random (a DevTools browser
// id, a capability). For tables, tooltips, logs and accessible text.
[[nodiscard]] QString maskedUrl(const QString &url);

// Text with each URL in it masked so, for messages that others wrote and that are shown
// (QNetworkReply::errorString() holds the whole URL).
[[nodiscard]] QString maskedText(const QString &text);

// Without "https://", "http://", "ws://" or "wss://".
[[nodiscard]] QString withoutScheme(const QString &url);

// Invisible characters made visible: ASCII controls as the control pictures of Unicode, other
// controls and what changes direction as "[U+202E]", halves of surrogate pairs as U+FFFD. At most
// 4096 characters are kept. Every text of a service goes through this before it reaches the screen.
[[nodiscard]] QString visibleText(const QString &text);

// Why the address must not be handed to the desktop, as a sentence, or an empty string when it may:
// only http and https without user info leave the program (CVE-2021-22879 was an unchecked
// openUrl).
[[nodiscard]] QString openUrlRefusal(const QString &url);

} // namespace Anchorwatch
