#include "models/sessionrequest.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int maxProfileNameLength = 64;
constexpr int maxInitialUrlLength = 8 * 1024;

QString tr(const char *text)
{
    return QCoreApplication::translate("SessionRequest", text);
}

bool isWindowsDevice(const QString &name)
{
    static const QRegularExpression device(u"\\A(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?\\z"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    return device.match(name).hasMatch();
}

} // namespace

QString profileNameProblem(const QString &name)
{
    static const QRegularExpression allowed(u"\\A[A-Za-z0-9_.-]+\\z"_s);

    if (name.isEmpty())
        return tr("Give the profile a name.");
    if (name.size() > maxProfileNameLength)
        return tr("Use at most %1 characters.").arg(maxProfileNameLength);
    if (!allowed.match(name).hasMatch()) {
        return tr("Use letters, digits, hyphen, underscore and dot. Space and slash are not "
                  "allowed.");
    }
    if (name.startsWith(u'.') || name.endsWith(u'.'))
        return tr("A dot cannot be first or last.");
    if (isWindowsDevice(name))
        return tr("\"%1\" is the name of a device on some systems.").arg(name);
    return {};
}

QString completedInitialUrl(const QString &text)
{
    // "localhost:3000" has a host and a port, not a scheme; a scheme is followed by "//", or is one
    // of those that take none.
    static const QRegularExpression scheme(u"\\A[A-Za-z][A-Za-z0-9+.-]*:(//|[^0-9])"_s);

    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty() || scheme.match(trimmed).hasMatch())
        return trimmed;
    return u"https://"_s + trimmed;
}

QString initialUrlProblem(const QString &text)
{
    const QString completed = completedInitialUrl(text);
    if (completed.isEmpty() || completed == "about:blank"_L1)
        return {};
    if (completed.size() > maxInitialUrlLength)
        return tr("The address is too long.");
    const QUrl url(completed, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty()) {
        const bool web = completed.startsWith("http"_L1, Qt::CaseInsensitive);
        return web ? tr("This is not a complete address.")
                   : tr("Only http, https and about:blank can be opened.");
    }
    if (url.scheme() != "http"_L1 && url.scheme() != "https"_L1)
        return tr("Only http, https and about:blank can be opened.");
    return {};
}

} // namespace Anchorwatch
