#include "network/gatewayprovider.h"
#include "network/sessioncodec.h"
#include "tests/fakes/samplesession.h"
#include "tests/fakes/scriptedserver.h"

#include <QNetworkProxy>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Then = ScriptedAnswer::Then;

namespace {

const QByteArray sessionsPath = "/api/browser-automation/sessions";

Connection connectionTo(const QUrl &url)
{
    Connection connection;
    connection.kind = Connection::Kind::Service;
    connection.baseUrl = url;
    return connection;
}

// The fault of a reply, once it finished; a default one that is told apart by its words when there
// was none.
template<class Reply>
Fault faultOf(Reply *reply)
{
    std::optional<Fault> fault;
    QObject::connect(reply, &ProviderReply::finished, reply, [reply, &fault] {
        Fault none;
        none.what = u"no fault"_s;
        fault = reply->fault().value_or(none);
    });
    (void)QTest::qWaitFor([&fault] { return fault.has_value(); }, 30'000);
    return fault.value();
}

// As Content-Encoding: deflate wants it.
QByteArray deflated(const QByteArray &bytes)
{
    // qCompress() puts the size, four bytes, before the zlib stream.
    return qCompress(bytes, 9).mid(4);
}

// Deflates to about a quarter, which no client takes for an attack.
QByteArray honestBytes(qsizetype size)
{
    QRandomGenerator random(1);
    QByteArray bytes(size, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = "abcd"[random.bounded(4)];
    return bytes;
}

} // namespace

// Rows of the fault matrix of the window: a service that is wrong in every way it can be.
class TestGatewayFaults : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void connectionRefused();
    void unknownNameIsSaid();
    void proxyThatWantsALoginIsSaid();
    void hangEndsAtTheDeadline_data();
    void hangEndsAtTheDeadline();
    void dripEndsAtTheDeadline();
    void dripOfTheHeadEndsAtTheDeadline();
    void cutAnswer_data();
    void cutAnswer();
    void cutAnswerEndsNoSession_data();
    void cutAnswerEndsNoSession();
    void notHttp();
    void statusCode_data();
    void statusCode();
    void retryAfterIsPassedOn();
    void unknownAddressSaysSo();
    void answerOfAnotherShape_data();
    void answerOfAnotherShape();
    void strangeEntriesDoNotCostTheList();
    void tooLargeAnswer();
    void endlessAnswer();
    void inflatedBytesCount();
    void tooDeepAnswer();
    void redirectsOnTheSameOriginAreFollowed();
    void sixthRedirectIsNotFollowed();
    void redirectElsewhereIsNotFollowed_data();
    void redirectElsewhereIsNotFollowed();
    void redirectedCommandIsNotFollowed_data();
    void redirectedCommandIsNotFollowed();
    void wordsHoldNoSecret_data();
    void wordsHoldNoSecret();
    void wordsAreVisible();
    void worksAgainAfterEveryFault();

private:
    void setDeadline(std::chrono::milliseconds deadline);

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<QNetworkAccessManager> m_manager;
    std::unique_ptr<GatewayProvider> m_provider;
};

void TestGatewayFaults::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_manager = std::make_unique<QNetworkAccessManager>();
    m_provider = std::make_unique<GatewayProvider>(*m_manager, connectionTo(m_server->url()));
}

void TestGatewayFaults::cleanup()
{
    m_provider.reset();
    m_manager.reset();
    m_server.reset();
}

void TestGatewayFaults::setDeadline(std::chrono::milliseconds deadline)
{
    HttpBounds bounds;
    bounds.deadline = deadline;
    m_provider->setBounds(bounds);
}

// Fault matrix: W1
void TestGatewayFaults::connectionRefused()
{
    QUrl closed;
    {
        QTcpServer server; // a port that was just free
        QVERIFY(server.listen(QHostAddress::LocalHost));
        closed = QUrl(u"http://127.0.0.1:%1"_s.arg(server.serverPort()));
    }
    m_provider->setBaseUrl(closed);
    const Fault fault = faultOf(m_provider->list());
    QCOMPARE(fault.kind, Fault::Kind::Unreachable);
    QCOMPARE(fault.what, u"Connection refused by 127.0.0.1."_s);
}

// Fault matrix: W2
void TestGatewayFaults::unknownNameIsSaid()
{
    m_provider->setBaseUrl(QUrl(u"http://nowhere.invalid:80"_s)); // RFC 6761, 6.4
    const Fault fault = faultOf(m_provider->list());
    QCOMPARE(fault.kind, Fault::Kind::Unreachable);
    QCOMPARE(fault.what, u"The name nowhere.invalid is not known."_s);
}

// Fault matrix: W2
void TestGatewayFaults::proxyThatWantsALoginIsSaid()
{
    m_server->setDefault(
        ScriptedAnswer::of(407, "<html>Log in</html>", {"Proxy-Authenticate: Basic realm=\"p\""}));
    m_manager->setProxy(
        {QNetworkProxy::HttpProxy, u"127.0.0.1"_s, static_cast<quint16>(m_server->url().port())});
    m_provider->setBaseUrl(QUrl(u"http://nowhere.invalid:80"_s));
    const Fault fault = faultOf(m_provider->list());
    QCOMPARE(fault.kind, Fault::Kind::Unreachable);
    QCOMPARE(fault.what, u"The proxy on the way to nowhere.invalid does not let us through."_s);
}

void TestGatewayFaults::hangEndsAtTheDeadline_data()
{
    QTest::addColumn<QByteArray>("begun");
    QTest::newRow("before the first byte") << QByteArray();
    QTest::newRow("in the head") << QByteArray("HTTP/1.1 200 OK\r\nContent-");
    QTest::newRow("in the body") << QByteArray(
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"sessions\":[");
}

// Fault matrix: W3
void TestGatewayFaults::hangEndsAtTheDeadline()
{
    QFETCH(QByteArray, begun);
    setDeadline(50ms);
    m_server->setDefault({begun, Then::Hang});
    QCOMPARE(faultOf(m_provider->list()).kind, Fault::Kind::TimedOut);
    QCOMPARE(faultOf(m_provider->get(u"a"_s)).kind, Fault::Kind::TimedOut);
    QCOMPARE(faultOf(m_provider->create({})).kind, Fault::Kind::TimedOut);
    QCOMPARE(faultOf(m_provider->terminate(u"a"_s)).kind, Fault::Kind::TimedOut);
    QCOMPARE(m_server->requests().size(), 4);
}

// Fault matrix: W4
void TestGatewayFaults::dripEndsAtTheDeadline()
{
    setDeadline(200ms);
    const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n";
    m_server->setDefault(
        ScriptedAnswer{head + QByteArray(10'000, ' '), Then::Keep}.dripped(head.size()));
    QCOMPARE(faultOf(m_provider->list()).kind, Fault::Kind::TimedOut);
}

// Fault matrix: W4
void TestGatewayFaults::dripOfTheHeadEndsAtTheDeadline()
{
    setDeadline(200ms);
    m_server->setDefault(
        ScriptedAnswer{"HTTP/1.1 200 OK\r\nX-Long: " + QByteArray(10'000, 'x'), Then::Keep}
            .dripped());
    QCOMPARE(faultOf(m_provider->list()).kind, Fault::Kind::TimedOut);
}

void TestGatewayFaults::cutAnswer_data()
{
    QTest::addColumn<ScriptedAnswer>("answer");
    const auto whole = ScriptedAnswer::of(200, encodeSessionList({sampleSession(u"a"_s)}));
    const qsizetype inBody = whole.bytes.size() - 20;
    QTest::newRow("closed without a byte") << ScriptedAnswer{{}, Then::Close};
    QTest::newRow("reset without a byte") << ScriptedAnswer{{}, Then::Reset};
    QTest::newRow("closed in the head") << whole.cutTo(20, Then::Close);
    QTest::newRow("closed in the body") << whole.cutTo(inBody, Then::Close);
    QTest::newRow("reset in the body") << whole.cutTo(inBody, Then::Reset);
    QTest::newRow("shorter than its length") << ScriptedAnswer{
        "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"sessions\":[]}", Then::Close};
    QTest::newRow("longer than its length") << ScriptedAnswer{
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{\"sessions\":[]}", Then::Close};
    QTest::newRow("broken chunk") << ScriptedAnswer{
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}", Then::Close};
    QTest::newRow("last chunk missing")
        << ScriptedAnswer{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                          "f\r\n{\"sessions\":[]}\r\n",
                          Then::Close};
}

// Fault matrix: W5
void TestGatewayFaults::cutAnswer()
{
    QFETCH(ScriptedAnswer, answer);
    setDeadline(10s);
    m_server->setDefault(answer);
    const Fault fault = faultOf(m_provider->list());
    QVERIFY2(fault.kind == Fault::Kind::Unreachable || fault.kind == Fault::Kind::BadAnswer,
             qPrintable(fault.what));
}

void TestGatewayFaults::cutAnswerEndsNoSession_data()
{
    QTest::addColumn<ScriptedAnswer>("answer");
    const auto whole = ScriptedAnswer::of(200, R"({"success":true})");
    QTest::newRow("closed without a byte") << ScriptedAnswer{{}, Then::Close};
    QTest::newRow("reset without a byte") << ScriptedAnswer{{}, Then::Reset};
    QTest::newRow("closed in the head") << whole.cutTo(20, Then::Close);
    QTest::newRow("closed in the body") << whole.cutTo(whole.bytes.size() - 5, Then::Close);
    QTest::newRow("reset in the body") << whole.cutTo(whole.bytes.size() - 5, Then::Reset);
}

// Fault matrix: W5, W19
void TestGatewayFaults::cutAnswerEndsNoSession()
{
    QFETCH(ScriptedAnswer, answer);
    m_server->setDefault(answer);
    QCOMPARE(faultOf(m_provider->terminate(u"a"_s)).kind, Fault::Kind::Unreachable);
    for (const RecordedRequest &request : m_server->requests())
        QCOMPARE(request.target, sessionsPath + "/a"); // Qt may ask again by itself
}

// Fault matrix: W10
void TestGatewayFaults::notHttp()
{
    m_server->setDefault({"SSH-2.0-OpenSSH_9.2\r\n", Then::Close});
    const Fault fault = faultOf(m_provider->list());
    QVERIFY2(fault.kind == Fault::Kind::Unreachable || fault.kind == Fault::Kind::BadAnswer,
             qPrintable(fault.what));
}

void TestGatewayFaults::statusCode_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Fault::Kind>("kind");
    for (const int status : {500, 502, 503, 504})
        QTest::addRow("%d", status) << status << Fault::Kind::ServiceError;
    for (const int status : {401, 403, 407})
        QTest::addRow("%d", status)
            << status << (status == 407 ? Fault::Kind::Unreachable : Fault::Kind::Refused);
    QTest::addRow("409") << 409 << Fault::Kind::BadRequest;
    QTest::addRow("429") << 429 << Fault::Kind::TooMany;
    QTest::addRow("404") << 404 << Fault::Kind::NotFound;
}

// Fault matrix: W6, W7, W8, W9, W19
void TestGatewayFaults::statusCode()
{
    QFETCH(int, status);
    QFETCH(Fault::Kind, kind);
    m_server->setDefault(ScriptedAnswer::of(status, R"({"error":"So it is","message":"Why"})"));
    for (const Fault &fault :
         {faultOf(m_provider->list()), faultOf(m_provider->get(u"a"_s)),
          faultOf(m_provider->create({})), faultOf(m_provider->terminate(u"a"_s))}) {
        QCOMPARE(fault.kind, kind);
        QCOMPARE(fault.detail, u"So it is; Why"_s);
        QCOMPARE(fault.retryAfter, std::nullopt);
    }
    QCOMPARE(m_server->requests().size(), 4);
}

// Fault matrix: W6, W7
void TestGatewayFaults::retryAfterIsPassedOn()
{
    for (const int status : {429, 503}) {
        m_server->setDefault(ScriptedAnswer::of(status, {}, {"Retry-After: 7"}));
        QCOMPARE(faultOf(m_provider->list()).retryAfter, 7s);
    }
}

// Fault matrix: W9
void TestGatewayFaults::unknownAddressSaysSo()
{
    m_server->setDefault(ScriptedAnswer::of(404, "<html>Not here</html>"));
    const Fault fault = faultOf(m_provider->list());
    QCOMPARE(fault.kind, Fault::Kind::NotFound);
    QCOMPARE(fault.what, u"This address has no sessions service."_s);
    QCOMPARE(fault.detail, QString());
}

void TestGatewayFaults::answerOfAnotherShape_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("firstWords");
    QTest::newRow("empty") << QByteArray() << QString();
    QTest::newRow("HTML") << QByteArray("<html>\n<b>Hi</b>") << u"<html> <b>Hi</b>"_s;
    QTest::newRow("array") << QByteArray("[]") << u"[]"_s;
    QTest::newRow("number") << QByteArray("5") << u"5"_s;
    QTest::newRow("null sessions")
        << QByteArray(R"({"sessions":null})") << u"{\"sessions\":null}"_s;
    QTest::newRow("other object") << QByteArray(R"({"data":[]})") << u"{\"data\":[]}"_s;
    QTest::newRow("only a count") << QByteArray(R"({"count":0})") << u"{\"count\":0}"_s;
    QTest::newRow("cut JSON") << QByteArray(R"({"sessions":[{)") << u"{\"sessions\":[{"_s;
}

// Fault matrix: W10
void TestGatewayFaults::answerOfAnotherShape()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, firstWords);
    m_server->setDefault(ScriptedAnswer::of(200, body));
    for (const Fault &fault : {faultOf(m_provider->list()), faultOf(m_provider->get(u"a"_s)),
                               faultOf(m_provider->create({}))}) {
        QCOMPARE(fault.kind, Fault::Kind::BadAnswer);
        QCOMPARE(fault.detail, firstWords);
        QVERIFY(!fault.what.isEmpty());
    }
}

// Fault matrix: W11, W12
void TestGatewayFaults::strangeEntriesDoNotCostTheList()
{
    m_server->setDefault(ScriptedAnswer::of(
        200, R"({"sessions":[null, 5, {"id":""}, {"id":"  "}, {"status":"running"},
                 {"id":"odd","status":7,"tags":{}}, {"id":"twice","status":"idle"},
                 {"id":"twice","status":"running"},
                 {"id":"good","status":"running","cdpUrl":"ws://c","liveViewUrl":"http://l"}]})"));
    ListReply *reply = m_provider->list();
    SessionList sessions;
    QSignalSpy finished(reply, &ProviderReply::finished);
    connect(reply, &ProviderReply::finished, this, [&] { sessions = reply->sessions; });
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(sessions.size(), 3);
    QCOMPARE(sessions.at(0).id, u"odd"_s);
    QVERIFY(!sessions.at(0).malformed.isEmpty());
    QCOMPARE(sessions.at(1).id, u"twice"_s);
    QVERIFY(!sessions.at(1).malformed.isEmpty());
    QCOMPARE(sessions.at(2).id, u"good"_s);
    QCOMPARE(sessions.at(2).malformed, QString());
}

// Fault matrix: W13
void TestGatewayFaults::tooLargeAnswer()
{
    HttpBounds bounds;
    bounds.bodyBytes = 1024 * 1024;
    m_provider->setBounds(bounds);
    m_server->setDefault(ScriptedAnswer::of(200, QByteArray(bounds.bodyBytes + 1, ' ')));
    const Fault fault = faultOf(m_provider->list());
    QCOMPARE(fault.kind, Fault::Kind::BadAnswer);
    QCOMPARE(fault.what, u"127.0.0.1 sent more than 1 MiB."_s);
    QCOMPARE(fault.detail, QString());
}

// Fault matrix: W13
void TestGatewayFaults::endlessAnswer()
{
    HttpBounds bounds;
    bounds.bodyBytes = 1024 * 1024;
    m_provider->setBounds(bounds);
    m_server->setDefault({"HTTP/1.1 200 OK\r\nContent-Length: 1099511627776\r\n\r\n"
                              + QByteArray(2 * bounds.bodyBytes, ' '),
                          Then::Hang});
    QCOMPARE(faultOf(m_provider->list()).what, u"127.0.0.1 sent more than 1 MiB."_s);
}

// Fault matrix: W13
void TestGatewayFaults::inflatedBytesCount()
{
    HttpBounds bounds;
    bounds.bodyBytes = 1024 * 1024;
    m_provider->setBounds(bounds);
    const QByteArrayList encoding{"Content-Encoding: deflate"};
    m_server->enqueue(
        ScriptedAnswer::of(200, deflated(QByteArray(64 * bounds.bodyBytes, '\0')), encoding));
    const Fault bomb = faultOf(m_provider->list());
    QCOMPARE(bomb.kind, Fault::Kind::BadAnswer);
    QVERIFY2(bomb.what == u"127.0.0.1 sent an answer that cannot be unpacked."_s
                 || bomb.what == u"127.0.0.1 sent more than 1 MiB."_s,
             qPrintable(bomb.what));
    m_server->enqueue(
        ScriptedAnswer::of(200, deflated(honestBytes(2 * bounds.bodyBytes)), encoding));
    QCOMPARE(faultOf(m_provider->list()).what, u"127.0.0.1 sent more than 1 MiB."_s);
}

// Fault matrix: W13
void TestGatewayFaults::tooDeepAnswer()
{
    m_server->setDefault(ScriptedAnswer::of(200, "{\"sessions\":" + QByteArray(100'000, '[')));
    QCOMPARE(faultOf(m_provider->list()).kind, Fault::Kind::BadAnswer);
}

// Fault matrix: W17
void TestGatewayFaults::redirectsOnTheSameOriginAreFollowed()
{
    for (const char *path : {"/1", "/2", "/3", "/4", "/5"})
        m_server->enqueue(ScriptedAnswer::redirect(302, path));
    m_server->setDefault(ScriptedAnswer::of(200, R"({"sessions":[]})"));
    QCOMPARE(faultOf(m_provider->list()).what, u"no fault"_s);
    QCOMPARE(m_server->requests().size(), 6);
    QCOMPARE(m_server->requests().constLast().target, "/5");
}

// Fault matrix: W17
void TestGatewayFaults::sixthRedirectIsNotFollowed()
{
    m_server->setDefault(ScriptedAnswer::redirect(302, sessionsPath));
    const Fault fault = faultOf(m_provider->list());
    QCOMPARE(fault.kind, Fault::Kind::BadAnswer);
    QVERIFY2(fault.what.contains(u"elsewhere"), qPrintable(fault.what));
    QCOMPARE(m_server->requests().size(), 6);
}

void TestGatewayFaults::redirectElsewhereIsNotFollowed_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("another port") << QByteArray();
    QTest::newRow("another name") << QByteArray("http://localhost/");
    QTest::newRow("another scheme") << QByteArray("https://127.0.0.1/");
    QTest::newRow("a file") << QByteArray("file:///etc/passwd");
    QTest::newRow("no address") << QByteArray("::");
}

// Fault matrix: W17
void TestGatewayFaults::redirectElsewhereIsNotFollowed()
{
    QFETCH(QByteArray, location);
    ScriptedServer elsewhere;
    elsewhere.setDefault(ScriptedAnswer::of(200, R"({"sessions":[]})"));
    if (location.isEmpty())
        location = elsewhere.url().toEncoded();
    m_server->setDefault(ScriptedAnswer::redirect(302, location));
    const Fault fault = faultOf(m_provider->list());
    QCOMPARE(fault.kind, Fault::Kind::BadAnswer);
    QVERIFY2(fault.what.contains(u"elsewhere"), qPrintable(fault.what));
    QVERIFY(elsewhere.requests().isEmpty());
    QCOMPARE(m_server->requests().size(), 1);
}

void TestGatewayFaults::redirectedCommandIsNotFollowed_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {301, 302, 303, 307, 308})
        QTest::addRow("%d", status) << status;
}

// Fault matrix: W17, W20
void TestGatewayFaults::redirectedCommandIsNotFollowed()
{
    QFETCH(int, status);
    m_server->enqueue(ScriptedAnswer::redirect(status, sessionsPath + "/all"));
    m_server->enqueue(ScriptedAnswer::redirect(status, "/elsewhere"));
    m_server->setDefault(ScriptedAnswer::of(200, R"({"success":true})"));
    for (const Fault &fault :
         {faultOf(m_provider->terminate(u"a"_s)), faultOf(m_provider->create({}))}) {
        QCOMPARE(fault.kind, Fault::Kind::BadAnswer);
        QVERIFY2(fault.what.contains(u"elsewhere"), qPrintable(fault.what));
    }
    QCOMPARE(m_server->requests().size(), 2);
}

void TestGatewayFaults::wordsHoldNoSecret_data()
{
    QTest::addColumn<ScriptedAnswer>("answer");
    const QByteArray words = R"("at wss://c.example/?apiKey=canary or https://u:canary@d/")";
    QTest::newRow("500") << ScriptedAnswer::of(500, "{\"error\":" + words + '}');
    QTest::newRow("401") << ScriptedAnswer::of(401, "{\"message\":" + words + '}');
    QTest::newRow("404") << ScriptedAnswer::of(404, "{\"error\":" + words + '}');
    QTest::newRow("not a list") << ScriptedAnswer::of(200, words);
    QTest::newRow("redirect") << ScriptedAnswer::redirect(302, "http://localhost/?k=canary");
    QTest::newRow("cut") << ScriptedAnswer::of(200, words).cutTo(60, Then::Close);
}

// Fault matrix: W28
void TestGatewayFaults::wordsHoldNoSecret()
{
    QFETCH(ScriptedAnswer, answer);
    QUrl url = m_server->url();
    url.setUserName(u"canary"_s);
    url.setPassword(u"canary"_s);
    url.setQuery(u"apiKey=canary"_s);
    m_provider->setBaseUrl(url);
    m_server->setDefault(answer);
    for (const Fault &fault :
         {faultOf(m_provider->list()), faultOf(m_provider->get(u"a"_s)),
          faultOf(m_provider->create({})), faultOf(m_provider->terminate(u"a"_s))}) {
        QVERIFY2(!fault.what.contains(u"canary"), qPrintable(fault.what));
        QVERIFY2(!fault.detail.contains(u"canary"), qPrintable(fault.detail));
        QVERIFY(!fault.what.contains(u"apiKey"));
    }
}

// Fault matrix: W14
void TestGatewayFaults::wordsAreVisible()
{
    m_server->setDefault(
        ScriptedAnswer::of(500, R"({"error":"red \u001b[31m\u0000\u202egnp\nline"})"));
    const QString detail = faultOf(m_provider->list()).detail;
    QVERIFY(detail.contains(u"red"));
    for (const QChar c : detail)
        QVERIFY2(c.unicode() >= 0x20 && c.unicode() != 0x202E, qPrintable(detail));
}

// Fault matrix: W1
void TestGatewayFaults::worksAgainAfterEveryFault()
{
    setDeadline(100ms);
    m_server->enqueue(ScriptedAnswer::hang());
    m_server->enqueue({{}, Then::Hang});
    m_server->enqueue(ScriptedAnswer::of(500, {}));
    m_server->enqueue(ScriptedAnswer::of(200, "no JSON"));
    for (int i = 0; i < 4; ++i)
        QVERIFY(faultOf(m_provider->list()).what != u"no fault"_s);
    setDeadline(10s);
    m_server->setDefault(ScriptedAnswer::of(200, R"({"sessions":[]})"));
    QCOMPARE(faultOf(m_provider->list()).what, u"no fault"_s);
}

QTEST_GUILESS_MAIN(TestGatewayFaults)
#include "tst_gatewayfaults.moc"
