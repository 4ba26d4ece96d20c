#pragma once

#include <QString>
#include <QStringView>

namespace Anchorwatch {

// What stands in the place of a secret.
inline constexpr QStringView secretMask = u"••••";

// Hides the API key or password from every text that is shown or logged from now on, to the end of
// this run: what was removed meanwhile may still be in an old text. Below six characters nothing
// is hidden, since that would tear holes into ordinary words. Any thread.
void hideSecret(const QString &secret);

// The text with each hidden secret replaced by the mask: as it is, percent-encoded up to three
// times over, and within base64 (Basic authentication), of which the whole word goes. The work
// grows with the length of the text, not with that of what is in it. Any thread.
[[nodiscard]] QString withoutSecrets(const QString &text);

} // namespace Anchorwatch
