#include "network/service/socketviewerline.h"

#include <QJsonDocument>
#include <QWebSocket>

#include <utility>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr quint64 watchMessageBytes = quint64(16) * 1024;
constexpr quint64 controlMessageBytes = quint64(24) * 1024 * 1024;
// What a viewer that does not read may make us keep.
constexpr qint64 maxUnsentBytes = qint64(8) * 1024 * 1024;
constexpr auto pingInterval = 15s;

} // namespace

SocketViewerLine::SocketViewerLine(QWebSocket *socket, LiveRole role, QObject *parent)
    : ViewerLine(parent)
    , m_socket(socket)
{
    m_socket->setParent(this);
    const quint64 limit = role == LiveRole::Watch ? watchMessageBytes : controlMessageBytes;
    m_socket->setMaxAllowedIncomingFrameSize(limit);
    m_socket->setMaxAllowedIncomingMessageSize(limit);
    connect(&m_ping, &QTimer::timeout, this, &SocketViewerLine::ping);
    m_ping.start(pingInterval);
    connect(m_socket, &QWebSocket::textMessageReceived, this, &SocketViewerLine::onText);
    connect(m_socket, &QWebSocket::binaryMessageReceived, this,
            [this] { m_socket->close(QWebSocketProtocol::CloseCodeDatatypeNotSupported); });
    connect(m_socket, &QWebSocket::pong, this, [this] { m_hasPonged = true; });
    connect(m_socket, &QWebSocket::disconnected, this, &ViewerLine::left);
}

SocketViewerLine::~SocketViewerLine()
{
    m_socket->disconnect(this);
}

void SocketViewerLine::send(const QJsonObject &message)
{
    if (m_socket->bytesToWrite() > maxUnsentBytes) {
        m_socket->abort();
        return;
    }
    m_socket->sendTextMessage(
        QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact)));
}

void SocketViewerLine::sendPicture(const LiveFrame &frame, int tab, quint32 serial,
                                   std::chrono::milliseconds age)
{
    m_socket->sendBinaryMessage(encodeFrame(frame, tab, serial, age));
}

void SocketViewerLine::close(Parting parting)
{
    switch (parting) {
    case Parting::Done:
        m_socket->close();
        return;
    case Parting::Nonsense:
        m_socket->close(QWebSocketProtocol::CloseCodeWrongDatatype);
        return;
    case Parting::OnlyWatches:
        m_socket->close(QWebSocketProtocol::CloseCodePolicyViolated, u"This link only watches"_s);
        return;
    }
}

void SocketViewerLine::onText(const QString &text)
{
    QJsonParseError error;
    const QJsonObject message = QJsonDocument::fromJson(text.toUtf8(), &error).object();
    if (error.error != QJsonParseError::NoError)
        close(Parting::Nonsense);
    else
        emit heard(message);
}

void SocketViewerLine::ping()
{
    if (!std::exchange(m_hasPonged, false))
        m_socket->abort();
    else
        m_socket->ping();
}

} // namespace Anchorwatch
