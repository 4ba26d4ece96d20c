#include "network/cdpclient.h"

#include "network/upgraderefusal.h"

#include <QJsonDocument>
#include <QNetworkProxy>
#include <QTimer>

#include <utility>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

// The largest answers are pictures and cookie lists; past this a browser is not to be believed.
constexpr quint64 maxMessageBytes = quint64(64) * 1024 * 1024;

} // namespace

void CdpReply::deliver(const QJsonObject &result, const QString &error)
{
    if (std::exchange(m_answered, true))
        return;
    m_result = result;
    m_error = error;
    emit finished();
    deleteLater();
}

CdpClient::CdpClient(QObject *parent)
    : QObject(parent)
{
    m_socket.setProxy(QNetworkProxy::NoProxy);
    m_socket.setMaxAllowedIncomingMessageSize(maxMessageBytes);
    m_socket.setMaxAllowedIncomingFrameSize(maxMessageBytes);
    connect(&m_socket, &QWebSocket::connected, this, &CdpClient::opened);
    connect(&m_socket, &QWebSocket::disconnected, this, &CdpClient::onDisconnected);
    connect(&m_socket, &QWebSocket::textMessageReceived, this, &CdpClient::onMessage);
    // Qt 6.4 leaves a connection open that was answered with another status than it asked for.
    // Queued: the socket is still busy with itself when it says so.
    connect(
        &m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
        [this] {
            if (!isOpen() && refusedWith() != 0)
                m_socket.abort();
        },
        Qt::QueuedConnection);
}

CdpClient::~CdpClient()
{
    // The socket closes as it is destroyed, when there is nobody left to tell.
    m_socket.disconnect(this);
}

void CdpClient::open(const QNetworkRequest &endpoint)
{
    drop();
    m_socket.open(endpoint);
}

void CdpClient::drop()
{
    {
        const QSignalBlocker silent(m_socket);
        m_socket.abort();
    }
    failAll();
}

bool CdpClient::isOpen() const
{
    return m_socket.state() == QAbstractSocket::ConnectedState;
}

int CdpClient::refusedWith() const
{
    return upgradeStatus(m_socket.errorString());
}

CdpReply *CdpClient::call(const QString &method, const QJsonObject &parameters,
                          const QString &sessionId, std::chrono::milliseconds timeout)
{
    auto *reply = new CdpReply(this);
    const qint64 id = ++m_lastId;
    m_pending.insert(id, reply);

    if (!isOpen()) {
        // Queued: whoever calls has yet to connect to the reply.
        QMetaObject::invokeMethod(
            reply,
            [this, reply, id] {
                m_pending.remove(id);
                reply->deliver({}, u"closed"_s);
            },
            Qt::QueuedConnection);
        return reply;
    }
    QTimer::singleShot(timeout, reply, [this, reply, id] {
        m_pending.remove(id);
        reply->deliver({}, u"timed out"_s);
    });
    QJsonObject message{{"id"_L1, id}, {"method"_L1, method}};
    if (!parameters.isEmpty())
        message.insert("params"_L1, parameters);
    if (!sessionId.isEmpty())
        message.insert("sessionId"_L1, sessionId);
    m_socket.sendTextMessage(
        QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact)));
    return reply;
}

void CdpClient::onMessage(const QString &message)
{
    const QJsonObject object = QJsonDocument::fromJson(message.toUtf8()).object();
    const QJsonValue id = object.value("id"_L1);
    if (id.isUndefined()) {
        emit event(object.value("method"_L1).toString(), object.value("params"_L1).toObject(),
                   object.value("sessionId"_L1).toString());
        return;
    }
    CdpReply *reply = m_pending.take(id.toInteger(-1));
    if (!reply)
        return; // answered after its time was up
    const QJsonValue error = object.value("error"_L1);
    QString words;
    if (!error.isUndefined())
        words = error.toObject().value("message"_L1).toString(u"the browser refused"_s);
    reply->deliver(object.value("result"_L1).toObject(), words);
}

void CdpClient::onDisconnected()
{
    failAll();
    emit closed();
}

void CdpClient::failAll()
{
    const QHash<qint64, CdpReply *> pending = std::exchange(m_pending, {});
    for (CdpReply *reply : pending)
        reply->deliver({}, u"closed"_s);
}

} // namespace Anchorwatch
