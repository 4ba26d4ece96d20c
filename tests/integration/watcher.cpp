#include "watcher.h"

#include <QColor>
#include <QJsonDocument>
#include <QtEndian>

#include <utility>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int headerBytes = 16;

int small(const QByteArray &message, int offset)
{
    return qFromBigEndian<quint16>(message.constData() + offset);
}

} // namespace

Watcher::Watcher(const QString &link, Acks acks)
    : m_acks(acks)
{
    connect(&m_socket, &QWebSocket::binaryMessageReceived, this, &Watcher::onPicture);
    connect(&m_socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
        const QJsonObject message = QJsonDocument::fromJson(text.toUtf8()).object();
        const QString type = message.value("t"_L1).toString();
        m_last.insert(type, message);
        emit said(type);
    });
    connect(&m_socket, &QWebSocket::connected, this, [this] {
        for (const QString &text : std::exchange(m_unsent, {}))
            m_socket.sendTextMessage(text);
    });
    QUrl url(link);
    url.setScheme(u"ws"_s);
    m_socket.open(url);
}

void Watcher::look(int width, int everyMs)
{
    send({{"t"_L1, u"view"_s}, {"w"_L1, width}, {"visible"_L1, width > 0}, {"every"_L1, everyMs}});
}

void Watcher::send(const QJsonObject &message)
{
    sendRaw(QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact)));
}

void Watcher::sendRaw(const QString &text)
{
    if (isOpen())
        m_socket.sendTextMessage(text);
    else
        m_unsent.append(text);
}

bool Watcher::isOpen() const
{
    return m_socket.state() == QAbstractSocket::ConnectedState;
}

void Watcher::onPicture(const QByteArray &message)
{
    if (message.size() <= headerBytes)
        return;
    m_picture = message;
    m_cameAt = std::chrono::steady_clock::now();
    ++m_pictures;
    if (m_acks == Acks::Sent)
        send({{"t"_L1, u"ack"_s},
              {"seq"_L1, qint64(qFromBigEndian<quint32>(message.constData() + 4))}});
    emit pictureCame();
}

QImage Watcher::picture() const
{
    return QImage::fromData(m_picture.mid(headerBytes), "JPEG");
}

int Watcher::tab() const
{
    return m_picture.isEmpty() ? 0 : small(m_picture, 2);
}

QSize Watcher::pageSize() const
{
    return m_picture.isEmpty() ? QSize() : QSize(small(m_picture, 8), small(m_picture, 10));
}

bool Watcher::isStill() const
{
    return !m_picture.isEmpty() && (m_picture.at(1) & 1) != 0;
}

std::chrono::steady_clock::time_point Watcher::takenAt() const
{
    if (m_picture.isEmpty())
        return {};
    return m_cameAt
           - std::chrono::milliseconds(qFromBigEndian<quint32>(m_picture.constData() + 12));
}

QColor Watcher::middle() const
{
    const QImage image = picture();
    return image.isNull() ? QColor() : image.pixelColor(image.width() / 2, image.height() / 2);
}

QString Watcher::state() const
{
    return last(u"state"_s).value("state"_L1).toString();
}

bool isNear(const QColor &one, const QColor &other)
{
    constexpr int tolerance = 12;
    return one.isValid() && other.isValid() && std::abs(one.red() - other.red()) <= tolerance
           && std::abs(one.green() - other.green()) <= tolerance
           && std::abs(one.blue() - other.blue()) <= tolerance;
}

} // namespace Anchorwatch
