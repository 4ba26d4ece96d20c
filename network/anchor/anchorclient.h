#pragma once

#include "network/httpexchange.h"

#include <QNetworkAccessManager>
#include <QString>
#include <QUrl>

namespace Anchorwatch {

// Puts questions to the Anchor API. The key goes in the header "anchor-api-key", to the origin of
// the base URL alone: no request of ours is redirected to another.
class AnchorClient
{
public:
    // The manager must outlive it.
    AnchorClient(QNetworkAccessManager &manager, const QUrl &baseUrl);

    void setKey(const QString &key) { m_key = key.trimmed(); }
    [[nodiscard]] const QString &key() const { return m_key; }
    // Why nothing can be asked, as a sentence, or an empty string.
    [[nodiscard]] QString keyProblem() const;
    void setBounds(const HttpBounds &bounds) { m_bounds = bounds; }

    // The exchange belongs to the parent. `patience` times the deadline is what it may take.
    [[nodiscard]] HttpExchange *get(const QByteArray &path, double patience, QObject *parent) const;
    [[nodiscard]] HttpExchange *post(const QByteArray &path, const QByteArray &body,
                                     double patience, QObject *parent) const;
    [[nodiscard]] HttpExchange *remove(const QByteArray &path, double patience,
                                       QObject *parent) const;

    // What went wrong, with the service's own words and without the key.
    [[nodiscard]] Fault faultOf(const HttpExchange &exchange) const;
    // An answer that came and is not what it should be.
    [[nodiscard]] Fault badAnswer(const QString &problem, const HttpExchange &exchange) const;

    // With the key only where the address is of the API's own origin; the session's id opens
    // others.
    [[nodiscard]] QNetworkRequest socketRequest(const QUrl &address) const;

    // "/v1/sessions/" with the id as one segment.
    [[nodiscard]] static QByteArray sessionPath(const QString &id);

private:
    [[nodiscard]] QNetworkRequest withKey(QNetworkRequest request) const;
    [[nodiscard]] HttpBounds boundsFor(double patience) const;

    QNetworkAccessManager &m_manager;
    QUrl m_baseUrl;
    QString m_key;
    HttpBounds m_bounds;
};

} // namespace Anchorwatch
