#include "network/grid/gridcodec.h"
#include "tests/fakes/captures.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

const QUrl base(u"https://grid.example/wd"_s);

QString factOf(const Session &session, const QString &label)
{
    for (const SessionFact &fact : session.facts) {
        if (fact.label == label)
            return fact.value;
    }
    return {};
}

// A status with this session in the one slot of the one node.
QByteArray statusWith(const QByteArray &session, const QByteArray &node = R"("availability":"UP")")
{
    return R"({"value":{"ready":true,"nodes":[{)" + node + R"(,"slots":[{"session":)" + session
           + "}]}]}}";
}

Session only(const DecodedGridStatus &status)
{
    return status.list.sessions.size() == 1 ? status.list.sessions.constFirst() : Session();
}

} // namespace

class TestGridCodec : public QObject
{
    Q_OBJECT

private slots:
    void aRealSessionIsRead();
    void anIdleGridHasNoSessions();
    void aFullGridIsNoFault();
    void aReservedSlotIsNoSession();
    void withoutVncThereIsNoLiveView();
    void ourLabelsAreRead();
    void aNodeThatIsNotUpSaysSo();
    void aStrangeAnswerIsNoList_data();
    void aStrangeAnswerIsNoList();
    void aGridThatFailsSaysSo();
    void oneBadSessionCostsNoOther_data();
    void oneBadSessionCostsNoOther();
    void sessionsWithoutAnIdAreCounted_data();
    void sessionsWithoutAnIdAreCounted();
    void whatItsMakerWroteIsNoFault_data();
    void whatItsMakerWroteIsNoFault();
    void anIdThatIsListedTwiceIsFlagged();
    void aBadByteInANameCostsNothing();
    void capacityIsRead();
    void noCapacity_data();
    void noCapacity();
    void aNewSessionIsAskedFor();
    void theNodesBrowserNeedsNoOptions();
    void noNewSession_data();
    void noNewSession();
    void errorsAreOneLine_data();
    void errorsAreOneLine();
};

void TestGridCodec::aRealSessionIsRead()
{
    const DecodedGridStatus status =
        decodeGridStatus(capture(u"selenium/status_one_session.json"_s), base);
    QCOMPARE(status.list.problem, QString());
    const Session session = only(status);
    const QString id = u"41a5ff21291b65282f582884e3b8afed"_s;
    QCOMPARE(session.id, id);
    QCOMPARE(session.malformed, QString());
    QCOMPARE(session.status.kind(), SessionStatus::Kind::Running);
    QCOMPARE(session.title, u"checkout test"_s);
    // Nine digits of a second, as the Grid writes them.
    QCOMPARE(session.createdAt, QDateTime({2026, 11, 23}, {19, 18, 49, 721}, Qt::UTC));
    QCOMPARE(session.cdpUrl, u"wss://grid.example/wd/session/%1/se/cdp"_s.arg(id));
    QCOMPARE(session.liveViewUrl, u"https://grid.example/wd/ui/#/session/%1"_s.arg(id));
    QCOMPARE(session.currentUrl, QString());
    QCOMPARE(factOf(session, u"Browser"_s), u"chrome 156.0.8078.79"_s);
    QCOMPARE(factOf(session, u"Platform"_s), u"linux"_s);
    QCOMPARE(factOf(session, u"Node"_s), u"http://127.0.0.1:4466"_s);
    QCOMPARE(factOf(session, u"Node state"_s), QString());
    QVERIFY(session.figures.contains({SessionFigure::Kind::IdleLimit, 300}));
    QCOMPARE(factOf(session, u"VNC"_s), u"wss://grid.example/wd/session/%1/se/vnc"_s.arg(id));
    QCOMPARE(status.marks.value(id).debuggerPort, 35013);
}

void TestGridCodec::anIdleGridHasNoSessions()
{
    const DecodedGridStatus status =
        decodeGridStatus(capture(u"selenium/status_idle.json"_s), base);
    QCOMPARE(status.list.problem, QString());
    QVERIFY(status.list.sessions.isEmpty());
    QCOMPARE(status.list.withoutId, 0);
}

void TestGridCodec::aFullGridIsNoFault()
{
    QByteArray full = capture(u"selenium/status_one_session.json"_s);
    full.replace("\"ready\": true", "\"ready\": false");
    const DecodedGridStatus status = decodeGridStatus(full, base);
    QCOMPARE(status.list.problem, QString());
    QCOMPARE(status.unavailable, QString());
    QCOMPARE(status.list.sessions.size(), 1);
}

void TestGridCodec::aReservedSlotIsNoSession()
{
    const DecodedGridStatus status =
        decodeGridStatus(statusWith(R"({"sessionId":"reserved","capabilities":{}})"), base);
    QVERIFY(status.list.sessions.isEmpty());
    QCOMPARE(status.list.withoutId, 0);
    QCOMPARE(status.list.problem, QString());
}

void TestGridCodec::withoutVncThereIsNoLiveView()
{
    const DecodedSession decoded =
        decodeNewGridSession(capture(u"selenium/post_session_named_200.json"_s), base);
    QCOMPARE(decoded.problem, QString());
    QCOMPARE(decoded.session.id, u"69b521a3d29be3007c8238cd55e3945a"_s);
    QCOMPARE(decoded.session.title, u"login test 1"_s);
    QVERIFY(decoded.session.cdpUrl.startsWith("wss://grid.example/wd/session/69b5"_L1));
    QCOMPARE(decoded.session.liveViewUrl, QString());
}

void TestGridCodec::ourLabelsAreRead()
{
    const DecodedGridStatus status = decodeGridStatus(
        statusWith(R"({"sessionId":"a","capabilities":{"aw:owner":"me@here","aw:tag":"t-1"}})"),
        base);
    QCOMPARE(factOf(only(status), u"Owner"_s), u"me@here"_s);
    QCOMPARE(status.marks.value(u"a"_s).tag, u"t-1"_s);
}

void TestGridCodec::aNodeThatIsNotUpSaysSo()
{
    const DecodedGridStatus draining =
        decodeGridStatus(statusWith(R"({"sessionId":"a"})", R"("availability":"DRAINING")"), base);
    QCOMPARE(only(draining).status.kind(), SessionStatus::Kind::Running);
    QCOMPARE(factOf(only(draining), u"Node state"_s), u"draining"_s);
    const DecodedGridStatus down =
        decodeGridStatus(statusWith(R"({"sessionId":"a"})", R"("availability":"DOWN")"), base);
    QCOMPARE(only(down).status.text(), u"Node down"_s);
    QVERIFY(!only(down).status.isOver());
    QVERIFY(only(down).error.startsWith("Its node does not answer"_L1));
}

void TestGridCodec::aStrangeAnswerIsNoList_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("HTML") << QByteArray("<html><body>Welcome</body></html>");
    QTest::newRow("cut") << capture(u"selenium/status_one_session.json"_s).first(900);
    QTest::newRow("list") << QByteArray("[]");
    QTest::newRow("no value") << QByteArray("{}");
    QTest::newRow("value is a text") << QByteArray(R"({"value":"ready"})");
    QTest::newRow("nodes are a text") << QByteArray(R"({"value":{"nodes":"none"}})");
    QTest::newRow("a driver alone")
        << QByteArray(R"({"value":{"ready":true,"message":"ChromeDriver ready"}})");
    QTest::newRow("sessions service") << QByteArray(R"({"sessions":[],"count":0})");
    QTest::newRow("depth") << QByteArray(128 * 1024, '[');
    QTest::newRow("GraphQL errors") << capture(u"selenium/graphql_validation_error_500.json"_s);
}

// Fault matrix: W10, W13
void TestGridCodec::aStrangeAnswerIsNoList()
{
    QFETCH(QByteArray, body);
    const DecodedGridStatus status = decodeGridStatus(body, base);
    QVERIFY(!status.list.problem.isEmpty());
    QVERIFY(status.list.sessions.isEmpty());
}

void TestGridCodec::aGridThatFailsSaysSo()
{
    const DecodedGridStatus status = decodeGridStatus(
        R"({"value":{"ready":false,"message":"Unable to read distributor status."}})", base);
    QCOMPARE(status.unavailable, u"Unable to read distributor status."_s);
}

void TestGridCodec::oneBadSessionCostsNoOther_data()
{
    QTest::addColumn<QByteArray>("session");
    QTest::newRow("start is a number") << QByteArray(R"({"sessionId":"a","start":1})");
    QTest::newRow("start is no time") << QByteArray(R"({"sessionId":"a","start":"soon"})");
    QTest::newRow("capabilities are a text")
        << QByteArray(R"({"sessionId":"a","capabilities":"chrome"})");
    QTest::newRow("huge start") << R"({"sessionId":"a","start":")" + QByteArray(128 * 1024, '1')
                                       + "\"}";
}

// Fault matrix: W11
void TestGridCodec::oneBadSessionCostsNoOther()
{
    QFETCH(QByteArray, session);
    const DecodedGridStatus status =
        decodeGridStatus(R"({"value":{"nodes":[{"slots":[{"session":)" + session
                             + R"(},{"session":{"sessionId":"b"}},{"session":null},{}]}]}})",
                         base);
    QCOMPARE(status.list.problem, QString());
    QCOMPARE(status.list.sessions.size(), 2);
    QVERIFY(!status.list.sessions.at(0).malformed.isEmpty());
    QVERIFY(status.list.sessions.at(1).malformed.isEmpty());
}

void TestGridCodec::sessionsWithoutAnIdAreCounted_data()
{
    QTest::addColumn<QByteArray>("session");
    QTest::newRow("missing") << QByteArray("{}");
    QTest::newRow("empty") << QByteArray(R"({"sessionId":""})");
    QTest::newRow("blank") << QByteArray(R"({"sessionId":"  "})");
    QTest::newRow("number") << QByteArray(R"({"sessionId":7})");
    QTest::newRow("huge") << R"({"sessionId":")" + QByteArray(128 * 1024, 'a') + "\"}";
    QTest::newRow("a text") << QByteArray(R"("a")");
    QTest::newRow("a list") << QByteArray("[1,2]");
}

// Fault matrix: W11
void TestGridCodec::sessionsWithoutAnIdAreCounted()
{
    QFETCH(QByteArray, session);
    const DecodedGridStatus status = decodeGridStatus(statusWith(session), base);
    QVERIFY(status.list.sessions.isEmpty());
    QCOMPARE(status.list.withoutId, 1);
}

void TestGridCodec::whatItsMakerWroteIsNoFault_data()
{
    QTest::addColumn<QByteArray>("capabilities");
    QTest::newRow("name is a number") << QByteArray(R"({"se:name":7})");
    QTest::newRow("name is an object") << QByteArray(R"({"se:name":{}})");
    QTest::newRow("huge name") << R"({"se:name":")" + QByteArray(128 * 1024, 'x') + "\"}";
    QTest::newRow("cdp is a script") << QByteArray(R"({"se:cdp":"javascript:alert"})");
    QTest::newRow("cdp is off") << QByteArray(R"({"se:cdpEnabled":false})");
    QTest::newRow("vnc is a file") << QByteArray(R"({"se:vnc":"file:///etc/passwd"})");
    QTest::newRow("options are a text") << QByteArray(R"({"goog:chromeOptions":"x"})");
    QTest::newRow("debugger elsewhere")
        << QByteArray(R"({"goog:chromeOptions":{"debuggerAddress":"10.0.0.1:22"}})");
    QTest::newRow("no port") << QByteArray(
        R"({"goog:chromeOptions":{"debuggerAddress":"localhost:99999"}})");
}

void TestGridCodec::whatItsMakerWroteIsNoFault()
{
    QFETCH(QByteArray, capabilities);
    const DecodedGridStatus status = decodeGridStatus(
        statusWith(R"({"sessionId":"a","capabilities":)" + capabilities + "}"), base);
    QCOMPARE(only(status).id, u"a"_s);
    QCOMPARE(only(status).malformed, QString());
    QCOMPARE(only(status).title, QString());
    QCOMPARE(only(status).cdpUrl, QString());
    QCOMPARE(only(status).liveViewUrl, QString());
    QCOMPARE(status.marks.value(u"a"_s).debuggerPort, 0);
}

// Fault matrix: W12
void TestGridCodec::anIdThatIsListedTwiceIsFlagged()
{
    const DecodedGridStatus status = decodeGridStatus(
        R"({"value":{"nodes":[{"slots":[{"session":{"sessionId":"a"}}]},
            {"slots":[{"session":{"sessionId":"a"}},{"session":{"sessionId":"b"}}]}]}})",
        base);
    QCOMPARE(status.list.sessions.size(), 2);
    QCOMPARE(status.list.sessions.at(0).malformed, u"Its id was listed more than once."_s);
    QVERIFY(status.list.sessions.at(1).malformed.isEmpty());
}

// Fault matrix: W14
void TestGridCodec::aBadByteInANameCostsNothing()
{
    const DecodedGridStatus status = decodeGridStatus(
        statusWith("{\"sessionId\":\"a\",\"capabilities\":{\"se:name\":\"caf\xE9\"}}"), base);
    QCOMPARE(only(status).title, u"caf\uFFFD"_s);
}

void TestGridCodec::capacityIsRead()
{
    const DecodedGridCapacity decoded = decodeGridCapacity(capture(u"selenium/graphql_all.json"_s));
    QCOMPARE(decoded.problem, QString());
    QCOMPARE(decoded.capacity, (GridCapacity{1, 2, 0, 1, u"4.48.0"_s}));
    QCOMPARE(decoded.capacity.text(), u"1 of 2 slots, 0 waiting"_s);
}

void TestGridCodec::noCapacity_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("HTML") << QByteArray("<html>");
    QTest::newRow("errors") << capture(u"selenium/graphql_validation_error_500.json"_s);
    QTest::newRow("errors with 200") << capture(u"selenium/graphql_unknown_session_200.json"_s);
    QTest::newRow("text for a count")
        << QByteArray(R"({"data":{"grid":{"maxSession":"8","sessionCount":1}}})");
    QTest::newRow("less than none") << QByteArray(R"({"data":{"grid":{"maxSession":-1}}})");
    QTest::newRow("beyond an int") << QByteArray(R"({"data":{"grid":{"maxSession":1e300}}})");
}

void TestGridCodec::noCapacity()
{
    QFETCH(QByteArray, body);
    QVERIFY(!decodeGridCapacity(body).problem.isEmpty());
}

void TestGridCodec::aNewSessionIsAskedFor()
{
    const GridBrowser browser{u"chrome"_s, u"/usr/bin/chromium"_s, {u"--headless"_s}};
    const QJsonDocument body =
        QJsonDocument::fromJson(encodeNewGridSession(browser, {u"name"_s, u"me@here"_s, u"tag"_s}));
    const QJsonObject options{{"binary"_L1, u"/usr/bin/chromium"_s},
                              {"args"_L1, QJsonArray{u"--headless"_s}}};
    QCOMPARE(body["capabilities"_L1]["alwaysMatch"_L1].toObject(),
             (QJsonObject{{"browserName"_L1, u"chrome"_s},
                          {"se:name"_L1, u"name"_s},
                          {"aw:owner"_L1, u"me@here"_s},
                          {"aw:tag"_L1, u"tag"_s},
                          {"goog:chromeOptions"_L1, options}}));
}

void TestGridCodec::theNodesBrowserNeedsNoOptions()
{
    const QJsonDocument body = QJsonDocument::fromJson(encodeNewGridSession({}, {}));
    QVERIFY(
        !body["capabilities"_L1]["alwaysMatch"_L1].toObject().contains("goog:chromeOptions"_L1));
}

void TestGridCodec::noNewSession_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("HTML") << QByteArray("<html>");
    QTest::newRow("no value") << QByteArray("{}");
    QTest::newRow("no id") << QByteArray(R"({"value":{"capabilities":{}}})");
    QTest::newRow("null") << QByteArray(R"({"value":null})");
}

void TestGridCodec::noNewSession()
{
    QFETCH(QByteArray, body);
    QVERIFY(!decodeNewGridSession(body, base).problem.isEmpty());
}

void TestGridCodec::errorsAreOneLine_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("words");
    QTest::newRow("gone") << capture(u"selenium/delete_again_404.json"_s) << u"invalid session id"_s
                          << u"Unable to find session with ID: "
                             "41a5ff21291b65282f582884e3b8afed. Session was removed at "
                             "2026-11-23T19:18:51.675685118Z (0 seconds ago), reason: session "
                             "closed normally (QUIT command), node: http://127.0.0.1:4466"_s;
    QTest::newRow("unknown") << capture(u"selenium/delete_unknown_404.json"_s)
                             << u"invalid session id"_s
                             << u"Unable to find session with ID: nope"_s;
    QTest::newRow("content type")
        << capture(u"selenium/post_session_bad_content_type_500.json"_s) << u"unknown error"_s
        << u"Content-Type header does not indicate utf-8 encoded json: application/json"_s;
    QTest::newRow("GraphQL")
        << capture(u"selenium/graphql_validation_error_500.json"_s) << QString()
        << u"Validation error (FieldUndefined@[grid/bogus]) : Field 'bogus' in type 'Grid' is "
           "undefined"_s;
    QTest::newRow("HTML") << QByteArray("<html>Not found</html>") << QString() << QString();
    QTest::newRow("empty list") << QByteArray("[]") << QString() << QString();
    QTest::newRow("message is a list")
        << QByteArray(R"({"value":{"error":["x"],"message":["y"],"stacktrace":[{}]}})") << QString()
        << QString();
}

void TestGridCodec::errorsAreOneLine()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, code);
    QFETCH(QString, words);
    const GridError error = decodeGridError(body);
    QCOMPARE(error.code, code);
    QCOMPARE(error.words, words);
}

QTEST_GUILESS_MAIN(TestGridCodec)
#include "tst_gridcodec.moc"
