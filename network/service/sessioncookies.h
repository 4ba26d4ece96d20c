#pragma once

#include <QJsonArray>
#include <QString>

// Chromium forgets cookies without an expiry when it ends, and many sites keep a login in one: the
// service carries them from one session of a profile to the next.
namespace Anchorwatch {

// Of the cookies that CDP's Storage.getCookies gave, those without an expiry, as Storage.setCookies
// takes them.
[[nodiscard]] QJsonArray cookiesWithoutExpiry(const QJsonArray &cookies);

// Returns why the file could not be written, or an empty string. Rights 0600.
[[nodiscard]] QString writeCookieFile(const QString &path, const QJsonArray &cookies);
// Empty when there is none, or none that can be read.
[[nodiscard]] QJsonArray readCookieFile(const QString &path);

} // namespace Anchorwatch
