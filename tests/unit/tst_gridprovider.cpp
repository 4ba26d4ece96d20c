#include "network/grid/gridprovider.h"
#include "tests/fakes/captures.h"
#include "tests/fakes/replyoutcome.h"
#include "tests/fakes/scriptedserver.h"

#include <QJsonDocument>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// No deadline passes here, however slow the machine.
const HttpBounds patient{10min};
const QString listedId = u"41a5ff21291b65282f582884e3b8afed"_s;

Connection connectionTo(const QUrl &url)
{
    Connection connection;
    connection.id = u"grid"_s;
    connection.kind = Connection::Kind::Grid;
    connection.baseUrl = url;
    return connection;
}

ScriptedAnswer captured(int status, const QString &name)
{
    return ScriptedAnswer::of(status, capture(u"selenium/"_s + name));
}

} // namespace

class TestGridProvider : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void listIsAskedAndRead();
    void basePathIsKept();
    void sameBytesAreUnchanged();
    void credentialsGoToTheGridAlone();
    void withoutCredentialsNoneAreSent();
    void noListIsAFault_data();
    void noListIsAFault();
    void capacityComesAtASlowerBeat();
    void capacityThatFailsIsNoFault();
    void getFindsTheSession();
    void getOfAnotherIsNotFound();
    void terminateIsAskedAndRead();
    void terminatesOfOneSessionAreOne();
    void terminateGoesOnWithoutItsReply();
    void oneThatIsGoneSaysWhenAndWhy();
    void strange404IsNoProof_data();
    void strange404IsNoProof();
    void deadDriverReadsAsOne_data();
    void deadDriverReadsAsOne();
    void nodeThatDoesNotAnswerIsNoDeadDriver();
    void endedBrowserReadsAsOne();
    void portThatWasNeverOpenSaysNothing();
    void createIsAskedAndRead();
    void startPageIsOpenedOnce();
    void startPageThatFailsKeepsTheSession();
    void lostAnswerIsLookedForByItsTag();
    void lostAnswerThatLeftNothingIsAFault();
    void refusedCreateIsNotLookedFor();
    void whatAGridCannotDoIsRefused_data();
    void whatAGridCannotDoIsRefused();
    void destroyedWithQuestionsInFlight();

private:
    // A status with one session that carries the tag and whose browser has that port.
    [[nodiscard]] static QByteArray statusWith(const QByteArray &tag, quint16 port = 0);

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<QNetworkAccessManager> m_manager;
    std::unique_ptr<GridProvider> m_provider;
};

void TestGridProvider::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_manager = std::make_unique<QNetworkAccessManager>();
    m_provider = std::make_unique<GridProvider>(*m_manager, connectionTo(m_server->url()));
    m_provider->setBounds(patient);
}

void TestGridProvider::cleanup()
{
    m_provider.reset();
    m_manager.reset();
    m_server.reset();
}

QByteArray TestGridProvider::statusWith(const QByteArray &tag, quint16 port)
{
    return R"({"value":{"ready":true,"nodes":[{"availability":"UP","slots":[{"session":
        {"sessionId":"abc","capabilities":{"aw:tag":")"
           + tag + R"(","goog:chromeOptions":{"debuggerAddress":"localhost:)"
           + QByteArray::number(port) + R"("}}}}]}]}})";
}

void TestGridProvider::listIsAskedAndRead()
{
    m_server->setDefault(captured(200, u"status_one_session.json"_s));
    const ListOutcome outcome = finished(m_provider->list());
    QVERIFY(!outcome.fault);
    QCOMPARE(outcome.sessions.size(), 1);
    QCOMPARE(outcome.sessions.constFirst().id, listedId);
    QCOMPARE(outcome.service, u"Selenium Grid 4.48.0"_s);
    const QString authority = m_server->url().authority();
    QCOMPARE(outcome.sessions.constFirst().cdpUrl,
             u"ws://%1/session/%2/se/cdp"_s.arg(authority, listedId));
    QCOMPARE(outcome.sessions.constFirst().liveViewUrl,
             u"http://%1/ui/#/session/%2"_s.arg(authority, listedId));
    const RecordedRequest request = m_server->requests().constFirst();
    QCOMPARE(request.method, "GET");
    QCOMPARE(request.target, "/status");
    // A Grid answers 500 to any Origin.
    for (const char *absent : {"Origin", "Cookie", "Authorization", "Referer"})
        QVERIFY2(request.header(absent).isEmpty(), absent);
}

void TestGridProvider::basePathIsKept()
{
    QUrl url = m_server->url();
    url.setPath(u"/wd/"_s);
    m_provider = std::make_unique<GridProvider>(*m_manager, connectionTo(url));
    m_server->setDefault(captured(200, u"status_one_session.json"_s));
    const Session session = finished(m_provider->list()).sessions.constFirst();
    QCOMPARE(m_server->requests().constFirst().target, "/wd/status");
    QVERIFY(QUrl(session.cdpUrl).path().startsWith("/wd/session/"_L1));
    QCOMPARE(QUrl(session.liveViewUrl).path(), u"/wd/ui/"_s);
    (void)finished(m_provider->terminate(listedId));
    QCOMPARE(m_server->asked("DELETE", "/wd/session/" + listedId.toLatin1()).size(), 1);
}

void TestGridProvider::sameBytesAreUnchanged()
{
    m_server->setDefault(captured(200, u"status_one_session.json"_s));
    QVERIFY(!finished(m_provider->list()).unchanged);
    const ListOutcome again = finished(m_provider->list());
    QVERIFY(again.unchanged);
    QVERIFY(again.sessions.isEmpty());
    QCOMPARE(again.service, u"Selenium Grid 4.48.0"_s);
    m_server->setDefault(captured(200, u"status_idle.json"_s));
    QVERIFY(!finished(m_provider->list()).unchanged);
}

// Fault matrix: W17
void TestGridProvider::credentialsGoToTheGridAlone()
{
    ScriptedServer other;
    m_provider->setCredentials(u"me"_s, u"canary:ü"_s);
    m_server->setDefault(ScriptedAnswer::redirect(302, other.url().toEncoded() + "/status"));
    other.setDefault(captured(200, u"status_idle.json"_s));
    QVERIFY(finished(m_provider->list()).fault);
    QVERIFY(finished(m_provider->terminate(u"a"_s)));
    QVERIFY(finished(m_provider->create({})).fault);
    QVERIFY(other.requests().isEmpty());
    const QByteArray expected = "Basic " + u"me:canary:ü"_s.toUtf8().toBase64();
    for (const RecordedRequest &request : m_server->requests())
        QCOMPARE(request.header("Authorization"), expected);
    // Nor does the CDP address of a session get it elsewhere.
    QUrl own = m_server->url();
    own.setScheme(u"ws"_s);
    QCOMPARE(m_provider->cdpRequest(own).rawHeader("Authorization"), expected);
    own.setPort(other.url().port());
    QVERIFY(!m_provider->cdpRequest(own).hasRawHeader("Authorization"));
}

void TestGridProvider::withoutCredentialsNoneAreSent()
{
    QVERIFY(!m_provider->cdpRequest(QUrl(u"ws://127.0.0.1/x"_s)).hasRawHeader("Authorization"));
    QVERIFY(m_provider->watchingCost().contains(u"timeout"_s));
    m_server->setDefault(
        ScriptedAnswer::of(401, {}, {"WWW-Authenticate: Basic realm=\"selenium-server\""}));
    const ListOutcome outcome = finished(m_provider->list());
    QVERIFY(outcome.fault);
    QCOMPARE(outcome.fault->kind, Fault::Kind::Refused);
    QVERIFY(outcome.fault->lacksSecret);
    QCOMPARE(outcome.fault->what, u"The Grid asks for a user and a password."_s);
    m_provider->setCredentials(u"me"_s, u"wrong"_s);
    QVERIFY(!finished(m_provider->list()).fault->lacksSecret);
    QCOMPARE(m_server->requests().size(), 2);
    QVERIFY(m_server->requests().constFirst().header("Authorization").isEmpty());
}

void TestGridProvider::noListIsAFault_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Fault::Kind>("kind");
    QTest::newRow("wrong password") << 401 << QByteArray() << Fault::Kind::Refused;
    QTest::newRow("no Grid") << 404 << QByteArray("<html>") << Fault::Kind::BadAnswer;
    QTest::newRow("HTML") << 200 << QByteArray("<html>") << Fault::Kind::BadAnswer;
    QTest::newRow("a driver alone")
        << 200 << QByteArray(R"({"value":{"ready":true,"message":"ready"}})")
        << Fault::Kind::BadAnswer;
    QTest::newRow("distributor fails")
        << 200 << QByteArray(R"({"value":{"ready":false,"message":"Unable to read status."}})")
        << Fault::Kind::ServiceError;
    QTest::newRow("500 with a list")
        << 500 << capture(u"selenium/graphql_validation_error_500.json"_s)
        << Fault::Kind::ServiceError;
    QTest::newRow("503 in plain text") << 503 << QByteArray("down") << Fault::Kind::ServiceError;
}

// Fault matrix: W8, W9, W10
void TestGridProvider::noListIsAFault()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(Fault::Kind, kind);
    m_server->setDefault(ScriptedAnswer::of(status, body));
    const ListOutcome outcome = finished(m_provider->list());
    QVERIFY(outcome.fault);
    QCOMPARE(outcome.fault->kind, kind);
    QVERIFY(!outcome.fault->what.isEmpty());
    QCOMPARE(finished(m_provider->get(u"a"_s)).fault->kind, kind);
}

void TestGridProvider::capacityComesAtASlowerBeat()
{
    m_provider->setSlowBeat(24h);
    QSignalSpy changes(m_provider.get(), &GridProvider::capacityChanged);
    m_server->enqueue(captured(200, u"status_one_session.json"_s));
    m_server->enqueue(captured(200, u"graphql_all.json"_s));
    m_server->setDefault(captured(200, u"status_one_session.json"_s));
    QVERIFY(!m_provider->capacity());
    (void)finished(m_provider->list());
    QTRY_COMPARE(changes.size(), 1);
    QCOMPARE(m_provider->capacity()->text(), u"1 of 2 slots, 0 waiting"_s);
    QCOMPARE(m_server->asked("POST", "/graphql").constFirst().header("Content-Type"),
             "application/json; charset=utf-8");
    for (int i = 0; i < 3; ++i)
        (void)finished(m_provider->list());
    QCOMPARE(m_server->asked("POST", "/graphql").size(), 1);
    m_provider->setSlowBeat(0ms);
    (void)finished(m_provider->list());
    QTRY_COMPARE(m_server->asked("POST", "/graphql").size(), 2);
}

void TestGridProvider::capacityThatFailsIsNoFault()
{
    m_server->enqueue(captured(200, u"status_one_session.json"_s));
    m_server->enqueue(captured(500, u"graphql_validation_error_500.json"_s));
    m_server->setDefault(captured(200, u"status_one_session.json"_s));
    QVERIFY(!finished(m_provider->list()).fault);
    QTRY_COMPARE(m_server->asked("POST", "/graphql").size(), 1);
    QVERIFY(!finished(m_provider->list()).fault);
    QVERIFY(!m_provider->capacity());
}

void TestGridProvider::getFindsTheSession()
{
    m_server->setDefault(captured(200, u"status_one_session.json"_s));
    const SessionOutcome outcome = finished(m_provider->get(listedId));
    QVERIFY(!outcome.fault);
    QCOMPARE(outcome.session.id, listedId);
    QCOMPARE(m_server->requests().constFirst().target, "/status");
}

void TestGridProvider::getOfAnotherIsNotFound()
{
    m_server->setDefault(captured(200, u"status_one_session.json"_s));
    QCOMPARE(finished(m_provider->get(u"other"_s)).fault->kind, Fault::Kind::NotFound);
}

void TestGridProvider::terminateIsAskedAndRead()
{
    m_server->setDefault(ScriptedAnswer::of(200, R"({"value":null})"));
    QCOMPARE(finished(m_provider->terminate(u"a/b"_s)), std::nullopt);
    QCOMPARE(m_server->asked("DELETE", "/session/a%2Fb").size(), 1);
}

// Fault matrix: W20
void TestGridProvider::terminatesOfOneSessionAreOne()
{
    QList<QPointer<TerminateReply>> replies;
    int answers = 0;
    for (const auto &id : {u"a"_s, u"a"_s, u"b"_s, u"a"_s}) {
        replies.append(m_provider->terminate(id));
        connect(replies.constLast(), &ProviderReply::finished, this, [&answers] { ++answers; });
    }
    QTRY_COMPARE(m_server->requests().size(), 2);
    m_provider.reset();
    QCOMPARE(answers, 0);

    m_provider = std::make_unique<GridProvider>(*m_manager, connectionTo(m_server->url()));
    m_server->setDefault(ScriptedAnswer::of(200, R"({"value":null})"));
    TerminateReply *first = m_provider->terminate(u"a"_s);
    TerminateReply *second = m_provider->terminate(u"a"_s);
    QSignalSpy firstAnswer(first, &ProviderReply::finished);
    QCOMPARE(finished(second), std::nullopt);
    QTRY_COMPARE(firstAnswer.size(), 1);
    QCOMPARE(m_server->asked("DELETE", "/session/a").size(), 2);
    // After the answer a new one is asked again.
    QCOMPARE(finished(m_provider->terminate(u"a"_s)), std::nullopt);
    QCOMPARE(m_server->asked("DELETE", "/session/a").size(), 3);
}

void TestGridProvider::terminateGoesOnWithoutItsReply()
{
    QPointer<TerminateReply> first = m_provider->terminate(u"a"_s);
    QTRY_COMPARE(m_server->requests().size(), 1);
    first->abort();
    QTRY_VERIFY(first.isNull());
    TerminateReply *second = m_provider->terminate(u"a"_s);
    QSignalSpy answer(second, &ProviderReply::finished);
    m_server->setDefault(ScriptedAnswer::of(200, R"({"value":null})"));
    QCOMPARE(finished(m_provider->terminate(u"b"_s)), std::nullopt);
    QCOMPARE(m_server->asked("DELETE", "/session/a").size(), 1);
    QCOMPARE(answer.size(), 0);
}

void TestGridProvider::oneThatIsGoneSaysWhenAndWhy()
{
    m_server->setDefault(captured(404, u"delete_again_404.json"_s));
    const std::optional<Fault> fault = finished(m_provider->terminate(listedId));
    QVERIFY(fault);
    QCOMPARE(fault->kind, Fault::Kind::NotFound);
    QVERIFY2(fault->detail.startsWith("Session was removed at 2026-11-23T19:18:51.675685118Z"_L1),
             qPrintable(fault->detail));
    QVERIFY(fault->detail.contains("session closed normally (QUIT command)"_L1));
}

void TestGridProvider::strange404IsNoProof_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("HTML") << QByteArray("<html>Not found</html>");
    QTest::newRow("another server")
        << QByteArray(R"({"value":{"error":"unknown command","message":"no handler"}})");
}

// Fault matrix: W19
void TestGridProvider::strange404IsNoProof()
{
    QFETCH(QByteArray, body);
    m_server->setDefault(ScriptedAnswer::of(404, body));
    const std::optional<Fault> fault = finished(m_provider->terminate(u"a"_s));
    QVERIFY(fault);
    QCOMPARE(fault->kind, Fault::Kind::BadAnswer);
}

void TestGridProvider::deadDriverReadsAsOne_data()
{
    QTest::addColumn<QByteArray>("why");
    QTest::newRow("refused") << QByteArray("Connection error (DELETE http://localhost:1/session)");
    QTest::newRow("broken") << QByteArray("Failed to execute request (DELETE http://localhost:1)");
}

void TestGridProvider::deadDriverReadsAsOne()
{
    QFETCH(QByteArray, why);
    m_server->enqueue(ScriptedAnswer::of(
        500, R"({"value":{"error":"unknown error","message":"Unable to execute request for an )"
             R"(existing session: )"
                 + why + R"(\nBuild info: x"}})"));
    m_server->setDefault(ScriptedAnswer::of(200, statusWith("t")));
    const std::optional<Fault> fault = finished(m_provider->terminate(u"abc"_s));
    QVERIFY(fault);
    QCOMPARE(fault->kind, Fault::Kind::ServiceError);
    QVERIFY(fault->detail.startsWith("Unable to execute request"_L1));
    const Session session = finished(m_provider->list()).sessions.constFirst();
    QCOMPARE(session.status.text(), u"Driver dead"_s);
    QVERIFY(!session.status.isOver()); // its browser may go on
    QVERIFY(session.error.startsWith("Its driver does not answer"_L1));
}

void TestGridProvider::nodeThatDoesNotAnswerIsNoDeadDriver()
{
    m_server->setDefault(captured(200, u"status_one_session.json"_s));
    QVERIFY(!finished(m_provider->list()).fault);
    QTRY_COMPARE(m_server->requests().size(), 2); // the capacity too
    m_server->enqueue(ScriptedAnswer::of(
        500,
        R"--({"value":{"error":"unknown error","message":"Unable to execute request for an )--"
        R"--(existing session: Connection error (DELETE http://127.0.0.1:4466/session/x)"}})--"));
    QVERIFY(finished(m_provider->terminate(listedId)));
    QVERIFY(finished(m_provider->list()).unchanged);
    QCOMPARE(finished(m_provider->get(listedId)).session.status.kind(),
             SessionStatus::Kind::Running);
}

void TestGridProvider::endedBrowserReadsAsOne()
{
    auto browser = std::make_unique<QTcpServer>();
    QVERIFY(browser->listen(QHostAddress::LocalHost));
    QSignalSpy knocks(browser.get(), &QTcpServer::newConnection);
    m_provider->setSlowBeat(0ms);
    m_server->setDefault(ScriptedAnswer::of(200, statusWith("t", browser->serverPort())));
    QCOMPARE(finished(m_provider->list()).sessions.constFirst().status.kind(),
             SessionStatus::Kind::Running);
    QTRY_VERIFY(!knocks.isEmpty());
    QVERIFY(finished(m_provider->list()).unchanged);
    browser.reset();
    Session ended;
    QTRY_VERIFY([&] {
        const ListOutcome outcome = finished(m_provider->list());
        if (!outcome.unchanged)
            ended = outcome.sessions.constFirst();
        return ended.status.kind() == SessionStatus::Kind::Error;
    }());
    QVERIFY(ended.error.startsWith("Its browser has ended"_L1));
    QCOMPARE(finished(m_provider->get(u"abc"_s)).session.error, ended.error);
}

void TestGridProvider::portThatWasNeverOpenSaysNothing()
{
    quint16 port = 0;
    {
        QTcpServer free;
        QVERIFY(free.listen(QHostAddress::LocalHost));
        port = free.serverPort();
    }
    // As behind a tunnel, where the port is one of another machine.
    m_provider->setSlowBeat(0ms);
    m_server->setDefault(ScriptedAnswer::of(200, statusWith("t", port)));
    for (int i = 0; i < 5; ++i)
        QVERIFY(!finished(m_provider->list()).fault);
    QCOMPARE(finished(m_provider->get(u"abc"_s)).session.status.kind(),
             SessionStatus::Kind::Running);
}

void TestGridProvider::createIsAskedAndRead()
{
    m_provider->setBrowser({u"chrome"_s, u"/usr/bin/chromium"_s, {u"--no-sandbox"_s}});
    m_server->enqueue(captured(200, u"post_session_named_200.json"_s));
    m_server->setDefault(captured(200, u"status_idle.json"_s));
    const SessionOutcome outcome = finished(m_provider->create({}));
    QVERIFY(!outcome.fault);
    QCOMPARE(outcome.session.id, u"69b521a3d29be3007c8238cd55e3945a"_s);
    const RecordedRequest request = m_server->requests().constFirst();
    QCOMPARE(request.method, "POST");
    QCOMPARE(request.target, "/session");
    QCOMPARE(request.header("Content-Type"), "application/json; charset=utf-8");
    QVERIFY(request.header("Origin").isEmpty());
    const QJsonValue wanted =
        QJsonDocument::fromJson(request.body)["capabilities"_L1]["alwaysMatch"_L1];
    QVERIFY(wanted["aw:owner"_L1].toString().contains(u'@'));
    QVERIFY(wanted["aw:tag"_L1].toString().startsWith("anchorwatch-"_L1));
    QCOMPARE(wanted["goog:chromeOptions"_L1]["args"_L1][0].toString(), u"--no-sandbox"_s);
    QVERIFY(m_server->asked("POST", "/session/69b521a3d29be3007c8238cd55e3945a/url").isEmpty());
}

void TestGridProvider::startPageIsOpenedOnce()
{
    m_server->enqueue(captured(200, u"post_session_named_200.json"_s));
    m_server->enqueue(ScriptedAnswer::of(200, R"({"value":null})"));
    m_server->setDefault(captured(200, u"status_idle.json"_s));
    SessionRequest wanted;
    wanted.initialUrl = u"https://user.example/path?key=canary"_s;
    const SessionOutcome outcome = finished(m_provider->create(wanted));
    QVERIFY(!outcome.fault);
    QCOMPARE(outcome.session.currentUrl, wanted.initialUrl);
    QCOMPARE(m_server->requests().size(), 3);
    const RecordedRequest request = m_server->requests().at(1);
    QCOMPARE(request.target, "/session/69b521a3d29be3007c8238cd55e3945a/url");
    QCOMPARE(QJsonDocument::fromJson(request.body)["url"_L1].toString(), wanted.initialUrl);
    // Everybody sees the name.
    QVERIFY(m_server->requests().at(0).body.contains(R"("se:name":"user.example")"));
    QVERIFY(!m_server->requests().at(0).body.contains("canary"));
}

void TestGridProvider::startPageThatFailsKeepsTheSession()
{
    m_server->enqueue(captured(200, u"post_session_named_200.json"_s));
    m_server->enqueue(ScriptedAnswer::of(
        500, R"({"value":{"error":"unknown error","message":"net::ERR_NAME_NOT_RESOLVED\nx"}})"));
    m_server->setDefault(captured(200, u"status_idle.json"_s));
    SessionRequest wanted;
    wanted.initialUrl = u"https://nowhere.example/"_s;
    const SessionOutcome outcome = finished(m_provider->create(wanted));
    QVERIFY(!outcome.fault);
    QCOMPARE(outcome.session.id, u"69b521a3d29be3007c8238cd55e3945a"_s);
    QCOMPARE(outcome.session.error,
             u"The start page could not be opened: net::ERR_NAME_NOT_RESOLVED"_s);
}

// Fault matrix: W5
void TestGridProvider::lostAnswerIsLookedForByItsTag()
{
    // The session may have been made. Slowly, so that what follows can be prepared meanwhile.
    const ScriptedAnswer cut{"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
                             ScriptedAnswer::Then::Close, ScriptedAnswer::Speed::AtOnce};
    m_server->enqueue(cut.dripped());
    SessionReply *reply = m_provider->create({});
    QTRY_COMPARE(m_server->requests().size(), 1);
    const QByteArray tag =
        QJsonDocument::fromJson(m_server->requests()
                                    .constFirst()
                                    .body)["capabilities"_L1]["alwaysMatch"_L1]["aw:tag"_L1]
            .toString()
            .toLatin1();
    m_server->setDefault(ScriptedAnswer::of(200, statusWith(tag)));
    const SessionOutcome outcome = finished(reply);
    QVERIFY(!outcome.fault);
    QCOMPARE(outcome.session.id, u"abc"_s);
}

void TestGridProvider::lostAnswerThatLeftNothingIsAFault()
{
    m_server->enqueue(ScriptedAnswer::of(200, "<html>"));
    m_server->setDefault(ScriptedAnswer::of(200, statusWith("of somebody else")));
    const SessionOutcome outcome = finished(m_provider->create({}));
    QVERIFY(outcome.fault);
    QCOMPARE(outcome.fault->kind, Fault::Kind::BadAnswer);
    QCOMPARE(m_server->asked("POST", "/session").size(), 1);
}

void TestGridProvider::refusedCreateIsNotLookedFor()
{
    m_server->setDefault(captured(500, u"post_session_bad_content_type_500.json"_s));
    const SessionOutcome outcome = finished(m_provider->create({}));
    QCOMPARE(outcome.fault->kind, Fault::Kind::ServiceError);
    QVERIFY(outcome.fault->detail.startsWith("Content-Type header"_L1));
    QCOMPARE(m_server->requests().size(), 1);
}

void TestGridProvider::whatAGridCannotDoIsRefused_data()
{
    QTest::addColumn<SessionRequest>("request");
    SessionRequest named;
    named.profileName = u"shop"_s;
    QTest::newRow("profile") << named;
    SessionRequest persisted;
    persisted.persist = true;
    QTest::newRow("persist") << persisted;
    SessionRequest limited;
    limited.idleTimeoutMinutes = 5;
    QTest::newRow("idle time") << limited;
    SessionRequest bounded;
    bounded.maxDurationMinutes = 5;
    QTest::newRow("duration") << bounded;
}

void TestGridProvider::whatAGridCannotDoIsRefused()
{
    QFETCH(SessionRequest, request);
    const SessionOutcome outcome = finished(m_provider->create(request));
    QVERIFY(outcome.fault);
    QCOMPARE(outcome.fault->kind, Fault::Kind::BadRequest);
    QVERIFY(outcome.fault->what.startsWith("A Selenium Grid"_L1));
    QVERIFY(m_server->requests().isEmpty());
    QCOMPARE(m_provider->createRefusal(), QString());
    QCOMPARE(m_provider->terminateRefusal(), QString());
}

// Fault matrix: W22
void TestGridProvider::destroyedWithQuestionsInFlight()
{
    m_provider->setSlowBeat(0ms);
    m_server->enqueue(captured(200, u"status_one_session.json"_s));
    (void)finished(m_provider->list()); // leaves a question for the capacity
    const QList<QPointer<ProviderReply>> replies{m_provider->list(), m_provider->get(u"a"_s),
                                                 m_provider->create({}),
                                                 m_provider->terminate(u"a"_s)};
    int answers = 0;
    for (const auto &reply : replies)
        connect(reply, &ProviderReply::finished, this, [&answers] { ++answers; });
    QTRY_COMPARE(m_server->requests().size(), 6);
    m_provider.reset();
    for (const auto &reply : replies)
        QVERIFY(reply.isNull());
    m_manager.reset();
    QCOMPARE(answers, 0);
}

QTEST_GUILESS_MAIN(TestGridProvider)
#include "tst_gridprovider.moc"
