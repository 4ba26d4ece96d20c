#include "network/grid/gridclient.h"

#include "models/urltext.h"
#include "network/grid/gridcodec.h"
#include "network/httpfault.h"
#include "network/rebasedurl.h"

#include <QCoreApplication>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

GridClient::GridClient(QNetworkAccessManager &manager, const QUrl &baseUrl)
    : m_manager(manager)
    , m_baseUrl(baseUrl)
{
}

void GridClient::setCredentials(const QString &user, const QString &password)
{
    m_authorization.clear();
    if (!user.isEmpty())
        m_authorization = "Basic " + (user + u':' + password).toUtf8().toBase64();
}

HttpExchange *GridClient::get(const QByteArray &path, QObject *parent) const
{
    QNetworkRequest request = HttpExchange::request(urlBelow(m_baseUrl, path));
    authorize(&request);
    return new HttpExchange(m_manager.get(request), m_bounds, parent);
}

HttpExchange *GridClient::post(const QByteArray &path, const QByteArray &body, int patience,
                               QObject *parent) const
{
    QNetworkRequest request = HttpExchange::commandRequest(urlBelow(m_baseUrl, path));
    authorize(&request);
    // Without the charset the Grid answers 500 (seen on 4.48.0).
    request.setHeader(QNetworkRequest::ContentTypeHeader,
                      QByteArrayLiteral("application/json; charset=utf-8"));
    return new HttpExchange(m_manager.post(request, body), boundsFor(patience), parent);
}

HttpExchange *GridClient::remove(const QByteArray &path, int patience, QObject *parent) const
{
    QNetworkRequest request = HttpExchange::commandRequest(urlBelow(m_baseUrl, path));
    authorize(&request);
    return new HttpExchange(m_manager.deleteResource(request), boundsFor(patience), parent);
}

QNetworkRequest GridClient::socketRequest(const QUrl &address) const
{
    QNetworkRequest request(address);
    if (!m_authorization.isEmpty() && isSocketOf(address, m_baseUrl))
        request.setRawHeader("Authorization", m_authorization);
    return request;
}

QByteArray GridClient::sessionPath(const QString &id)
{
    return "/session/" + QUrl::toPercentEncoding(id);
}

void GridClient::authorize(QNetworkRequest *request) const
{
    if (!m_authorization.isEmpty())
        request->setRawHeader("Authorization", m_authorization);
    // What the manager was told for another connection to this host is none of ours.
    request->setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
}

HttpBounds GridClient::boundsFor(int patience) const
{
    HttpBounds bounds = m_bounds;
    bounds.deadline *= patience;
    return bounds;
}

Fault gridFault(const HttpExchange &exchange)
{
    Fault fault = *exchange.fault();
    const GridError error = decodeGridError(exchange.body());
    fault.detail = maskedText(error.words);
    if (fault.kind == Fault::Kind::NotFound && error.code != "invalid session id"_L1) {
        fault.kind = Fault::Kind::BadAnswer;
        fault.what =
            QCoreApplication::translate("GridClient", "This address has no Selenium Grid.");
    }
    return fault;
}

} // namespace Anchorwatch
