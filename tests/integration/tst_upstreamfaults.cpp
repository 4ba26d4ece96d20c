#include "servicetest.h"
#include "tests/fakes/scriptedserver.h"

#include <QScopeGuard>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

using Then = ScriptedAnswer::Then;

const QString sessionId = u"0a1b2c3d-0000-4000-8000-000000000001"_s;
const QByteArray apiKey = "sk-canary-7e21d0";

QByteArray quoted(QByteArray text)
{
    return text.replace('\'', '"');
}

const QByteArray emptyList = quoted("{'data':{'count':0,'items':[]}}");

} // namespace

// anchorwatchd --backend anchor over a service that fails in every way that a client of its own
// meets (W1 to W19 of the fault matrix): mapped to the contract, never hanging, and without the
// key.
class TestUpstreamFaults : public ServiceTest
{
    Q_OBJECT

private:
    [[nodiscard]] bool startOver(const ScriptedServer &upstream)
    {
        qputenv("ANCHOR_API_KEY", apiKey);
        const auto forget = qScopeGuard([] { qunsetenv("ANCHOR_API_KEY"); });
        return startService(
            {u"--backend"_s, u"anchor"_s, u"--anchor-url"_s, upstream.url().toString()});
    }
    [[nodiscard]] static bool isSaid(const ApiAnswer &answer, int status)
    {
        const QString words =
            answer.json.value("error"_L1).toString() + answer.json.value("message"_L1).toString();
        const bool said =
            answer.status == status && !words.isEmpty() && !answer.body.contains(apiKey);
        if (!said)
            qWarning() << answer.status << answer.body;
        return said;
    }

private slots:
    void isMapped_data()
    {
        QTest::addColumn<ScriptedAnswer>("answer");
        const auto row = [](const char *name, const ScriptedAnswer &answer) {
            QTest::newRow(name) << answer;
        };
        const ScriptedAnswer whole = ScriptedAnswer::of(200, emptyList);
        row("closes at once", {{}, Then::Close, ScriptedAnswer::Speed::AtOnce});
        row("reset at once", {{}, Then::Reset, ScriptedAnswer::Speed::AtOnce});
        row("reset in the head", whole.cutTo(20, Then::Reset));
        row("cut in the body", whole.cutTo(whole.bytes.size() - 5, Then::Close));
        row("hangs in the body", whole.cutTo(whole.bytes.size() - 5, Then::Hang));
        row("not HTTP", {"SSH-2.0-OpenSSH_9.2\r\n", Then::Close, ScriptedAnswer::Speed::AtOnce});
        row("500", ScriptedAnswer::of(500, "key " + apiKey + " is broken"));
        row("502", ScriptedAnswer::of(502, "<html>Bad gateway</html>"));
        row("503 with Retry-After", ScriptedAnswer::of(503, "{}", {"Retry-After: 5"}));
        row("429", ScriptedAnswer::of(429, quoted("{'message':'slower'}"), {"Retry-After: 5"}));
        row("401", ScriptedAnswer::of(401, quoted("{'message':'no key " + apiKey + "'}")));
        row("403", ScriptedAnswer::of(403, "{}"));
        row("HTML", ScriptedAnswer::of(200, "<html>Welcome</html>"));
        row("empty", ScriptedAnswer::of(200, {}));
        row("another shape", ScriptedAnswer::of(200, quoted("{'sessions':5}")));
        row("too deep", ScriptedAnswer::of(200, QByteArray(100'000, '[')));
        row("elsewhere", ScriptedAnswer::redirect(302, "http://evil.example/"));
        row("around and around", ScriptedAnswer::redirect(302, "/v1/sessions/all/status"));
    }
    // Fault matrix: D21
    void isMapped()
    {
        QFETCH(const ScriptedAnswer, answer);
        ScriptedServer upstream;
        QVERIFY(startOver(upstream));
        upstream.setDefault(answer);
        // At once, so that what hangs is waited for once.
        const QList<ApiAnswer> answers =
            driver().api().getBoth(sessionPath(), sessionPath(sessionId));
        for (const ApiAnswer &one : answers)
            QVERIFY(isSaid(one, 500));
        upstream.setDefault(ScriptedAnswer::of(200, emptyList));
        QTRY_COMPARE_WITH_TIMEOUT(driver().api().get(sessionPath()).status, 200, 60'000);
        QVERIFY(endsCleanly());
        QVERIFY(!service().log().contains(apiKey));
    }

    // Fault matrix: D21
    void aSessionThatIsUnknownThereIsUnknownHere()
    {
        ScriptedServer upstream;
        QVERIFY(startOver(upstream));
        upstream.setScript([](const RecordedRequest &request) {
            return request.target.contains("/all/")
                       ? ScriptedAnswer::of(200, emptyList)
                       : ScriptedAnswer::of(404, quoted("{'message':'Session not found'}"));
        });
        QVERIFY(isSaid(driver().api().get(sessionPath(sessionId)), 404));
        QVERIFY(isSaid(driver().terminate(sessionId), 404));
        QVERIFY(endsCleanly());
    }

    void anEndThatFailsIsSaid_data()
    {
        QTest::addColumn<ScriptedAnswer>("answer");
        const ScriptedAnswer whole = ScriptedAnswer::of(200, "{}");
        QTest::newRow("reset") << ScriptedAnswer{{}, Then::Reset, ScriptedAnswer::Speed::AtOnce};
        QTest::newRow("cut") << whole.cutTo(whole.bytes.size() - 1, Then::Close);
        QTest::newRow("broken") << ScriptedAnswer::of(500, apiKey);
        // Of a proxy that stands in between: no proof of an end.
        QTest::newRow("HTML") << ScriptedAnswer::of(200, "<html>Welcome</html>");
        QTest::newRow("elsewhere") << ScriptedAnswer::redirect(302, "/v1/sessions/all");
    }
    // Fault matrix: D21
    void anEndThatFailsIsSaid()
    {
        QFETCH(const ScriptedAnswer, answer);
        ScriptedServer upstream;
        QVERIFY(startOver(upstream));
        upstream.setDefault(answer);
        QVERIFY(isSaid(driver().terminate(sessionId), 500));
        QVERIFY(endsCleanly());
        QVERIFY(!service().log().contains(apiKey));
    }

    void aCreationThatFailsIsSaid_data()
    {
        QTest::addColumn<ScriptedAnswer>("answer");
        QTest::addColumn<int>("status");
        QTest::newRow("too many") << ScriptedAnswer::of(429, quoted("{'message':'slower'}")) << 429;
        QTest::newRow("no key") << ScriptedAnswer::of(401, "{}") << 500;
        QTest::newRow("broken") << ScriptedAnswer::of(500, apiKey) << 500;
        QTest::newRow("not as asked")
            << ScriptedAnswer::of(400, quoted("{'message':'no such size'}")) << 400;
    }
    // Fault matrix: D21
    void aCreationThatFailsIsSaid()
    {
        QFETCH(const ScriptedAnswer, answer);
        QFETCH(const int, status);
        ScriptedServer upstream;
        QVERIFY(startOver(upstream));
        upstream.setScript([&answer](const RecordedRequest &request) {
            return request.method == "POST" ? answer : ScriptedAnswer::of(200, emptyList);
        });
        QVERIFY(isSaid(driver().api().post(sessionPath(), "{}"), status));
        QVERIFY(endsCleanly());
        QVERIFY(!service().log().contains(apiKey));
    }
};

QTEST_GUILESS_MAIN(TestUpstreamFaults)
#include "tst_upstreamfaults.moc"
