#pragma once

#include "network/httpexchange.h"

#include <QNetworkAccessManager>
#include <QUrl>

namespace Anchorwatch {

// Puts questions to one Selenium Grid. Name and password go to its origin alone: no request of ours
// is redirected to another.
class GridClient
{
public:
    // The manager must outlive it.
    GridClient(QNetworkAccessManager &manager, const QUrl &baseUrl);

    // For Basic authentication (RFC 7617); an empty user for none.
    [[nodiscard]] bool hasCredentials() const { return !m_authorization.isEmpty(); }
    void setCredentials(const QString &user, const QString &password);
    void setBounds(const HttpBounds &bounds) { m_bounds = bounds; }
    [[nodiscard]] const QUrl &baseUrl() const { return m_baseUrl; }

    // The exchange belongs to the parent. `patience` times the deadline is what it may take.
    [[nodiscard]] HttpExchange *get(const QByteArray &path, QObject *parent) const;
    [[nodiscard]] HttpExchange *post(const QByteArray &path, const QByteArray &body, int patience,
                                     QObject *parent) const;
    [[nodiscard]] HttpExchange *remove(const QByteArray &path, int patience, QObject *parent) const;

    // With the login where the address is of the Grid's own origin: one in front of it may ask.
    [[nodiscard]] QNetworkRequest socketRequest(const QUrl &address) const;

    // "/session/" with the id as one segment.
    [[nodiscard]] static QByteArray sessionPath(const QString &id);

private:
    void authorize(QNetworkRequest *request) const;
    [[nodiscard]] HttpBounds boundsFor(int patience) const;

    QNetworkAccessManager &m_manager;
    QUrl m_baseUrl;
    QByteArray m_authorization;
    HttpBounds m_bounds;
};

// What went wrong, with the Grid's own words. A 404 means that the session is unknown only where
// the Grid says so; any other server says 404 of anything.
[[nodiscard]] Fault gridFault(const HttpExchange &exchange);

} // namespace Anchorwatch
