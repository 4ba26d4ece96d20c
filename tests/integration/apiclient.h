#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QUrl>

namespace Anchorwatch {

// What a service answered.
struct ApiAnswer
{
    int status = 0; // 0 when there was no answer
    QByteArray body;
    QJsonObject json; // of the body, empty when it is none
    QList<std::pair<QByteArray, QByteArray>> headers;

    // The first of that name, in any case; empty when there is none.
    [[nodiscard]] QByteArray header(const QByteArray &name) const;
};

using RequestHeaders = QList<std::pair<QByteArray, QByteArray>>;

// Asks a service as a test does: one question, then its answer. Follows no redirects.
class ApiClient
{
public:
    explicit ApiClient(const QUrl &service);

    // Sent with every question from now on.
    void setCommonHeaders(const RequestHeaders &headers) { m_commonHeaders = headers; }

    [[nodiscard]] ApiAnswer get(const QString &path, const RequestHeaders &headers = {});
    [[nodiscard]] ApiAnswer post(const QString &path, const QByteArray &body,
                                 const QByteArray &contentType = "application/json");
    [[nodiscard]] ApiAnswer remove(const QString &path);
    // For who does not stay for the answer.
    void removeWithoutWaiting(const QString &path);
    // Two questions that are under way at once.
    [[nodiscard]] QList<ApiAnswer> getBoth(const QString &path, const QString &other);
    // Likewise.
    [[nodiscard]] QList<ApiAnswer> removeTwice(const QString &path);

private:
    [[nodiscard]] ApiAnswer wait(QNetworkReply *reply);
    [[nodiscard]] QNetworkRequest requestFor(const QString &path,
                                             const RequestHeaders &headers = {}) const;

    QUrl m_service;
    RequestHeaders m_commonHeaders;
    QNetworkAccessManager m_network;
};

} // namespace Anchorwatch
