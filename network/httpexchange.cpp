#include "network/httpexchange.h"

#include "network/httpfault.h"
#include "network/serviceaccess.h"

#include <QNetworkRequest>
#include <QSslConfiguration>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostRedirects = 5;
constexpr qint64 mebibyte = qint64(1024) * 1024;
constexpr qint64 readBufferBytes = mebibyte / 4;

} // namespace

HttpExchange::HttpExchange(QNetworkReply *reply, const HttpBounds &bounds, QObject *parent)
    : QObject(parent)
    , m_reply(reply)
    , m_bounds(bounds)
{
    reply->setParent(this);
    reply->setReadBufferSize(readBufferBytes);
    m_elapsed.start();
    m_deadline.setSingleShot(true);
    m_deadline.start(bounds.deadline);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        giveUp(faultOfTransfer(QNetworkReply::TimeoutError, m_reply->url().host()));
    });
    connect(reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        m_distrust = faultOfCertificate(errors, m_reply->sslConfiguration().peerCertificate(),
                                        ServiceAccess::isPinned(*m_reply), m_reply->url().host());
    });
    connect(reply, &QIODevice::readyRead, this, &HttpExchange::read);
    connect(reply, &QNetworkReply::finished, this, &HttpExchange::finish);
}

HttpExchange::~HttpExchange()
{
    m_reply->disconnect(this);
    m_reply->abort();
}

QNetworkRequest HttpExchange::request(const QUrl &url)
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::SameOriginRedirectPolicy);
    request.setMaximumRedirectsAllowed(mostRedirects);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setRawHeader("Accept", "application/json");
    return request;
}

QNetworkRequest HttpExchange::commandRequest(const QUrl &url)
{
    QNetworkRequest command = request(url);
    command.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    return command;
}

QByteArray HttpExchange::header(const QByteArray &name) const
{
    return m_reply->rawHeader(name);
}

void HttpExchange::read()
{
    if (m_body.isEmpty())
        makeRoom();
    m_body += m_reply->readAll();
    if (m_body.size() <= m_bounds.bodyBytes)
        return;
    Fault fault;
    fault.kind = Fault::Kind::BadAnswer;
    fault.what = tr("%1 sent more than %2 MiB.")
                     .arg(m_reply->url().host())
                     .arg(m_bounds.bodyBytes / mebibyte);
    giveUp(fault);
}

// At once, for what is said to come and for a parser that reads a little beyond the end: a body
// that grows piece by piece leaves ever larger holes in memory behind it.
void HttpExchange::makeRoom()
{
    constexpr qint64 parserPadding = 64;
    const qint64 said = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    if (said > 0)
        m_body.reserve(std::min(said, m_bounds.bodyBytes) + parserPadding);
}

void HttpExchange::giveUp(const Fault &fault)
{
    if (m_fault)
        return;
    m_fault = fault;
    m_body.clear();
    m_reply->abort(); // emits finished()
}

void HttpExchange::finish()
{
    m_deadline.stop();
    m_milliseconds = static_cast<double>(m_elapsed.nsecsElapsed()) / 1e6;
    if (!m_fault) {
        read();
        m_status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (!m_fault)
            m_fault = judge();
    }
    emit finished();
}

std::optional<Fault> HttpExchange::judge() const
{
    const QString host = m_reply->url().host();
    const QNetworkReply::NetworkError error = m_reply->error();
    if (m_status >= 400) {
        Fault fault = faultOfStatus(m_status, host);
        fault.retryAfter = retryAfter(header("Retry-After"));
        return fault;
    }
    if (m_status >= 300 && m_status != 304)
        return faultOfTransfer(QNetworkReply::TooManyRedirectsError, host);
    if (error == QNetworkReply::SslHandshakeFailedError && m_distrust)
        return m_distrust;
    if (error != QNetworkReply::NoError)
        return faultOfTransfer(error, host);
    return std::nullopt;
}

} // namespace Anchorwatch
