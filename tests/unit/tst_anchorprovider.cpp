#include "network/anchor/anchorprovider.h"
#include "network/sessionending.h"
#include "tests/fakes/fakeclock.h"
#include "tests/fakes/replyoutcome.h"
#include "tests/fakes/scriptedserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>
#include <QUuid>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = SessionStatus::Kind;

namespace {

// No deadline passes here, however slow the machine.
const HttpBounds patient{10min};
const QString key = u"sk-canary-4f9c0e"_s;
const QString id = u"session-1"_s;
constexpr auto listTarget = "/v1/sessions/all/status";
constexpr auto sessionTarget = "/v1/sessions/session-1";

Connection connectionTo(const QUrl &url)
{
    Connection connection;
    connection.id = u"anchor"_s;
    connection.kind = Connection::Kind::Anchor;
    connection.baseUrl = url;
    return connection;
}

QByteArray item(const QByteArray &name, const QByteArray &status, const QByteArray &tag = "ci",
                const QByteArray &createdAt = "2026-11-25T10:00:00Z")
{
    return R"({"session_id":")" + name + R"(","status":")" + status + R"(","tags":[")" + tag
           + R"("],"created_at":")" + createdAt + "\"}";
}

ScriptedAnswer listOf(const QByteArrayList &items)
{
    return ScriptedAnswer::of(200, R"({"data":{"count":1,"items":[)" + items.join(',') + "]}}");
}

ScriptedAnswer detailsOf(const QByteArray &status)
{
    return ScriptedAnswer::of(200, R"({"data":{"id":"row-12345","session_id":"session-1",
        "status":")" + status + R"(","credits_used":2,"steps":3,"configuration":{
        "session":{"timeout":{"max_duration":20}},"browser":{"profile":{"name":"shop"}}}}})");
}

ScriptedAnswer pagesOf(const QByteArray &title)
{
    return ScriptedAnswer::of(200, R"([{"id":"1","title":")" + title
                                       + R"(","url":"https://shop.example/"}])");
}

ScriptedAnswer made()
{
    return ScriptedAnswer::of(
        200, R"({"data":{"id":"session-1",)"
             R"("cdp_url":"wss://connect.example?sessionId=session-1&rt=3ab8e650",)"
             R"("live_view_url":"https://live.example?sessionId=session-1"}})");
}

ScriptedAnswer failing(int status, const QByteArray &words, const QByteArrayList &headers = {})
{
    return ScriptedAnswer::of(status, R"({"error":{"code":1,"message":")" + words + R"("}})",
                              headers);
}

ScriptedAnswer dropped()
{
    return {{}, ScriptedAnswer::Then::Close, ScriptedAnswer::Speed::AtOnce};
}

// The tag of ours that only this request has.
QByteArray tagOf(const RecordedRequest &creation)
{
    return QJsonDocument::fromJson(creation.body)["session"_L1]["tags"_L1][0].toString().toLatin1();
}

QString textOf(const Fault &fault)
{
    return fault.what + u' ' + fault.detail;
}

} // namespace

class TestAnchorProvider : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void withoutAKeyNothingIsAsked_data();
    void withoutAKeyNothingIsAsked();
    void listIsAskedAndRead();
    void keyGoesInTheHeaderAlone();
    void keyDoesNotFollowARedirect();
    void keyIsInNoFault_data();
    void keyIsInNoFault();
    void onlyAServiceOfOursIsNamed();
    void sameBytesAreUnchanged();
    void endedOnesAreShownWhenTheyWereLive();
    void noListIsAFault_data();
    void noListIsAFault();
    void getReadsDetailsAndPage();
    void listKnowsWhatGetTold();
    void pagesThatFailCostTitleAndUrlAlone_data();
    void pagesThatFailCostTitleAndUrlAlone();
    void endedSessionReadsAsEnded();
    void getThatFails_data();
    void getThatFails();
    void createIsAskedAndRead();
    void addressesOfCreateStayInTheList();
    void addressWithTheKeyIsNotShown();
    void creationAfterADroppedConnection();
    void lostAnswerIsLookedForByItsTag_data();
    void lostAnswerIsLookedForByItsTag();
    void sessionThatAppearsLateIsFound();
    void lostAnswerThatLeftNothingIsAFault_data();
    void lostAnswerThatLeftNothingIsAFault();
    void twinOfALostAnswerIsEnded();
    void twinOfAnAnswerIsEnded();
    void twinThatCannotBeEndedIsNamed();
    void answeredSessionThatIsNotListedIsNoTwin();
    void refusedCreateIsNotLookedFor_data();
    void refusedCreateIsNotLookedFor();
    void terminateIsAskedAndRead();
    void idsThatMayMeanOthersAreNotAskedFor_data();
    void idsThatMayMeanOthersAreNotAskedFor();
    void terminatesOfOneSessionAreOne();
    void terminateGoesOnWithoutItsReply();
    void refusedEndIsReadWithTheList_data();
    void refusedEndIsReadWithTheList();
    void endIsProvenByItsStatus();
    void watchingSaysWhatItCosts();
    void destroyedWithQuestionsInFlight();

private:
    void answer(const QByteArray &question, const ScriptedAnswer &answer);
    [[nodiscard]] std::unique_ptr<AnchorProvider> provider() const;

    QHash<QByteArray, ScriptedAnswer> m_answers; // by method and path: "GET /v1/…"
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<QNetworkAccessManager> m_manager;
    std::unique_ptr<AnchorProvider> m_provider;
};

void TestAnchorProvider::init()
{
    m_answers.clear();
    m_server = std::make_unique<ScriptedServer>();
    m_server->setScript([this](const RecordedRequest &request) {
        const QByteArray path = request.target.split('?').constFirst();
        return m_answers.value(request.method + ' ' + path, ScriptedAnswer::hang());
    });
    m_manager = std::make_unique<QNetworkAccessManager>();
    m_provider = provider();
}

void TestAnchorProvider::cleanup()
{
    m_provider.reset();
    m_manager.reset();
    m_server.reset();
}

std::unique_ptr<AnchorProvider> TestAnchorProvider::provider() const
{
    auto made = std::make_unique<AnchorProvider>(*m_manager, connectionTo(m_server->url()));
    made->setKey(key);
    made->setBounds(patient);
    made->setLookPause(1ms);
    return made;
}

void TestAnchorProvider::answer(const QByteArray &question, const ScriptedAnswer &answer)
{
    m_answers.insert(question, answer);
}

void TestAnchorProvider::withoutAKeyNothingIsAsked_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("why");
    QTest::newRow("none") << QString() << u"The connection has no API key."_s;
    QTest::newRow("blank") << u" \n"_s << u"The connection has no API key."_s;
    QTest::newRow("line break") << u"sk-canary\r\nX-Other: 1"_s
                                << u"The API key has characters that no key has, such as a space "
                                   "in it."_s;
    QTest::newRow("letter") << u"sk-canäry"_s
                            << u"The API key has characters that no key has, such as a space in "
                               "it."_s;
}

void TestAnchorProvider::withoutAKeyNothingIsAsked()
{
    QFETCH(QString, given);
    QFETCH(QString, why);
    m_provider->setKey(given);
    for (const Fault &fault :
         {*finished(m_provider->list()).fault, *finished(m_provider->get(id)).fault,
          *finished(m_provider->create({})).fault, *finished(m_provider->terminate(id))}) {
        QCOMPARE(fault.kind, Fault::Kind::Refused);
        QCOMPARE(fault.lacksSecret, given.trimmed().isEmpty());
        QCOMPARE(fault.what, why);
        QVERIFY(!textOf(fault).contains("canary"_L1));
    }
    QVERIFY(m_server->requests().isEmpty());
}

void TestAnchorProvider::listIsAskedAndRead()
{
    answer("GET /v1/sessions/all/status", listOf({item("session-1", "running")}));
    const ListOutcome outcome = finished(m_provider->list());
    QVERIFY(!outcome.fault);
    QVERIFY(outcome.bytes > 0);
    QCOMPARE(outcome.sessions.size(), 1);
    const Session session = outcome.sessions.constFirst();
    QCOMPARE(session.id, id);
    QCOMPARE(session.status.kind(), Kind::Running);
    QCOMPARE(session.tags, QStringList{u"ci"_s});
    QVERIFY(session.isPartial);
    QVERIFY(session.urlsDerived);
    QCOMPARE(session.cdpUrl, u"ws://%1/?sessionId=session-1"_s.arg(m_server->url().authority()));
    QCOMPARE(session.liveViewUrl, QString());
    QCOMPARE(m_server->requests().size(), 1);
    QCOMPARE(m_server->requests().constFirst().target, listTarget);
}

// Fault matrix: W28
void TestAnchorProvider::keyGoesInTheHeaderAlone()
{
    answer("GET /v1/sessions/all/status", listOf({item("session-1", "running")}));
    answer("GET /v1/sessions/session-1", detailsOf("running"));
    answer("GET /v1/sessions/session-1/pages", pagesOf("Shop"));
    answer("POST /v1/sessions", made());
    answer("DELETE /v1/sessions/session-1", ScriptedAnswer::of(200, "{}"));
    m_provider->setKey(" "_L1 + key + "\n"_L1); // as pasted
    (void)finished(m_provider->list());
    (void)finished(m_provider->get(id));
    (void)finished(m_provider->create({}));
    (void)finished(m_provider->terminate(id));
    QCOMPARE(m_server->requests().size(), 6);
    for (const RecordedRequest &request : m_server->requests()) {
        QCOMPARE(request.header("anchor-api-key"), key.toLatin1());
        QVERIFY2(!request.target.contains("canary"), request.target.constData());
        QVERIFY2(!request.body.contains("canary"), request.body.constData());
        for (const char *absent : {"Origin", "Cookie", "Authorization", "Referer"})
            QVERIFY2(request.header(absent).isEmpty(), absent);
    }
    QUrl own = m_server->url();
    own.setScheme(u"ws"_s);
    QCOMPARE(m_provider->cdpRequest(own).rawHeader("anchor-api-key"), key.toLatin1());
    own.setHost(u"connect.example.com"_s); // another origin: its sessions' ids open them
    QVERIFY(!m_provider->cdpRequest(own).hasRawHeader("anchor-api-key"));
}

// Fault matrix: W17
void TestAnchorProvider::keyDoesNotFollowARedirect()
{
    ScriptedServer other;
    other.setDefault(listOf({}));
    const ScriptedAnswer elsewhere =
        ScriptedAnswer::redirect(307, other.url().toEncoded() + "/v1/sessions/all/status");
    m_server->setScript([&elsewhere](const RecordedRequest &) { return elsewhere; });
    QCOMPARE(finished(m_provider->list()).fault->kind, Fault::Kind::BadAnswer);
    QCOMPARE(finished(m_provider->get(id)).fault->kind, Fault::Kind::BadAnswer);
    QVERIFY(finished(m_provider->create({})).fault);
    QVERIFY(finished(m_provider->terminate(id)));
    QVERIFY(other.requests().isEmpty());
    // A command follows none, even to the same origin.
    m_server->setScript(
        [](const RecordedRequest &) { return ScriptedAnswer::redirect(307, "/v1/sessions/all"); });
    QVERIFY(finished(m_provider->terminate(id)));
    QVERIFY(m_server->asked("DELETE", "/v1/sessions/all").isEmpty());
}

void TestAnchorProvider::keyIsInNoFault_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    const QByteArray secret = key.toLatin1();
    QTest::newRow("words") << 401 << R"({"error":{"message":"Invalid API Key )" + secret + "\"}}";
    QTest::newRow("text") << 500 << R"({"error":"key )" + secret + R"( failed"})";
    QTest::newRow("message") << 403 << R"({"message":")" + secret + "\"}";
    QTest::newRow("plain") << 502 << "upstream refused key " + secret;
    QTest::newRow("HTML") << 200 << "<html>" + secret;
    QTest::newRow("cut in the middle") << 200 << QByteArray(72, 'x') + secret;
    QTest::newRow("JSON of another shape") << 200 << R"({"key":")" + secret + "\"}";
    QTest::newRow("address") << 400 << R"({"error":"see https://h/?apiKey=)" + secret + R"(&x=1"})";
    QTest::newRow("encoded") << 400 << QByteArray(R"({"error":"sk%2dcanary%2D4f9c0e"})");
}

// Fault matrix: W28
void TestAnchorProvider::keyIsInNoFault()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    m_server->setScript([&](const RecordedRequest &) { return ScriptedAnswer::of(status, body); });
    QList<Fault> faults{*finished(m_provider->list()).fault, *finished(m_provider->get(id)).fault,
                        *finished(m_provider->create({})).fault};
    if (status != 200) // which is all a DELETE needs
        faults.append(*finished(m_provider->terminate(id)));
    for (const Fault &fault : std::as_const(faults)) {
        const QString text = QUrl::fromPercentEncoding(textOf(fault).toUtf8());
        QVERIFY2(!text.contains("canary"_L1), qPrintable(text));
        QVERIFY(!fault.what.isEmpty());
    }
}

void TestAnchorProvider::onlyAServiceOfOursIsNamed()
{
    const QByteArray body = R"({"data":{"count":0,"items":[]}})";
    answer("GET /v1/sessions/all/status",
           ScriptedAnswer::of(200, body, {"Server: anchorwatchd/0.1.0"}));
    QCOMPARE(finished(m_provider->list()).service, u"anchorwatchd 0.1.0"_s);
    answer("GET /v1/sessions/all/status", ScriptedAnswer::of(200, body, {"Server: cloudflare"}));
    QCOMPARE(finished(m_provider->list()).service, QString());
}

void TestAnchorProvider::sameBytesAreUnchanged()
{
    answer("GET /v1/sessions/all/status", listOf({item("session-1", "running")}));
    QVERIFY(!finished(m_provider->list()).unchanged);
    const ListOutcome again = finished(m_provider->list());
    QVERIFY(again.unchanged);
    QVERIFY(again.sessions.isEmpty());
    answer("GET /v1/sessions/all/status", listOf({}));
    QVERIFY(!finished(m_provider->list()).unchanged);
    // An answer that is none does not count.
    answer("GET /v1/sessions/all/status", ScriptedAnswer::of(200, "<html>"));
    QVERIFY(finished(m_provider->list()).fault);
    QVERIFY(finished(m_provider->list()).fault);
    answer("GET /v1/sessions/all/status", listOf({}));
    QVERIFY(finished(m_provider->list()).unchanged);
}

void TestAnchorProvider::endedOnesAreShownWhenTheyWereLive()
{
    answer("GET /v1/sessions/all/status",
           listOf({item("session-1", "running"), item("session-0", "completed")}));
    QCOMPARE(finished(m_provider->list()).sessions.size(), 1);
    answer("GET /v1/sessions/all/status",
           listOf({item("session-1", "completed"), item("session-0", "completed")}));
    const ListOutcome ended = finished(m_provider->list());
    QCOMPARE(ended.sessions.size(), 1);
    QCOMPARE(ended.sessions.constFirst().id, id);
    QCOMPARE(ended.sessions.constFirst().status.kind(), Kind::Stopped);
    QCOMPARE(ended.sessions.constFirst().cdpUrl, QString());
}

void TestAnchorProvider::noListIsAFault_data()
{
    QTest::addColumn<ScriptedAnswer>("reply");
    QTest::addColumn<Fault::Kind>("kind");
    QTest::addColumn<QString>("what");
    const auto row = [](const char *name, const ScriptedAnswer &reply, Fault::Kind kind,
                        const QString &what) { QTest::newRow(name) << reply << kind << what; };
    row("wrong key", failing(401, "Invalid API Key"), Fault::Kind::Refused,
        u"127.0.0.1 does not accept the API key."_s);
    row("forbidden", failing(403, "No"), Fault::Kind::Refused, u"127.0.0.1 refused us (403)."_s);
    row("no API", ScriptedAnswer::of(404, "<html>"), Fault::Kind::BadAnswer,
        u"This address has no Anchor API."_s);
    row("HTML", ScriptedAnswer::of(200, "<html>"), Fault::Kind::BadAnswer,
        u"This is not JSON: illegal value."_s);
    row("other JSON", ScriptedAnswer::of(200, "{}"), Fault::Kind::BadAnswer,
        u"The answer has no list of sessions."_s);
    row("too often", failing(429, "Slow down", {"Retry-After: 58"}), Fault::Kind::TooMany,
        u"127.0.0.1 was asked too often."_s);
    row("its own error", ScriptedAnswer::of(503, "down"), Fault::Kind::ServiceError,
        u"127.0.0.1 reports an error of its own (503)."_s);
    row("broken", dropped(), Fault::Kind::Unreachable, u"The connection to 127.0.0.1 broke."_s);
}

// Fault matrix: W8, W9, W10
void TestAnchorProvider::noListIsAFault()
{
    QFETCH(ScriptedAnswer, reply);
    QFETCH(Fault::Kind, kind);
    QFETCH(QString, what);
    answer("GET /v1/sessions/all/status", reply);
    const Fault fault = *finished(m_provider->list()).fault;
    QCOMPARE(fault.kind, kind);
    QVERIFY(!fault.lacksSecret);
    QCOMPARE(fault.what, what);
    if (kind == Fault::Kind::TooMany)
        QVERIFY(fault.retryAfter == 58s);
}

void TestAnchorProvider::getReadsDetailsAndPage()
{
    answer("GET /v1/sessions/session-1", detailsOf("running"));
    answer("GET /v1/sessions/session-1/pages", pagesOf("Shop"));
    const SessionOutcome outcome = finished(m_provider->get(id));
    QVERIFY(!outcome.fault);
    QCOMPARE(outcome.session.id, id);
    QCOMPARE(outcome.session.status.kind(), Kind::Running);
    QCOMPARE(outcome.session.title, u"Shop"_s);
    QCOMPARE(outcome.session.currentUrl, u"https://shop.example/"_s);
    QCOMPARE(outcome.session.profileName, u"shop"_s);
    QVERIFY(outcome.session.figures.contains({SessionFigure::Kind::Credits, 2}));
    QVERIFY(outcome.session.figures.contains({SessionFigure::Kind::TimeLimit, 1200}));
    QVERIFY(outcome.session.urlsDerived);
    QVERIFY(outcome.session.isPartial); // its page may change
}

void TestAnchorProvider::listKnowsWhatGetTold()
{
    answer("GET /v1/sessions/all/status", listOf({item("session-1", "running")}));
    answer("GET /v1/sessions/session-1", detailsOf("running"));
    answer("GET /v1/sessions/session-1/pages", pagesOf("Shop"));
    QVERIFY(finished(m_provider->list()).sessions.constFirst().isPartial);
    (void)finished(m_provider->get(id));
    // The same bytes, but more is known of what they name.
    const ListOutcome outcome = finished(m_provider->list());
    QVERIFY(!outcome.unchanged);
    const Session session = outcome.sessions.constFirst();
    QCOMPARE(session.title, u"Shop"_s);
    QVERIFY(session.figures.contains({SessionFigure::Kind::Steps, 3}));
    QCOMPARE(session.tags, QStringList{u"ci"_s});
    // Asking again for the same tells nothing new.
    (void)finished(m_provider->get(id));
    QVERIFY(finished(m_provider->list()).unchanged);
}

void TestAnchorProvider::pagesThatFailCostTitleAndUrlAlone_data()
{
    QTest::addColumn<ScriptedAnswer>("reply");
    QTest::newRow("404") << failing(404, "No such session");
    QTest::newRow("HTML") << ScriptedAnswer::of(200, "<html>");
    QTest::newRow("no pages") << ScriptedAnswer::of(200, "[]");
    QTest::newRow("broken") << dropped();
    QTest::newRow("no answer") << ScriptedAnswer::hang();
}

void TestAnchorProvider::pagesThatFailCostTitleAndUrlAlone()
{
    QFETCH(ScriptedAnswer, reply);
    m_provider->setBounds({10s}); // two of which are for the pages
    answer("GET /v1/sessions/session-1", detailsOf("running"));
    answer("GET /v1/sessions/session-1/pages", reply);
    const SessionOutcome outcome = finished(m_provider->get(id));
    QVERIFY(!outcome.fault);
    QCOMPARE(outcome.session.id, id);
    QCOMPARE(outcome.session.profileName, u"shop"_s);
    QCOMPARE(outcome.session.title, QString());
    QCOMPARE(outcome.session.currentUrl, QString());
}

void TestAnchorProvider::endedSessionReadsAsEnded()
{
    answer("GET /v1/sessions/session-1", detailsOf("completed"));
    const SessionOutcome outcome = finished(m_provider->get(id));
    QVERIFY(!outcome.fault);
    QCOMPARE(outcome.session.status.kind(), Kind::Stopped);
    QCOMPARE(outcome.session.cdpUrl, QString());
    // It has no pages any more.
    QCOMPARE(m_server->requests().size(), 1);
}

void TestAnchorProvider::getThatFails_data()
{
    QTest::addColumn<ScriptedAnswer>("details");
    QTest::addColumn<ScriptedAnswer>("list");
    QTest::addColumn<Fault::Kind>("kind");
    const ScriptedAnswer none = listOf({item("session-2", "running")});
    const ScriptedAnswer ended = listOf({item("session-1", "completed")});
    const ScriptedAnswer running = listOf({item("session-1", "running")});
    const ScriptedAnswer unknown = failing(404, "Session not found");
    QTest::newRow("not found, not listed") << unknown << none << Fault::Kind::NotFound;
    QTest::newRow("not found, listed as ended") << unknown << ended << Fault::Kind::NotFound;
    QTest::newRow("not found, listed as running") << unknown << running << Fault::Kind::BadAnswer;
    QTest::newRow("gone") << failing(410, "Gone") << none << Fault::Kind::NotFound;
    QTest::newRow("refused, not listed") << failing(401, "No") << none << Fault::Kind::NotFound;
    QTest::newRow("refused, listed") << failing(401, "No") << running << Fault::Kind::Refused;
    QTest::newRow("wrong key") << failing(401, "No") << failing(401, "No") << Fault::Kind::Refused;
    QTest::newRow("no API") << ScriptedAnswer::of(404, "<html>")
                            << ScriptedAnswer::of(404, "<html>") << Fault::Kind::BadAnswer;
    QTest::newRow("list fails") << unknown << failing(500, "No") << Fault::Kind::ServiceError;
    QTest::newRow("list is none") << unknown << ScriptedAnswer::of(200, "{}")
                                  << Fault::Kind::BadAnswer;
    QTest::newRow("its own error") << failing(500, "No") << none << Fault::Kind::ServiceError;
    QTest::newRow("another session")
        << ScriptedAnswer::of(200, R"({"data":{"session_id":"session-2","status":"running"}})")
        << none << Fault::Kind::BadAnswer;
    QTest::newRow("HTML") << ScriptedAnswer::of(200, "<html>") << none << Fault::Kind::BadAnswer;
}

void TestAnchorProvider::getThatFails()
{
    QFETCH(ScriptedAnswer, details);
    QFETCH(ScriptedAnswer, list);
    answer("GET /v1/sessions/session-1", details);
    answer("GET /v1/sessions/all/status", list);
    const SessionOutcome outcome = finished(m_provider->get(id));
    QVERIFY(outcome.fault);
    QTEST(outcome.fault->kind, "kind");
    QVERIFY(!outcome.fault->what.isEmpty());
}

void TestAnchorProvider::createIsAskedAndRead()
{
    answer("POST /v1/sessions", made());
    answer("GET /v1/sessions/all/status", listOf({}));
    SessionRequest wanted;
    wanted.initialUrl = u"shop.example"_s;
    wanted.profileName = u"shop"_s;
    wanted.persist = true;
    wanted.maxDurationMinutes = 20;
    const SessionOutcome outcome = finished(m_provider->create(wanted));
    QVERIFY(!outcome.fault);
    QCOMPARE(outcome.session.id, id);
    QCOMPARE(outcome.session.status.kind(), Kind::Running);
    QCOMPARE(outcome.session.cdpUrl, u"wss://connect.example?sessionId=session-1&rt=3ab8e650"_s);
    QVERIFY(!outcome.session.urlsDerived);
    QCOMPARE(outcome.session.profileName, u"shop"_s);
    QCOMPARE(outcome.session.persist, true);
    const RecordedRequest request = m_server->requests().constFirst();
    QCOMPARE(request.header("Content-Type"), "application/json");
    const QJsonValue body = QJsonDocument::fromJson(request.body).object();
    QCOMPARE(body["session"_L1]["initial_url"_L1].toString(), u"https://shop.example"_s);
    QCOMPARE(body["session"_L1]["timeout"_L1]["max_duration"_L1].toInt(), 20);
    QCOMPARE(body["browser"_L1]["profile"_L1]["persist"_L1].toBool(), true);
    const QJsonArray tags = body["session"_L1]["tags"_L1].toArray();
    QCOMPARE(tags.size(), 2);
    QVERIFY(!QUuid::fromString(tags.at(0).toString().sliced(3)).isNull());
    QVERIFY(tags.at(0).toString().startsWith("aw-"_L1));
    QVERIFY(tags.at(1).toString().startsWith("aw-owner:"_L1));
    QVERIFY(tags.at(1).toString().contains(u'@'));
    QCOMPARE(outcome.session.tags.size(), 2);
    // Each has a tag of its own.
    (void)finished(m_provider->create(wanted));
    QVERIFY(tagOf(m_server->asked("POST").at(0)) != tagOf(m_server->asked("POST").at(1)));
}

void TestAnchorProvider::addressesOfCreateStayInTheList()
{
    answer("GET /v1/sessions/all/status", listOf({item("session-1", "running")}));
    QVERIFY(finished(m_provider->list()).sessions.constFirst().urlsDerived);
    answer("POST /v1/sessions", made());
    (void)finished(m_provider->create({}));
    const ListOutcome outcome = finished(m_provider->list());
    QVERIFY(!outcome.unchanged);
    const Session session = outcome.sessions.constFirst();
    QCOMPARE(session.cdpUrl, u"wss://connect.example?sessionId=session-1&rt=3ab8e650"_s);
    QCOMPARE(session.liveViewUrl, u"https://live.example?sessionId=session-1"_s);
    QVERIFY(!session.urlsDerived);
}

// Fault matrix: W28
void TestAnchorProvider::addressWithTheKeyIsNotShown()
{
    answer("POST /v1/sessions",
           ScriptedAnswer::of(200, R"({"data":{"id":"session-1","cdp_url":"wss://connect.example)"
                                   R"(?apiKey=sk%2Dcanary-4f9c0e&sessionId=session-1"}})"));
    answer("GET /v1/sessions/all/status", listOf({item("session-1", "running")}));
    const Session session = finished(m_provider->create({})).session;
    QCOMPARE(session.cdpUrl, u"ws://%1/?sessionId=session-1"_s.arg(m_server->url().authority()));
    QVERIFY(session.urlsDerived);
    QCOMPARE(session.facts.constLast().label, u"Account key"_s);
}

void TestAnchorProvider::creationAfterADroppedConnection()
{
    // Qt sends it again by itself, and that one is answered: two sessions are there.
    QByteArrayList items;
    m_server->setScript([&](const RecordedRequest &request) {
        if (request.method == "DELETE") {
            items.removeFirst();
            return ScriptedAnswer::of(200, R"({"data":{"status":"success"}})");
        }
        if (request.method == "GET")
            return listOf(items);
        const bool isFirst = items.isEmpty();
        items.append(item(isFirst ? "session-0" : "session-1", "running", tagOf(request)));
        return isFirst ? dropped() : made();
    });
    const SessionOutcome outcome = finished(m_provider->create({}));
    QVERIFY(!outcome.fault);
    QCOMPARE(outcome.session.id, id);
    QCOMPARE(m_server->asked("POST").size(), 2);
    QCOMPARE(tagOf(m_server->asked("POST").at(0)), tagOf(m_server->asked("POST").at(1)));
    QCOMPARE(m_server->asked("DELETE", "/v1/sessions/session-0").size(), 1);
    QCOMPARE(m_server->asked("DELETE").size(), 1);
    QVERIFY(outcome.session.facts.contains(
        {u"Creation"_s, u"The request arrived twice; the second session was ended."_s}));
}

void TestAnchorProvider::lostAnswerIsLookedForByItsTag_data()
{
    QTest::addColumn<ScriptedAnswer>("lost");
    QTest::newRow("dropped") << dropped();
    QTest::newRow("reset") << ScriptedAnswer{
        {}, ScriptedAnswer::Then::Reset, ScriptedAnswer::Speed::AtOnce};
    QTest::newRow("cut") << made().cutTo(60, ScriptedAnswer::Then::Close);
    QTest::newRow("no JSON") << ScriptedAnswer::of(200, "<html>");
    QTest::newRow("no session") << ScriptedAnswer::of(200, "{}");
    QTest::newRow("gateway") << ScriptedAnswer::of(504, "<html>");
    QTest::newRow("its own error") << failing(500, "Something went wrong");
    QTest::newRow("no answer") << ScriptedAnswer::hang();
}

// Fault matrix: W5
void TestAnchorProvider::lostAnswerIsLookedForByItsTag()
{
    QFETCH(ScriptedAnswer, lost);
    if (lost.then == ScriptedAnswer::Then::Hang)
        m_provider->setBounds({250ms}); // and twelve times that for the POST
    QByteArray tag;
    m_server->setScript([&](const RecordedRequest &request) {
        if (request.method == "POST") {
            tag = tagOf(request);
            return lost;
        }
        return listOf({item("session-2", "running", "of another"),
                       item("session-1", "running", tag), item("session-3", "completed", tag)});
    });
    SessionRequest wanted;
    wanted.profileName = u"shop"_s;
    const SessionOutcome outcome = finished(m_provider->create(wanted));
    QVERIFY2(!outcome.fault, qPrintable(outcome.fault ? textOf(*outcome.fault) : QString()));
    QCOMPARE(outcome.session.id, id);
    QCOMPARE(outcome.session.profileName, u"shop"_s);
    QVERIFY(outcome.session.urlsDerived);
    QCOMPARE(m_server->asked("GET").constFirst().target, listTarget + QByteArray("?tags=") + tag);
    QVERIFY(m_server->asked("DELETE").isEmpty());
}

void TestAnchorProvider::sessionThatAppearsLateIsFound()
{
    QByteArray tag;
    m_server->setScript([&](const RecordedRequest &request) {
        if (request.method == "POST") {
            tag = tagOf(request);
            return ScriptedAnswer::of(504, {});
        }
        switch (m_server->asked("GET").size()) {
        case 1:
            return listOf({});
        case 2:
            return ScriptedAnswer::of(503, {});
        default:
            return listOf({item("session-1", "pending", tag)});
        }
    });
    const SessionOutcome outcome = finished(m_provider->create({}));
    QVERIFY(!outcome.fault);
    QCOMPARE(outcome.session.id, id);
    QCOMPARE(outcome.session.status.kind(), Kind::Starting);
}

void TestAnchorProvider::lostAnswerThatLeftNothingIsAFault_data()
{
    QTest::addColumn<ScriptedAnswer>("list");
    QTest::addColumn<QString>("says");
    QTest::newRow("nothing") << listOf({item("session-2", "running", "of another")})
                             << u"No session was created: none has the tag of the request."_s;
    QTest::newRow("not known") << ScriptedAnswer::of(
        503,
        "down") << u"Whether a session was created could not be found out: look at the list."_s;
}

void TestAnchorProvider::lostAnswerThatLeftNothingIsAFault()
{
    QFETCH(ScriptedAnswer, list);
    QFETCH(QString, says);
    answer("POST /v1/sessions", failing(500, "No browser is free"));
    answer("GET /v1/sessions/all/status", list);
    const SessionOutcome outcome = finished(m_provider->create({}));
    QVERIFY(outcome.fault);
    QCOMPARE(outcome.fault->kind, Fault::Kind::ServiceError);
    QCOMPARE(outcome.fault->detail, says + " No browser is free"_L1);
    QCOMPARE(m_server->asked("POST").size(), 1);
    QCOMPARE(m_server->asked("GET").size(), 3);
}

// Fault matrix: W5
void TestAnchorProvider::twinOfALostAnswerIsEnded()
{
    QByteArray tag;
    m_server->setScript([&](const RecordedRequest &request) {
        if (request.method == "DELETE")
            return ScriptedAnswer::of(200, "{}");
        if (request.method == "GET") {
            return listOf({item("session-2", "running", tag, "2026-11-25T10:00:01Z"),
                           item("session-1", "running", tag, "2026-11-25T10:00:02Z"),
                           item("session-3", "running", "of another")});
        }
        tag = tagOf(request);
        return dropped();
    });
    const SessionOutcome outcome = finished(m_provider->create({}));
    QVERIFY(!outcome.fault);
    QCOMPARE(outcome.session.id, id); // the newest
    QCOMPARE(m_server->asked("POST").size(), 2);
    QCOMPARE(m_server->asked("DELETE").size(), 1);
    QCOMPARE(m_server->asked("DELETE").constFirst().target, "/v1/sessions/session-2");
}

void TestAnchorProvider::twinOfAnAnswerIsEnded()
{
    // As when a network sent it twice: the answer is that of the older one.
    QByteArray tag;
    m_server->setScript([&](const RecordedRequest &request) {
        if (request.method == "DELETE")
            return ScriptedAnswer::of(200, "{}");
        if (request.method == "GET") {
            return listOf({item("session-1", "running", tag, "2026-11-25T10:00:01Z"),
                           item("session-2", "running", tag, "2026-11-25T10:00:02Z")});
        }
        tag = tagOf(request);
        return made();
    });
    const SessionOutcome outcome = finished(m_provider->create({}));
    QCOMPARE(outcome.session.id, id);
    QCOMPARE(outcome.session.cdpUrl, u"wss://connect.example?sessionId=session-1&rt=3ab8e650"_s);
    QCOMPARE(outcome.session.liveViewUrl, u"https://live.example?sessionId=session-1"_s);
    QCOMPARE(outcome.session.createdAt, QDateTime({2026, 11, 25}, {10, 0, 1}, Qt::UTC));
    QCOMPARE(m_server->asked("DELETE").size(), 1);
    QCOMPARE(m_server->asked("DELETE").constFirst().target, "/v1/sessions/session-2");
}

void TestAnchorProvider::twinThatCannotBeEndedIsNamed()
{
    QByteArray tag;
    m_server->setScript([&](const RecordedRequest &request) {
        if (request.method == "DELETE")
            return failing(500, "No");
        if (request.method == "GET")
            return listOf({item("session-1", "running", tag), item("session-2", "running", tag)});
        tag = tagOf(request);
        return made();
    });
    const SessionOutcome outcome = finished(m_provider->create({}));
    QVERIFY(!outcome.fault);
    QVERIFY(outcome.session.facts.contains(
        {u"Creation"_s, u"The request arrived twice; the second session, session-2, runs on."_s}));
}

void TestAnchorProvider::answeredSessionThatIsNotListedIsNoTwin()
{
    // What is listed with the tag may be the one that was answered, under another id.
    QByteArray tag;
    m_server->setScript([&](const RecordedRequest &request) {
        if (request.method == "GET")
            return listOf({item("session-2", "running", tag)});
        tag = tagOf(request);
        return made();
    });
    QCOMPARE(finished(m_provider->create({})).session.id, id);
    QVERIFY(m_server->asked("DELETE").isEmpty());
}

void TestAnchorProvider::refusedCreateIsNotLookedFor_data()
{
    QTest::addColumn<ScriptedAnswer>("reply");
    QTest::addColumn<Fault::Kind>("kind");
    QTest::addColumn<QString>("what");
    QTest::newRow("bad request") << failing(400, "CAPTCHA solver requires proxy to be active.")
                                 << Fault::Kind::BadRequest
                                 << u"127.0.0.1 does not accept the request (400)."_s;
    QTest::newRow("no credits") << failing(402, "Upgrade") << Fault::Kind::BadRequest
                                << u"The Anchor account has no credits left."_s;
    QTest::newRow("wrong key") << failing(401, "Invalid API Key") << Fault::Kind::Refused
                               << u"127.0.0.1 does not accept the API key."_s;
    QTest::newRow("too often") << failing(429, "Limit", {"Retry-After: 58"}) << Fault::Kind::TooMany
                               << u"127.0.0.1 was asked too often."_s;
}

void TestAnchorProvider::refusedCreateIsNotLookedFor()
{
    QFETCH(ScriptedAnswer, reply);
    QFETCH(Fault::Kind, kind);
    QFETCH(QString, what);
    answer("POST /v1/sessions", reply);
    const Fault fault = *finished(m_provider->create({})).fault;
    QCOMPARE(fault.kind, kind);
    QCOMPARE(fault.what, what);
    QVERIFY(!fault.detail.isEmpty());
    QCOMPARE(fault.retryAfter.has_value(), kind == Fault::Kind::TooMany);
    QCOMPARE(m_server->requests().size(), 1);
}

void TestAnchorProvider::terminateIsAskedAndRead()
{
    answer("DELETE /v1/sessions/session-1",
           ScriptedAnswer::of(200, R"({"data":{"status":"success"}})"));
    QCOMPARE(finished(m_provider->terminate(id)), std::nullopt);
    QCOMPARE(m_server->requests().size(), 1);
    QCOMPARE(m_server->requests().constFirst().target, sessionTarget);
}

void TestAnchorProvider::idsThatMayMeanOthersAreNotAskedFor_data()
{
    QTest::addColumn<QString>("strange");
    for (const char *word : {"all", "ALL", "async", "history", "release", "pending-interventions",
                             "debug", "scrape", "screenshot", "pdf", "", ".", "..", "short",
                             "abcd/efgh", "abcd%2Fefgh", "abcdefgh?x", "abcdefgh\n", "all/status"})
        QTest::newRow(word) << QString::fromLatin1(word);
    QTest::newRow("129 characters") << QString(129, u'a');
}

// Fault matrix: W15
void TestAnchorProvider::idsThatMayMeanOthersAreNotAskedFor()
{
    QFETCH(QString, strange);
    for (const Fault &fault :
         {*finished(m_provider->terminate(strange)), *finished(m_provider->get(strange)).fault}) {
        QCOMPARE(fault.kind, Fault::Kind::BadRequest);
        QVERIFY(!fault.what.isEmpty());
    }
    QVERIFY(m_server->requests().isEmpty());
}

// Fault matrix: W20
void TestAnchorProvider::terminatesOfOneSessionAreOne()
{
    TerminateReply *first = m_provider->terminate(id);
    TerminateReply *second = m_provider->terminate(id);
    TerminateReply *other = m_provider->terminate(u"session-2"_s);
    QTRY_COMPARE(m_server->requests().size(), 2);
    m_provider.reset();

    m_provider = provider();
    answer("DELETE /v1/sessions/session-1", ScriptedAnswer::of(200, "{}"));
    first = m_provider->terminate(id);
    second = m_provider->terminate(id);
    QSignalSpy firstAnswer(first, &ProviderReply::finished);
    QCOMPARE(finished(second), std::nullopt);
    QTRY_COMPARE(firstAnswer.size(), 1);
    QCOMPARE(m_server->asked("DELETE", sessionTarget).size(), 2);
    // After the answer a new one is asked again.
    QCOMPARE(finished(m_provider->terminate(id)), std::nullopt);
    QCOMPARE(m_server->asked("DELETE", sessionTarget).size(), 3);
    Q_UNUSED(other);
}

void TestAnchorProvider::terminateGoesOnWithoutItsReply()
{
    QPointer<TerminateReply> first = m_provider->terminate(id);
    QTRY_COMPARE(m_server->requests().size(), 1);
    first->abort();
    QTRY_VERIFY(first.isNull());
    QSignalSpy answer(m_provider->terminate(id), &ProviderReply::finished);
    m_answers.insert("DELETE /v1/sessions/session-2", ScriptedAnswer::of(200, "{}"));
    QCOMPARE(finished(m_provider->terminate(u"session-2"_s)), std::nullopt);
    QCOMPARE(m_server->asked("DELETE", sessionTarget).size(), 1);
    QCOMPARE(answer.size(), 0);
}

void TestAnchorProvider::refusedEndIsReadWithTheList_data()
{
    QTest::addColumn<ScriptedAnswer>("reply");
    QTest::addColumn<ScriptedAnswer>("list");
    QTest::addColumn<Fault::Kind>("kind");
    QTest::addColumn<QString>("what");
    const ScriptedAnswer none = listOf({item("session-2", "running")});
    const ScriptedAnswer ended = listOf({item("session-1", "completed")});
    const ScriptedAnswer running = listOf({item("session-1", "running")});
    const QString gone = u"It has already ended."_s;
    const QString runs =
        u"It runs, as the list says, and the service does not find it by its id."_s;
    for (const int status : {401, 404, 410}) {
        const ScriptedAnswer reply = failing(status, "Invalid API Key or browser session ID");
        const auto row = [&](const char *name, const ScriptedAnswer &list, Fault::Kind kind,
                             const QString &what) {
            QTest::addRow("%d, %s", status, name) << reply << list << kind << what;
        };
        row("not listed", none, Fault::Kind::NotFound, gone);
        row("listed as ended", ended, Fault::Kind::NotFound, gone);
        row("running", running, status == 401 ? Fault::Kind::Refused : Fault::Kind::BadAnswer,
            runs);
        row("key is wrong", failing(401, "Invalid API Key"), Fault::Kind::Refused,
            u"127.0.0.1 does not accept the API key."_s);
        row("no API", ScriptedAnswer::of(404, "<html>"), Fault::Kind::BadAnswer,
            u"This address has no Anchor API."_s);
        row("list fails", failing(503, "No"), Fault::Kind::ServiceError,
            u"127.0.0.1 reports an error of its own (503)."_s);
        row("list is none", ScriptedAnswer::of(200, "<html>"), Fault::Kind::BadAnswer,
            u"This is not JSON: illegal value."_s);
    }
}

// Fault matrix: W19
void TestAnchorProvider::refusedEndIsReadWithTheList()
{
    QFETCH(ScriptedAnswer, reply);
    QFETCH(ScriptedAnswer, list);
    QFETCH(Fault::Kind, kind);
    QFETCH(QString, what);
    answer("DELETE /v1/sessions/session-1", reply);
    answer("GET /v1/sessions/all/status", list);
    const std::optional<Fault> fault = finished(m_provider->terminate(id));
    QVERIFY(fault);
    QCOMPARE(fault->kind, kind);
    QCOMPARE(fault->what, what);
    QCOMPARE(m_server->asked("DELETE").size(), 1);
    QCOMPARE(m_server->asked("GET", listTarget).size(), 1);
}

// Fault matrix: W19
void TestAnchorProvider::endIsProvenByItsStatus()
{
    answer("DELETE /v1/sessions/session-1", ScriptedAnswer::of(200, "{}"));
    answer("GET /v1/sessions/session-1", detailsOf("running"));
    answer("GET /v1/sessions/session-1/pages", failing(404, "No such session"));
    Session session;
    session.id = id;
    const FakeClock clock;
    EndingPace pace;
    pace.patience = 10min;
    pace.firstLooks = pace.laterLooks = pace.lateLooks = 1ms;
    SessionEnding ending(*m_provider, connectionTo(m_server->url()), session, clock, pace);
    ending.ask();
    QTRY_VERIFY(m_server->asked("GET", sessionTarget).size() > 1);
    QCOMPARE(ending.termination().phase, Termination::Phase::Terminating);
    answer("GET /v1/sessions/session-1", detailsOf("completed"));
    QTRY_COMPARE(ending.termination().phase, Termination::Phase::Gone);
    QCOMPARE(ending.termination().proofs, Termination::Proofs(Termination::Proof::Stopped));
    QCOMPARE(m_server->asked("DELETE").size(), 1);
}

void TestAnchorProvider::watchingSaysWhatItCosts()
{
    QVERIFY(m_provider->watchingCost().contains("idle timeout"_L1));
    QVERIFY(m_provider->watchingCost().contains("credits"_L1));
    QCOMPARE(m_provider->createRefusal(), QString());
    QCOMPARE(m_provider->profileRefusal(), QString());
    QCOMPARE(m_provider->timeoutRefusal(), QString());
}

// Fault matrix: W22
void TestAnchorProvider::destroyedWithQuestionsInFlight()
{
    // One is reading the list to tell what a refusal meant.
    answer("DELETE /v1/sessions/session-2", failing(401, "No"));
    const QList<QPointer<ProviderReply>> replies{m_provider->list(), m_provider->get(id),
                                                 m_provider->create({}), m_provider->terminate(id),
                                                 m_provider->terminate(u"session-2"_s)};
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

QTEST_GUILESS_MAIN(TestAnchorProvider)
#include "tst_anchorprovider.moc"
