#include "network/service/socketrelay.h"

#include <QHostAddress>
#include <QNetworkProxy>

#include <algorithm>
#include <chrono>
#include <utility>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 bufferBytes = qint64(256) * 1024;
constexpr qint64 maxAnswerBytes = qint64(16) * 1024; // of the browser's head
constexpr auto longestGreeting = 10s;
constexpr auto longestFarewell = 5s;

// The client's handshake as if it had come to the browser. Only what the WebSocket needs: Chromium
// answers 403 to any Origin, and 500 to a Host that is neither an address nor localhost.
QByteArray greeting(const HttpHeaders &handshake, const BrowserEndpoint &endpoint)
{
    QByteArray head = "GET " + endpoint.path.toLatin1()
                      + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(endpoint.port)
                      + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
    for (const auto &[name, value] : handshake) {
        if (name.toLower().startsWith("sec-websocket-"))
            head += name + ": " + value + "\r\n";
    }
    return head + "\r\n";
}

void pass(QTcpSocket &from, QTcpSocket &to)
{
    while (from.bytesAvailable() > 0 && to.bytesToWrite() < bufferBytes)
        to.write(from.read(bufferBytes - to.bytesToWrite()));
}

bool isGone(const QTcpSocket &socket)
{
    return socket.state() == QAbstractSocket::UnconnectedState;
}

} // namespace

SocketRelay::SocketRelay(QTcpSocket *client, const HttpHeaders &handshake,
                         const BrowserEndpoint &endpoint, QObject *parent)
    : QObject(parent)
    , m_client(client)
{
    m_client->setParent(this);
    m_browser.setProxy(QNetworkProxy::NoProxy);
    for (QTcpSocket *socket : {m_client, &m_browser}) {
        socket->setReadBufferSize(bufferBytes);
        connect(socket, &QTcpSocket::readyRead, this, &SocketRelay::readOn);
        connect(socket, &QTcpSocket::bytesWritten, this, &SocketRelay::readOn);
    }
    connect(m_client, &QTcpSocket::disconnected, this, [this] { close(m_client, &m_browser); });
    connect(&m_browser, &QTcpSocket::disconnected, this, [this] { close(&m_browser, m_client); });
    connect(&m_browser, &QTcpSocket::errorOccurred, this, [this] {
        if (m_state == State::Greeting)
            refuse();
    });
    connect(&m_browser, &QTcpSocket::connected, this,
            [this, words = greeting(handshake, endpoint)] {
                m_browser.setSocketOption(QAbstractSocket::LowDelayOption, 1);
                m_browser.write(words);
            });
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &SocketRelay::onDeadline);
    m_deadline.start(longestGreeting);
    m_browser.connectToHost(QHostAddress(QHostAddress::LocalHost), endpoint.port);
}

SocketRelay::~SocketRelay()
{
    // They close as they are destroyed, when there is nobody left to tell.
    m_client->disconnect(this);
    m_browser.disconnect(this);
}

void SocketRelay::readOn()
{
    if (m_state == State::Greeting)
        readAnswer();
    if (m_state != State::Open)
        return;
    pass(*m_client, m_browser);
    pass(m_browser, *m_client);
}

// Until the browser has agreed, what the client says is not passed on: it would be read as HTTP.
void SocketRelay::readAnswer()
{
    const QByteArray answer = m_browser.peek(maxAnswerBytes);
    if (!answer.contains("\r\n\r\n") && answer.size() < maxAnswerBytes)
        return;
    if (!answer.startsWith("HTTP/1.1 101 ")) {
        refuse();
        return;
    }
    m_deadline.stop();
    m_state = State::Open;
}

void SocketRelay::refuse()
{
    m_state = State::Leaving;
    m_deadline.start(longestFarewell);
    m_browser.abort();
    m_client->write(serialized(errorResponse(502, u"The browser does not answer"_s),
                               HttpPersistence::Close, HttpContent::Sent));
    m_client->disconnectFromHost();
}

void SocketRelay::close(QTcpSocket *gone, QTcpSocket *other)
{
    if (m_state == State::Greeting && gone == &m_browser) {
        refuse();
        return;
    }
    const State before = std::exchange(m_state, State::Leaving);
    if (before == State::Greeting) {
        m_browser.abort();
    } else if (before == State::Open) {
        m_deadline.start(longestFarewell);
        other->write(gone->readAll());
        other->disconnectFromHost();
    }
    // Closing the other may have led here before this.
    if (m_state != State::Ended && isGone(*m_client) && isGone(m_browser)) {
        m_state = State::Ended;
        m_deadline.stop();
        emit ended();
    }
}

void SocketRelay::onDeadline()
{
    if (m_state == State::Greeting) {
        refuse();
        return;
    }
    m_browser.abort();
    m_client->abort();
}

} // namespace Anchorwatch
