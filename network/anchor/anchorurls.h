#pragma once

#include <QString>
#include <QUrl>

// Addresses of Anchor sessions, and the account key in what others write. Pure functions, any
// thread.
namespace Anchorwatch {

// The addresses of a session that the service did not give, by the rule of Anchor's own clients
// (anchorbrowser 0.16.3, lib/browser.ts): "api." in the host becomes "connect." or "live.". They
// never hold the key; the session's id alone opens them. A host without "api.", such as an
// anchorwatchd, answers CDP at its root and has no live view by rule: empty.
[[nodiscard]] QString derivedCdpUrl(const QUrl &baseUrl, const QString &id);
[[nodiscard]] QString derivedLiveViewUrl(const QUrl &baseUrl, const QString &id);

// True when the address holds the key, as it is or percent-encoded: whoever gets such an address
// can use the whole account.
[[nodiscard]] bool urlHoldsKey(const QString &url, const QString &key);

// The text with the key, as it is or percent-encoded, replaced by "••••". A key of less than 8
// characters is a word for a service that takes any, which may stand in every text: it stays.
[[nodiscard]] QString withoutKey(const QString &text, const QString &key);

} // namespace Anchorwatch
