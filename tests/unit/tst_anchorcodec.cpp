#include "models/sessionfigures.h"
#include "network/anchor/anchorcodec.h"

#include <QJsonDocument>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

using Kind = SessionStatus::Kind;

namespace {

const QString firstId = u"0f6c2a52-1d0c-4c3e-9b7d-1f1f2b7f0a11"_s;

QString factOf(const Session &session, const QString &label)
{
    for (const SessionFact &fact : figureFacts(session) + session.facts) {
        if (fact.label == label)
            return fact.value;
    }
    return {};
}

QByteArray listWith(const QByteArray &item)
{
    return R"({"data":{"count":1,"items":[)" + item + "]}}";
}

// Details of a running session with these fields besides.
QByteArray detailsWith(const QByteArray &fields)
{
    return R"({"data":{"session_id":"session-1","status":"running",)" + fields + "}}";
}

Session detailed(const QByteArray &fields)
{
    return decodeAnchorSession(detailsWith(fields)).session;
}

} // namespace

class TestAnchorCodec : public QObject
{
    Q_OBJECT

private slots:
    void statusesAreMapped_data();
    void statusesAreMapped();
    void idsThatMayStandInAPath_data();
    void idsThatMayStandInAPath();
    void listIsRead_data();
    void listIsRead();
    void strangeAnswerIsNoList_data();
    void strangeAnswerIsNoList();
    void oneBadSessionCostsNoOther_data();
    void oneBadSessionCostsNoOther();
    void sessionsWithoutAnIdAreCounted_data();
    void sessionsWithoutAnIdAreCounted();
    void idThatIsListedTwiceIsFlagged();
    void whatItsMakerWroteIsNoFault_data();
    void whatItsMakerWroteIsNoFault();
    void detailsAreRead();
    void detailsPreferTheIdOfTheSession();
    void factsAreReadInEveryForm_data();
    void factsAreReadInEveryForm();
    void unknownFactsAreNotShown_data();
    void unknownFactsAreNotShown();
    void doorsAreThoseThatOpen_data();
    void doorsAreThoseThatOpen();
    void noDetails_data();
    void noDetails();
    void pagesAreReadInEveryForm_data();
    void pagesAreReadInEveryForm();
    void profilesAreRead();
    void noProfiles_data();
    void noProfiles();
    void newSessionIsAskedFor();
    void newSessionOfNothingHasItsTagsAlone();
    void newSessionIsRead_data();
    void newSessionIsRead();
    void foreignAddressesAreDropped_data();
    void foreignAddressesAreDropped();
    void noNewSession_data();
    void noNewSession();
    void errorsAreOneLine_data();
    void errorsAreOneLine();
};

void TestAnchorCodec::statusesAreMapped_data()
{
    QTest::addColumn<Kind>("kind");
    for (const char *word : {"running", "Running", "RUNNING"})
        QTest::newRow(word) << Kind::Running;
    for (const char *word :
         {"pending", "processing", "queued", "provisioning", "configuring", "creating"})
        QTest::newRow(word) << Kind::Starting;
    for (const char *word :
         {"completed", "COMPLETED", "ended", "stopped", "terminated", "closed", "cancelled"})
        QTest::newRow(word) << Kind::Stopped;
    for (const char *word : {"failed", "error", "timeout"})
        QTest::newRow(word) << Kind::Error;
    for (const char *word : {"hibernating", "running ", "completed?", "active", ""})
        QTest::newRow(word) << Kind::Unknown;
    // Ours, of an anchorwatchd.
    QTest::newRow("idle") << Kind::Idle;
    QTest::newRow("starting") << Kind::Starting;
}

void TestAnchorCodec::statusesAreMapped()
{
    QFETCH(Kind, kind);
    const QString word = QString::fromLatin1(QTest::currentDataTag());
    QCOMPARE(anchorStatus(word).kind(), kind);
    if (kind == Kind::Unknown)
        QCOMPARE(anchorStatus(word).word(), word);
}

void TestAnchorCodec::idsThatMayStandInAPath_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("sound");
    QTest::newRow("UUID") << firstId << true;
    QTest::newRow("8 characters") << u"3f2a8f0e"_s << true;
    QTest::newRow("128 characters") << QString(128, u'a') << true;
    for (const char *word : {"all", "ALL", "async", "history", "release", "pending-interventions",
                             "Pending-Interventions", "debug", "scrape", "screenshot", "pdf"})
        QTest::newRow(word) << QString::fromLatin1(word) << false;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("blank") << u"        "_s << false;
    QTest::newRow("7 characters") << u"3f2a8f0"_s << false;
    QTest::newRow("129 characters") << QString(129, u'a') << false;
    for (const char *id : {".", "..", "abcd/efgh", "abcd%2Fefgh", "abcdefgh?x", "abcdefgh#x",
                           "abcdefgh\n", "abcd efgh", "abcdefgh.",
                           "abcd\xc3\xa9"
                           "fgh"})
        QTest::newRow(id) << QString::fromUtf8(id) << false;
}

void TestAnchorCodec::idsThatMayStandInAPath()
{
    QFETCH(QString, id);
    QFETCH(bool, sound);
    QCOMPARE(anchorIdProblem(id).isEmpty(), sound);
}

void TestAnchorCodec::listIsRead_data()
{
    QTest::addColumn<QByteArray>("body");
    const QByteArray items = R"([{"session_id":"0f6c2a52-1d0c-4c3e-9b7d-1f1f2b7f0a11",
        "status":"running","tags":["ci","aw-owner:me@here"],"created_at":"2026-11-25T10:20:30.5Z"},
        {"session_id":"session-2","status":"completed"}])";
    QTest::newRow("as documented") << R"({"data":{"count":2,"items":)" + items + "}}";
    QTest::newRow("without the envelope") << R"({"items":)" + items + "}";
    QTest::newRow("data is the list") << R"({"data":)" + items + "}";
    QTest::newRow("bare") << items;
}

void TestAnchorCodec::listIsRead()
{
    QFETCH(QByteArray, body);
    const DecodedSessionList list = decodeAnchorList(body);
    QCOMPARE(list.problem, QString());
    QCOMPARE(list.withoutId, 0);
    QCOMPARE(list.sessions.size(), 2);
    const Session &first = list.sessions.at(0);
    QCOMPARE(first.id, firstId);
    QCOMPARE(first.malformed, QString());
    QCOMPARE(first.status.kind(), Kind::Running);
    QCOMPARE(first.tags, (QStringList{u"ci"_s, u"aw-owner:me@here"_s}));
    QCOMPARE(first.createdAt, QDateTime({2026, 11, 25}, {10, 20, 30, 500}, Qt::UTC));
    QCOMPARE(factOf(first, u"Owner"_s), u"me@here"_s);
    QVERIFY(first.isPartial);
    QCOMPARE(first.cdpUrl, QString());
    const Session &second = list.sessions.at(1);
    QCOMPARE(second.status.kind(), Kind::Stopped);
    QVERIFY(second.tags.isEmpty());
    QVERIFY(!second.createdAt.isValid());
    QCOMPARE(second.malformed, QString());
}

void TestAnchorCodec::strangeAnswerIsNoList_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("HTML") << QByteArray("<html>Bad gateway</html>");
    QTest::newRow("cut") << QByteArray(R"({"data":{"count":1,"items":[{"session_id":"sess)");
    QTest::newRow("no list") << QByteArray("{}");
    QTest::newRow("data is null") << QByteArray(R"({"data":null})");
    QTest::newRow("data is a text") << QByteArray(R"({"data":"none"})");
    QTest::newRow("items are an object") << QByteArray(R"({"data":{"items":{"a":1}}})");
    QTest::newRow("a sessions service") << QByteArray(R"({"sessions":[],"count":0})");
    QTest::newRow("an error") << QByteArray(R"({"error":{"code":500,"message":"x"}})");
    QTest::newRow("depth") << QByteArray(128 * 1024, '[');
    QTest::newRow("too many") << QByteArray(
        R"({"data":{"items":[)" + QByteArray("0,").repeated(maxListedSessions) + "0]}}");
}

// Fault matrix: W10, W13
void TestAnchorCodec::strangeAnswerIsNoList()
{
    QFETCH(QByteArray, body);
    const DecodedSessionList list = decodeAnchorList(body);
    QVERIFY(!list.problem.isEmpty());
    QVERIFY(list.sessions.isEmpty());
}

void TestAnchorCodec::oneBadSessionCostsNoOther_data()
{
    QTest::addColumn<QByteArray>("item");
    QTest::newRow("status is a number") << QByteArray(R"({"session_id":"session-1","status":1})");
    QTest::newRow("status is missing") << QByteArray(R"({"session_id":"session-1"})");
    QTest::newRow("time is a number")
        << QByteArray(R"({"session_id":"session-1","status":"running","created_at":1})");
    QTest::newRow("time is none") << QByteArray(
        R"({"session_id":"session-1","status":"running","created_at":"soon"})");
    QTest::newRow("huge status") << R"({"session_id":"session-1","status":")"
                                        + QByteArray(128 * 1024, 'x') + "\"}";
    QTest::newRow("reserved word") << QByteArray(R"({"session_id":"all","status":"running"})");
    QTest::newRow("path step") << QByteArray(R"({"session_id":"..","status":"running"})");
    QTest::newRow("slash") << QByteArray(R"({"session_id":"abcd/efgh","status":"running"})");
    QTest::newRow("line break") << QByteArray(R"({"session_id":"abcd\nefgh","status":"running"})");
}

// Fault matrix: W11
void TestAnchorCodec::oneBadSessionCostsNoOther()
{
    QFETCH(QByteArray, item);
    const DecodedSessionList list =
        decodeAnchorList(listWith(item + R"(,{"session_id":"session-2","status":"running"})"));
    QCOMPARE(list.problem, QString());
    QCOMPARE(list.sessions.size(), 2);
    QVERIFY(!list.sessions.at(0).malformed.isEmpty());
    QVERIFY(list.sessions.at(1).malformed.isEmpty());
}

void TestAnchorCodec::sessionsWithoutAnIdAreCounted_data()
{
    QTest::addColumn<QByteArray>("item");
    QTest::newRow("missing") << QByteArray(R"({"status":"running"})");
    QTest::newRow("blank") << QByteArray(R"({"session_id":"  "})");
    QTest::newRow("number") << QByteArray(R"({"session_id":7})");
    QTest::newRow("huge") << R"({"session_id":")" + QByteArray(128 * 1024, 'a') + "\"}";
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("text") << QByteArray(R"("session-1")");
    QTest::newRow("list") << QByteArray("[1,2]");
}

// Fault matrix: W11
void TestAnchorCodec::sessionsWithoutAnIdAreCounted()
{
    QFETCH(QByteArray, item);
    const DecodedSessionList list = decodeAnchorList(listWith(item));
    QCOMPARE(list.problem, QString());
    QVERIFY(list.sessions.isEmpty());
    QCOMPARE(list.withoutId, 1);
}

// Fault matrix: W12
void TestAnchorCodec::idThatIsListedTwiceIsFlagged()
{
    const QByteArray item = R"({"session_id":"session-1","status":"running"})";
    const DecodedSessionList list = decodeAnchorList(listWith(item + ',' + item));
    QCOMPARE(list.sessions.size(), 1);
    QVERIFY(!list.sessions.constFirst().malformed.isEmpty());
}

void TestAnchorCodec::whatItsMakerWroteIsNoFault_data()
{
    QTest::addColumn<QByteArray>("tags");
    QTest::addColumn<QStringList>("read");
    QTest::newRow("null") << QByteArray("null") << QStringList();
    QTest::newRow("text") << QByteArray(R"("ci")") << QStringList();
    QTest::newRow("object") << QByteArray(R"({"a":"ci","b":7})") << QStringList{u"ci"_s};
    QTest::newRow("mixed") << QByteArray(R"([7,"ci",null,{"a":1},""])") << QStringList{u"ci"_s};
    QTest::newRow("huge") << "[\"" + QByteArray(128 * 1024, 'x') + R"(","ci"])"
                          << QStringList{u"ci"_s};
    QTest::newRow("bad byte") << QByteArray("[\"caf\xE9\"]") << QStringList{u"caf\uFFFD"_s};
}

void TestAnchorCodec::whatItsMakerWroteIsNoFault()
{
    QFETCH(QByteArray, tags);
    const DecodedSessionList list = decodeAnchorList(
        listWith(R"({"session_id":"session-1","status":"running","tags":)" + tags + "}"));
    QCOMPARE(list.sessions.size(), 1);
    QCOMPARE(list.sessions.constFirst().malformed, QString());
    QTEST(list.sessions.constFirst().tags, "read");
}

void TestAnchorCodec::detailsAreRead()
{
    const DecodedAnchorSession decoded = decodeAnchorSession(R"({"data":{
        "session_id":"session-1","team_id":"t","duration":420,"status":"running",
        "credits_used":12.5,"playground":false,"proxy_bytes":102400,"tokens":{},"steps":48,
        "tags":["ci","aw-owner:me@here"],"created_at":"2026-11-25T10:20:30Z",
        "configuration":{"session":{"timeout":{"max_duration":20,"idle_timeout":-1},
            "proxy":{"active":true,"password":"canary"}},
            "browser":{"profile":{"name":"shop","persist":true}}}}})");
    QCOMPARE(decoded.problem, QString());
    const Session &session = decoded.session;
    QCOMPARE(session.id, u"session-1"_s);
    QCOMPARE(session.malformed, QString());
    QCOMPARE(session.status.kind(), Kind::Running);
    QCOMPARE(session.createdAt, QDateTime({2026, 11, 25}, {10, 20, 30}, Qt::UTC));
    QCOMPARE(session.profileName, u"shop"_s);
    QCOMPARE(session.persist, true);
    QVERIFY(!session.isPartial);
    QCOMPARE(figureFacts(session), (QList<SessionFact>{{u"Credits"_s, u"12.5"_s},
                                                       {u"Proxy traffic"_s, u"100.0 KiB"_s},
                                                       {u"Steps"_s, u"48"_s},
                                                       {u"Duration"_s, u"7 min"_s},
                                                       {u"Time limit"_s, u"20 min"_s},
                                                       {u"Idle limit"_s, u"no limit"_s}}));
    QCOMPARE(session.facts, (QList<SessionFact>{{u"Owner"_s, u"me@here"_s}}));
}

void TestAnchorCodec::detailsPreferTheIdOfTheSession()
{
    const auto idOf = [](const QByteArray &fields) {
        return decodeAnchorSession(R"({"data":{"status":"running",)" + fields + "}}").session.id;
    };
    const QByteArray both = R"("id":"row-12345","session_id":"session-1")";
    const QByteArray one = R"("id":"session-1")";
    QCOMPARE(idOf(both), u"session-1"_s);
    QCOMPARE(idOf(one), u"session-1"_s);
    const QByteArray bare = R"({"session_id":"session-1","status":"running"})";
    QCOMPARE(decodeAnchorSession(bare).session.id, u"session-1"_s);
}

void TestAnchorCodec::factsAreReadInEveryForm_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QString>("label");
    QTest::addColumn<QString>("value");
    const auto row = [](const char *field, const QString &label, const QString &value) {
        QTest::newRow(field) << QByteArray(field) << label << value;
    };
    row(R"("credits_used":0)", u"Credits"_s, u"0"_s);
    row(R"("credits_used":"12.50")", u"Credits"_s, u"12.5"_s);
    row(R"("steps":[{},{}])", u"Steps"_s, u"2"_s);
    row(R"("steps":0)", u"Steps"_s, u"0"_s);
    row(R"("proxy_bytes":5000000000)", u"Proxy traffic"_s, u"4.7 GiB"_s);
    row(R"("duration":59)", u"Duration"_s, u"59 s"_s);
    row(R"("configuration":{"session":{"timeout":{"max_duration":180}}})", u"Time limit"_s,
        u"3 h 00 min"_s);
    row(R"("configuration":{"session":{"timeout":{"max_duration":-1}}})", u"Time limit"_s,
        u"no limit"_s);
    row(R"("configuration":{"session":{"tags":["aw-owner:me@here"]}})", u"Owner"_s, u"me@here"_s);
}

void TestAnchorCodec::factsAreReadInEveryForm()
{
    QFETCH(QByteArray, field);
    QFETCH(QString, label);
    QTEST(factOf(detailed(field), label), "value");
}

void TestAnchorCodec::unknownFactsAreNotShown_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::newRow("none") << QByteArray(R"("team_id":"t")");
    QTest::newRow("nulls") << QByteArray(
        R"("credits_used":null,"proxy_bytes":null,"steps":null,"duration":null,"tags":null,
           "configuration":null)");
    QTest::newRow("wrong types") << QByteArray(
        R"("credits_used":{},"proxy_bytes":"1","steps":"2","duration":[],"configuration":"x")");
    QTest::newRow("not known while it runs") << QByteArray(R"("credits_used":"N/A")");
    QTest::newRow("no number") << QByteArray(R"("credits_used":"nan","duration":"inf")");
    QTest::newRow("less than nothing")
        << QByteArray(R"("credits_used":-1,"proxy_bytes":-1,"steps":-1,"duration":-1)");
    QTest::newRow("beyond everything")
        << QByteArray(R"("credits_used":"1e999","proxy_bytes":1e300,"steps":1e300,
           "duration":1e300)");
    QTest::newRow("limits of no sense") << QByteArray(
        R"("configuration":{"session":{"timeout":{"max_duration":0,"idle_timeout":-2}},
           "browser":{"profile":{"name":7,"persist":"yes"}}})");
    QTest::newRow("limits that are none") << QByteArray(
        R"("configuration":{"session":{"timeout":{"max_duration":"20","idle_timeout":1.5}}})");
    QTest::newRow("a list for the configuration") << QByteArray(R"("configuration":[1,2])");
}

void TestAnchorCodec::unknownFactsAreNotShown()
{
    QFETCH(QByteArray, fields);
    const Session session = detailed(fields);
    QCOMPARE(session.malformed, QString());
    QCOMPARE(session.figures, QList<SessionFigure>());
    QCOMPARE(session.facts, QList<SessionFact>());
    QCOMPARE(session.profileName, QString());
    QVERIFY(!session.persist);
}

void TestAnchorCodec::doorsAreThoseThatOpen_data()
{
    QTest::addColumn<QByteArray>("configuration");
    QTest::addColumn<bool>("cdp");
    QTest::addColumn<bool>("liveView");
    QTest::newRow("default") << QByteArray("{}") << true << true;
    QTest::newRow("headless") << QByteArray(R"({"browser":{"headless":{"active":true}}})") << true
                              << false;
    QTest::newRow("one-time link")
        << QByteArray(R"({"session":{"live_view":{"one_time_url":true}}})") << true << false;
    QTest::newRow("tokens alone") << QByteArray(R"({"session":{"scoped_access":{"active":true}}})")
                                  << false << false;
}

void TestAnchorCodec::doorsAreThoseThatOpen()
{
    QFETCH(QByteArray, configuration);
    const AnchorDoors doors =
        decodeAnchorSession(detailsWith(R"("configuration":)" + configuration)).doors;
    QTEST(doors.cdp, "cdp");
    QTEST(doors.liveView, "liveView");
}

void TestAnchorCodec::noDetails_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("HTML") << QByteArray("<html>");
    QTest::newRow("no id") << QByteArray(R"({"data":{"status":"running"}})");
    QTest::newRow("blank id") << QByteArray(R"({"data":{"session_id":" ","status":"running"}})");
    QTest::newRow("list") << QByteArray("[]");
    QTest::newRow("null") << QByteArray("null");
}

void TestAnchorCodec::noDetails()
{
    QFETCH(QByteArray, body);
    QVERIFY(!decodeAnchorSession(body).problem.isEmpty());
}

void TestAnchorCodec::pagesAreReadInEveryForm_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QList<AnchorPage>>("pages");
    const QByteArray two = R"([{"id":"1","title":"One","url":"https://one.example/",
        "frontend_url":"https://x"},{"id":"2","title":"Two","url":"https://two.example/"}])";
    const QList<AnchorPage> read{{u"One"_s, u"https://one.example/"_s},
                                 {u"Two"_s, u"https://two.example/"_s}};
    QTest::newRow("bare") << two << read;
    QTest::newRow("data") << R"({"data":)" + two + "}" << read;
    QTest::newRow("items") << R"({"data":{"items":)" + two + "}}" << read;
    QTest::newRow("none") << QByteArray("[]") << QList<AnchorPage>();
    QTest::newRow("HTML") << QByteArray("<html>") << QList<AnchorPage>();
    QTest::newRow("texts") << QByteArray(R"(["a",1,null])") << QList<AnchorPage>();
    QTest::newRow("wrong types") << QByteArray(R"([{"title":1,"url":{}}])")
                                 << QList<AnchorPage>{{}};
    QTest::newRow("huge") << R"([{"title":")" + QByteArray(128 * 1024, 'x') + R"(","url":"u"}])"
                          << QList<AnchorPage>{{{}, u"u"_s}};
}

void TestAnchorCodec::pagesAreReadInEveryForm()
{
    QFETCH(QByteArray, body);
    QFETCH(QList<AnchorPage>, pages);
    QVERIFY(decodeAnchorPages(body) == pages);
}

void TestAnchorCodec::profilesAreRead()
{
    const DecodedAnchorProfiles decoded = decodeAnchorProfiles(R"({"data":{"count":4,"items":[
        {"name":"shop","status":"ready"},{"name":"a/b c"},{"name":7},{"name":"shop"},"x"]}})");
    QCOMPARE(decoded.problem, QString());
    QCOMPARE(decoded.names, (QStringList{u"shop"_s, u"a/b c"_s}));
}

void TestAnchorCodec::noProfiles_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("HTML") << QByteArray("<html>");
    QTest::newRow("no list") << QByteArray(R"({"data":{}})");
}

void TestAnchorCodec::noProfiles()
{
    QFETCH(QByteArray, body);
    QVERIFY(!decodeAnchorProfiles(body).problem.isEmpty());
}

void TestAnchorCodec::newSessionIsAskedFor()
{
    SessionRequest request;
    request.initialUrl = u"example.com"_s;
    request.profileName = u"shop"_s;
    request.createNewProfile = true;
    request.maxDurationMinutes = 20;
    request.idleTimeoutMinutes = 5;
    request.recording = false;
    const QByteArray expected = R"({"session":{"initial_url":"https://example.com",
        "tags":["aw-1","b"],"recording":{"active":false},
        "timeout":{"max_duration":20,"idle_timeout":5}},
        "browser":{"profile":{"name":"shop","persist":true}}})";
    QCOMPARE(QJsonDocument::fromJson(encodeNewAnchorSession(request, {u"aw-1"_s, u"b"_s})),
             QJsonDocument::fromJson(expected));
}

void TestAnchorCodec::newSessionOfNothingHasItsTagsAlone()
{
    const QByteArray expected = R"({"session":{"tags":["aw-1"]}})";
    QCOMPARE(encodeNewAnchorSession({}, {u"aw-1"_s}), expected);
}

void TestAnchorCodec::newSessionIsRead_data()
{
    QTest::addColumn<QByteArray>("body");
    const QByteArray session = R"({"id":"session-1",
        "cdp_url":"wss://connect.example?sessionId=session-1&rt=3ab8e650",
        "live_view_url":"https://live.example?sessionId=session-1"})";
    QTest::newRow("as documented") << R"({"data":)" + session + "}";
    QTest::newRow("without the envelope") << session;
}

void TestAnchorCodec::newSessionIsRead()
{
    QFETCH(QByteArray, body);
    const DecodedSession decoded = decodeNewAnchorSession(body);
    QCOMPARE(decoded.problem, QString());
    QCOMPARE(decoded.session.id, u"session-1"_s);
    QCOMPARE(decoded.session.malformed, QString());
    QCOMPARE(decoded.session.status.kind(), Kind::Running);
    QCOMPARE(decoded.session.cdpUrl, u"wss://connect.example?sessionId=session-1&rt=3ab8e650"_s);
    QCOMPARE(decoded.session.liveViewUrl, u"https://live.example?sessionId=session-1"_s);
    QVERIFY(decoded.session.isPartial);
}

void TestAnchorCodec::foreignAddressesAreDropped_data()
{
    QTest::addColumn<QByteArray>("addresses");
    QTest::newRow("scripts") << QByteArray(
        R"("cdp_url":"javascript:alert","live_view_url":"javascript:alert")");
    QTest::newRow("files") << QByteArray(
        R"("cdp_url":"file:///etc/passwd","live_view_url":"file:///etc/passwd")");
    QTest::newRow("the other's scheme")
        << QByteArray(R"("cdp_url":"https://h/","live_view_url":"wss://h/")");
    QTest::newRow("relative") << QByteArray(R"("cdp_url":"/x","live_view_url":"//h/x")");
    QTest::newRow("no host") << QByteArray(R"("cdp_url":"wss:///x","live_view_url":"https:x")");
    QTest::newRow("wrong types") << QByteArray(R"("cdp_url":7,"live_view_url":{})");
    QTest::newRow("line break") << QByteArray(
        R"("cdp_url":"wss://h/\r\nx","live_view_url":"https://h/\r\nx")");
}

// Fault matrix: W16
void TestAnchorCodec::foreignAddressesAreDropped()
{
    QFETCH(QByteArray, addresses);
    const DecodedSession decoded =
        decodeNewAnchorSession(R"({"data":{"id":"session-1",)" + addresses + "}}");
    QCOMPARE(decoded.session.id, u"session-1"_s);
    QCOMPARE(decoded.session.cdpUrl, QString());
    QCOMPARE(decoded.session.liveViewUrl, QString());
}

void TestAnchorCodec::noNewSession_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("HTML") << QByteArray("<html>");
    QTest::newRow("no id") << QByteArray(R"({"data":{"cdp_url":"wss://h/"}})");
    QTest::newRow("id is a number") << QByteArray(R"({"data":{"id":7}})");
    QTest::newRow("null") << QByteArray(R"({"data":null})");
}

void TestAnchorCodec::noNewSession()
{
    QFETCH(QByteArray, body);
    QVERIFY(!decodeNewAnchorSession(body).problem.isEmpty());
}

void TestAnchorCodec::errorsAreOneLine_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("words");
    QTest::newRow("usual") << QByteArray(R"({"error":{"code":400,"message":"No\nproxy."}})")
                           << u"No proxy."_s;
    QTest::newRow("nested") << QByteArray(R"({"error":{"error":{"code":404,"message":"Gone."}}})")
                            << u"Gone."_s;
    QTest::newRow("text") << QByteArray(R"({"error":"No screen"})") << u"No screen"_s;
    QTest::newRow("nested text") << QByteArray(R"({"error":{"error":"No"}})") << u"No"_s;
    QTest::newRow("message alone") << QByteArray(R"({"message":"Unauthorized, please log in."})")
                                   << u"Unauthorized, please log in."_s;
    QTest::newRow("HTML") << QByteArray("<html>Bad gateway</html>") << QString();
    QTest::newRow("empty") << QByteArray() << QString();
    QTest::newRow("list") << QByteArray("[]") << QString();
    QTest::newRow("numbers") << QByteArray(R"({"error":{"code":1,"message":2},"message":3})")
                             << QString();
}

void TestAnchorCodec::errorsAreOneLine()
{
    QFETCH(QByteArray, body);
    QTEST(anchorErrorWords(body), "words");
}

QTEST_GUILESS_MAIN(TestAnchorCodec)
#include "tst_anchorcodec.moc"
