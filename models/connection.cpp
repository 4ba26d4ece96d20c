#include "models/connection.h"

namespace Anchorwatch {

using namespace Qt::StringLiterals;

QUrl Connection::sessionsUrl() const
{
    QUrl url = baseUrl.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment);
    QString path = url.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path + "/api/browser-automation/sessions"_L1);
    return url;
}

QUrl Connection::sessionUrl(const QString &sessionId) const
{
    const QByteArray sessions = sessionsUrl().toEncoded();
    return QUrl::fromEncoded(sessions + '/' + QUrl::toPercentEncoding(sessionId));
}

QUrl Connection::tabUrl(const QString &sessionId, int tab) const
{
    return QUrl::fromEncoded(sessionUrl(sessionId).toEncoded() + "/tabs/"
                             + QByteArray::number(tab));
}

} // namespace Anchorwatch
