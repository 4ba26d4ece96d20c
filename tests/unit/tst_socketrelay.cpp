#include "network/service/socketrelay.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mebibyte = 1024 * 1024;
const QByteArray agreed = "HTTP/1.1 101 WebSocket Protocol Handshake\r\nUpgrade: websocket\r\n\r\n";

} // namespace

// A relay between a client and a browser that are both sockets of the test.
class TestSocketRelay : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void asksTheBrowserInItsOwnName();
    void passesBothWays();
    void holdsBackUntilTheBrowserAgrees();
    void readsNoFasterThanTheOtherTakes_data();
    void readsNoFasterThanTheOtherTakes();
    void closesTheOther_data();
    void closesTheOther();
    void saysTheRestBeforeItCloses();
    void refusesWhenTheBrowserDoes();
    void refusesWithoutABrowser();

private:
    void start(const HttpHeaders &handshake = {});
    [[nodiscard]] bool startAndAgree();

    QTcpServer m_clients; // takes the far end of the client's connection
    QTcpServer m_browsers;
    std::unique_ptr<QTcpSocket> m_client;  // the client's own end
    std::unique_ptr<QTcpSocket> m_browser; // the browser's own end
    std::unique_ptr<SocketRelay> m_relay;
    std::unique_ptr<QSignalSpy> m_ended;
};

void TestSocketRelay::init()
{
    QVERIFY(m_clients.listen(QHostAddress::LocalHost));
    QVERIFY(m_browsers.listen(QHostAddress::LocalHost));
}

void TestSocketRelay::cleanup()
{
    m_ended.reset();
    m_relay.reset();
    m_client.reset();
    m_browser.reset();
    m_clients.close();
    m_browsers.close();
}

void TestSocketRelay::start(const HttpHeaders &handshake)
{
    m_client = std::make_unique<QTcpSocket>();
    m_client->connectToHost(QHostAddress::LocalHost, m_clients.serverPort());
    QTRY_VERIFY(m_clients.hasPendingConnections());
    const BrowserEndpoint endpoint{m_browsers.serverPort(), u"/devtools/browser/x"_s};
    m_relay = std::make_unique<SocketRelay>(m_clients.nextPendingConnection(), handshake, endpoint);
    m_ended = std::make_unique<QSignalSpy>(m_relay.get(), &SocketRelay::ended);
}

bool TestSocketRelay::startAndAgree()
{
    start();
    if (!QTest::qWaitFor([this] { return m_browsers.hasPendingConnections(); }))
        return false;
    m_browser.reset(m_browsers.nextPendingConnection());
    m_browser->setParent(nullptr);
    QByteArray greeting;
    const bool asked = QTest::qWaitFor([&] {
        greeting += m_browser->readAll();
        return greeting.endsWith("\r\n\r\n");
    });
    m_browser->write(agreed);
    return asked && QTest::qWaitFor([this] { return m_client->bytesAvailable() > 0; })
           && m_client->readAll() == agreed;
}

void TestSocketRelay::asksTheBrowserInItsOwnName()
{
    start({{"Host", "box.example:8080"},
           {"Origin", "http://box.example:8080"},
           {"anchor-api-key", "canary"},
           {"Sec-WebSocket-Key", "k=="},
           {"sec-websocket-version", "13"}});
    QTRY_VERIFY(m_browsers.hasPendingConnections());
    m_browser.reset(m_browsers.nextPendingConnection());
    m_browser->setParent(nullptr);
    QTRY_VERIFY(m_browser->bytesAvailable() > 0);
    const QByteArray head = m_browser->readAll();
    const QByteArray host = "127.0.0.1:" + QByteArray::number(m_browsers.serverPort());
    QCOMPARE(head, "GET /devtools/browser/x HTTP/1.1\r\nHost: " + host
                       + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                         "Sec-WebSocket-Key: k==\r\nsec-websocket-version: 13\r\n\r\n");
}

void TestSocketRelay::passesBothWays()
{
    QVERIFY(startAndAgree());
    m_client->write("to the browser");
    QTRY_COMPARE(m_browser->bytesAvailable(), 14);
    QCOMPARE(m_browser->readAll(), "to the browser");
    m_browser->write("to the client");
    QTRY_COMPARE(m_client->bytesAvailable(), 13);
    QCOMPARE(m_client->readAll(), "to the client");
}

// Before that it would be read as the next HTTP request.
void TestSocketRelay::holdsBackUntilTheBrowserAgrees()
{
    start();
    m_client->write("GET /json/new HTTP/1.1\r\n\r\n");
    QTRY_VERIFY(m_browsers.hasPendingConnections());
    m_browser.reset(m_browsers.nextPendingConnection());
    m_browser->setParent(nullptr);
    QTRY_VERIFY(m_browser->bytesAvailable() > 0);
    QTest::qWait(50);
    QVERIFY(!m_browser->readAll().contains("/json/new"));
    m_browser->write(agreed);
    QTRY_VERIFY(m_browser->bytesAvailable() > 0);
    QCOMPARE(m_browser->readAll(), "GET /json/new HTTP/1.1\r\n\r\n");
}

void TestSocketRelay::readsNoFasterThanTheOtherTakes_data()
{
    QTest::addColumn<bool>("fromBrowser");
    QTest::newRow("a client that does not read") << true;
    QTest::newRow("a browser that does not read") << false;
}

void TestSocketRelay::readsNoFasterThanTheOtherTakes()
{
    QFETCH(bool, fromBrowser);
    QVERIFY(startAndAgree());
    QTcpSocket &from = fromBrowser ? *m_browser : *m_client;
    QTcpSocket &to = fromBrowser ? *m_client : *m_browser;
    constexpr qsizetype size = 64 * mebibyte;
    to.setReadBufferSize(1024);
    from.write(QByteArray(size, 'x'));
    // What has left is in buffers of the relay and of the system; the rest waits with the sender.
    qint64 before = 0;
    QTRY_VERIFY(std::exchange(before, from.bytesToWrite()) == from.bytesToWrite()
                && from.bytesToWrite() < size);
    QTest::qWait(300);
    QVERIFY2(from.bytesToWrite() > size - 32 * mebibyte,
             qPrintable(QString::number(from.bytesToWrite())));
    to.setReadBufferSize(0);
    qsizetype came = to.readAll().size();
    connect(&to, &QTcpSocket::readyRead, &to, [&] { came += to.readAll().size(); });
    QTRY_COMPARE_WITH_TIMEOUT(came, size, 60'000);
}

void TestSocketRelay::closesTheOther_data()
{
    QTest::addColumn<bool>("byBrowser");
    QTest::newRow("the client leaves") << false;
    QTest::newRow("the browser leaves") << true;
}

void TestSocketRelay::closesTheOther()
{
    QFETCH(bool, byBrowser);
    QVERIFY(startAndAgree());
    QTcpSocket &first = byBrowser ? *m_browser : *m_client;
    QTcpSocket &other = byBrowser ? *m_client : *m_browser;
    first.abort();
    QTRY_COMPARE(other.state(), QAbstractSocket::UnconnectedState);
    QTRY_COMPARE(m_ended->size(), 1);
}

void TestSocketRelay::saysTheRestBeforeItCloses()
{
    QVERIFY(startAndAgree());
    m_browser->write(QByteArray(4 * mebibyte, 'x') + "last");
    m_browser->disconnectFromHost();
    QByteArray came;
    connect(m_client.get(), &QTcpSocket::readyRead, this, [&] { came += m_client->readAll(); });
    QTRY_COMPARE(m_ended->size(), 1);
    QTRY_COMPARE(came.size(), 4 * mebibyte + 4);
    QVERIFY(came.endsWith("last"));
}

void TestSocketRelay::refusesWhenTheBrowserDoes()
{
    start();
    QTRY_VERIFY(m_browsers.hasPendingConnections());
    m_browser.reset(m_browsers.nextPendingConnection());
    m_browser->setParent(nullptr);
    m_browser->write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    QTRY_COMPARE(m_client->state(), QAbstractSocket::UnconnectedState);
    QVERIFY(m_client->readAll().startsWith("HTTP/1.1 502 "));
    QTRY_COMPARE(m_browser->state(), QAbstractSocket::UnconnectedState);
    QTRY_COMPARE(m_ended->size(), 1);
}

void TestSocketRelay::refusesWithoutABrowser()
{
    m_browsers.close();
    start();
    QTRY_COMPARE(m_client->state(), QAbstractSocket::UnconnectedState);
    QVERIFY(m_client->readAll().startsWith("HTTP/1.1 502 "));
    QTRY_COMPARE(m_ended->size(), 1);
}

QTEST_GUILESS_MAIN(TestSocketRelay)
#include "tst_socketrelay.moc"
