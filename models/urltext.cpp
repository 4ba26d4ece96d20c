#include "models/urltext.h"

#include "models/knownsecrets.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView schemes[] = {"https://"_L1, "http://"_L1, "wss://"_L1, "ws://"_L1};
constexpr qsizetype randomLookingLength = 20;
constexpr qsizetype maxVisibleLength = 4096;
constexpr qsizetype mostRead = 2 * maxVisibleLength; // a secret at the cut is known as a whole
constexpr qsizetype maxOpenLength = 8192;

bool looksRandom(QStringView segment)
{
    return segment.size() >= randomLookingLength;
}

QString maskedAuthority(QStringView authority)
{
    const qsizetype at = authority.lastIndexOf(u'@');
    if (at < 0)
        return authority.toString();
    return secretMask.toString() + authority.sliced(at).toString();
}

QString maskedPath(QStringView path)
{
    QStringList segments;
    for (const QStringView segment : path.split(u'/'))
        segments.append(looksRandom(segment) ? secretMask.toString() : segment.toString());
    return segments.join(u'/');
}

QString maskedQuery(QStringView query)
{
    QStringList items;
    for (const QStringView item : query.split(u'&')) {
        const qsizetype equals = item.indexOf(u'=');
        if (equals >= 0)
            items.append(item.first(equals + 1).toString() + secretMask.toString());
        else
            items.append(item.isEmpty() ? QString() : secretMask.toString());
    }
    return items.join(u'&');
}

bool changesDirectionOrHides(char32_t c)
{
    return c == 0x061C || c == 0x00AD || c == 0x200B || c == 0x200E || c == 0x200F || c == 0xFEFF
           || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0x180E
           || (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F);
}

// A visible stand-in for one character, or an empty string when it may stay as it is.
QString standIn(char32_t c)
{
    if (c < 0x20)
        return QString(QChar(static_cast<char16_t>(0x2400 + c))); // the control pictures of Unicode
    if (c == 0x7F)
        return QString(QChar(u'\u2421'));
    if ((c >= 0x80 && c < 0xA0) || changesDirectionOrHides(c))
        return u"[U+%1]"_s.arg(static_cast<uint>(c), 4, 16, QLatin1Char('0')).toUpper();
    if (c >= 0xD800 && c <= 0xDFFF)
        return QString(QChar(QChar::ReplacementCharacter));
    return {};
}

// A quick look, for the common case; surrogates need a closer one.
bool mayNeedStandIn(const QString &text)
{
    for (const QChar c : text) {
        const char16_t u = c.unicode();
        if (u < 0x20 || (u >= 0x7F && u < 0xA0) || c.isSurrogate() || changesDirectionOrHides(u))
            return true;
    }
    return false;
}

QString withStandIns(const QString &text)
{
    if (!mayNeedStandIn(text))
        return text;
    QString visible;
    visible.reserve(text.size());
    for (const char32_t c : text.toUcs4()) {
        const QString instead = standIn(c);
        if (instead.isEmpty())
            visible += QChar::fromUcs4(c);
        else
            visible += instead;
    }
    return visible;
}

// Where the authority of the URL begins: after "scheme://", if it has that. A "://" further on, as
// in a query, begins nothing.
qsizetype authorityStart(const QString &url)
{
    static const QRegularExpression scheme(u"\\A[A-Za-z][A-Za-z0-9+.-]*://"_s);
    return scheme.match(url).capturedLength();
}

QString cut(const QString &text)
{
    if (text.size() <= maxVisibleLength)
        return text;
    const bool cutsPair = text[maxVisibleLength - 1].isHighSurrogate();
    return text.first(cutsPair ? maxVisibleLength - 1 : maxVisibleLength) + u'…';
}

QString maskedParts(const QString &url)
{
    const qsizetype start = authorityStart(url);
    const QStringView rest = QStringView(url).sliced(start);

    const qsizetype hash = rest.indexOf(u'#');
    const QStringView beforeHash = hash < 0 ? rest : rest.first(hash);
    const qsizetype question = beforeHash.indexOf(u'?');
    const QStringView beforeQuery = question < 0 ? beforeHash : beforeHash.first(question);
    const qsizetype slash = beforeQuery.indexOf(u'/');

    QString masked = url.first(start);
    masked += maskedAuthority(slash < 0 ? beforeQuery : beforeQuery.first(slash));
    if (slash >= 0)
        masked += maskedPath(beforeQuery.sliced(slash));
    if (question >= 0)
        masked += u'?' + maskedQuery(beforeHash.sliced(question + 1));
    if (hash >= 0)
        masked += u'#' + secretMask.toString();
    return masked;
}

} // namespace

QString withoutUserInfo(const QString &text)
{
    // Looked behind, since one URL may stand in the path of another, or right after its scheme.
    static const QRegularExpression authority(u"(?<=://)[^/?#\\s\"<>]++"_s);
    if (!text.contains(u'@'))
        return text;
    QString result;
    qsizetype done = 0;
    auto matches = authority.globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        result += QStringView(text).sliced(done, match.capturedStart() - done);
        result += maskedAuthority(match.capturedView());
        done = match.capturedEnd();
    }
    result += QStringView(text).sliced(done);
    return result;
}

QString maskedUrl(const QString &url)
{
    return withStandIns(cut(maskedParts(withoutUserInfo(withoutSecrets(url)))));
}

QString maskedText(const QString &text)
{
    static const QRegularExpression url(u"[A-Za-z][A-Za-z0-9+.-]*://[^\\s\"<>]+"_s);

    // First, since a secret with a quote in it would end the URL in its middle.
    const QString hidden = withoutUserInfo(withoutSecrets(text));
    QString masked;
    qsizetype done = 0;
    auto matches = url.globalMatch(hidden);
    while (matches.hasNext()) {
        const auto match = matches.next();
        masked += QStringView(hidden).sliced(done, match.capturedStart() - done);
        masked += maskedParts(match.captured());
        done = match.capturedEnd();
    }
    masked += QStringView(hidden).sliced(done);
    return withStandIns(cut(masked));
}

QString withoutScheme(const QString &url)
{
    for (const QLatin1StringView scheme : schemes) {
        if (url.startsWith(scheme, Qt::CaseInsensitive))
            return url.sliced(scheme.size());
    }
    return url;
}

QString visibleText(const QString &text)
{
    // Long texts of services are not searched to their end for the sake of their beginning.
    return withStandIns(cut(withoutSecrets(text.first(std::min(text.size(), mostRead)))));
}

QString openUrlRefusal(const QString &url)
{
    const auto tr = [](const char *text) {
        return QCoreApplication::translate("openUrlRefusal", text);
    };

    if (url.isEmpty())
        return tr("There is no address.");
    if (url.size() > maxOpenLength)
        return tr("The address is too long to open.");
    if (withStandIns(url) != url)
        return tr("The address has hidden characters and is not opened.");
    const QUrl parsed(url, QUrl::StrictMode);
    if (!parsed.isValid() || parsed.isRelative())
        return tr("This is not a complete address.");
    if (parsed.scheme() != "http"_L1 && parsed.scheme() != "https"_L1)
        return tr("Only http and https addresses are opened.");
    if (!parsed.userInfo().isEmpty() || parsed.authority().contains(u'@'))
        return tr("The address holds a user name or password and is not opened.");
    if (parsed.host().isEmpty())
        return tr("The address names no host.");
    return {};
}

} // namespace Anchorwatch
