#include "tests/fakes/scriptedserver.h"

#include <QTcpSocket>
#include <QTimer>

#include <sys/socket.h>

#include <chrono>
#include <memory>
#include <optional>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds dripPause = 20ms;

void follow(QTcpSocket *socket, ScriptedAnswer::Then then)
{
    switch (then) {
    case ScriptedAnswer::Then::Keep:
    case ScriptedAnswer::Then::Hang:
        break;
    case ScriptedAnswer::Then::Close:
        socket->disconnectFromHost();
        break;
    case ScriptedAnswer::Then::Reset: {
        const linger atOnce{1, 0}; // a close without lingering sends RST (socket(7))
        ::setsockopt(static_cast<int>(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce,
                     sizeof atOnce);
        socket->abort();
        break;
    }
    }
}

void drip(QTcpSocket *socket, const ScriptedAnswer &answer)
{
    auto *timer = new QTimer(socket);
    const auto sent = std::make_shared<qsizetype>(answer.atOnce);
    socket->write(answer.bytes.first(answer.atOnce));
    QObject::connect(timer, &QTimer::timeout, socket, [socket, timer, answer, sent] {
        socket->write(answer.bytes.mid((*sent)++, 1));
        if (*sent < answer.bytes.size())
            return;
        timer->stop();
        follow(socket, answer.then);
    });
    timer->start(dripPause);
}

} // namespace

ScriptedAnswer ScriptedAnswer::of(int status, const QByteArray &body, const QByteArrayList &headers)
{
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(status) + " Scripted\r\n";
    for (const QByteArray &header : headers)
        bytes += header + "\r\n";
    bytes += "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n";
    return {bytes + body, Then::Keep, Speed::AtOnce};
}

ScriptedAnswer ScriptedAnswer::redirect(int status, const QByteArray &location)
{
    return of(status, {}, {"Location: " + location});
}

QByteArray RecordedRequest::header(const QByteArray &name) const
{
    for (const QByteArray &line : headers) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

std::optional<RecordedRequest> takeRequest(QByteArray *bytes)
{
    const qsizetype headEnd = bytes->indexOf("\r\n\r\n");
    if (headEnd < 0)
        return {};
    RecordedRequest request;
    for (const QByteArray &line : bytes->first(headEnd).split('\n'))
        request.headers.append(line.trimmed());
    const QByteArrayList requestLine = request.headers.takeFirst().split(' ');
    request.method = requestLine.value(0);
    request.target = requestLine.value(1);
    const qsizetype bodySize = request.header("Content-Length").toLongLong();
    if (bytes->size() < headEnd + 4 + bodySize)
        return {};
    request.body = bytes->mid(headEnd + 4, bodySize);
    bytes->remove(0, headEnd + 4 + bodySize);
    return request;
}

void send(QTcpSocket *socket, const ScriptedAnswer &answer)
{
    if (answer.speed == ScriptedAnswer::Speed::Drip) {
        drip(socket, answer);
        return;
    }
    socket->write(answer.bytes);
    socket->flush();
    follow(socket, answer.then);
}

ScriptedServer::ScriptedServer(QObject *parent)
    : QObject(parent)
{
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = m_server.nextPendingConnection())
            admit(socket);
    });
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("no port on loopback: %s", qPrintable(m_server.errorString()));
}

ScriptedServer::~ScriptedServer() = default;

QUrl ScriptedServer::url() const
{
    return QUrl(u"http://127.0.0.1:%1"_s.arg(m_server.serverPort()));
}

QList<RecordedRequest> ScriptedServer::asked(const QByteArray &method,
                                             const QByteArray &target) const
{
    QList<RecordedRequest> found;
    for (const RecordedRequest &request : m_requests) {
        if (request.method == method && (target.isEmpty() || request.target == target))
            found.append(request);
    }
    return found;
}

void ScriptedServer::admit(QTcpSocket *socket)
{
    connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
    connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
        m_unread.remove(socket);
        socket->deleteLater();
    });
}

void ScriptedServer::read(QTcpSocket *socket)
{
    QByteArray &unread = m_unread[socket];
    unread += socket->readAll();
    QList<RecordedRequest> whole;
    while (const std::optional<RecordedRequest> request = takeRequest(&unread))
        whole.append(*request);
    for (const RecordedRequest &request : std::as_const(whole)) {
        m_requests.append(request);
        send(socket, answerTo(request));
    }
}

ScriptedAnswer ScriptedServer::answerTo(const RecordedRequest &request)
{
    if (!m_queue.isEmpty())
        return m_queue.dequeue();
    return m_script ? m_script(request) : m_default;
}

} // namespace Anchorwatch
