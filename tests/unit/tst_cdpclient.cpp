#include "network/cdpclient.h"

#include <QJsonDocument>
#include <QNetworkRequest>
#include <QSignalSpy>
#include <QTest>
#include <QWebSocketServer>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Against a WebSocket server that plays the browser.
class TestCdpClient : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void sendsNoOrigin();
    void deliversResults();
    void deliversResultsInAnyOrder();
    void deliversTheBrowsersRefusal();
    void namesItsCdpSession();
    void reportsEvents();
    void failsWithoutConnection();
    void givesUpAfterItsTimeout();
    void ignoresAnAnswerAfterItsTimeout();
    void failsWhatIsUnderWayWhenTheBrowserGoes();
    void saysThatItCannotConnect();
    void survivesNonsense_data();
    void survivesNonsense();

private:
    // Keeps what a reply brought, since the reply deletes itself.
    struct Outcome
    {
        bool finished = false;
        QJsonObject result;
        QString error;
    };
    std::shared_ptr<Outcome> watch(CdpReply *reply);
    void connectClient();
    QJsonObject received(int index) const { return m_received.value(index); }
    void answer(const QJsonObject &message);

    std::unique_ptr<QWebSocketServer> m_server;
    std::unique_ptr<QWebSocket> m_browser;
    std::unique_ptr<CdpClient> m_client;
    QList<QJsonObject> m_received;
};

void TestCdpClient::init()
{
    m_received.clear();
    m_server = std::make_unique<QWebSocketServer>(u"browser"_s, QWebSocketServer::NonSecureMode);
    QVERIFY(m_server->listen(QHostAddress::LocalHost));
    m_client = std::make_unique<CdpClient>();
    connect(m_server.get(), &QWebSocketServer::newConnection, this, [this] {
        m_browser.reset(m_server->nextPendingConnection());
        connect(m_browser.get(), &QWebSocket::textMessageReceived, this,
                [this](const QString &text) {
                    m_received.append(QJsonDocument::fromJson(text.toUtf8()).object());
                });
    });
}

void TestCdpClient::cleanup()
{
    m_client.reset();
    m_browser.reset();
    m_server.reset();
}

void TestCdpClient::connectClient()
{
    QSignalSpy opened(m_client.get(), &CdpClient::opened);
    m_client->open(m_server->serverUrl());
    QTRY_COMPARE(opened.size(), 1);
    QTRY_VERIFY(m_browser);
    QVERIFY(m_client->isOpen());
}

std::shared_ptr<TestCdpClient::Outcome> TestCdpClient::watch(CdpReply *reply)
{
    auto outcome = std::make_shared<Outcome>();
    connect(reply, &CdpReply::finished, this, [reply, outcome] {
        QVERIFY(!outcome->finished);
        *outcome = {true, reply->result(), reply->error()};
    });
    return outcome;
}

void TestCdpClient::answer(const QJsonObject &message)
{
    m_browser->sendTextMessage(QString::fromUtf8(QJsonDocument(message).toJson()));
}

void TestCdpClient::sendsNoOrigin()
{
    bool hasOrigin = false;
    connect(m_server.get(), &QWebSocketServer::originAuthenticationRequired, this,
            [&hasOrigin](QWebSocketCorsAuthenticator *request) {
                hasOrigin = !request->origin().isEmpty();
            });
    connectClient();
    QVERIFY(!hasOrigin);
}

void TestCdpClient::deliversResults()
{
    connectClient();
    const auto outcome = watch(m_client->call(u"Target.getTargets"_s, {{"a"_L1, 1}}));
    QTRY_COMPARE(m_received.size(), 1);
    QCOMPARE(received(0).value("method"_L1).toString(), u"Target.getTargets"_s);
    QCOMPARE(received(0).value("params"_L1).toObject(), (QJsonObject{{"a"_L1, 1}}));
    answer({{"id"_L1, received(0).value("id"_L1)}, {"result"_L1, QJsonObject{{"b"_L1, 2}}}});
    QTRY_VERIFY(outcome->finished);
    QCOMPARE(outcome->result, (QJsonObject{{"b"_L1, 2}}));
    QCOMPARE(outcome->error, QString());
}

void TestCdpClient::deliversResultsInAnyOrder()
{
    connectClient();
    const auto first = watch(m_client->call(u"A.a"_s));
    const auto second = watch(m_client->call(u"B.b"_s));
    QTRY_COMPARE(m_received.size(), 2);
    answer({{"id"_L1, received(1).value("id"_L1)}, {"result"_L1, QJsonObject{{"of"_L1, u"B"_s}}}});
    QTRY_VERIFY(second->finished);
    QVERIFY(!first->finished);
    answer({{"id"_L1, received(0).value("id"_L1)}, {"result"_L1, QJsonObject{{"of"_L1, u"A"_s}}}});
    QTRY_VERIFY(first->finished);
    QCOMPARE(first->result.value("of"_L1).toString(), u"A"_s);
    QCOMPARE(second->result.value("of"_L1).toString(), u"B"_s);
}

void TestCdpClient::deliversTheBrowsersRefusal()
{
    connectClient();
    const auto outcome = watch(m_client->call(u"No.such"_s));
    QTRY_COMPARE(m_received.size(), 1);
    answer({{"id"_L1, received(0).value("id"_L1)},
            {"error"_L1, QJsonObject{{"code"_L1, -32601}, {"message"_L1, u"wasn't found"_s}}}});
    QTRY_VERIFY(outcome->finished);
    QCOMPARE(outcome->error, u"wasn't found"_s);
}

void TestCdpClient::namesItsCdpSession()
{
    connectClient();
    m_client->call(u"Page.enable"_s, {}, u"S1"_s);
    QTRY_COMPARE(m_received.size(), 1);
    QCOMPARE(received(0).value("sessionId"_L1).toString(), u"S1"_s);
}

void TestCdpClient::reportsEvents()
{
    connectClient();
    QSignalSpy events(m_client.get(), &CdpClient::event);
    answer({{"method"_L1, u"Page.loadEventFired"_s},
            {"params"_L1, QJsonObject{{"t"_L1, 1}}},
            {"sessionId"_L1, u"S1"_s}});
    QTRY_COMPARE(events.size(), 1);
    QCOMPARE(events.first().at(0).toString(), u"Page.loadEventFired"_s);
    QCOMPARE(events.first().at(1).toJsonObject(), (QJsonObject{{"t"_L1, 1}}));
    QCOMPARE(events.first().at(2).toString(), u"S1"_s);
}

void TestCdpClient::failsWithoutConnection()
{
    const auto outcome = watch(m_client->call(u"A.a"_s));
    QVERIFY(!outcome->finished);
    QTRY_VERIFY(outcome->finished);
    QCOMPARE(outcome->error, u"closed"_s);
}

void TestCdpClient::givesUpAfterItsTimeout()
{
    connectClient();
    const auto outcome = watch(m_client->call(u"A.a"_s, {}, {}, 10ms));
    QTRY_VERIFY(outcome->finished);
    QCOMPARE(outcome->error, u"timed out"_s);
}

void TestCdpClient::ignoresAnAnswerAfterItsTimeout()
{
    connectClient();
    const auto late = watch(m_client->call(u"A.a"_s, {}, {}, 10ms));
    QTRY_VERIFY(late->finished);
    QTRY_COMPARE(m_received.size(), 1);
    answer({{"id"_L1, received(0).value("id"_L1)}, {"result"_L1, QJsonObject{}}});
    const auto next = watch(m_client->call(u"B.b"_s));
    QTRY_COMPARE(m_received.size(), 2);
    answer({{"id"_L1, received(1).value("id"_L1)}, {"result"_L1, QJsonObject{}}});
    QTRY_VERIFY(next->finished);
    QCOMPARE(next->error, QString());
}

void TestCdpClient::failsWhatIsUnderWayWhenTheBrowserGoes()
{
    connectClient();
    QSignalSpy closed(m_client.get(), &CdpClient::closed);
    const auto outcome = watch(m_client->call(u"A.a"_s));
    QTRY_COMPARE(m_received.size(), 1);
    m_browser->abort();
    QTRY_COMPARE(closed.size(), 1);
    QVERIFY(outcome->finished);
    QCOMPARE(outcome->error, u"closed"_s);
    QVERIFY(!m_client->isOpen());
}

void TestCdpClient::saysThatItCannotConnect()
{
    const QUrl gone = m_server->serverUrl();
    m_server->close();
    QSignalSpy closed(m_client.get(), &CdpClient::closed);
    m_client->open(gone);
    QTRY_COMPARE(closed.size(), 1);
    // And it can be tried again.
    m_client->open(gone);
    QTRY_COMPARE(closed.size(), 2);
}

void TestCdpClient::survivesNonsense_data()
{
    QTest::addColumn<QString>("message");
    QTest::newRow("empty") << QString();
    QTest::newRow("not JSON") << u"{"_s;
    QTest::newRow("list") << u"[1]"_s;
    QTest::newRow("id of nobody") << u"{\"id\":99,\"result\":{}}"_s;
    QTest::newRow("id is a text") << u"{\"id\":\"1\"}"_s;
    QTest::newRow("error is a text") << u"{\"id\":7,\"error\":\"x\"}"_s;
}

void TestCdpClient::survivesNonsense()
{
    QFETCH(QString, message);
    connectClient();
    m_browser->sendTextMessage(message);
    const auto outcome = watch(m_client->call(u"A.a"_s));
    QTRY_COMPARE(m_received.size(), 1);
    answer({{"id"_L1, received(0).value("id"_L1)}, {"result"_L1, QJsonObject{}}});
    QTRY_VERIFY(outcome->finished);
    QCOMPARE(outcome->error, QString());
}

QTEST_GUILESS_MAIN(TestCdpClient)
#include "tst_cdpclient.moc"
