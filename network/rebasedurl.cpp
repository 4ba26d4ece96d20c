#include "network/rebasedurl.h"

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

QString withoutSlashAtEnd(QString path)
{
    while (path.endsWith(u'/'))
        path.chop(1);
    return path;
}

} // namespace

QUrl urlBelow(const QUrl &base, const QByteArray &path)
{
    const QUrl bare =
        base.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
    return QUrl::fromEncoded(withoutSlashAtEnd(QString::fromLatin1(bare.toEncoded())).toLatin1()
                             + path);
}

QString rebasedUrl(const QString &url, const QUrl &base)
{
    const QUrl given(url, QUrl::StrictMode);
    const bool isSocket = given.scheme() == "ws"_L1 || given.scheme() == "wss"_L1;
    const bool isWeb = given.scheme() == "http"_L1 || given.scheme() == "https"_L1;
    if (!given.isValid() || given.host().isEmpty() || !(isSocket || isWeb))
        return {};
    QUrl rebased = given.adjusted(QUrl::RemoveUserInfo);
    const bool isSecure = base.scheme() == "https"_L1;
    if (isSocket)
        rebased.setScheme(isSecure ? u"wss"_s : u"ws"_s);
    else
        rebased.setScheme(base.scheme());
    rebased.setHost(base.host());
    rebased.setPort(base.port());
    const QString prefix = withoutSlashAtEnd(base.path(QUrl::FullyEncoded));
    const QString path = given.path(QUrl::FullyEncoded);
    if (!prefix.isEmpty() && !path.startsWith(prefix + u'/'))
        rebased.setPath(prefix + path, QUrl::TolerantMode);
    return rebased.toString(QUrl::FullyEncoded);
}

bool isSocketOf(const QUrl &socket, const QUrl &base)
{
    const bool isSecure = base.scheme() == "https"_L1;
    const int usual = isSecure ? 443 : 80;
    return socket.scheme() == (isSecure ? "wss"_L1 : "ws"_L1) && !base.host().isEmpty()
           && socket.host() == base.host() && socket.port(usual) == base.port(usual);
}

} // namespace Anchorwatch
