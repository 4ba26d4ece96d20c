#include "apiclient.h"

#include <QJsonDocument>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QTest>

namespace Anchorwatch {

namespace {

constexpr int longestAnswerMs = 60'000;

} // namespace

QByteArray ApiAnswer::header(const QByteArray &name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

ApiClient::ApiClient(const QUrl &service)
    : m_service(service)
{
    m_network.setProxy(QNetworkProxy::NoProxy);
}

ApiAnswer ApiClient::get(const QString &path, const RequestHeaders &headers)
{
    return wait(m_network.get(requestFor(path, headers)));
}

ApiAnswer ApiClient::post(const QString &path, const QByteArray &body,
                          const QByteArray &contentType)
{
    return wait(m_network.post(requestFor(path, {{"Content-Type", contentType}}), body));
}

ApiAnswer ApiClient::remove(const QString &path)
{
    return wait(m_network.deleteResource(requestFor(path)));
}

void ApiClient::removeWithoutWaiting(const QString &path)
{
    QNetworkReply *reply = m_network.deleteResource(requestFor(path));
    QObject::connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
}

QList<ApiAnswer> ApiClient::getBoth(const QString &path, const QString &other)
{
    QNetworkReply *first = m_network.get(requestFor(path));
    QNetworkReply *second = m_network.get(requestFor(other));
    return {wait(first), wait(second)};
}

QList<ApiAnswer> ApiClient::removeTwice(const QString &path)
{
    QNetworkReply *first = m_network.deleteResource(requestFor(path));
    QNetworkReply *second = m_network.deleteResource(requestFor(path));
    return {wait(first), wait(second)};
}

QNetworkRequest ApiClient::requestFor(const QString &path, const RequestHeaders &headers) const
{
    QNetworkRequest request(m_service.resolved(QUrl(path)));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    for (const auto &[name, value] : m_commonHeaders + headers)
        request.setRawHeader(name, value);
    return request;
}

ApiAnswer ApiClient::wait(QNetworkReply *reply)
{
    if (!QTest::qWaitFor([reply] { return reply->isFinished(); }, longestAnswerMs))
        reply->abort();
    reply->deleteLater();
    ApiAnswer answer;
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.body = reply->readAll();
    answer.json = QJsonDocument::fromJson(answer.body).object();
    answer.headers = reply->rawHeaderPairs();
    return answer;
}

} // namespace Anchorwatch
