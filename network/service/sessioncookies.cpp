#include "network/service/sessioncookies.h"

#include "network/wholefile.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

QJsonObject asParameter(const QJsonObject &cookie)
{
    // What Storage.setCookies knows (Network.CookieParam); "size" and "session" are of the answer
    // only.
    static const auto taken = {"name"_L1,       "value"_L1,       "path"_L1,     "secure"_L1,
                               "httpOnly"_L1,   "sameSite"_L1,    "priority"_L1, "sourceScheme"_L1,
                               "sourcePort"_L1, "partitionKey"_L1};
    QJsonObject parameter;
    for (const QLatin1StringView field : taken) {
        if (cookie.contains(field))
            parameter.insert(field, cookie.value(field));
    }
    // A "domain" would hand the cookie of one host to all hosts below it (RFC 6265, 5.3.6), and is
    // refused for
    // __Host- cookies; only those that are for all have a leading dot.
    const QString domain = cookie.value("domain"_L1).toString();
    const QLatin1StringView scheme =
        cookie.value("secure"_L1).toBool() ? "https://"_L1 : "http://"_L1;
    if (domain.startsWith(u'.'))
        parameter.insert("domain"_L1, domain);
    else
        parameter.insert("url"_L1, scheme + domain + cookie.value("path"_L1).toString());
    return parameter;
}

} // namespace

QJsonArray cookiesWithoutExpiry(const QJsonArray &cookies)
{
    QJsonArray kept;
    for (const QJsonValue &value : cookies) {
        const QJsonObject cookie = value.toObject();
        if (cookie.value("session"_L1).toBool())
            kept.append(asParameter(cookie));
    }
    return kept;
}

QString writeCookieFile(const QString &path, const QJsonArray &cookies)
{
    const QString problem =
        writeWholeFile(path, QJsonDocument(cookies).toJson(QJsonDocument::Compact));
    return problem.isEmpty() ? problem : u"the cookies could not be written: %1"_s.arg(problem);
}

QJsonArray readCookieFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).array();
}

} // namespace Anchorwatch
