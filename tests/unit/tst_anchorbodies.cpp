#include "network/service/anchorbodies.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestAnchorBodies : public QObject
{
    Q_OBJECT

private slots:
    void readsARequest();
    void fillsInTheDefaults();
    void knowsNoLimit();
    void passesOverWhatHasNoMeaningHere();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
    void readsAGoto_data();
    void readsAGoto();
    void saysAStatusInItsWords_data();
    void saysAStatusInItsWords();
    void describesASession();
    void listsThoseWithEveryTag_data();
    void listsThoseWithEveryTag();
    void listsProfiles();
    void answersAFault_data();
    void answersAFault();
};

void TestAnchorBodies::readsARequest()
{
    const DecodedAnchorRequest decoded = decodeAnchorRequest(R"({
        "session":{"initial_url":"example.com","tags":["a","b c"],
                   "timeout":{"max_duration":90,"idle_timeout":45},
                   "live_view":{"read_only":true}},
        "browser":{"profile":{"name":"work","persist":true}}})");
    QCOMPARE(decoded.problem, QString());
    QCOMPARE(decoded.request.initialUrl, u"https://example.com"_s);
    QCOMPARE(decoded.request.maxDurationMinutes, 90);
    QCOMPARE(decoded.request.idleTimeoutMinutes, 45);
    QCOMPARE(decoded.request.profileName, u"work"_s);
    QVERIFY(decoded.request.persists());
    QCOMPARE(decoded.wishes.tags, (QStringList{u"a"_s, u"b c"_s}));
    QCOMPARE(decoded.liveRole, LiveRole::Watch);
}

void TestAnchorBodies::fillsInTheDefaults()
{
    const DecodedAnchorRequest decoded = decodeAnchorRequest("{}");
    QCOMPARE(decoded.problem, QString());
    QCOMPARE(decoded.request.maxDurationMinutes, 20);
    QCOMPARE(decoded.request.idleTimeoutMinutes, 5);
    QVERIFY(!decoded.request.persists());
    QCOMPARE(decoded.liveRole, LiveRole::Control);
    QVERIFY(decoded.wishes.unknownProfile == LocalWishes::UnknownProfile::Blank);
}

void TestAnchorBodies::knowsNoLimit()
{
    const DecodedAnchorRequest decoded =
        decodeAnchorRequest(R"({"session":{"timeout":{"max_duration":-1,"idle_timeout":-1}}})");
    QCOMPARE(decoded.problem, QString());
    QVERIFY(!decoded.request.maxDurationMinutes);
    QVERIFY(!decoded.request.idleTimeoutMinutes);
}

void TestAnchorBodies::passesOverWhatHasNoMeaningHere()
{
    QCOMPARE(decodeAnchorRequest(R"({
        "session":{"recording":{"active":true},"proxy":{"active":true,"type":"anchor_proxy"}},
        "browser":{"headless":{"active":false},"viewport":{"width":1440,"height":900},
                   "captcha_solver":{"active":true},"extensions":["x"]},
        "integrations":[],"identities":[{"id":"x"}]})")
                 .problem,
             QString());
}

void TestAnchorBodies::namesWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("names");
    QTest::newRow("not JSON") << QByteArray("{") << QString();
    QTest::newRow("a list") << QByteArray("[]") << u"object"_s;
    QTest::newRow("session is a text") << QByteArray(R"({"session":"x"})") << u"session"_s;
    QTest::newRow("page of the browser")
        << QByteArray(R"({"session":{"initial_url":"chrome://crash"}})") << u"http"_s;
    QTest::newRow("tags are a text") << QByteArray(R"({"session":{"tags":"x"}})") << u"tags"_s;
    QTest::newRow("empty tag") << QByteArray(R"({"session":{"tags":[" "]}})") << u"tag"_s;
    QTest::newRow("long tag") << R"({"session":{"tags":[")" + QByteArray(257, 'x') + R"("]}})"
                              << u"256"_s;
    QTest::newRow("many tags") << R"({"session":{"tags":["a")" + QByteArray(",\"a\"").repeated(50)
                                      + "]}}"
                               << u"50"_s;
    QTest::newRow("no time at all")
        << QByteArray(R"({"session":{"timeout":{"max_duration":0}}})") << u"max_duration"_s;
    QTest::newRow("half a minute")
        << QByteArray(R"({"session":{"timeout":{"idle_timeout":0.5}}})") << u"idle_timeout"_s;
    QTest::newRow("years") << QByteArray(R"({"session":{"timeout":{"max_duration":1000000}}})")
                           << u"max_duration"_s;
    QTest::newRow("profile outside")
        << QByteArray(R"({"browser":{"profile":{"name":"../x"}}})") << u"letters"_s;
    QTest::newRow("nothing to persist to")
        << QByteArray(R"({"browser":{"profile":{"persist":true}}})") << u"browser.profile.name"_s;
    QTest::newRow("persist is a text")
        << QByteArray(R"({"browser":{"profile":{"name":"x","persist":"yes"}}})") << u"persist"_s;
}

void TestAnchorBodies::namesWhatIsWrong()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, names);
    const QString problem = decodeAnchorRequest(body).problem;
    QVERIFY(!problem.isEmpty());
    QVERIFY2(problem.contains(names), qPrintable(problem));
}

void TestAnchorBodies::readsAGoto_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("url");
    QTest::newRow("with a scheme") << QByteArray(R"({"url":"http://a/b"})") << u"http://a/b"_s;
    QTest::newRow("without") << QByteArray(R"({"url":"a.example"})") << u"https://a.example"_s;
    QTest::newRow("none") << QByteArray("{}") << QString();
    QTest::newRow("a file") << QByteArray(R"({"url":"file:///etc/passwd"})") << QString();
    QTest::newRow("script") << QByteArray("{\"url\":\"javascript:alert(1)\"}") << QString();
    QTest::newRow("a number") << QByteArray(R"({"url":1})") << QString();
    QTest::newRow("not JSON") << QByteArray("url") << QString();
}

void TestAnchorBodies::readsAGoto()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, url);
    const DecodedAnchorGoto decoded = decodeAnchorGoto(body);
    QCOMPARE(decoded.problem.isEmpty(), !url.isEmpty());
    if (!url.isEmpty())
        QCOMPARE(decoded.url, url);
}

void TestAnchorBodies::saysAStatusInItsWords_data()
{
    QTest::addColumn<SessionStatus::Kind>("kind");
    QTest::addColumn<QString>("word");
    QTest::newRow("starting") << SessionStatus::Kind::Starting << u"pending"_s;
    QTest::newRow("running") << SessionStatus::Kind::Running << u"running"_s;
    QTest::newRow("idle") << SessionStatus::Kind::Idle << u"running"_s;
    QTest::newRow("stopped") << SessionStatus::Kind::Stopped << u"completed"_s;
    QTest::newRow("error") << SessionStatus::Kind::Error << u"failed"_s;
}

void TestAnchorBodies::saysAStatusInItsWords()
{
    QFETCH(SessionStatus::Kind, kind);
    QFETCH(QString, word);
    QCOMPARE(anchorStatus(kind), word);
}

void TestAnchorBodies::describesASession()
{
    SessionRecord record;
    record.id = u"abc"_s;
    record.capability = u"canary"_s;
    record.controlCapability = u"canary"_s;
    record.endpoint = {40001, u"/devtools/browser/canary"_s};
    record.tags = {u"t"_s};
    record.request.profileName = u"work"_s;
    record.request.persist = true;
    record.request.maxDurationMinutes = 20;
    record.createdAt = QDateTime(QDate(2026, 2, 3), QTime(4, 5, 6, 789), Qt::UTC);
    const QJsonObject session = anchorSession(record, u"running"_s, 42s);
    QCOMPARE(session.value("session_id"_L1).toString(), u"abc"_s);
    QCOMPARE(session.value("status"_L1).toString(), u"running"_s);
    QCOMPARE(session.value("duration"_L1).toInt(), 42);
    QCOMPARE(session.value("created_at"_L1).toString(), u"2026-02-03T04:05:06.789Z"_s);
    QCOMPARE(session.value("tags"_L1).toArray(), QJsonArray{u"t"_s});
    const QJsonValue configuration = session.value("configuration"_L1);
    QCOMPARE(configuration["browser"_L1]["profile"_L1].toObject(),
             (QJsonObject{{"name"_L1, u"work"_s}, {"persist"_L1, true}}));
    QCOMPARE(configuration["session"_L1]["timeout"_L1].toObject(),
             (QJsonObject{{"max_duration"_L1, 20}, {"idle_timeout"_L1, -1}}));
    QVERIFY(!QJsonDocument(session).toJson().contains("canary"));
}

void TestAnchorBodies::listsThoseWithEveryTag_data()
{
    QTest::addColumn<QStringList>("tags");
    QTest::addColumn<QStringList>("ids");
    QTest::newRow("all") << QStringList{} << QStringList{u"one"_s, u"two"_s};
    QTest::newRow("of one") << QStringList{u"b"_s} << QStringList{u"two"_s};
    QTest::newRow("of both") << QStringList{u"a"_s} << QStringList{u"one"_s, u"two"_s};
    QTest::newRow("both tags") << QStringList{u"a"_s, u"b"_s} << QStringList{u"two"_s};
    QTest::newRow("of none") << QStringList{u"c"_s} << QStringList{};
}

void TestAnchorBodies::listsThoseWithEveryTag()
{
    QFETCH(QStringList, tags);
    QFETCH(QStringList, ids);
    Session one;
    one.id = u"one"_s;
    one.status = SessionStatus::Kind::Running;
    one.tags = {u"a"_s};
    Session two = one;
    two.id = u"two"_s;
    two.cdpUrl = u"ws://canary"_s;
    two.tags = {u"a"_s, u"b"_s};
    const QJsonObject list = anchorSessionList({one, two}, tags);
    QStringList found;
    for (const QJsonValue &item : list.value("items"_L1).toArray())
        found.append(item["session_id"_L1].toString());
    QCOMPARE(found, ids);
    QCOMPARE(list.value("count"_L1).toInt(), ids.size());
    QVERIFY(!QJsonDocument(list).toJson().contains("canary"));
}

void TestAnchorBodies::listsProfiles()
{
    const QDateTime time(QDate(2026, 2, 3), QTime(4, 5, 6, 0), Qt::UTC);
    const QJsonObject list = anchorProfiles({{u"work"_s, time}});
    QCOMPARE(list.value("count"_L1).toInt(), 1);
    const QJsonValue profile = list.value("items"_L1).toArray().at(0);
    QCOMPARE(profile["name"_L1].toString(), u"work"_s);
    QCOMPARE(profile["created_at"_L1].toString(), u"2026-02-03T04:05:06.000Z"_s);
}

void TestAnchorBodies::answersAFault_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("message");
    QTest::newRow("gone") << Fault{Fault::Kind::NotFound, u"Session not found"_s, {}, {}} << 404
                          << u"Session not found"_s;
    QTest::newRow("a bad field")
        << Fault{Fault::Kind::BadRequest, u"Taken."_s, u"profileName"_s, {}} << 400 << u"Taken."_s;
    QTest::newRow("full") << Fault{Fault::Kind::TooMany, u"Full."_s, {}, 1500ms} << 429
                          << u"Full."_s;
    QTest::newRow("not saved") << Fault{Fault::Kind::ServiceError, u"No."_s, u"Kept in /k."_s, {}}
                               << 500 << u"Kept in /k."_s;
}

void TestAnchorBodies::answersAFault()
{
    QFETCH(Fault, fault);
    QFETCH(int, status);
    QFETCH(QString, message);
    const HttpResponse response = anchorError(fault);
    QCOMPARE(response.status, status);
    QCOMPARE(QJsonDocument::fromJson(response.body)["error"_L1].toObject(),
             (QJsonObject{{"code"_L1, status}, {"message"_L1, message}}));
    QCOMPARE(headerValues(response.headers, "Retry-After").value(0),
             fault.retryAfter ? QByteArray("2") : QByteArray());
}

QTEST_GUILESS_MAIN(TestAnchorBodies)
#include "tst_anchorbodies.moc"
