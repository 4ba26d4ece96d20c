#include "network/anchor/anchorclient.h"

#include "models/urltext.h"
#include "network/anchor/anchorcodec.h"
#include "network/anchor/anchorurls.h"
#include "network/httpfault.h"
#include "network/rebasedurl.h"

#include <QCoreApplication>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int paymentRequired = 402;
constexpr int unauthorized = 401;

QString tr(const char *text)
{
    return QCoreApplication::translate("AnchorClient", text);
}

// Anything else could end the header and begin another (RFC 9110, 5.5).
bool isPrintable(QChar c)
{
    return c.unicode() > 0x20 && c.unicode() < 0x7F;
}

} // namespace

AnchorClient::AnchorClient(QNetworkAccessManager &manager, const QUrl &baseUrl)
    : m_manager(manager)
    , m_baseUrl(baseUrl)
{
}

QString AnchorClient::keyProblem() const
{
    if (m_key.isEmpty())
        return tr("The connection has no API key.");
    if (!std::all_of(m_key.cbegin(), m_key.cend(), isPrintable))
        return tr("The API key has characters that no key has, such as a space in it.");
    return {};
}

HttpExchange *AnchorClient::get(const QByteArray &path, double patience, QObject *parent) const
{
    const QNetworkRequest request = HttpExchange::request(urlBelow(m_baseUrl, path));
    return new HttpExchange(m_manager.get(withKey(request)), boundsFor(patience), parent);
}

HttpExchange *AnchorClient::post(const QByteArray &path, const QByteArray &body, double patience,
                                 QObject *parent) const
{
    QNetworkRequest request = HttpExchange::commandRequest(urlBelow(m_baseUrl, path));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    return new HttpExchange(m_manager.post(withKey(request), body), boundsFor(patience), parent);
}

HttpExchange *AnchorClient::remove(const QByteArray &path, double patience, QObject *parent) const
{
    const QNetworkRequest request = HttpExchange::commandRequest(urlBelow(m_baseUrl, path));
    return new HttpExchange(m_manager.deleteResource(withKey(request)), boundsFor(patience),
                            parent);
}

Fault AnchorClient::faultOf(const HttpExchange &exchange) const
{
    Fault fault = *exchange.fault();
    const QString words = anchorErrorWords(exchange.body());
    fault.detail =
        words.isEmpty() ? badAnswer({}, exchange).detail : maskedText(withoutKey(words, m_key));
    if (exchange.status() == unauthorized)
        fault.what = tr("%1 does not accept the API key.").arg(m_baseUrl.host());
    if (exchange.status() == paymentRequired)
        fault.what = tr("The Anchor account has no credits left.");
    return fault;
}

Fault AnchorClient::badAnswer(const QString &problem, const HttpExchange &exchange) const
{
    const QString body = withoutKey(QString::fromUtf8(exchange.body()), m_key);
    return Anchorwatch::badAnswer(problem, body.toUtf8());
}

QNetworkRequest AnchorClient::socketRequest(const QUrl &address) const
{
    const QNetworkRequest request(address);
    return m_key.isEmpty() || !isSocketOf(address, m_baseUrl) ? request : withKey(request);
}

QByteArray AnchorClient::sessionPath(const QString &id)
{
    return "/v1/sessions/" + QUrl::toPercentEncoding(id);
}

QNetworkRequest AnchorClient::withKey(QNetworkRequest request) const
{
    request.setRawHeader("anchor-api-key", m_key.toLatin1());
    // What the manager was told for another connection to this host is none of ours.
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    return request;
}

HttpBounds AnchorClient::boundsFor(double patience) const
{
    HttpBounds bounds = m_bounds;
    bounds.deadline = std::chrono::round<std::chrono::milliseconds>(bounds.deadline * patience);
    return bounds;
}

} // namespace Anchorwatch
