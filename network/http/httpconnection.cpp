#include "network/http/httpconnection.h"

#include "network/http/httpgate.h"

#include <QTcpSocket>

#include <sys/socket.h>

#include <utility>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

HttpConnection::HttpConnection(QTcpSocket *socket, const HttpGate &gate, const HttpLimits &limits,
                               QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_gate(gate)
    , m_limits(limits)
    , m_parser(limits)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(2 * m_parser.window());
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_stateSince.start();
    connect(m_socket, &QTcpSocket::readyRead, this, &HttpConnection::readOn);
    connect(m_socket, &QTcpSocket::bytesWritten, this, [this] {
        m_progressSince.start();
        sendOn();
    });
    connect(m_socket, &QTcpSocket::disconnected, this, [this] {
        if (std::exchange(m_state, State::Closed) != State::Closed)
            emit closed();
    });
}

HttpConnection::Yield HttpConnection::yield() const
{
    switch (m_state) {
    case State::Idle:
        return m_served == 0 ? Yield::NeverServed : Yield::Idle;
    case State::Head:
    case State::Body:
        return m_served == 0 ? Yield::NeverServed : Yield::HalfRequest;
    case State::Sending:
        return Yield::Sending;
    case State::Lingering:
        return Yield::Lingering;
    case State::Answering:
    case State::Upgraded:
    case State::Closed:
        break;
    }
    return Yield::Never;
}

std::chrono::milliseconds HttpConnection::timeInState() const
{
    return std::chrono::milliseconds(m_stateSince.elapsed());
}

void HttpConnection::readOn()
{
    if (m_state == State::Lingering)
        m_socket->skip(m_socket->bytesAvailable());
    while (advance()) {
    }
}

// Reads one step on; false when more bytes must come first, or the request is whole.
bool HttpConnection::advance()
{
    if (m_state != State::Idle && m_state != State::Head && m_state != State::Body)
        return false;
    const QByteArray bytes = m_socket->peek(m_parser.window());
    if (bytes.isEmpty())
        return false;
    if (m_state == State::Idle)
        enter(State::Head);
    const qsizetype taken = m_parser.feed(bytes);
    m_socket->skip(taken); // before the socket may be given away
    if (m_parser.stage() == HttpParser::Stage::Failed)
        refuse(m_parser.refusal());
    else if (m_state == State::Head && m_parser.stage() != HttpParser::Stage::Head)
        admit();
    if (m_state != State::Body || m_parser.stage() != HttpParser::Stage::Complete)
        return taken > 0;
    dispatch();
    return false;
}

// The head is complete: the gate decides whether there is more to read.
void HttpConnection::admit()
{
    const HttpHead &head = m_parser.head();
    auto verdict = m_gate.judge(head);
    if (const auto *refusal = std::get_if<HttpResponse>(&verdict))
        return refuse(*refusal);
    m_request = {.method = head.method,
                 .path = head.path(),
                 .query = head.query(),
                 .parameters = {},
                 .host = headerValues(head.headers, "Host").value(0),
                 .headers = head.headers,
                 .body = {}};
    if (const auto *socketMatch = std::get_if<HttpRoutes::WebSocketMatch>(&verdict))
        return admitWebSocket(*socketMatch);
    auto &match = std::get<HttpRoutes::Match>(verdict);
    m_handler = match.handler;
    m_request.parameters = match.parameters;
    enter(State::Body);
    // The gate lets no other expectation pass; HTTP/1.0 knows none (RFC 9110, 10.1.1).
    const bool waits = !m_request.header("Expect").isEmpty()
                       && head.version == HttpHead::Version::Http11
                       && m_parser.stage() == HttpParser::Stage::Body;
    if (waits)
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
}

void HttpConnection::admitWebSocket(const HttpRoutes::WebSocketMatch &match)
{
    m_request.parameters = match.parameters;
    if (const auto refusal = match.route.refusal(m_request))
        return refuse(*refusal);
    if (!match.route.pass)
        return handOver();
    match.route.pass(m_request, giveAway());
    emit closed();
}

// The head was read from the socket and is put back in our own writing, for those who read it next:
// what we understood is what they understand.
void HttpConnection::handOver()
{
    QByteArray head = "GET " + m_parser.head().target + " HTTP/1.1\r\n";
    for (const auto &[name, value] : m_parser.head().headers)
        head += name + ": " + value + "\r\n";
    head += "\r\n";
    QTcpSocket *socket = giveAway();
    socket->setReadBufferSize(0);
    for (qsizetype i = head.size(); i-- > 0;)
        socket->ungetChar(head.at(i));
    emit upgraded(socket);
}

QTcpSocket *HttpConnection::giveAway()
{
    QTcpSocket *socket = std::exchange(m_socket, nullptr);
    socket->disconnect(this);
    socket->setParent(nullptr);
    enter(State::Upgraded);
    return socket;
}

void HttpConnection::dispatch()
{
    m_request.body = m_parser.takeBody();
    enter(State::Answering);
    // Moved out, because a handler that answers at once makes room for the next request.
    const HttpRequest request = std::exchange(m_request, {});
    const HttpHandler handler = std::exchange(m_handler, {});
    handler(request, HttpAnswer(this, m_served));
}

bool HttpConnection::awaitsAnswer(quint64 serial) const
{
    return m_state == State::Answering && m_served == serial;
}

void HttpConnection::answer(const HttpResponse &response)
{
    ++m_served;
    send(response, m_parser.head().persistence);
}

// What is left of the request is unknown or unwanted, so there can be no next one.
void HttpConnection::refuse(const HttpResponse &response)
{
    send(response, HttpPersistence::Close);
}

void HttpConnection::send(const HttpResponse &response, HttpPersistence persistence)
{
    const auto content =
        m_parser.head().method == "HEAD" ? HttpContent::Described : HttpContent::Sent;
    const QByteArray bytes = serialized(response, persistence, content);
    m_parser = HttpParser(m_limits); // only now: the response may be its refusal
    m_persistence = persistence;
    enter(State::Sending);
    if (m_socket->bytesToWrite() == 0)
        m_progressSince.start();
    m_socket->write(bytes);
    sendOn();
}

// Decides what follows the answer, as soon as enough of it has left.
void HttpConnection::sendOn()
{
    if (m_state != State::Sending)
        return;
    const qint64 unsent = m_socket->bytesToWrite();
    if (m_persistence == HttpPersistence::Close) {
        if (unsent == 0)
            linger();
    } else if (unsent < m_limits.unsentBytes) {
        enter(State::Idle);
        // From the event loop: a client that has sent many requests ahead neither keeps the others
        // waiting nor deepens the stack.
        if (m_socket->bytesAvailable() > 0)
            QMetaObject::invokeMethod(this, &HttpConnection::readOn, Qt::QueuedConnection);
    }
}

// Closing while bytes of the client are unread resets the connection, and the client may never see
// the answer: so only our half is closed first (RFC 9112, 9.6).
void HttpConnection::linger()
{
    ::shutdown(static_cast<int>(m_socket->socketDescriptor()), SHUT_WR);
    enter(State::Lingering);
    m_socket->skip(m_socket->bytesAvailable());
}

void HttpConnection::enter(State state)
{
    m_state = state;
    m_stateSince.start();
}

void HttpConnection::checkDeadlines()
{
    const bool stalled =
        m_socket && m_socket->bytesToWrite() > 0
        && std::chrono::milliseconds(m_progressSince.elapsed()) > m_limits.stallTime;
    if (stalled)
        return drop();
    switch (m_state) {
    case State::Idle:
        if (timeInState() > m_limits.idleTime && m_socket->bytesToWrite() == 0)
            drop();
        break;
    case State::Head:
        if (timeInState() > m_limits.headTime)
            refuse(errorResponse(408, u"The head of the request took too long"_s));
        break;
    case State::Body:
        if (timeInState() > m_limits.bodyTime)
            refuse(errorResponse(408, u"The body of the request took too long"_s));
        break;
    case State::Lingering:
        if (timeInState() > m_limits.lingerTime)
            drop();
        break;
    case State::Answering:
    case State::Sending:
    case State::Upgraded:
    case State::Closed:
        break;
    }
}

void HttpConnection::drop()
{
    if (m_socket)
        m_socket->abort();
}

} // namespace Anchorwatch
