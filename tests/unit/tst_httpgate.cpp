#include "network/http/httpgate.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

constexpr quint16 port = 8734;
const QByteArray sessions = "/api/browser-automation/sessions";

HttpHead head(const QByteArray &method, const QByteArray &target, const HttpHeaders &headers = {})
{
    return {.method = method,
            .target = target,
            .headers = HttpHeaders{{"Host", "127.0.0.1:8734"}} + headers};
}

HttpHead headWithHosts(const QByteArrayList &hosts)
{
    HttpHead made{.method = "GET", .target = sessions};
    for (const QByteArray &host : hosts)
        made.headers.append({"Host", host});
    return made;
}

HttpHead post(const HttpHeaders &headers)
{
    return head("POST", sessions, headers);
}

HttpHead jsonOfLength(quint64 length)
{
    HttpHead made = post({{"Content-Type", "application/json"}});
    made.framing = HttpHead::Framing::Length;
    made.contentLength = length;
    return made;
}

} // namespace

class TestHttpGate : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void matchHasHandlerAndParameters();
    void wrongMethodIsToldTheRightOnes();
    void defaultPortMayBeLeftOut();
    void allowedHostPasses();
    void laterHandlerReplacesEarlier();

private:
    void addHostRows();
    void addOriginRows();
    void addPathRows();
    void addMethodAndBodyRows();

    static void addRoutes(HttpGate &gate);
    // The status of the refusal, or 0.
    static int statusOf(const HttpGate::Verdict &verdict);
};

void TestHttpGate::addRoutes(HttpGate &gate)
{
    const HttpHandler nothing = [](const HttpRequest &, const HttpAnswer &) {};
    gate.routes().add("GET", sessions, nothing);
    gate.routes().add("POST", sessions, nothing);
    gate.routes().add("GET", sessions + "/{id}", nothing);
    gate.routes().add("DELETE", sessions + "/{id}", nothing);
    gate.routes().add("PUT", "/api/browser-automation/profiles/{name}", nothing);
}

int TestHttpGate::statusOf(const HttpGate::Verdict &verdict)
{
    const auto *refusal = std::get_if<HttpResponse>(&verdict);
    return refusal ? refusal->status : 0;
}

void TestHttpGate::addHostRows()
{
    const auto row = [](const char *name, const QByteArrayList &hosts, int status) {
        QTest::newRow(name) << headWithHosts(hosts) << status;
    };
    row("host 127.0.0.1", {"127.0.0.1:8734"}, 0);
    row("host localhost", {"localhost:8734"}, 0);
    row("host in capitals", {"LocalHost:8734"}, 0);
    row("host [::1]", {"[::1]:8734"}, 0);
    row("host of another name", {"evil.example:8734"}, 403);
    row("host of another name without port", {"evil.example"}, 403);
    row("host that begins like ours", {"127.0.0.1.evil.example"}, 403);
    row("host that begins like ours, with port", {"127.0.0.1.evil.example:8734"}, 403);
    row("host that ends like ours", {"evil.localhost:8734"}, 403);
    row("host with a dot behind", {"localhost.:8734"}, 403);
    row("host missing", {}, 403);
    row("host empty", {""}, 403);
    row("host is only a port", {":8734"}, 403);
    row("host with a port of another service", {"127.0.0.1:8735"}, 403);
    row("host without port", {"127.0.0.1"}, 403);
    row("host with an empty port", {"127.0.0.1:"}, 403);
    row("host with two ports", {"127.0.0.1:8734:8734"}, 403);
    row("host with a long port", {"127.0.0.1:08734"}, 403);
    row("host with user info", {"evil@127.0.0.1:8734"}, 403);
    row("host as another spelling of loopback", {"127.1:8734"}, 403);
    row("host list", {"127.0.0.1:8734, evil.example"}, 403);
    row("two hosts", {"127.0.0.1:8734", "evil.example"}, 400);
    row("two hosts that agree", {"127.0.0.1:8734", "127.0.0.1:8734"}, 400);
}

void TestHttpGate::addOriginRows()
{
    const auto row = [](const char *name, const QByteArray &origin, int status) {
        QTest::newRow(name) << head("GET", sessions, {{"Origin", origin}}) << status;
    };
    row("origin of our own page", "http://127.0.0.1:8734", 0);
    row("origin foreign", "https://evil.example", 403);
    row("origin null", "null", 403);
    row("origin empty", "", 403);
    row("origin of our name, other than the host", "http://localhost:8734", 403);
    row("origin of another port", "http://127.0.0.1:1", 403);
    row("origin without port", "http://127.0.0.1", 403);
    row("origin https", "https://127.0.0.1:8734", 403);
    row("origin that begins like ours", "http://127.0.0.1:8734.evil.example", 403);
    QTest::newRow("two origins") << head(
        "GET", sessions, {{"Origin", "http://127.0.0.1:8734"}, {"Origin", "http://127.0.0.1:8734"}})
                                 << 403;
    const HttpHeaders upgrade{{"Connection", "Upgrade"}, {"Upgrade", "websocket"}};
    QTest::newRow("WebSocket upgrade without origin") << head("GET", sessions, upgrade) << 0;
    QTest::newRow("WebSocket upgrade, foreign origin")
        << head("GET", sessions, upgrade + HttpHeaders{{"Origin", "https://evil.example"}}) << 403;
    QTest::newRow("WebSocket upgrade, null origin")
        << head("GET", sessions, upgrade + HttpHeaders{{"Origin", "null"}}) << 403;
}

void TestHttpGate::addPathRows()
{
    const auto row = [](const char *name, const QByteArray &target, int status) {
        QTest::newRow(name) << head("GET", target) << status;
    };
    row("list", sessions, 0);
    row("list with a query", sessions + "?x=1", 0);
    row("session", sessions + "/abc-DEF_123", 0);
    row("id of 64", sessions + '/' + QByteArray(64, 'a'), 0);
    row("id of 65", sessions + '/' + QByteArray(65, 'a'), 404);
    row("root", "/", 404);
    row("unknown", "/api/browser-automation/other", 404);
    row("longer", sessions + "/abc/more", 404);
    row("other case", "/API/browser-automation/sessions", 404);
    row("empty id", sessions + '/', 404);
    row("doubled slash", "/" + sessions, 404);
    row("%2F in the id", sessions + "/a%2Fb", 404);
    row("%00 in the id", sessions + "/a%00", 404);
    row("encoded letter in the id", sessions + "/%61bc", 404);
    row("double encoding in the id", sessions + "/a%252Fb", 404);
    row("dot", sessions + "/.", 404);
    row("dots", sessions + "/..", 404);
    row("dots inside", sessions + "/../sessions", 404);
    row("encoded dots", sessions + "/%2e%2e", 404);
    row("encoded slash in the path", "/api%2Fbrowser-automation/sessions", 404);
    row("backslash", sessions + "\\abc", 404);
    row("space as plus", sessions + "/a+b", 404);
    row("braces", sessions + "/{id}", 404);
    row("bytes past ASCII", sessions + "/\xc3\xa4", 404);
    row("fragment", sessions + "#x", 404);
    row("semicolon", sessions + ";x=1", 404);
    row("absolute form", "http://127.0.0.1:8734" + sessions, 404);
    row("authority form", "127.0.0.1:8734", 404);
    row("asterisk", "*", 404);
    row("target of 8 KiB", sessions + '?' + QByteArray(8192 - sessions.size() - 1, 'x'), 0);
    row("target past 8 KiB", sessions + '?' + QByteArray(8192 - sessions.size(), 'x'), 414);
}

void TestHttpGate::addMethodAndBodyRows()
{
    for (const char *method : {"HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "get", "FOO"})
        QTest::addRow("%s on the list", method) << head(method, sessions) << 405;
    QTest::newRow("POST on a session") << head("POST", sessions + "/abc") << 405;
    QTest::newRow("wrong method on an unknown path") << head("POST", "/other") << 404;
    QTest::newRow("DELETE") << head("DELETE", sessions + "/abc") << 0;

    const auto type = [](const char *name, const QByteArray &contentType, int status) {
        QTest::newRow(name) << post({{"Content-Type", contentType}}) << status;
    };
    type("json", "application/json", 0);
    type("json with a charset", "application/json; charset=utf-8", 0);
    type("json in capitals", "Application/JSON;charset=utf-8", 0);
    type("text", "text/plain", 415);
    type("form", "application/x-www-form-urlencoded", 415);
    type("multipart", "multipart/form-data; boundary=x", 415);
    type("text that mentions json", "text/plain; application/json", 415);
    type("json by a longer name", "application/jsonp", 415);
    type("json in a list", "text/plain, application/json", 415);
    type("empty type", "", 415);
    QTest::newRow("no type") << post({}) << 415;
    QTest::newRow("two types") << post(
        {{"Content-Type", "text/plain"}, {"Content-Type", "application/json"}})
                               << 415;
    QTest::newRow("PUT as text") << head("PUT", "/api/browser-automation/profiles/a",
                                         {{"Content-Type", "text/plain"}})
                                 << 415;

    QTest::newRow("1 MiB declared") << jsonOfLength(1048576) << 0;
    QTest::newRow("past 1 MiB declared") << jsonOfLength(1048577) << 413;
    QTest::newRow("100 GB declared") << jsonOfLength(100'000'000'000) << 413;
    QTest::newRow("2^64-1 declared") << jsonOfLength(~quint64(0)) << 413;
    QTest::newRow("100-continue") << head("GET", sessions, {{"Expect", "100-Continue"}}) << 0;
    QTest::newRow("other expectation") << head("GET", sessions, {{"Expect", "200-ok"}}) << 417;
}

void TestHttpGate::judges_data()
{
    QTest::addColumn<HttpHead>("head");
    QTest::addColumn<int>("status");
    addHostRows();
    addOriginRows();
    addPathRows();
    addMethodAndBodyRows();
}

// Fault matrix: D1, D2, D3, D4, D6
void TestHttpGate::judges()
{
    QFETCH(const HttpHead, head);
    QFETCH(const int, status);
    const HttpLimits limits;
    HttpGate gate(limits);
    gate.setPort(port);
    addRoutes(gate);
    const HttpGate::Verdict verdict = gate.judge(head);
    QCOMPARE(statusOf(verdict), status);
    if (const auto *refusal = std::get_if<HttpResponse>(&verdict)) {
        QCOMPARE(refusal->contentType, "application/json");
        const QJsonObject body = QJsonDocument::fromJson(refusal->body).object();
        QVERIFY(!body.value("error"_L1).toString().isEmpty());
    }
}

void TestHttpGate::matchHasHandlerAndParameters()
{
    const HttpLimits limits;
    HttpGate gate(limits);
    gate.setPort(port);
    bool called = false;
    gate.routes().add("GET", "/a/{first}/b/{second}",
                      [&](const HttpRequest &, const HttpAnswer &) { called = true; });
    const auto verdict = gate.judge(head("GET", "/a/one/b/two?three"));
    const auto *match = std::get_if<HttpRoutes::Match>(&verdict);
    QVERIFY(match);
    QCOMPARE(match->parameters, (QByteArrayList{"one", "two"}));
    match->handler({}, HttpAnswer(nullptr, 0));
    QVERIFY(called);
}

void TestHttpGate::wrongMethodIsToldTheRightOnes()
{
    const HttpLimits limits;
    HttpGate gate(limits);
    gate.setPort(port);
    addRoutes(gate);
    const auto verdict = gate.judge(head("HEAD", sessions + "/abc"));
    const auto *refusal = std::get_if<HttpResponse>(&verdict);
    QVERIFY(refusal);
    QCOMPARE(headerValues(refusal->headers, "Allow"), QByteArrayList{"GET, DELETE"});
}

void TestHttpGate::defaultPortMayBeLeftOut()
{
    const HttpLimits limits;
    HttpGate gate(limits);
    gate.setPort(80);
    addRoutes(gate);
    QCOMPARE(statusOf(gate.judge(headWithHosts({"127.0.0.1"}))), 0);
    QCOMPARE(statusOf(gate.judge(headWithHosts({"127.0.0.1:80"}))), 0);
    QCOMPARE(statusOf(gate.judge(headWithHosts({"127.0.0.1:8734"}))), 403);
}

void TestHttpGate::allowedHostPasses()
{
    const HttpLimits limits;
    HttpGate gate(limits);
    gate.setPort(port);
    addRoutes(gate);
    QCOMPARE(statusOf(gate.judge(headWithHosts({"builder.example:8734"}))), 403);
    gate.allowHost("Builder.example");
    QCOMPARE(statusOf(gate.judge(headWithHosts({"builder.example:8734"}))), 0);
    QCOMPARE(statusOf(gate.judge(headWithHosts({"builder.example:1"}))), 403);
}

void TestHttpGate::laterHandlerReplacesEarlier()
{
    const HttpLimits limits;
    HttpGate gate(limits);
    gate.setPort(port);
    int called = 0;
    gate.routes().add("GET", "/a", [&](const HttpRequest &, const HttpAnswer &) { called = 1; });
    gate.routes().add("GET", "/a", [&](const HttpRequest &, const HttpAnswer &) { called = 2; });
    const auto verdict = gate.judge(head("GET", "/a"));
    std::get<HttpRoutes::Match>(verdict).handler({}, HttpAnswer(nullptr, 0));
    QCOMPARE(called, 2);
}

QTEST_GUILESS_MAIN(TestHttpGate)
#include "tst_httpgate.moc"
