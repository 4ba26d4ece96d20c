#pragma once

#include <QString>

namespace Anchorwatch {

// The text as it may be logged or written to standard error: without the secrets that hideSecret()
// was told of, the user info of URLs, and the values in their queries and fragments whose names
// say that they are secret (apiKey, token, password and others that the services use). The rest of
// a URL stays readable, and the text has its length and its lines: maskedText() (models/urltext.h)
// is for the screen. Any thread.
[[nodiscard]] QString redacted(const QString &text);

} // namespace Anchorwatch
