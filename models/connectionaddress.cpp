#include "models/connectionaddress.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int maxAddressLength = 2048;

QString tr(const char *text)
{
    return QCoreApplication::translate("ConnectionAddress", text);
}

int portOf(const QUrl &url)
{
    return url.port(url.scheme() == "https"_L1 ? 443 : 80);
}

} // namespace

QString usualAddress(Connection::Kind kind)
{
    switch (kind) {
    case Connection::Kind::Anchor:
        return u"https://api.anchorbrowser.io"_s;
    case Connection::Kind::Grid:
        return u"http://127.0.0.1:4444"_s;
    case Connection::Kind::DevTools:
        return u"http://127.0.0.1:9222"_s;
    case Connection::Kind::Local:
    case Connection::Kind::Service:
        break;
    }
    return {};
}

QString completedAddress(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty() || trimmed.contains("://"_L1))
        return trimmed;
    const QString plain = u"http://"_s + trimmed;
    return isLoopback(QUrl(plain)) ? plain : u"https://"_s + trimmed;
}

QString addressProblem(const QString &text)
{
    const QString completed = completedAddress(text);
    if (completed.isEmpty())
        return tr("Type the address of the service.");
    if (completed.size() > maxAddressLength)
        return tr("The address is too long.");
    const QUrl url(completed, QUrl::StrictMode);
    if (!url.isValid())
        return tr("This is not a complete address.");
    if (url.scheme() != "http"_L1 && url.scheme() != "https"_L1)
        return tr("Only http and https addresses can be asked.");
    if (url.host().isEmpty() || url.port() == 0)
        return tr("This is not a complete address.");
    if (!url.userInfo().isEmpty())
        return tr("A user name or password must not be part of the address, which is saved and "
                  "shown.");
    if (url.hasQuery() || url.hasFragment())
        return tr("End the address before \"?\" and \"#\": what follows may be a secret, and the "
                  "address is saved and shown.");
    return {};
}

bool isLoopback(const QUrl &url)
{
    static const QRegularExpression loopbackNet(u"\\A127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\z"_s);
    const QString host = url.host();
    return host == "localhost"_L1 || host.endsWith(".localhost"_L1) || host == "::1"_L1
           || loopbackNet.match(host).hasMatch();
}

bool isSameOrigin(const QUrl &one, const QUrl &other)
{
    return one.scheme() == other.scheme() && one.host() == other.host()
           && portOf(one) == portOf(other);
}

} // namespace Anchorwatch
