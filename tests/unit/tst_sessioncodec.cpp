#include "network/sessioncodec.h"
#include "tests/fakes/samplesession.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestSessionCodec : public QObject
{
    Q_OBJECT

private slots:
    void sessionsSurviveTheWire_data();
    void sessionsSurviveTheWire();
    void writesTheShapeOfTheContract();
    void readsStatusWords_data();
    void readsStatusWords();
    void readsTimes_data();
    void readsTimes();
    void flagsAMalformedSession_data();
    void flagsAMalformedSession();
    void oneMalformedSessionDoesNotCostTheOthers();
    void leavesOutAndCountsWhatHasNoId_data();
    void leavesOutAndCountsWhatHasNoId();
    void flagsARepeatedId();
    void keepsHostileTextAsText_data();
    void keepsHostileTextAsText();
    void repairsBrokenUtf8();
    void refusesWhatIsNoList_data();
    void refusesWhatIsNoList();
    void depthIsCountedOutsideOfTexts();
    void refusesWhatIsNoSession_data();
    void refusesWhatIsNoSession();
    void requestsSurviveTheWire();
    void completesARequest_data();
    void completesARequest();
    void findsWhatIsWrongInARequest_data();
    void findsWhatIsWrongInARequest();
    void readsErrorWords_data();
    void readsErrorWords();

private:
    static QByteArray listOf(const QByteArray &sessions)
    {
        return "{\"sessions\":[" + sessions + "]}";
    }
};

void TestSessionCodec::sessionsSurviveTheWire_data()
{
    QTest::addColumn<Session>("session");
    QTest::newRow("usual") << sampleSession(u"abc"_s);
    Session least;
    least.id = u"x"_s;
    least.status = SessionStatus::Kind::Starting;
    QTest::newRow("least") << least;
    Session most = sampleSession(u"most"_s);
    most.profileName = u"work"_s;
    most.persist = false;
    most.actionCount = 12;
    most.error = u"why"_s;
    most.tags = {u"a"_s, u"b"_s};
    most.tabs = {{2, u"two"_s, u"https://example.com/2"_s}, {1, u"one"_s, {}}};
    most.status = SessionStatus::fromWord(u"Warming up"_s);
    QTest::newRow("everything, a word of its own") << most;
}

void TestSessionCodec::sessionsSurviveTheWire()
{
    QFETCH(Session, session);
    const DecodedSessionList list = decodeSessionList(encodeSessionList({session}));
    QCOMPARE(list.problem, QString());
    QCOMPARE(list.sessions.size(), 1);
    QVERIFY(list.sessions.first() == session);
    const QJsonObject body{{"session"_L1, sessionToJson(session)}};
    QVERIFY(decodeSession(QJsonDocument(body).toJson()).session == session);
}

void TestSessionCodec::writesTheShapeOfTheContract()
{
    Session session;
    session.id = u"x"_s;
    session.status = SessionStatus::Kind::Running;
    QCOMPARE(sessionToJson(session).keys(),
             (QStringList{u"cdpUrl"_s, u"id"_s, u"liveViewUrl"_s, u"status"_s}));
    session.createdAt = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);
    QCOMPARE(sessionToJson(session).value("createdAt"_L1).toString(),
             u"2026-01-02T03:04:05.000Z"_s);
    const QJsonObject list = QJsonDocument::fromJson(encodeSessionList({session})).object();
    QCOMPARE(list.value("count"_L1).toInt(), 1);
}

void TestSessionCodec::readsStatusWords_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<SessionStatus::Kind>("kind");
    QTest::newRow("running") << QByteArray("\"running\"") << SessionStatus::Kind::Running;
    QTest::newRow("other case") << QByteArray("\"IDLE\"") << SessionStatus::Kind::Idle;
    QTest::newRow("unknown word") << QByteArray("\"dancing\"") << SessionStatus::Kind::Unknown;
}

void TestSessionCodec::readsStatusWords()
{
    QFETCH(QByteArray, json);
    QFETCH(SessionStatus::Kind, kind);
    const DecodedSessionList list =
        decodeSessionList(listOf("{\"id\":\"a\",\"status\":" + json + '}'));
    QCOMPARE(list.sessions.value(0).status.kind(), kind);
    QCOMPARE(list.sessions.value(0).malformed, QString());
}

void TestSessionCodec::readsTimes_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QDateTime>("time");
    const QDateTime time(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);
    QTest::newRow("UTC") << QByteArray("2026-01-02T03:04:05Z") << time;
    QTest::newRow("milliseconds") << QByteArray("2026-01-02T03:04:05.250Z") << time.addMSecs(250);
    QTest::newRow("offset") << QByteArray("2026-01-02T05:04:05+02:00") << time;
    QTest::newRow("no zone is UTC") << QByteArray("2026-01-02T03:04:05") << time;
}

void TestSessionCodec::readsTimes()
{
    QFETCH(QByteArray, written);
    QFETCH(QDateTime, time);
    const DecodedSessionList list = decodeSessionList(
        listOf(R"({"id":"a","status":"running","createdAt":")" + written + "\"}"));
    QCOMPARE(list.sessions.value(0).createdAt, time);
    QCOMPARE(list.sessions.value(0).createdAt.timeSpec(), Qt::UTC);
}

void TestSessionCodec::flagsAMalformedSession_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::newRow("no status") << QByteArray();
    QTest::newRow("status null") << QByteArray(R"(,"status":null)");
    QTest::newRow("status is a number") << QByteArray(R"(,"status":5)");
    QTest::newRow("title is a list") << QByteArray(R"(,"status":"running","title":[])");
    QTest::newRow("cdpUrl is an object") << QByteArray(R"(,"status":"running","cdpUrl":{})");
    QTest::newRow("persist is a text") << QByteArray(R"(,"status":"running","persist":"yes")");
    QTest::newRow("count is negative") << QByteArray(R"(,"status":"running","actionCount":-1)");
    QTest::newRow("count is a fraction") << QByteArray(R"(,"status":"running","actionCount":1.5)");
    QTest::newRow("time is nonsense") << QByteArray(R"(,"status":"running","createdAt":"soon")");
    QTest::newRow("tags hold a number") << QByteArray(R"(,"status":"running","tags":["a",1])");
    QTest::newRow("title of 100 kB")
        << R"(,"status":"running","title":")" + QByteArray(100'000, 'x') + '"';
}

// Fault matrix: W11, W13
void TestSessionCodec::flagsAMalformedSession()
{
    QFETCH(QByteArray, fields);
    const DecodedSessionList list = decodeSessionList(listOf("{\"id\":\"a\"" + fields + '}'));
    QCOMPARE(list.sessions.size(), 1);
    QCOMPARE(list.sessions.first().id, u"a"_s);
    QVERIFY(!list.sessions.first().malformed.isEmpty());
    QVERIFY(list.sessions.first().title.size() <= maxFieldLength);
}

// Fault matrix: W11
void TestSessionCodec::oneMalformedSessionDoesNotCostTheOthers()
{
    const DecodedSessionList list = decodeSessionList(listOf(
        R"({"id":"a","status":"running"},{"id":"b","status":[]},{"id":"c","status":"idle"})"));
    QCOMPARE(list.sessions.size(), 3);
    QVERIFY(list.sessions.at(0).malformed.isEmpty());
    QVERIFY(!list.sessions.at(1).malformed.isEmpty());
    QVERIFY(list.sessions.at(2).malformed.isEmpty());
}

void TestSessionCodec::leavesOutAndCountsWhatHasNoId_data()
{
    QTest::addColumn<QByteArray>("entry");
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("number") << QByteArray("7");
    QTest::newRow("text") << QByteArray("\"a\"");
    QTest::newRow("list") << QByteArray("[]");
    QTest::newRow("no id") << QByteArray(R"({"status":"running"})");
    QTest::newRow("empty id") << QByteArray(R"({"id":"","status":"running"})");
    QTest::newRow("blank id") << QByteArray(R"({"id":"  ","status":"running"})");
    QTest::newRow("id is a number") << QByteArray(R"({"id":12,"status":"running"})");
}

// Fault matrix: W11
void TestSessionCodec::leavesOutAndCountsWhatHasNoId()
{
    QFETCH(QByteArray, entry);
    const DecodedSessionList list =
        decodeSessionList(listOf(entry + R"(,{"id":"ok","status":"running"})"));
    QCOMPARE(list.problem, QString());
    QCOMPARE(list.withoutId, 1);
    QCOMPARE(list.sessions.size(), 1);
    QCOMPARE(list.sessions.first().id, u"ok"_s);
}

// Fault matrix: W12
void TestSessionCodec::flagsARepeatedId()
{
    const DecodedSessionList list = decodeSessionList(listOf(
        R"({"id":"a","status":"running"},{"id":"b","status":"idle"},{"id":"a","status":"stopped"})"));
    QCOMPARE(list.sessions.size(), 2);
    QCOMPARE(list.sessions.first().status.kind(), SessionStatus::Kind::Running);
    QVERIFY(!list.sessions.first().malformed.isEmpty());
    QVERIFY(list.sessions.last().malformed.isEmpty());
}

void TestSessionCodec::keepsHostileTextAsText_data()
{
    QTest::addColumn<QString>("title");
    QTest::newRow("NUL") << QString(u"a\0b"_s);
    QTest::newRow("ANSI") << u"\x1b[31mred"_s;
    QTest::newRow("right to left") << u"\x202Egnp.exe"_s;
    QTest::newRow("HTML") << u"<img src=x onerror=alert(1)>"_s;
}

// Fault matrix: W14
void TestSessionCodec::keepsHostileTextAsText()
{
    QFETCH(QString, title);
    Session session = sampleSession(u"a"_s);
    session.title = title;
    QCOMPARE(decodeSessionList(encodeSessionList({session})).sessions.value(0).title, title);
}

// Fault matrix: W14
void TestSessionCodec::repairsBrokenUtf8()
{
    const DecodedSessionList list =
        decodeSessionList(listOf("{\"id\":\"a\",\"status\":\"running\",\"title\":\"x\xff\xfey\"}"));
    QCOMPARE(list.problem, QString());
    QCOMPARE(list.sessions.value(0).title, u"x\uFFFD\uFFFDy"_s);
}

void TestSessionCodec::refusesWhatIsNoList_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("HTML") << QByteArray("<html>502 Bad Gateway</html>");
    QTest::newRow("cut") << QByteArray(R"({"sessions":[{"id":"a")");
    QTest::newRow("bare list") << QByteArray("[]");
    QTest::newRow("another object") << QByteArray(R"({"error":"x"})");
    QTest::newRow("sessions null") << QByteArray(R"({"sessions":null})");
    QTest::newRow("sessions is an object") << QByteArray(R"({"sessions":{}})");
    QTest::newRow("depth 100,000") << listOf(QByteArray(100'000, '[') + QByteArray(100'000, ']'));
    QTest::newRow("too many") << listOf(QByteArray("0,").repeated(maxListedSessions) + '0');
}

// Fault matrix: W10, W13
void TestSessionCodec::refusesWhatIsNoList()
{
    QFETCH(QByteArray, body);
    const DecodedSessionList list = decodeSessionList(body);
    QVERIFY(!list.problem.isEmpty());
    QVERIFY(list.sessions.isEmpty());
}

// Fault matrix: W13
void TestSessionCodec::depthIsCountedOutsideOfTexts()
{
    const auto nested = [](int depth) {
        return listOf("{\"id\":\"a\",\"more\":" + QByteArray(depth, '[') + QByteArray(depth, ']')
                      + '}');
    };
    // The list is in an object and a list already, and its session is an object.
    QCOMPARE(decodeSessionList(nested(61)).sessions.size(), 1);
    QVERIFY(decodeSessionList(nested(62)).problem.contains(u"64 levels"));
    const QByteArray brackets = "\\\"" + QByteArray(100, '[');
    QCOMPARE(
        decodeSessionList(listOf("{\"id\":\"a\",\"title\":\"" + brackets + "\"}")).sessions.size(),
        1);
}

void TestSessionCodec::refusesWhatIsNoSession_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no session") << QByteArray("{}");
    QTest::newRow("session null") << QByteArray(R"({"session":null})");
    QTest::newRow("session without id") << QByteArray(R"({"session":{"status":"running"}})");
}

void TestSessionCodec::refusesWhatIsNoSession()
{
    QFETCH(QByteArray, body);
    QVERIFY(!decodeSession(body).problem.isEmpty());
}

void TestSessionCodec::requestsSurviveTheWire()
{
    SessionRequest request;
    QVERIFY(decodeSessionRequest(encodeSessionRequest(request)).request == request);
    request.initialUrl = u"https://example.com/"_s;
    request.profileName = u"work"_s;
    request.createNewProfile = true;
    request.persist = false;
    request.profileDisplayName = u"Work & play"_s;
    request.maxDurationMinutes = 30;
    request.idleTimeoutMinutes = 5;
    request.recording = true;
    const DecodedRequest decoded = decodeSessionRequest(encodeSessionRequest(request));
    QVERIFY(decoded.problems.isEmpty());
    QVERIFY(decoded.request == request);
}

void TestSessionCodec::completesARequest_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("url");
    QTest::newRow("nothing") << QByteArray("{}") << QString();
    QTest::newRow("null") << QByteArray(R"({"initialUrl":null,"config":null})") << QString();
    QTest::newRow("empty") << QByteArray(R"({"initialUrl":""})") << QString();
    QTest::newRow("no scheme") << QByteArray(R"({"initialUrl":"a.example/x"})")
                               << u"https://a.example/x"_s;
    QTest::newRow("host and port")
        << QByteArray(R"({"initialUrl":"localhost:80"})") << u"https://localhost:80"_s;
    QTest::newRow("http stays") << QByteArray(R"({"initialUrl":"http://a.example"})")
                                << u"http://a.example"_s;
    QTest::newRow("blank page") << QByteArray(R"({"initialUrl":"about:blank"})")
                                << u"about:blank"_s;
}

void TestSessionCodec::completesARequest()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, url);
    const DecodedRequest decoded = decodeSessionRequest(body);
    QVERIFY(decoded.problems.isEmpty());
    QCOMPARE(decoded.request.initialUrl, url);
}

void TestSessionCodec::findsWhatIsWrongInARequest_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QStringList>("fields");
    QTest::newRow("not JSON") << QByteArray("no") << QStringList{u"body"_s};
    QTest::newRow("empty") << QByteArray() << QStringList{u"body"_s};
    QTest::newRow("a list") << QByteArray("[]") << QStringList{u"body"_s};
    QTest::newRow("recording is a text")
        << QByteArray(R"({"config":{"recording":"on"}})") << QStringList{u"config.recording"_s};
    QTest::newRow("timeout is a number")
        << QByteArray(R"({"config":{"timeout":5}})") << QStringList{u"config.timeout"_s};
    QTest::newRow("31 idle minutes") << QByteArray(R"({"config":{"timeout":{"idleTimeout":31}}})")
                                     << QStringList{u"config.timeout.idleTimeout"_s};
    QTest::newRow("minutes are a text")
        << QByteArray(R"({"config":{"timeout":{"maxDuration":"5"}}})")
        << QStringList{u"config.timeout.maxDuration"_s};
    QTest::newRow("empty profile name")
        << QByteArray(R"({"profileName":""})") << QStringList{u"profileName"_s};
    QTest::newRow("two at once") << QByteArray(R"({"initialUrl":"file:///x","persist":1})")
                                 << QStringList{u"initialUrl"_s, u"persist"_s};
}

void TestSessionCodec::findsWhatIsWrongInARequest()
{
    QFETCH(QByteArray, body);
    QFETCH(QStringList, fields);
    const DecodedRequest decoded = decodeSessionRequest(body);
    QCOMPARE(decoded.problems.keys(), fields);
    for (const QString &problem : decoded.problems)
        QVERIFY(!problem.isEmpty());
}

void TestSessionCodec::readsErrorWords_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("words");
    QTest::newRow("error") << QByteArray(R"({"error":"bad"})") << u"bad"_s;
    QTest::newRow("with message") << QByteArray(R"({"error":"bad","message":"why"})")
                                  << u"bad\nwhy"_s;
    QTest::newRow("details by field")
        << QByteArray(R"({"error":"bad","details":{"a":"x","b":"y"}})") << u"bad\na: x\nb: y"_s;
    QTest::newRow("details as a list")
        << QByteArray(R"({"error":"bad","details":["x","y"]})") << u"bad\nx\ny"_s;
    QTest::newRow("details as a text")
        << QByteArray(R"({"error":"bad","details":"x"})") << u"bad\nx"_s;
    QTest::newRow("HTML") << QByteArray("<html>") << QString();
    QTest::newRow("nothing") << QByteArray() << QString();
}

void TestSessionCodec::readsErrorWords()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, words);
    QCOMPARE(errorWords(body), words);
}

QTEST_GUILESS_MAIN(TestSessionCodec)
#include "tst_sessioncodec.moc"
