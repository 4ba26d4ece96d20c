#include "network/liveclient.h"

#include "network/livecodec.h"
#include "network/serviceaccess.h"
#include "network/upgraderefusal.h"

#include <QJsonDocument>
#include <QNetworkProxy>
#include <QSslConfiguration>
#include <QSslSocket>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr quint64 largestMessage = quint64(16) * 1024 * 1024;

QUrl socketUrl(const QString &link)
{
    QUrl url(link, QUrl::StrictMode);
    if (url.scheme() != "http"_L1 && url.scheme() != "https"_L1)
        return {};
    url.setScheme(url.scheme() == "https"_L1 ? u"wss"_s : u"ws"_s);
    url.setFragment({});
    return url;
}

// The tab a link names with "#tab=N"; 0 when it names none.
int tabOf(const QString &link)
{
    const QString fragment = QUrl(link).fragment();
    return fragment.startsWith("tab="_L1) ? qMax(0, QStringView(fragment).mid(4).toInt()) : 0;
}

} // namespace

LiveClient::LiveClient(const QString &link, LiveRole role, QObject *parent, const LiveTimes &times)
    : MessageFeed(role, tabOf(link), parent)
    , m_url(socketUrl(link))
    , m_times(times)
    , m_wait(times.firstRetry)
{
    m_socket.setProxy(QNetworkProxy::NoProxy);
    m_socket.setMaxAllowedIncomingMessageSize(largestMessage);
    m_socket.setMaxAllowedIncomingFrameSize(largestMessage);
    m_silence.setSingleShot(true);
    m_retry.setSingleShot(true);
    connect(&m_silence, &QTimer::timeout, this, [this] {
        const QSignalBlocker silent(m_socket);
        m_socket.abort();
        lose();
    });
    connect(&m_retry, &QTimer::timeout, this, &LiveClient::open);
    connectSocket();
}

LiveClient::~LiveClient()
{
    // The socket closes as it is destroyed, when there is nobody left to tell.
    m_socket.disconnect(this);
}

void LiveClient::connectSocket()
{
    connect(&m_socket, &QWebSocket::connected, this, &LiveClient::greet);
    connect(&m_socket, &QWebSocket::textMessageReceived, this, &LiveClient::onText);
    connect(&m_socket, &QWebSocket::binaryMessageReceived, this, &LiveClient::onPicture);
    // Queued: the socket is still busy with itself when it says so, and is opened again.
    connect(&m_socket, &QWebSocket::disconnected, this, &LiveClient::onClosed,
            Qt::QueuedConnection);
    connect(&m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
            &LiveClient::onClosed, Qt::QueuedConnection);
}

// QWebSocket can only ignore errors for all times to come, its socket those of this handshake.
void LiveClient::setTrustedCertificate(const QString &fingerprint)
{
    QSslConfiguration configuration = m_socket.sslConfiguration();
    configuration.setCaCertificates({});
    m_socket.setSslConfiguration(configuration);
    connect(&m_socket, &QWebSocket::sslErrors, this,
            [this, fingerprint](const QList<QSslError> &errors) {
                auto *tls = m_socket.findChild<QSslSocket *>();
                if (tls && fingerprintOf(tls->peerCertificate()) == fingerprint)
                    tls->ignoreSslErrors(errors);
            });
}

void LiveClient::open()
{
    if (m_isOver)
        return;
    if (!m_url.isValid() || m_url.host().isEmpty()) {
        stop({LiveState::Kind::Refused, tr("Its service gave no such address"),
              QDateTime::currentDateTimeUtc()});
        return;
    }
    m_silence.start(m_times.silence);
    m_socket.open(m_url);
}

void LiveClient::greet()
{
    m_silence.start(m_times.silence);
    introduce();
}

void LiveClient::onClosed()
{
    if (m_isOver || m_retry.isActive() || m_socket.state() != QAbstractSocket::UnconnectedState)
        return;
    if (refusedUpgrade(m_socket.errorString())) {
        stop({LiveState::Kind::Refused, tr("Its service does not show this session"),
              QDateTime::currentDateTimeUtc()});
        return;
    }
    lose();
}

void LiveClient::lose()
{
    m_silence.stop();
    m_retry.start(m_wait);
    m_wait = qMin(m_wait * 2, m_times.longestRetry);
    if (!std::exchange(m_isLost, true))
        emit stateChanged({LiveState::Kind::Lost, tr("Its service is not heard"),
                           QDateTime::currentDateTimeUtc()});
}

void LiveClient::stop(const LiveState &state)
{
    m_isOver = true;
    m_silence.stop();
    m_retry.stop();
    m_socket.close();
    emit stateChanged(state);
}

void LiveClient::onText(const QString &message)
{
    if (m_isOver)
        return;
    m_silence.start(m_times.silence);
    hear(QJsonDocument::fromJson(message.toUtf8()).object());
}

void LiveClient::greeted()
{
    m_wait = m_times.firstRetry;
    if (std::exchange(m_isLost, false))
        emit stateChanged({LiveState::Kind::Connecting, {}, QDateTime::currentDateTimeUtc()});
}

void LiveClient::onPicture(const QByteArray &message)
{
    if (m_isOver)
        return;
    m_silence.start(m_times.silence);
    see(decodePicture(message));
}

void LiveClient::send(const QJsonObject &json)
{
    if (m_socket.state() != QAbstractSocket::ConnectedState)
        return;
    m_socket.sendTextMessage(QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact)));
}

} // namespace Anchorwatch
