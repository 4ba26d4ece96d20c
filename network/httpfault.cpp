#include "network/httpfault.h"

#include "models/redaction.h"
#include "models/urltext.h"
#include "network/serviceaccess.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Fault", text);
}

// What is wrong with a certificate, to be read after "it".
QString wordsOf(const QSslError &error)
{
    const QSslCertificate certificate = error.certificate();
    switch (error.error()) {
    case QSslError::CertificateExpired:
        return tr("expired on %1").arg(certificate.expiryDate().date().toString(Qt::ISODate));
    case QSslError::CertificateNotYetValid:
        return tr("is not valid before %1")
            .arg(certificate.effectiveDate().date().toString(Qt::ISODate));
    case QSslError::HostNameMismatch:
        return tr("is for another name");
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
        return tr("is signed by itself");
    default: // of some thirty ways not to lead to an authority
        return tr("is signed by nobody this machine knows");
    }
}

} // namespace

Fault faultOfTransfer(QNetworkReply::NetworkError error, const QString &host)
{
    Fault fault;
    fault.kind = Fault::Kind::Unreachable;
    switch (error) {
    case QNetworkReply::ConnectionRefusedError:
        fault.what = tr("Connection refused by %1.").arg(host);
        break;
    case QNetworkReply::HostNotFoundError:
        fault.what = tr("The name %1 is not known.").arg(host);
        break;
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError:
        fault.kind = Fault::Kind::TimedOut;
        fault.what = tr("%1 did not answer in time.").arg(host);
        break;
    case QNetworkReply::SslHandshakeFailedError:
        fault.what = tr("No encrypted connection to %1 came about.").arg(host);
        break;
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
        fault.what = tr("The proxy on the way to %1 does not let us through.").arg(host);
        break;
    case QNetworkReply::TooManyRedirectsError:
    case QNetworkReply::InsecureRedirectError:
        fault.kind = Fault::Kind::BadAnswer;
        fault.what = tr("%1 sends us elsewhere, which is not followed.").arg(host);
        break;
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
        fault.kind = Fault::Kind::BadAnswer;
        fault.what = tr("%1 does not speak HTTP as it should.").arg(host);
        break;
    case QNetworkReply::UnknownContentError: // damaged, or inflates suspiciously far
        fault.kind = Fault::Kind::BadAnswer;
        fault.what = tr("%1 sent an answer that cannot be unpacked.").arg(host);
        break;
    default:
        fault.what = tr("The connection to %1 broke.").arg(host);
    }
    return fault;
}

Fault faultOfCertificate(const QList<QSslError> &errors, const QSslCertificate &certificate,
                         bool pinned, const QString &host)
{
    Fault fault;
    fault.kind = Fault::Kind::Unreachable;
    QStringList reasons;
    for (const QSslError &error : errors)
        reasons.append(wordsOf(error));
    reasons.removeDuplicates();
    fault.what = pinned ? tr("%1 shows another certificate than the one you trust. Nothing was "
                             "sent.")
                              .arg(host)
                        : tr("The certificate of %1 is not trusted: it %2. Nothing was sent.")
                              .arg(host, reasons.join(tr(", and ")));
    fault.certificate = fingerprintOf(certificate);
    fault.what += u' ' + tr("Its SHA-256 fingerprint is %1.").arg(fault.certificate);
    return fault;
}

Fault faultOfStatus(int status, const QString &host)
{
    if (status == 407) // of a proxy that passes on its own answer
        return faultOfTransfer(QNetworkReply::ProxyAuthenticationRequiredError, host);
    Fault fault;
    if (status == 401 || status == 403) {
        fault.kind = Fault::Kind::Refused;
        fault.what = tr("%1 refused us (%2).").arg(host).arg(status);
    } else if (status == 404 || status == 410) {
        fault.kind = Fault::Kind::NotFound;
        fault.what = tr("%1 does not know it (%2).").arg(host).arg(status);
    } else if (status == 429) {
        fault.kind = Fault::Kind::TooMany;
        fault.what = tr("%1 was asked too often.").arg(host);
    } else if (status >= 500) {
        fault.kind = Fault::Kind::ServiceError;
        fault.what = tr("%1 reports an error of its own (%2).").arg(host).arg(status);
    } else {
        fault.kind = Fault::Kind::BadRequest;
        fault.what = tr("%1 does not accept the request (%2).").arg(host).arg(status);
    }
    return fault;
}

std::optional<std::chrono::milliseconds> retryAfter(const QByteArray &header)
{
    bool isNumber = false;
    const qint64 seconds = header.trimmed().toLongLong(&isNumber);
    constexpr qint64 oneDay = qint64(24) * 60 * 60;
    if (isNumber && seconds >= 0)
        return std::chrono::seconds(std::min(seconds, oneDay));
    QString text = QString::fromLatin1(header.trimmed());
    if (!text.endsWith(" GMT"_L1))
        return std::nullopt;
    // Qt reads the offset of RFC 2822, not the name of a zone.
    text.replace(text.size() - 3, 3, u"+0000"_s);
    const QDateTime date = QDateTime::fromString(text, Qt::RFC2822Date);
    if (!date.isValid())
        return std::nullopt;
    const qint64 span = QDateTime::currentDateTimeUtc().msecsTo(date);
    if (span <= 0)
        return std::nullopt;
    return std::chrono::milliseconds(std::min(span, oneDay * 1000));
}

QString firstWords(const QByteArray &body)
{
    constexpr qsizetype most = 80;
    constexpr qsizetype enough = 4096;
    // "\/" is how some encoders write a slash: a URL must be known as one. Masked before it is cut,
    // since half a secret is not recognised.
    QString text = QString::fromUtf8(body.left(enough)).simplified();
    text = maskedText(text.replace("\\/"_L1, "/"_L1));
    return text.size() > most ? text.first(most) + u'…' : text;
}

Fault badAnswer(const QString &problem, const QByteArray &body)
{
    Fault fault;
    fault.kind = Fault::Kind::BadAnswer;
    fault.what = redacted(problem);
    fault.detail = firstWords(body);
    return fault;
}

} // namespace Anchorwatch
