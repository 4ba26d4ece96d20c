#include "network/serviceaccess.h"

#include <QCryptographicHash>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslConfiguration>
#include <QSslError>

namespace Anchorwatch {

QString fingerprintOf(const QSslCertificate &certificate)
{
    if (certificate.isNull())
        return {};
    const QByteArray digest = certificate.digest(QCryptographicHash::Sha256);
    return QString::fromLatin1(digest.toHex(':').toUpper());
}

ServiceAccess::ServiceAccess(const QString &trustedCertificate, QObject *parent)
    : QNetworkAccessManager(parent)
    , m_trusted(trustedCertificate)
{
    connect(this, &QNetworkAccessManager::sslErrors, this, &ServiceAccess::judge);
}

bool ServiceAccess::isPinned(const QNetworkReply &reply)
{
    const auto *access = qobject_cast<const ServiceAccess *>(reply.manager());
    return access && !access->m_trusted.isEmpty();
}

QNetworkReply *ServiceAccess::createRequest(Operation operation, const QNetworkRequest &request,
                                            QIODevice *data)
{
    if (m_trusted.isEmpty())
        return QNetworkAccessManager::createRequest(operation, request, data);
    // Without authorities every certificate is an error, so that judge() sees each of them.
    QNetworkRequest pinned = request;
    QSslConfiguration configuration = request.sslConfiguration();
    configuration.setCaCertificates({});
    pinned.setSslConfiguration(configuration);
    return QNetworkAccessManager::createRequest(operation, pinned, data);
}

// Without this the errors stand and the question is not sent.
void ServiceAccess::judge(QNetworkReply *reply, const QList<QSslError> &errors) const
{
    const QString shown = fingerprintOf(reply->sslConfiguration().peerCertificate());
    if (!m_trusted.isEmpty() && shown == m_trusted)
        reply->ignoreSslErrors(errors);
}

} // namespace Anchorwatch
