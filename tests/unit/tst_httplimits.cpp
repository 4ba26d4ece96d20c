#include "network/http/httpconnection.h"
#include "network/http/httpserver.h"
#include "tests/fakes/rawhttpclient.h"

#include <QTest>
#include <QTimer>

#include <algorithm>
#include <memory>
#include <vector>

using namespace Anchorwatch;
using namespace std::chrono_literals;
using State = HttpConnection::State;

// What one client may take of the server's time, memory and connections: every limit made small, so
// that a test meets it soon. Routes: GET /now answers at once, GET /large with 256 KiB, GET /later
// never.
class TestHttpLimits : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void defaultsAreTheContract();
    void slowClientIsToldAndDropped_data();
    void slowClientIsToldAndDropped();
    void unusedClientIsClosed();
    void idleClientIsClosed();
    void slowHandlerIsWaitedFor();
    void clientThatDoesNotReadIsDropped();
    void unreadAnswersAreBounded();
    void refusedClientThatStaysIsDropped();
    void pooledClientOutlivesSlowOnes();
    void firstToGiveWay_data();
    void firstToGiveWay();
    void idleLongestGivesWay();
    void newcomerIsRefusedWhenNoneGivesWay();

private:
    using Client = std::unique_ptr<RawHttpClient>;

    // The server looks at no deadline by itself: the test does, when it is ready.
    void stopTheClock() { m_limits.tick = 24h; }
    void start();
    [[nodiscard]] Client client() const;
    // A client that was never served or was, and then brought its connection into that state; none
    // when it did not get there.
    [[nodiscard]] Client clientIn(State state) const;
    [[nodiscard]] Client servedClientIn(State state) const;
    [[nodiscard]] bool bring(RawHttpClient &client, State state) const;
    [[nodiscard]] HttpConnection *connectionOf(const RawHttpClient &client) const;
    void checkDeadlinesOf(const RawHttpClient &client) const;
    // Closed when there is none any more.
    [[nodiscard]] State stateOf(const RawHttpClient &client) const;

    HttpLimits m_limits;
    std::unique_ptr<HttpServer> m_server;
    int m_answered = 0;
};

void TestHttpLimits::init()
{
    m_answered = 0;
    m_limits = {};
    m_limits.tick = 10ms;
}

void TestHttpLimits::start()
{
    m_server = std::make_unique<HttpServer>(m_limits);
    m_server->addRoute("GET", "/now", [](const HttpRequest &, const HttpAnswer &answer) {
        answer.send({.body = "now"});
    });
    m_server->addRoute("POST", "/now", [](const HttpRequest &, const HttpAnswer &answer) {
        answer.send({.body = "now"});
    });
    m_server->addRoute("GET", "/large", [this](const HttpRequest &, const HttpAnswer &answer) {
        ++m_answered;
        answer.send({.body = QByteArray(256 * kibibyte, 'x')});
    });
    m_server->addRoute("GET", "/huge", [](const HttpRequest &, const HttpAnswer &answer) {
        answer.send({.body = QByteArray(32 * mebibyte, 'x')});
    });
    m_server->addRoute("GET", "/later", [](const HttpRequest &, const HttpAnswer &) {});
    QVERIFY(m_server->listen(QHostAddress::LocalHost, 0));
}

TestHttpLimits::Client TestHttpLimits::client() const
{
    return std::make_unique<RawHttpClient>(m_server->serverPort());
}

TestHttpLimits::Client TestHttpLimits::clientIn(State state) const
{
    auto made = client();
    return bring(*made, state) ? std::move(made) : nullptr;
}

TestHttpLimits::Client TestHttpLimits::servedClientIn(State state) const
{
    auto made = client();
    made->request("GET /now");
    const bool served = QTest::qWaitFor([&] { return made->answers().size() == 1; });
    return served && bring(*made, state) ? std::move(made) : nullptr;
}

bool TestHttpLimits::bring(RawHttpClient &client, State state) const
{
    switch (state) {
    case State::Idle:
    case State::Upgraded:
    case State::Closed:
        break;
    case State::Head:
        client.send("GET /now HTTP/1.1\r\n");
        break;
    case State::Body:
        client.request("POST /now", "Content-Type: application/json\r\nContent-Length: 5\r\n",
                       "hel");
        break;
    case State::Answering:
        client.request("GET /later");
        break;
    case State::Sending:
        client.stopReading();
        client.request("GET /huge");
        break;
    case State::Lingering:
        client.stopReading(); // so that it does not see that it should close
        client.request("GET /unknown");
        break;
    }
    return QTest::qWaitFor([&] { return stateOf(client) == state; });
}

HttpConnection *TestHttpLimits::connectionOf(const RawHttpClient &client) const
{
    const auto connections = m_server->findChildren<HttpConnection *>();
    const auto found = std::ranges::find_if(connections, [&](const HttpConnection *connection) {
        return connection->findChild<QTcpSocket *>()->peerPort() == client.socket.localPort();
    });
    return found == connections.end() ? nullptr : *found;
}

void TestHttpLimits::checkDeadlinesOf(const RawHttpClient &client) const
{
    if (HttpConnection *connection = connectionOf(client))
        connection->checkDeadlines();
}

State TestHttpLimits::stateOf(const RawHttpClient &client) const
{
    const HttpConnection *connection = connectionOf(client);
    return connection ? connection->state() : State::Closed;
}

void TestHttpLimits::defaultsAreTheContract()
{
    const HttpLimits limits;
    QCOMPARE(limits.headBytes, 65'536);
    QCOMPARE(limits.headerCount, 100);
    QCOMPARE(limits.targetBytes, 8'192);
    QCOMPARE(limits.bodyBytes, 1'048'576);
    QCOMPARE(limits.chunkOverheadBytes, 16'777'216);
    QCOMPARE(limits.connections, 256);
    QCOMPARE(limits.backlog, 512);
    QCOMPARE(limits.unsentBytes, 262'144);
    QCOMPARE(limits.headTime, 10s);
    QCOMPARE(limits.bodyTime, 30s);
    QCOMPARE(limits.idleTime, 60s);
    QCOMPARE(limits.stallTime, 30s);
}

void TestHttpLimits::slowClientIsToldAndDropped_data()
{
    QTest::addColumn<State>("state");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("drop");
    const QByteArray json = "Content-Type: application/json\r\n";
    QTest::newRow("head that stops") << State::Head << QByteArray("X-A: ") << QByteArray();
    QTest::newRow("head that drips") << State::Head << QByteArray("X-A: ") << QByteArray("x");
    QTest::newRow("body that stops") << State::Body << json + "Content-Length: 1000000\r\n\r\n"
                                     << QByteArray();
    QTest::newRow("body that drips") << State::Body << json + "Content-Length: 1000000\r\n\r\n"
                                     << QByteArray("x");
    QTest::newRow("chunks that drip") << State::Body << json + "Transfer-Encoding: chunked\r\n\r\n"
                                      << QByteArray("1\r\nx\r\n");
}

// Fault matrix: D5
void TestHttpLimits::slowClientIsToldAndDropped()
{
    QFETCH(const State, state);
    QFETCH(const QByteArray, headers);
    QFETCH(const QByteArray, drop);
    (state == State::Head ? m_limits.headTime : m_limits.bodyTime) = 100ms;
    start();
    const auto one = client();
    one->send("POST /now HTTP/1.1\r\nHost: " + one->host() + "\r\n" + headers);
    QTimer dripping;
    connect(&dripping, &QTimer::timeout, this, [&] { one->send(drop); });
    if (!drop.isEmpty())
        dripping.start(5ms);
    QTRY_COMPARE(one->answers().size(), 1);
    dripping.stop();
    const auto answer = one->answers().first();
    QVERIFY(answer.head.startsWith("HTTP/1.1 408 Request Timeout\r\n"));
    QVERIFY(answer.body.contains(state == State::Head ? "head" : "body"));
    QTRY_VERIFY(one->isClosed());
}

void TestHttpLimits::unusedClientIsClosed()
{
    m_limits.idleTime = 50ms;
    start();
    const auto one = client();
    QTRY_COMPARE(one->socket.error(), QAbstractSocket::RemoteHostClosedError);
    QVERIFY(one->received.isEmpty());
}

void TestHttpLimits::idleClientIsClosed()
{
    stopTheClock();
    m_limits.idleTime = 0ms;
    start();
    const auto one = servedClientIn(State::Idle);
    QVERIFY(one);
    QTRY_VERIFY(connectionOf(*one)->timeInState() > 1ms);
    checkDeadlinesOf(*one);
    QTRY_VERIFY(one->isClosed());
    QCOMPARE(one->answers().size(), 1);
}

void TestHttpLimits::slowHandlerIsWaitedFor()
{
    stopTheClock();
    m_limits.headTime = m_limits.bodyTime = m_limits.idleTime = m_limits.stallTime = 0ms;
    start();
    const auto waiting = clientIn(State::Answering);
    QVERIFY(waiting);
    QTRY_VERIFY(connectionOf(*waiting)->timeInState() > 1ms);
    checkDeadlinesOf(*waiting);
    QCOMPARE(stateOf(*waiting), State::Answering);
}

// Fault matrix: D4
void TestHttpLimits::clientThatDoesNotReadIsDropped()
{
    stopTheClock();
    m_limits.stallTime = 0ms;
    start();
    const auto one = clientIn(State::Sending);
    QVERIFY(one);
    QVERIFY(QTest::qWaitFor([&] {
        checkDeadlinesOf(*one);
        return stateOf(*one) == State::Closed;
    }));
}

// Fault matrix: D4
void TestHttpLimits::unreadAnswersAreBounded()
{
    start();
    const auto one = client();
    one->stopReading();
    for (int i = 0; i < 200; ++i)
        one->request("GET /large");
    QTRY_COMPARE(stateOf(*one), State::Sending);
    const auto *socket = connectionOf(*one)->findChild<QTcpSocket *>();
    QVERIFY(socket->bytesToWrite() < m_limits.unsentBytes + 257 * kibibyte);
    QVERIFY(m_answered < 200);
    // It is served on when it reads.
    one->readAgain();
    QTRY_COMPARE(m_answered, 200);
}

void TestHttpLimits::refusedClientThatStaysIsDropped()
{
    stopTheClock();
    m_limits.lingerTime = 0ms;
    start();
    const auto one = clientIn(State::Lingering);
    QVERIFY(one);
    QTRY_VERIFY(connectionOf(*one)->timeInState() > 1ms);
    checkDeadlinesOf(*one);
    QTRY_COMPARE(stateOf(*one), State::Closed);
}

// Fault matrix: D5
void TestHttpLimits::pooledClientOutlivesSlowOnes()
{
    m_limits.connections = 8;
    start();
    const auto pooled = servedClientIn(State::Idle);
    const auto pooledToo = servedClientIn(State::Idle);
    QVERIFY(pooled && pooledToo);
    std::vector<Client> slow;
    for (int i = 0; i < 40; ++i) {
        slow.push_back(clientIn(i % 2 == 0 ? State::Head : State::Body));
        QVERIFY(slow.back());
    }
    QCOMPARE(m_server->findChildren<HttpConnection *>().size(), 8);
    pooled->request("GET /now");
    pooledToo->request("GET /now");
    QTRY_COMPARE(pooled->answers().size(), 2);
    QTRY_COMPARE(pooledToo->answers().size(), 2);
    const auto fresh = client();
    fresh->request("GET /now");
    QTRY_COMPARE(fresh->answers().size(), 1);
    QCOMPARE(fresh->answers().first().status, 200);
}

void TestHttpLimits::firstToGiveWay_data()
{
    QTest::addColumn<bool>("goesServed");
    QTest::addColumn<State>("goes");
    QTest::addColumn<bool>("staysServed");
    QTest::addColumn<State>("stays");
    QTest::newRow("lingering before never served")
        << true << State::Lingering << false << State::Idle;
    QTest::newRow("never served, silent, before half a head")
        << false << State::Idle << true << State::Head;
    QTest::newRow("never served, half a head, before half a head")
        << false << State::Head << true << State::Head;
    QTest::newRow("never served, half a body, before half a body")
        << false << State::Body << true << State::Body;
    QTest::newRow("half a head before idle") << true << State::Head << true << State::Idle;
    QTest::newRow("half a body before idle") << true << State::Body << true << State::Idle;
    QTest::newRow("idle before sending") << true << State::Idle << true << State::Sending;
    QTest::newRow("sending before answering") << true << State::Sending << true << State::Answering;
    QTest::newRow("idle before answering its first")
        << true << State::Idle << false << State::Answering;
}

void TestHttpLimits::firstToGiveWay()
{
    QFETCH(const bool, goesServed);
    QFETCH(const State, goes);
    QFETCH(const bool, staysServed);
    QFETCH(const State, stays);
    stopTheClock();
    m_limits.connections = 2;
    start();
    // The one that stays comes first, so that it is not its age that saves it.
    const auto staying = staysServed ? servedClientIn(stays) : clientIn(stays);
    const auto going = goesServed ? servedClientIn(goes) : clientIn(goes);
    QVERIFY(staying && going);
    const auto newcomer = client();
    newcomer->request("GET /now");
    QTRY_COMPARE(newcomer->answers().size(), 1);
    QCOMPARE(newcomer->answers().first().status, 200);
    QCOMPARE(stateOf(*going), State::Closed);
    QCOMPARE(stateOf(*staying), stays);
}

void TestHttpLimits::idleLongestGivesWay()
{
    m_limits.connections = 2;
    start();
    const auto older = servedClientIn(State::Idle);
    const auto newer = servedClientIn(State::Idle);
    QVERIFY(older && newer);
    // Served again, it is the one that was idle for less long.
    QTRY_VERIFY(connectionOf(*newer)->timeInState() > 1ms);
    older->request("GET /now");
    QTRY_COMPARE(older->answers().size(), 2);
    const auto newcomer = client();
    newcomer->request("GET /now");
    QTRY_COMPARE(newcomer->answers().size(), 1);
    QCOMPARE(stateOf(*newer), State::Closed);
    QCOMPARE(stateOf(*older), State::Idle);
}

void TestHttpLimits::newcomerIsRefusedWhenNoneGivesWay()
{
    m_limits.connections = 1;
    start();
    const auto waiting = clientIn(State::Answering);
    QVERIFY(waiting);
    const auto newcomer = client();
    QTRY_COMPARE(newcomer->answers().size(), 1);
    QVERIFY(newcomer->answers().first().head.startsWith("HTTP/1.1 503 Service Unavailable\r\n"));
    QTRY_VERIFY(newcomer->isClosed());
    QCOMPARE(stateOf(*waiting), State::Answering);
}

QTEST_GUILESS_MAIN(TestHttpLimits)
#include "tst_httplimits.moc"
