#include "models/knownsecrets.h"
#include "models/sessionsnippet.h"
#include "tests/fakes/samplesession.h"

#include <QMetaEnum>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using Kind = SessionSnippet::Kind;

class TestSessionSnippet : public QObject
{
    Q_OBJECT

    static Connection connection()
    {
        Connection connection;
        connection.baseUrl = QUrl(u"http://127.0.0.1:4000"_s);
        return connection;
    }

    static Session withCdp(const QString &cdpUrl)
    {
        Session session = sampleSession(u"s1"_s);
        session.cdpUrl = cdpUrl;
        return session;
    }

private slots:
    void onlyTheCdpUrlHoldsItsSecret_data()
    {
        QTest::addColumn<QString>("cdpUrl");

        QTest::newRow("query") << u"wss://connect.example.com?apiKey=canary&sessionId=s1"_s;
        QTest::newRow("path") << u"wss://example.com/canary/devtools"_s;
        QTest::newRow("user info") << u"wss://me:canary@example.com/"_s;
        QTest::newRow("fragment") << u"wss://example.com/#canary"_s;
        QTest::newRow("host that looks local") << u"wss://127.evil.example/canary"_s;
        QTest::newRow("another that does") << u"wss://localhost.evil.example/canary"_s;
        QTest::newRow("user info that looks local") << u"wss://localhost:canary@example.com/"_s;
        QTest::newRow("tunnel on this machine") << u"ws://127.0.0.1:9000/?apiKey=canary"_s;
        QTest::newRow("tunnel with user info") << u"ws://me:canary@localhost:9000/"_s;
        QTest::newRow("not a URL") << u"canary"_s;
    }
    // Fault matrix: W28
    void onlyTheCdpUrlHoldsItsSecret()
    {
        QFETCH(QString, cdpUrl);
        const Session session = withCdp(cdpUrl);
        const auto kinds = QMetaEnum::fromType<Kind>();
        for (int i = 0; i < kinds.keyCount(); ++i) {
            const auto kind = static_cast<Kind>(kinds.value(i));
            const QString text = snippet(kind, session, connection());
            QVERIFY2(!text.isEmpty(), kinds.key(i));
            QVERIFY2(text.contains("canary"_L1) == (kind == Kind::CdpUrl), qPrintable(text));
        }
        QVERIFY(
            snippet(Kind::Playwright, session, connection()).contains("process.env.CDP_URL"_L1));
        QVERIFY(snippet(Kind::Puppeteer, session, connection()).contains("process.env.CDP_URL"_L1));
    }

    void anAddressOfThisMachineStandsInTheCode_data()
    {
        QTest::addColumn<QString>("cdpUrl");

        QTest::newRow("IPv4") << u"ws://127.0.0.1:40001/devtools/browser/b"_s;
        QTest::newRow("name") << u"ws://localhost:40001/devtools/browser/b"_s;
        QTest::newRow("IPv6") << u"ws://[::1]:40001/devtools/browser/b"_s;
    }
    void anAddressOfThisMachineStandsInTheCode()
    {
        QFETCH(QString, cdpUrl);
        const QString quoted = u'\'' + cdpUrl + u'\'';
        for (const Kind kind : {Kind::Playwright, Kind::Puppeteer}) {
            const QString code = snippet(kind, withCdp(cdpUrl), connection());
            QVERIFY2(code.contains(quoted), qPrintable(code));
        }
    }

    void codeCannotBeBrokenOutOf_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("quoted");

        QTest::newRow("quote") << u"a');evil('"_s << u"a\\');evil(\\'"_s;
        QTest::newRow("placeholder") << u"%1%2"_s << u"'ws://127.0.0.1:40001/%1%2'"_s;
    }
    // Fault matrix: W14
    void codeCannotBeBrokenOutOf()
    {
        QFETCH(QString, path);
        QFETCH(QString, quoted);
        const Session session = withCdp(u"ws://127.0.0.1:40001/"_s + path);
        const QString code = snippet(Kind::Playwright, session, connection());
        QVERIFY2(code.contains(quoted), qPrintable(code));
    }

    void whatIsNotThereIsEmpty()
    {
        Session session;
        session.id = u"s1"_s;
        for (const Kind kind : {Kind::LiveViewUrl, Kind::CdpUrl, Kind::Playwright, Kind::Puppeteer})
            QCOMPARE(snippet(kind, session, connection()), QString());
        QCOMPARE(snippet(Kind::Id, session, connection()), u"s1"_s);
    }

    void theIdThatStandsInForNoneIsNotCopied()
    {
        QCOMPARE(snippet(Kind::Id, sampleSession(u"?1"_s), connection()), QString());
    }

    void curlAsksForTheSessionOrItsEnd()
    {
        const Session session = sampleSession(u"s1"_s);
        QCOMPARE(snippet(Kind::Curl, session, connection()),
                 u"curl -sS 'http://127.0.0.1:4000/api/browser-automation/sessions/s1'"_s);
        QCOMPARE(
            snippet(Kind::CurlTerminate, session, connection()),
            u"curl -sS -X DELETE 'http://127.0.0.1:4000/api/browser-automation/sessions/s1'"_s);
    }

    void curlSpeaksAsTheServiceDoes_data()
    {
        QTest::addColumn<Connection::Kind>("kind");
        QTest::addColumn<QString>("user");
        QTest::addColumn<QString>("variable");
        QTest::addColumn<QString>("get");
        QTest::addColumn<QString>("end");

        QTest::newRow("Anchor")
            << Connection::Kind::Anchor << QString() << QString()
            << u"-H \"anchor-api-key: $ANCHOR_API_KEY\" 'https://h/sub/v1/sessions/s1'"_s
            << u"-X DELETE -H \"anchor-api-key: $ANCHOR_API_KEY\" 'https://h/sub/v1/sessions/s1'"_s;
        QTest::newRow("Anchor, another variable")
            << Connection::Kind::Anchor << QString() << u"STAGING_KEY"_s
            << u"-H \"anchor-api-key: $STAGING_KEY\" 'https://h/sub/v1/sessions/s1'"_s
            << u"-X DELETE -H \"anchor-api-key: $STAGING_KEY\" 'https://h/sub/v1/sessions/s1'"_s;
        QTest::newRow("variable that is none of a shell")
            << Connection::Kind::Anchor << QString() << u"A$(evil)"_s
            << u"-H \"anchor-api-key: $ANCHOR_API_KEY\" 'https://h/sub/v1/sessions/s1'"_s
            << u"-X DELETE -H \"anchor-api-key: $ANCHOR_API_KEY\" 'https://h/sub/v1/sessions/s1'"_s;
        QTest::newRow("Grid") << Connection::Kind::Grid << QString() << QString()
                              << u"'https://h/sub/status'"_s
                              << u"-X DELETE 'https://h/sub/session/s1'"_s;
        QTest::newRow("Grid with a password")
            << Connection::Kind::Grid << u"it's me"_s << QString()
            << u"-u 'it'\\''s me:'\"$ANCHORWATCH_PASSWORD\" 'https://h/sub/status'"_s
            << u"-X DELETE -u 'it'\\''s me:'\"$ANCHORWATCH_PASSWORD\" 'https://h/sub/session/s1'"_s;
        QTest::newRow("DevTools") << Connection::Kind::DevTools << QString() << QString()
                                  << u"'https://h/sub/json/list'"_s
                                  << u"'https://h/sub/json/close/s1'"_s;
    }
    void curlSpeaksAsTheServiceDoes()
    {
        QFETCH(Connection::Kind, kind);
        QFETCH(QString, user);
        QFETCH(QString, variable);
        QFETCH(QString, get);
        QFETCH(QString, end);
        Connection connection;
        connection.baseUrl = QUrl(u"https://h/sub/"_s);
        connection.kind = kind;
        connection.user = user;
        if (!variable.isEmpty())
            connection.secret = {SecretReference::Store::Environment, variable};
        const Session session = sampleSession(u"s1"_s);
        QCOMPARE(snippet(Kind::Curl, session, connection), u"curl -sS "_s + get);
        QCOMPARE(snippet(Kind::CurlTerminate, session, connection), u"curl -sS "_s + end);
    }

    // Fault matrix: W28
    void noCodeHoldsAHiddenSecret()
    {
        hideSecret(u"snippet-canary"_s);
        Connection connection;
        connection.baseUrl = QUrl(u"http://127.0.0.1:4000/snippet-canary"_s);
        const Session session = withCdp(u"ws://127.0.0.1:4000/snippet-canary"_s);
        for (const Kind kind :
             {Kind::Curl, Kind::CurlTerminate, Kind::Playwright, Kind::Puppeteer}) {
            const QString text = snippet(kind, session, connection);
            QVERIFY2(text.contains(u"127.0.0.1:4000/••••"_s), qPrintable(text));
        }
    }

    void curlIsQuotedForTheShell()
    {
        Connection connection;
        connection.baseUrl = QUrl(u"http://127.0.0.1:4000/it's/$(evil)"_s);
        const QString text = snippet(Kind::Curl, sampleSession(u"s1"_s), connection);
        QVERIFY2(text.contains("/it'\\''s/$(evil)/api/"_L1), qPrintable(text));
    }

    // Fault matrix: W28
    void curlHoldsNoSecretOfTheConnection()
    {
        Connection connection;
        connection.baseUrl = QUrl(u"https://me:canary@example.com/?key=canary"_s);
        QCOMPARE(snippet(Kind::Curl, sampleSession(u"s1"_s), connection),
                 u"curl -sS 'https://example.com/api/browser-automation/sessions/s1'"_s);
    }

    void thereIsNoCurlForIdsThatMayMeanMore_data()
    {
        QTest::addColumn<QString>("id");

        QTest::newRow("all") << u"all"_s;
        QTest::newRow("two dots") << u".."_s;
        QTest::newRow("empty") << QString();
        QTest::newRow("quote") << u"a'; rm -rf b; '"_s;
        QTest::newRow("stand-in") << u"?1"_s;
    }
    // Fault matrix: W15
    void thereIsNoCurlForIdsThatMayMeanMore()
    {
        QFETCH(QString, id);
        QCOMPARE(snippet(Kind::Curl, sampleSession(id), connection()), QString());
        QCOMPARE(snippet(Kind::CurlTerminate, sampleSession(id), connection()), QString());
    }
};

QTEST_GUILESS_MAIN(TestSessionSnippet)
#include "tst_sessionsnippet.moc"
