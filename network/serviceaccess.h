#pragma once

#include <QNetworkAccessManager>
#include <QSslCertificate>
#include <QString>

namespace Anchorwatch {

// The SHA-256 fingerprint of a certificate as browsers show it: "3A:9F:…".
[[nodiscard]] QString fingerprintOf(const QSslCertificate &certificate);

// The way to one service over the network. Its certificate is judged by the authorities of this
// machine or, where the user trusts one certificate, by that one's fingerprint alone: any other is
// refused then, whoever vouches for it.
class ServiceAccess : public QNetworkAccessManager
{
    Q_OBJECT

public:
    explicit ServiceAccess(const QString &trustedCertificate = {}, QObject *parent = nullptr);

    // Whether the question was sent where one certificate alone is trusted.
    [[nodiscard]] static bool isPinned(const QNetworkReply &reply);

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request,
                                 QIODevice *data) override;

private:
    void judge(QNetworkReply *reply, const QList<QSslError> &errors) const;

    QString m_trusted;
};

} // namespace Anchorwatch
