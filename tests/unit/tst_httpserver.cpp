#include "network/http/httpconnection.h"
#include "network/http/httpserver.h"
#include "tests/fakes/rawhttpclient.h"

#include <QTest>

#include <memory>

using namespace Anchorwatch;
using State = HttpConnection::State;

// The server as its clients see it: every test speaks to a real one, in bytes. Routes:
// GET /now and GET /things/{id} answer at once, GET /big with 32 MiB, POST /echo with the body that
// came; GET /later and POST /later answer when the test says so.
class TestHttpServer : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void answersRequest();
    void requestReachesHandlerWhole();
    void queryReachesHandlerRaw();
    void socketIsPassedOnUnanswered();
    void bodyComesBack_data();
    void bodyComesBack();
    void keepsConnectionForNextRequest();
    void closesWhenAsked();
    void obeysHttp10_data();
    void obeysHttp10();
    void answersPipelinedInOrder();
    void answersManyPipelined();
    void refusesInOrder();
    void sendsContinueBehindGate();
    void sendsNoContinueBeforeGate();
    void ignoresUpgrade_data();
    void ignoresUpgrade();
    void refusesForeignUpgrade();
    void refusalIsHeardAndEnds_data();
    void refusalIsHeardAndEnds();
    void refusalOfHeadHasNoBody();
    void bodyOfRefusedRequestReachesNobody();
    void clientThatLeavesIsHarmless_data();
    void clientThatLeavesIsHarmless();
    void secondAnswerIsDropped();
    void staleAnswerDoesNotAnswerNextRequest();
    void answerAfterServerIsGoneIsDropped();
    void closeDropsClients();
    void listenFailsOnTakenPort();

private:
    [[nodiscard]] std::unique_ptr<RawHttpClient> client() const;
    // The state of the only connection; Closed when there is none.
    [[nodiscard]] State stateOfOnly() const;
    [[nodiscard]] qsizetype connectionCount() const;

    std::unique_ptr<HttpServer> m_server;
    QList<HttpRequest> m_requests; // that reached a handler
    QList<HttpAnswer> m_later;     // that wait for the test
};

void TestHttpServer::init()
{
    m_requests.clear();
    m_later.clear();
    m_server = std::make_unique<HttpServer>();
    const auto atOnce = [this](const HttpRequest &request, const HttpAnswer &answer) {
        m_requests.append(request);
        answer.send({.contentType = "text/plain", .body = "now"});
    };
    const auto later = [this](const HttpRequest &request, const HttpAnswer &answer) {
        m_requests.append(request);
        m_later.append(answer);
    };
    m_server->addRoute("GET", "/now", atOnce);
    m_server->addRoute("GET", "/things/{id}", atOnce);
    m_server->addRoute("GET", "/later", later);
    m_server->addRoute("POST", "/later", later);
    m_server->addRoute("POST", "/echo", [](const HttpRequest &request, const HttpAnswer &answer) {
        answer.send({.body = request.body});
    });
    m_server->addRoute("GET", "/big", [](const HttpRequest &, const HttpAnswer &answer) {
        answer.send({.body = QByteArray(32 * mebibyte, 'x')});
    });
    QVERIFY(m_server->listen(QHostAddress::LocalHost, 0));
}

void TestHttpServer::cleanup()
{
    m_server.reset();
}

std::unique_ptr<RawHttpClient> TestHttpServer::client() const
{
    return std::make_unique<RawHttpClient>(m_server->serverPort());
}

State TestHttpServer::stateOfOnly() const
{
    const auto connections = m_server->findChildren<HttpConnection *>();
    return connections.size() == 1 ? connections.first()->state() : State::Closed;
}

qsizetype TestHttpServer::connectionCount() const
{
    return m_server->findChildren<HttpConnection *>().size();
}

void TestHttpServer::answersRequest()
{
    const auto one = client();
    one->request("GET /now");
    QTRY_COMPARE(one->answers().size(), 1);
    const auto answer = one->answers().first();
    QVERIFY(answer.head.startsWith("HTTP/1.1 200 OK\r\n"));
    QVERIFY(answer.head.contains("\r\nCache-Control: no-store\r\n"));
    QVERIFY(answer.head.contains("\r\nX-Content-Type-Options: nosniff\r\n"));
    QVERIFY(!answer.head.contains("Connection:"));
    QCOMPARE(answer.body, "now");
}

void TestHttpServer::requestReachesHandlerWhole()
{
    const auto one = client();
    one->request("GET /things/abc?x=1", "X-Mine: yes\r\n");
    QTRY_COMPARE(m_requests.size(), 1);
    const HttpRequest &request = m_requests.first();
    QCOMPARE(request.method, "GET");
    QCOMPARE(request.path, "/things/abc");
    QCOMPARE(request.parameters, QByteArrayList{"abc"});
    QCOMPARE(request.host, one->host());
    QCOMPARE(request.header("x-mine"), "yes");
    QCOMPARE(request.body, QByteArray());
}

void TestHttpServer::queryReachesHandlerRaw()
{
    const auto one = client();
    one->request("GET /now?a=%41+b&c?");
    QTRY_COMPARE(m_requests.size(), 1);
    QCOMPARE(m_requests.first().path, "/now");
    QCOMPARE(m_requests.first().query, "a=%41+b&c?");
}

void TestHttpServer::socketIsPassedOnUnanswered()
{
    std::unique_ptr<QTcpSocket> passed;
    HttpRequest asked;
    m_server->addWebSocketRoute("/passed",
                                {.refusal = [](const HttpRequest &) { return std::nullopt; },
                                 .pass =
                                     [&](const HttpRequest &request, QTcpSocket *socket) {
                                         asked = request;
                                         passed.reset(socket);
                                     }});
    const auto one = client();
    one->request("GET /passed?to=me",
                 "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: k\r\n",
                 "and more");
    QTRY_VERIFY(passed);
    QCOMPARE(asked.query, "to=me");
    QCOMPARE(asked.header("sec-websocket-key"), "k");
    QTRY_COMPARE(passed->bytesAvailable(), 8);
    QCOMPARE(passed->readAll(), "and more");
    QVERIFY(one->received.isEmpty());
    // The server has forgotten it, the socket lives on.
    QTRY_COMPARE(connectionCount(), 0);
    passed->write("from somebody else");
    QTRY_COMPARE(one->received, "from somebody else");
}

void TestHttpServer::bodyComesBack_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("body");
    const QByteArray large(mebibyte, 'x');
    QTest::newRow("length") << QByteArray("Content-Length: 5\r\n") << QByteArray("hello")
                            << QByteArray("hello");
    QTest::newRow("no body") << QByteArray() << QByteArray() << QByteArray();
    QTest::newRow("chunked") << QByteArray("Transfer-Encoding: chunked\r\n")
                             << QByteArray("3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n")
                             << QByteArray("hello");
    QTest::newRow("1 MiB") << QByteArray("Content-Length: 1048576\r\n") << large << large;
    QTest::newRow("1 MiB chunked") << QByteArray("Transfer-Encoding: chunked\r\n")
                                   << QByteArray("100000\r\n" + large + "\r\n0\r\n\r\n") << large;
}

void TestHttpServer::bodyComesBack()
{
    QFETCH(const QByteArray, headers);
    QFETCH(const QByteArray, sent);
    QFETCH(const QByteArray, body);
    const auto one = client();
    one->request("POST /echo", "Content-Type: application/json\r\n" + headers, sent);
    QTRY_COMPARE(one->answers().size(), 1);
    QCOMPARE(one->answers().first().status, 200);
    QCOMPARE(one->answers().first().body, body);
}

void TestHttpServer::keepsConnectionForNextRequest()
{
    const auto one = client();
    one->request("GET /now");
    QTRY_COMPARE(one->answers().size(), 1);
    one->request("GET /now");
    QTRY_COMPARE(one->answers().size(), 2);
    QVERIFY(!one->isClosed());
    QCOMPARE(connectionCount(), 1);
}

void TestHttpServer::closesWhenAsked()
{
    const auto one = client();
    one->request("GET /now", "Connection: close\r\n");
    one->request("GET /now");
    QTRY_VERIFY(one->isClosed());
    QCOMPARE(one->answers().size(), 1);
    QVERIFY(one->answers().first().head.contains("\r\nConnection: close\r\n"));
    QCOMPARE(m_requests.size(), 1);
}

void TestHttpServer::obeysHttp10_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("connection");
    QTest::addColumn<bool>("closes");
    QTest::newRow("alone") << QByteArray() << QByteArray("\r\nConnection: close\r\n") << true;
    QTest::newRow("keep-alive") << QByteArray("Connection: keep-alive\r\n")
                                << QByteArray("\r\nConnection: keep-alive\r\n") << false;
}

void TestHttpServer::obeysHttp10()
{
    QFETCH(const QByteArray, header);
    QFETCH(const QByteArray, connection);
    QFETCH(const bool, closes);
    const auto one = client();
    one->send("GET /now HTTP/1.0\r\nHost: " + one->host() + "\r\n" + header + "\r\n");
    QTRY_COMPARE(one->answers().size(), 1);
    QVERIFY(one->answers().first().head.contains(connection));
    if (closes)
        QTRY_VERIFY(one->isClosed());
    else
        QTRY_COMPARE(stateOfOnly(), State::Idle);
}

void TestHttpServer::answersPipelinedInOrder()
{
    const auto one = client();
    const QByteArray host = "Host: " + one->host() + "\r\n\r\n";
    one->send("GET /later HTTP/1.1\r\n" + host + "GET /now HTTP/1.1\r\n" + host
              + "GET /later HTTP/1.1\r\n" + host);
    QTRY_COMPARE(m_later.size(), 1);
    // The second could be answered at once, but has to wait for the first: another client shows
    // that the server has had the time.
    const auto other = client();
    other->request("GET /now");
    QTRY_COMPARE(other->answers().size(), 1);
    QCOMPARE(m_requests.size(), 2);
    m_later.first().send({.body = "first"});
    QTRY_COMPARE(m_later.size(), 2);
    m_later.last().send({.body = "third"});
    QTRY_COMPARE(one->answers().size(), 3);
    QCOMPARE(one->answers().at(0).body, "first");
    QCOMPARE(one->answers().at(1).body, "now");
    QCOMPARE(one->answers().at(2).body, "third");
}

void TestHttpServer::answersManyPipelined()
{
    const auto one = client();
    const QByteArray request = "GET /now HTTP/1.1\r\nHost: " + one->host() + "\r\n\r\n";
    one->send(request.repeated(5000));
    QTRY_COMPARE_WITH_TIMEOUT(one->answers().size(), 5000, 60'000);
}

void TestHttpServer::refusesInOrder()
{
    const auto one = client();
    one->request("GET /later");
    one->request("GET /unknown");
    one->request("GET /now");
    QTRY_COMPARE(m_later.size(), 1);
    QVERIFY(one->received.isEmpty());
    m_later.first().send({.body = "first"});
    QTRY_VERIFY(one->isClosed());
    QCOMPARE(one->answers().size(), 2);
    QCOMPARE(one->answers().at(0).body, "first");
    QCOMPARE(one->answers().at(1).status, 404);
}

void TestHttpServer::sendsContinueBehindGate()
{
    const auto one = client();
    one->request("POST /echo",
                 "Content-Type: application/json\r\nContent-Length: 5\r\nExpect: 100-continue\r\n");
    QTRY_COMPARE(one->received, "HTTP/1.1 100 Continue\r\n\r\n");
    one->send("hello");
    QTRY_COMPARE(one->answers().size(), 2);
    QCOMPARE(one->answers().at(1).status, 200);
    QCOMPARE(one->answers().at(1).body, "hello");
}

void TestHttpServer::sendsNoContinueBeforeGate()
{
    const auto one = client();
    one->request("POST /echo",
                 "Content-Type: text/plain\r\nContent-Length: 5\r\nExpect: 100-continue\r\n");
    QTRY_VERIFY(one->isClosed());
    QVERIFY(one->received.startsWith("HTTP/1.1 415 "));
}

void TestHttpServer::ignoresUpgrade_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::newRow("h2c") << QByteArray(
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n");
    QTest::newRow("WebSocket on a route that has none")
        << QByteArray("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
}

void TestHttpServer::ignoresUpgrade()
{
    QFETCH(const QByteArray, headers);
    const auto one = client();
    one->request("GET /now", headers);
    QTRY_COMPARE(one->answers().size(), 1);
    QCOMPARE(one->answers().first().status, 200);
    one->request("GET /now");
    QTRY_COMPARE(one->answers().size(), 2);
}

// Fault matrix: D2
void TestHttpServer::refusesForeignUpgrade()
{
    const auto one = client();
    one->request("GET /now", "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                             "Origin: https://evil.example\r\n");
    QTRY_VERIFY(one->isClosed());
    QCOMPARE(one->answers().first().status, 403);
    QVERIFY(m_requests.isEmpty());
}

void TestHttpServer::refusalIsHeardAndEnds_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("start");
    const QByteArray us = "Host: localhost:PORT\r\n";
    const QByteArray json = us + "Content-Type: application/json\r\n";
    const QByteArray flood(3 * mebibyte, 'x');
    const auto row = [](const char *name, const QByteArray &request, const QByteArray &start) {
        QTest::newRow(name) << request << start;
    };
    row("other service's host", "GET /now HTTP/1.1\r\nHost: localhost:1\r\n\r\n", "403 Forbidden");
    row("no host", "GET /now HTTP/1.1\r\n\r\n", "403 Forbidden");
    row("length and chunked",
        "POST /echo HTTP/1.1\r\n" + json
            + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "400 Bad Request");
    row("unknown path", "GET /%6eow HTTP/1.1\r\n" + us + "\r\n", "404 Not Found");
    row("wrong method", "DELETE /now HTTP/1.1\r\n" + us + "\r\n", "405 Method Not Allowed");
    row("text, and all of its body sent",
        "POST /echo HTTP/1.1\r\n" + us + "Content-Length: 3145728\r\n\r\n" + flood,
        "415 Unsupported Media Type");
    row("declared too large, and all of it sent",
        "POST /echo HTTP/1.1\r\n" + json + "Content-Length: 3145728\r\n\r\n" + flood,
        "413 Content Too Large");
    row("chunked too large, and all of it sent",
        "POST /echo HTTP/1.1\r\n" + json + "Transfer-Encoding: chunked\r\n\r\n"
            + ("10000\r\n" + QByteArray(65536, 'x') + "\r\n").repeated(48) + "0\r\n\r\n",
        "413 Content Too Large");
    row("target past 8 KiB", "GET /" + QByteArray(8192, 'x') + " HTTP/1.1\r\n" + us + "\r\n",
        "414 URI Too Long");
    row("request line without end", "GET /" + flood, "414 URI Too Long");
    row("headers past 64 KiB",
        "GET /now HTTP/1.1\r\n" + us + "X-A: " + QByteArray(65536, 'x') + "\r\n\r\n",
        "431 Request Header Fields Too Large");
    row("header without end", "GET /now HTTP/1.1\r\n" + us + "X-A: " + flood,
        "431 Request Header Fields Too Large");
    row("10,000 headers",
        "GET /now HTTP/1.1\r\n" + us + QByteArray("A: b\r\n").repeated(10'000) + "\r\n",
        "431 Request Header Fields Too Large");
    row("101 headers", "GET /now HTTP/1.1\r\n" + us + QByteArray("A: b\r\n").repeated(100) + "\r\n",
        "431 Request Header Fields Too Large");
}

// The client reads the reason, although it has sent more than the server read, and then the end.
// Fault matrix: D4
void TestHttpServer::refusalIsHeardAndEnds()
{
    QFETCH(QByteArray, request);
    QFETCH(const QByteArray, start);
    const auto one = client();
    request.replace("PORT", QByteArray::number(m_server->serverPort()));
    one->send(request);
    QTRY_VERIFY(one->isClosed());
    QCOMPARE(one->socket.error(), QAbstractSocket::RemoteHostClosedError);
    QCOMPARE(one->answers().size(), 1);
    const auto answer = one->answers().first();
    QVERIFY2(answer.head.startsWith("HTTP/1.1 " + start + "\r\n"), answer.head.constData());
    QVERIFY(answer.head.contains("\r\nContent-Type: application/json\r\n"));
    QVERIFY(answer.head.contains("\r\nConnection: close\r\n"));
    QVERIFY(answer.body.startsWith("{\"error\":\""));
    QVERIFY(m_requests.isEmpty());
    QTRY_COMPARE(connectionCount(), 0);
}

void TestHttpServer::refusalOfHeadHasNoBody()
{
    const auto one = client();
    one->request("HEAD /now");
    QTRY_VERIFY(one->isClosed());
    QVERIFY(one->received.startsWith("HTTP/1.1 405 Method Not Allowed\r\n"));
    QVERIFY(one->received.contains("\r\nAllow: GET\r\n"));
    QVERIFY(one->received.endsWith("\r\n\r\n"));
}

// Were the body read as the next request, a page could hide one in a form.
void TestHttpServer::bodyOfRefusedRequestReachesNobody()
{
    const auto one = client();
    const QByteArray hidden = "GET /now HTTP/1.1\r\nHost: " + one->host() + "\r\n\r\n";
    one->request("POST /echo",
                 "Content-Type: text/plain\r\nContent-Length: " + QByteArray::number(hidden.size())
                     + "\r\n",
                 hidden);
    QTRY_VERIFY(one->isClosed());
    QCOMPARE(one->answers().size(), 1);
    QCOMPARE(one->answers().first().status, 415);
    QVERIFY(m_requests.isEmpty());
}

void TestHttpServer::clientThatLeavesIsHarmless_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("rest");
    QTest::addColumn<State>("state");
    QTest::newRow("before a byte") << QByteArray() << QByteArray() << State::Idle;
    QTest::newRow("in the head") << QByteArray("GET /now HTTP/1.1\r\nHost: ") << QByteArray()
                                 << State::Head;
    const QByteArray post = "POST /later HTTP/1.1\r\nContent-Type: application/json\r\n";
    QTest::newRow("in the body") << post + "Content-Length: 5\r\n"
                                 << QByteArray("hel") << State::Body;
    QTest::newRow("in a chunk") << post + "Transfer-Encoding: chunked\r\n"
                                << QByteArray("5\r\nhel") << State::Body;
    QTest::newRow("before the answer") << post + "Content-Length: 5\r\n"
                                       << QByteArray("hello") << State::Answering;
    QTest::newRow("before the answer, the next request sent")
        << post + "Content-Length: 5\r\n"
        << QByteArray("helloGET /now HTTP/1.1\r\n") << State::Answering;
    QTest::newRow("in the answer")
        << QByteArray("GET /big HTTP/1.1\r\n") << QByteArray() << State::Sending;
}

void TestHttpServer::clientThatLeavesIsHarmless()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QByteArray, rest);
    QFETCH(const State, state);
    auto one = client();
    one->stopReading();
    one->send(line);
    if (line.endsWith("\r\n"))
        one->send("Host: " + one->host() + "\r\n\r\n" + rest);
    QTRY_COMPARE(stateOfOnly(), state);
    one.reset();
    // A connection whose reading waits learns that the client left when it writes: both ends are
    // fine.
    for (const HttpAnswer &answer : std::as_const(m_later))
        answer.send({.body = "too late"});
    QTRY_COMPARE(connectionCount(), 0);
    for (const HttpAnswer &answer : std::as_const(m_later)) {
        QVERIFY(!answer.isWanted());
        answer.send({.body = "far too late"});
    }
    const auto other = client();
    other->request("GET /now");
    QTRY_COMPARE(other->answers().size(), 1);
}

void TestHttpServer::secondAnswerIsDropped()
{
    const auto one = client();
    one->request("GET /later");
    QTRY_COMPARE(m_later.size(), 1);
    QVERIFY(m_later.first().isWanted());
    m_later.first().send({.body = "first"});
    QVERIFY(!m_later.first().isWanted());
    m_later.first().send({.body = "second"});
    one->request("GET /now");
    QTRY_COMPARE(one->answers().size(), 2);
    QCOMPARE(one->answers().at(0).body, "first");
    QCOMPARE(one->answers().at(1).body, "now");
}

void TestHttpServer::staleAnswerDoesNotAnswerNextRequest()
{
    const auto one = client();
    one->request("GET /later");
    one->request("GET /later");
    QTRY_COMPARE(m_later.size(), 1);
    m_later.first().send({.body = "first"});
    QTRY_COMPARE(m_later.size(), 2);
    QVERIFY(!m_later.first().isWanted());
    m_later.first().send({.body = "stale"});
    QVERIFY(m_later.last().isWanted());
    m_later.last().send({.body = "second"});
    QTRY_COMPARE(one->answers().size(), 2);
    QCOMPARE(one->answers().at(1).body, "second");
}

void TestHttpServer::answerAfterServerIsGoneIsDropped()
{
    const auto one = client();
    one->request("GET /later");
    QTRY_COMPARE(m_later.size(), 1);
    m_server.reset();
    QVERIFY(!m_later.first().isWanted());
    m_later.first().send({.body = "too late"});
    QTRY_VERIFY(one->isClosed());
    QVERIFY(one->received.isEmpty());
}

void TestHttpServer::closeDropsClients()
{
    const auto one = client();
    one->request("GET /later");
    QTRY_COMPARE(m_later.size(), 1);
    m_server->close();
    QVERIFY(!m_later.first().isWanted());
    QTRY_VERIFY(one->isClosed());
    QTRY_COMPARE(connectionCount(), 0);
    QCOMPARE(m_server->serverPort(), quint16(0));
}

void TestHttpServer::listenFailsOnTakenPort()
{
    HttpServer other;
    QVERIFY(!other.listen(QHostAddress::LocalHost, m_server->serverPort()));
    QVERIFY(!other.errorString().isEmpty());
}

QTEST_GUILESS_MAIN(TestHttpServer)
#include "tst_httpserver.moc"
