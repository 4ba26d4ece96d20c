#include "network/gatewayprovider.h"
#include "network/sessioncodec.h"
#include "tests/fakes/fakesessionsservice.h"
#include "tests/fakes/replyoutcome.h"
#include "tests/fakes/samplesession.h"
#include "tests/fakes/scriptedserver.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

const QByteArray sessionsPath = "/api/browser-automation/sessions";

Connection connectionTo(const QUrl &url)
{
    Connection connection;
    connection.id = u"service"_s;
    connection.kind = Connection::Kind::Service;
    connection.baseUrl = url;
    return connection;
}

QByteArray bodyOf(const Session &session)
{
    return QJsonDocument(QJsonObject{{"session"_L1, sessionToJson(session)}}).toJson();
}

} // namespace

class TestGatewayProvider : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void listIsAskedAndRead();
    void getIsAskedAndRead();
    void createIsAskedAndRead();
    void terminateIsAskedAndRead();
    void onlyAServiceOfOursIsNamed_data();
    void onlyAServiceOfOursIsNamed();
    void basePathIsKept();
    void idIsOneEncodedSegment_data();
    void idIsOneEncodedSegment();
    void sameBytesAreUnchanged();
    void otherBytesAreRead();
    void etagIsSentBack();
    void newEtagOfTheSameBytesIsSentBack();
    void notModifiedIsUnchanged();
    void notModifiedWithoutAListIsABadAnswer();
    void failureKeepsTheLastList();
    void movedServiceIsAskedWithoutEtag();
    void answerForAnotherSessionIsRefused();
    void createSaysWhatIsWrong();
    void worksWithARealService();
    void abortedReplyIsSilent();
    void destroyedWithQuestionsInFlight();

private:
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<QNetworkAccessManager> m_manager;
    std::unique_ptr<GatewayProvider> m_provider;
};

void TestGatewayProvider::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_manager = std::make_unique<QNetworkAccessManager>();
    m_provider = std::make_unique<GatewayProvider>(*m_manager, connectionTo(m_server->url()));
}

void TestGatewayProvider::cleanup()
{
    m_provider.reset();
    m_manager.reset();
    m_server.reset();
}

void TestGatewayProvider::listIsAskedAndRead()
{
    const SessionList sessions{sampleSession(u"a"_s), sampleSession(u"b"_s)};
    m_server->setDefault(ScriptedAnswer::of(200, encodeSessionList(sessions)));
    const ListOutcome outcome = finished(m_provider->list());
    QVERIFY(!outcome.fault);
    QVERIFY(!outcome.unchanged);
    QCOMPARE(outcome.sessions, sessions);
    QCOMPARE(outcome.bytes, encodeSessionList(sessions).size());
    const RecordedRequest request = m_server->requests().constFirst();
    QCOMPARE(request.method, "GET");
    QCOMPARE(request.target, sessionsPath);
    QCOMPARE(request.header("Accept"), "application/json");
    QCOMPARE(request.header("Host"), m_server->url().authority().toLatin1());
    for (const char *absent : {"Origin", "Cookie", "Authorization", "If-None-Match", "Referer"})
        QVERIFY2(request.header(absent).isEmpty(), absent);
}

void TestGatewayProvider::getIsAskedAndRead()
{
    m_server->setDefault(ScriptedAnswer::of(200, bodyOf(sampleSession(u"a-1"_s))));
    const SessionOutcome outcome = finished(m_provider->get(u"a-1"_s));
    QVERIFY(!outcome.fault);
    QCOMPARE(outcome.session, sampleSession(u"a-1"_s));
    QCOMPARE(m_server->requests().constFirst().method, "GET");
    QCOMPARE(m_server->requests().constFirst().target, sessionsPath + "/a-1");
}

void TestGatewayProvider::createIsAskedAndRead()
{
    m_server->setDefault(ScriptedAnswer::of(200, bodyOf(sampleSession(u"new"_s))));
    SessionRequest wanted;
    wanted.initialUrl = u"https://example.com/ü"_s;
    wanted.profileName = u"shop"_s;
    wanted.persist = true;
    wanted.idleTimeoutMinutes = 5;
    const SessionOutcome outcome = finished(m_provider->create(wanted));
    QVERIFY(!outcome.fault);
    QCOMPARE(outcome.session, sampleSession(u"new"_s));
    const RecordedRequest request = m_server->requests().constFirst();
    QCOMPARE(request.method, "POST");
    QCOMPARE(request.target, sessionsPath);
    QCOMPARE(request.header("Content-Type"), "application/json");
    QCOMPARE(QJsonDocument::fromJson(request.body),
             QJsonDocument(QJsonObject{
                 {"initialUrl"_L1, u"https://example.com/ü"_s},
                 {"profileName"_L1, u"shop"_s},
                 {"persist"_L1, true},
                 {"config"_L1, QJsonObject{{"timeout"_L1, QJsonObject{{"idleTimeout"_L1, 5}}}}}}));
}

void TestGatewayProvider::terminateIsAskedAndRead()
{
    m_server->setDefault(ScriptedAnswer::of(200, R"({"success":true})"));
    QCOMPARE(finished(m_provider->terminate(u"a-1"_s)), std::nullopt);
    QCOMPARE(m_server->requests().size(), 1);
    QCOMPARE(m_server->requests().constFirst().method, "DELETE");
    QCOMPARE(m_server->requests().constFirst().target, sessionsPath + "/a-1");
    QVERIFY(m_server->requests().constFirst().body.isEmpty());
}

void TestGatewayProvider::onlyAServiceOfOursIsNamed_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("service");
    QTest::newRow("ours") << QByteArray("Server: anchorwatchd/0.1.0") << u"anchorwatchd 0.1.0"_s;
    QTest::newRow("none") << QByteArray("X-None: 1") << QString();
    QTest::newRow("a proxy") << QByteArray("Server: nginx/1.22.1") << QString();
    QTest::newRow("ours, and more") << QByteArray("Server: anchorwatchd/0.1.0 <b>") << QString();
}

void TestGatewayProvider::onlyAServiceOfOursIsNamed()
{
    QFETCH(QByteArray, header);
    m_server->setDefault(ScriptedAnswer::of(200, encodeSessionList({}), {header}));
    QTEST(finished(m_provider->list()).service, "service");
}

void TestGatewayProvider::basePathIsKept()
{
    QUrl url = m_server->url();
    url.setPath(u"/team one/"_s);
    m_provider->setBaseUrl(url);
    m_server->setDefault(ScriptedAnswer::of(200, R"({"sessions":[]})"));
    QVERIFY(!finished(m_provider->list()).fault);
    QCOMPARE(m_server->requests().constFirst().target, "/team%20one" + sessionsPath);
}

void TestGatewayProvider::idIsOneEncodedSegment_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QByteArray>("segment");
    QTest::newRow("plain") << u"Ab-9_z"_s << QByteArray("Ab-9_z");
    QTest::newRow("slash") << u"a/b"_s << QByteArray("a%2Fb");
    QTest::newRow("encoded slash") << u"a%2Fb"_s << QByteArray("a%252Fb");
    QTest::newRow("query") << u"all?x"_s << QByteArray("all%3Fx");
    QTest::newRow("fragment") << u"a#b"_s << QByteArray("a%23b");
    QTest::newRow("letter beyond ASCII") << u"ü"_s << QByteArray("%C3%BC");
    QTest::newRow("space") << u"a b"_s << QByteArray("a%20b");
    QTest::newRow("line break") << u"a\r\nX: y"_s << QByteArray("a%0D%0AX%3A%20y");
}

// Fault matrix: W15
void TestGatewayProvider::idIsOneEncodedSegment()
{
    QFETCH(QString, id);
    QFETCH(QByteArray, segment);
    m_server->setDefault(ScriptedAnswer::of(404, {}));
    QVERIFY(finished(m_provider->get(id)).fault);
    QVERIFY(finished(m_provider->terminate(id)));
    QCOMPARE(m_server->requests().size(), 2);
    QCOMPARE(m_server->requests().at(0).target, sessionsPath + '/' + segment);
    QCOMPARE(m_server->requests().at(1).target, sessionsPath + '/' + segment);
}

void TestGatewayProvider::sameBytesAreUnchanged()
{
    m_server->setDefault(ScriptedAnswer::of(200, encodeSessionList({sampleSession(u"a"_s)})));
    QVERIFY(!finished(m_provider->list()).unchanged);
    for (int i = 0; i < 2; ++i) {
        const ListOutcome again = finished(m_provider->list());
        QVERIFY(!again.fault);
        QVERIFY(again.unchanged);
        QVERIFY(again.sessions.isEmpty());
        QVERIFY(again.bytes > 0);
    }
}

void TestGatewayProvider::otherBytesAreRead()
{
    for (const auto &id : {u"a"_s, u"b"_s, u"a"_s}) {
        m_server->setDefault(ScriptedAnswer::of(200, encodeSessionList({sampleSession(id)})));
        const ListOutcome outcome = finished(m_provider->list());
        QVERIFY(!outcome.unchanged);
        QCOMPARE(outcome.sessions, SessionList{sampleSession(id)});
    }
}

void TestGatewayProvider::etagIsSentBack()
{
    m_server->enqueue(ScriptedAnswer::of(200, R"({"sessions":[]})", {"ETag: \"one\""}));
    m_server->enqueue(ScriptedAnswer::of(200, R"({"sessions":[],"count":0})"));
    m_server->setDefault(ScriptedAnswer::of(500, {}));
    for (int i = 0; i < 3; ++i)
        (void)finished(m_provider->list());
    QCOMPARE(m_server->requests().at(0).header("If-None-Match"), QByteArray());
    QCOMPARE(m_server->requests().at(1).header("If-None-Match"), "\"one\"");
    QCOMPARE(m_server->requests().at(2).header("If-None-Match"), QByteArray());
}

void TestGatewayProvider::newEtagOfTheSameBytesIsSentBack()
{
    m_server->enqueue(ScriptedAnswer::of(200, R"({"sessions":[]})", {"ETag: \"one\""}));
    m_server->enqueue(ScriptedAnswer::of(200, R"({"sessions":[]})", {"ETag: \"two\""}));
    m_server->setDefault(ScriptedAnswer::of(500, {}));
    for (int i = 0; i < 3; ++i)
        (void)finished(m_provider->list());
    QCOMPARE(m_server->requests().at(2).header("If-None-Match"), "\"two\"");
}

void TestGatewayProvider::notModifiedIsUnchanged()
{
    m_server->enqueue(ScriptedAnswer::of(200, R"({"sessions":[]})", {"ETag: \"one\""}));
    m_server->enqueue({"HTTP/1.1 304 Not Modified\r\nETag: \"one\"\r\n\r\n"});
    QVERIFY(!finished(m_provider->list()).unchanged);
    const ListOutcome outcome = finished(m_provider->list());
    QVERIFY(!outcome.fault);
    QVERIFY(outcome.unchanged);
}

void TestGatewayProvider::notModifiedWithoutAListIsABadAnswer()
{
    m_server->enqueue({"HTTP/1.1 304 Not Modified\r\n\r\n"});
    const ListOutcome outcome = finished(m_provider->list());
    QVERIFY(outcome.fault);
    QCOMPARE(outcome.fault->kind, Fault::Kind::BadAnswer);
}

void TestGatewayProvider::failureKeepsTheLastList()
{
    const QByteArray body = encodeSessionList({sampleSession(u"a"_s)});
    m_server->enqueue(ScriptedAnswer::of(200, body));
    m_server->enqueue(ScriptedAnswer::of(500, {}));
    m_server->enqueue(ScriptedAnswer::of(200, "not JSON"));
    m_server->enqueue(ScriptedAnswer::of(200, body));
    QVERIFY(!finished(m_provider->list()).fault);
    QVERIFY(finished(m_provider->list()).fault);
    QVERIFY(finished(m_provider->list()).fault);
    QVERIFY(finished(m_provider->list()).unchanged);
}

void TestGatewayProvider::movedServiceIsAskedWithoutEtag()
{
    m_server->setDefault(ScriptedAnswer::of(200, R"({"sessions":[]})", {"ETag: \"one\""}));
    QVERIFY(!finished(m_provider->list()).fault);
    ScriptedServer moved;
    moved.setDefault(ScriptedAnswer::of(200, encodeSessionList({sampleSession(u"b"_s)})));
    m_provider->setBaseUrl(moved.url());
    QCOMPARE(finished(m_provider->list()).sessions, SessionList{sampleSession(u"b"_s)});
    QCOMPARE(moved.requests().size(), 1);
    QCOMPARE(moved.requests().constFirst().header("If-None-Match"), QByteArray());
}

// Fault matrix: W20
void TestGatewayProvider::answerForAnotherSessionIsRefused()
{
    m_server->setDefault(ScriptedAnswer::of(200, bodyOf(sampleSession(u"other"_s))));
    const SessionOutcome outcome = finished(m_provider->get(u"asked"_s));
    QVERIFY(outcome.fault);
    QCOMPARE(outcome.fault->kind, Fault::Kind::BadAnswer);
}

void TestGatewayProvider::createSaysWhatIsWrong()
{
    FakeSessionsService service;
    m_provider->setBaseUrl(service.url());
    service.setCreation(FakeSessionsService::Creation::Rejects);
    const SessionOutcome rejected = finished(m_provider->create({}));
    QVERIFY(rejected.fault);
    QCOMPARE(rejected.fault->kind, Fault::Kind::BadRequest);
    QCOMPARE(rejected.fault->detail, u"Invalid request; initialUrl: Not opened."_s);
    service.setCreation(FakeSessionsService::Creation::Fails);
    const SessionOutcome failed = finished(m_provider->create({}));
    QVERIFY(failed.fault);
    QCOMPARE(failed.fault->kind, Fault::Kind::ServiceError);
    QCOMPARE(failed.fault->detail, u"Failed to create session: no browser was found"_s);
}

void TestGatewayProvider::worksWithARealService()
{
    FakeSessionsService service;
    m_provider->setBaseUrl(service.url());
    QVERIFY(finished(m_provider->list()).sessions.isEmpty());
    SessionRequest wanted;
    wanted.initialUrl = u"https://example.com/"_s;
    const Session created = finished(m_provider->create(wanted)).session;
    QCOMPARE(created.currentUrl, wanted.initialUrl);
    QCOMPARE(finished(m_provider->list()).sessions, SessionList{created});
    QCOMPARE(finished(m_provider->get(created.id)).session, created);
    QCOMPARE(finished(m_provider->terminate(created.id)), std::nullopt);
    const std::optional<Fault> again = finished(m_provider->terminate(created.id));
    QVERIFY(again);
    QCOMPARE(again->kind, Fault::Kind::NotFound);
    QCOMPARE(finished(m_provider->get(created.id)).fault->kind, Fault::Kind::NotFound);
}

void TestGatewayProvider::abortedReplyIsSilent()
{
    const QPointer<ListReply> reply = m_provider->list();
    QSignalSpy spy(reply, &ProviderReply::finished);
    QTRY_COMPARE(m_server->requests().size(), 1);
    reply->abort();
    QTRY_VERIFY(reply.isNull());
    QCOMPARE(spy.size(), 0);
    // The provider goes on as if nothing had been asked.
    m_server->setDefault(ScriptedAnswer::of(200, R"({"sessions":[]})"));
    QVERIFY(!finished(m_provider->list()).fault);
}

// Fault matrix: W22
void TestGatewayProvider::destroyedWithQuestionsInFlight()
{
    const QList<QPointer<ProviderReply>> replies{m_provider->list(), m_provider->get(u"a"_s),
                                                 m_provider->create({}),
                                                 m_provider->terminate(u"a"_s)};
    int answers = 0;
    for (const auto &reply : replies)
        connect(reply, &ProviderReply::finished, this, [&answers] { ++answers; });
    QTRY_COMPARE(m_server->requests().size(), 4);
    m_provider.reset();
    for (const auto &reply : replies)
        QVERIFY(reply.isNull());
    m_manager.reset();
    QCOMPARE(answers, 0);
}

QTEST_GUILESS_MAIN(TestGatewayProvider)
#include "tst_gatewayprovider.moc"
