#pragma once

#include "models/fault.h"

#include <QByteArray>
#include <QList>
#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslError>

#include <chrono>
#include <optional>

namespace Anchorwatch {

// What a failed transfer means, in words without the URL.
[[nodiscard]] Fault faultOfTransfer(QNetworkReply::NetworkError error, const QString &host);

// Why the certificate that a service showed is not trusted; `pinned` where it would have to be a
// certain one.
[[nodiscard]] Fault faultOfCertificate(const QList<QSslError> &errors,
                                       const QSslCertificate &certificate, bool pinned,
                                       const QString &host);

// What a status code from 400 on means.
[[nodiscard]] Fault faultOfStatus(int status, const QString &host);

// Retry-After as a span: seconds, or an HTTP date against now (RFC 9110, 10.2.3). Nothing when it
// is neither or lies in the past.
[[nodiscard]] std::optional<std::chrono::milliseconds> retryAfter(const QByteArray &header);

// The first words of an answer that is not what it should be, one line, fit to be shown.
[[nodiscard]] QString firstWords(const QByteArray &body);

// An answer that came and is not what it should be, with its first words.
[[nodiscard]] Fault badAnswer(const QString &problem, const QByteArray &body);

} // namespace Anchorwatch
