#pragma once

#include "network/http/httpanswer.h"
#include "network/http/httplimits.h"
#include "network/http/httpparser.h"
#include "network/http/httproutes.h"

#include <QElapsedTimer>
#include <QObject>

#include <chrono>

class QTcpSocket;

namespace Anchorwatch {

class HttpGate;

// One client: reads its requests one at a time, so that they are answered in order, has each judged
// by the gate and answered by its handler. Ends by itself with closed() or upgraded(), once.
class HttpConnection : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Idle,      // between requests
        Head,      // a part of a head has come
        Body,      // the head has passed the gate, the body is coming
        Answering, // the handler has the request; nothing more is read
        Sending,   // the answer is on its way, and has to be, before anything more is read
        Lingering, // all is said; what the client still sends is dropped, so that it can hear us
                   // out
        Upgraded,  // the socket is somebody else's now
        Closed,
    };
    Q_ENUM(State)

    // How readily a connection gives way when there are too many, most readily first. One that was
    // served before and behaves is worth more than one that never asked a whole question: without
    // this order a slow-loris throws out the idle keep-alive connections of honest clients.
    enum class Yield { Lingering, NeverServed, HalfRequest, Idle, Sending, Never };

    // Takes the socket. The gate and the limits must outlive the connection.
    HttpConnection(QTcpSocket *socket, const HttpGate &gate, const HttpLimits &limits,
                   QObject *parent);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] Yield yield() const;
    [[nodiscard]] std::chrono::milliseconds timeInState() const;

    // For HttpAnswer.
    [[nodiscard]] bool awaitsAnswer(quint64 serial) const;
    void answer(const HttpResponse &response);

    // Gives up a client that takes longer than the limits allow. To be called once a tick.
    void checkDeadlines();
    // Ends at once, without a word.
    void drop();

signals:
    // The client left, or was made to, or its socket was passed on.
    void closed();
    // The client is to have a WebSocket: the socket has no owner, its handshake is still to be
    // read. Nothing comes from the connection any more.
    void upgraded(QTcpSocket *socket);

private:
    void readOn();
    [[nodiscard]] bool advance();
    void admit();
    void admitWebSocket(const HttpRoutes::WebSocketMatch &match);
    void handOver();
    [[nodiscard]] QTcpSocket *giveAway();
    void dispatch();
    void refuse(const HttpResponse &response);
    void send(const HttpResponse &response, HttpPersistence persistence);
    void sendOn();
    void linger();
    void enter(State state);

    QTcpSocket *m_socket; // a child; null once it was given away
    const HttpGate &m_gate;
    const HttpLimits &m_limits;
    HttpParser m_parser;
    HttpHandler m_handler; // of the request at hand
    HttpRequest m_request; // likewise
    State m_state = State::Idle;
    HttpPersistence m_persistence = HttpPersistence::KeepAlive; // behind the answer being sent
    quint64 m_served = 0; // requests answered; with it an answer knows its request
    QElapsedTimer m_stateSince;
    QElapsedTimer m_progressSince; // the client last took bytes, or was first given some
};

} // namespace Anchorwatch
