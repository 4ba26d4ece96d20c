#include "network/anchor/anchorurls.h"

#include "network/rebasedurl.h"

#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr auto apiPrefix = "api."_L1;
constexpr qsizetype shortestSecret = 8;
constexpr int mostEncodings = 3; // an address inside an address inside an address

bool isSecret(const QString &key)
{
    return key.size() >= shortestSecret;
}

// Each character as it is or percent-encoded, which any may be (RFC 3986, 2.3).
QRegularExpression inAnySpelling(const QString &key)
{
    QString pattern;
    for (const QChar c : key) {
        const QString encoded = QString::fromLatin1(
            QString(c).toUtf8().toPercentEncoding({}, QByteArray(1, c.toLatin1())));
        pattern += u"(?:%1|(?i:%2))"_s.arg(QRegularExpression::escape(c), encoded);
    }
    return QRegularExpression(pattern);
}

QString withSessionId(QUrl url, const QString &id)
{
    url.setQuery("sessionId="_L1 + QString::fromLatin1(QUrl::toPercentEncoding(id)));
    return url.toString(QUrl::FullyEncoded);
}

QUrl rootOf(const QUrl &baseUrl, QLatin1StringView instead)
{
    QUrl root = urlBelow(baseUrl, "/");
    if (root.host().startsWith(apiPrefix))
        root.setHost(instead + root.host().sliced(apiPrefix.size()));
    return root;
}

bool isAValueOf(const QString &url, const QString &key)
{
    const QUrl parsed(url);
    const auto items = QUrlQuery(parsed).queryItems(QUrl::FullyDecoded);
    return parsed.password(QUrl::FullyDecoded) == key || parsed.userName(QUrl::FullyDecoded) == key
           || std::any_of(items.cbegin(), items.cend(),
                          [&key](const auto &item) { return item.second == key; });
}

bool isAnywhereIn(const QString &url, const QString &key)
{
    const QByteArray secret = key.toUtf8();
    QByteArray text = url.toUtf8();
    for (int decoded = 0; decoded <= mostEncodings; ++decoded) {
        if (text.contains(secret))
            return true;
        text = QByteArray::fromPercentEncoding(text);
    }
    return false;
}

} // namespace

QString derivedCdpUrl(const QUrl &baseUrl, const QString &id)
{
    QUrl root = rootOf(baseUrl, "connect."_L1);
    root.setScheme(baseUrl.scheme() == "https"_L1 ? u"wss"_s : u"ws"_s);
    return withSessionId(root, id);
}

QString derivedLiveViewUrl(const QUrl &baseUrl, const QString &id)
{
    if (!baseUrl.host().startsWith(apiPrefix))
        return {};
    return withSessionId(rootOf(baseUrl, "live."_L1), id);
}

bool urlHoldsKey(const QString &url, const QString &key)
{
    if (key.isEmpty())
        return false;
    return isAValueOf(url, key) || (isSecret(key) && isAnywhereIn(url, key));
}

QString withoutKey(const QString &text, const QString &key)
{
    if (!isSecret(key))
        return text;
    QString clean = text;
    clean.replace(key, u"••••"_s);
    if (!clean.contains(u'%'))
        return clean;
    return clean.replace(inAnySpelling(key), u"••••"_s);
}

} // namespace Anchorwatch
