#include "network/devtoolslocator.h"
#include "tests/fakes/scriptedserver.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

struct Outcome
{
    QUrl url;
    std::optional<Fault> fault;
};

Outcome located(DevToolsLocator &locator, const QString &cdpUrl)
{
    std::optional<Outcome> outcome;
    UrlReply *reply = locator.locate(cdpUrl);
    QObject::connect(reply, &ProviderReply::finished, reply, [reply, &outcome] {
        outcome = {reply->url, reply->fault()};
    });
    (void)QTest::qWaitFor([&outcome] { return outcome.has_value(); });
    return outcome.value();
}

} // namespace

class TestDevToolsLocator : public QObject
{
    Q_OBJECT

private slots:
    void pageInFrontOfALocalBrowser();
    void pageOfTheAddress();
    void pageThatIsNotOpen();
    void gridHasNoDevToolsPage();
    void localNames_data();
    void localNames();
    void elsewhereIsThePageList_data();
    void elsewhereIsThePageList();
    void noCdpAddress_data();
    void noCdpAddress();
    void noPageOpen_data();
    void noPageOpen();
    void pageIdIsEncoded();
    void browserThatIsGone();
    void abortedReplyIsSilent();
};

void TestDevToolsLocator::pageInFrontOfALocalBrowser()
{
    ScriptedServer browser;
    browser.setDefault(ScriptedAnswer::of(200, R"([{"type":"browser_ui","id":"UI"},
        {"type":"service_worker","id":"SW"}, {"type":"page","id":"FRONT"},
        {"type":"page","id":"BACK"}])"));
    QNetworkAccessManager manager;
    DevToolsLocator locator(manager);
    const QString endpoint = browser.url().authority();
    const Outcome outcome =
        located(locator, u"ws://%1/devtools/browser/secret?key=canary"_s.arg(endpoint));
    QVERIFY(!outcome.fault);
    QCOMPARE(outcome.url.toString(),
             u"http://%1/devtools/inspector.html?ws=%1/devtools/page/FRONT"_s.arg(endpoint));
    QCOMPARE(browser.requests().size(), 1);
    QCOMPARE(browser.requests().constFirst().target, "/json/list");
    // A browser refuses a foreign Origin and a Host that is no address.
    QCOMPARE(browser.requests().constFirst().header("Origin"), QByteArray());
    QCOMPARE(browser.requests().constFirst().header("Host"), endpoint.toLatin1());
}

void TestDevToolsLocator::pageOfTheAddress()
{
    ScriptedServer browser;
    browser.setDefault(
        ScriptedAnswer::of(200, R"([{"type":"page","id":"FRONT"}, {"type":"page","id":"BACK"}])"));
    QNetworkAccessManager manager;
    DevToolsLocator locator(manager);
    const QString endpoint = browser.url().authority();
    const Outcome outcome = located(locator, u"ws://%1/devtools/page/BACK"_s.arg(endpoint));
    QVERIFY(!outcome.fault);
    QCOMPARE(outcome.url.toString(),
             u"http://%1/devtools/inspector.html?ws=%1/devtools/page/BACK"_s.arg(endpoint));
}

void TestDevToolsLocator::pageThatIsNotOpen()
{
    ScriptedServer browser;
    browser.setDefault(ScriptedAnswer::of(200, R"([{"type":"page","id":"FRONT"}])"));
    QNetworkAccessManager manager;
    DevToolsLocator locator(manager);
    const Outcome outcome =
        located(locator, u"ws://%1/devtools/page/BACK"_s.arg(browser.url().authority()));
    QVERIFY(outcome.fault);
    QCOMPARE(outcome.fault->kind, Fault::Kind::NotFound);
}

void TestDevToolsLocator::gridHasNoDevToolsPage()
{
    const ScriptedServer grid;
    QNetworkAccessManager manager;
    DevToolsLocator locator(manager);
    const Outcome outcome =
        located(locator, u"ws://%1/session/abc/se/cdp"_s.arg(grid.url().authority()));
    QVERIFY(outcome.fault);
    QCOMPARE(outcome.fault->kind, Fault::Kind::BadRequest);
    QVERIFY(grid.requests().isEmpty());
}

void TestDevToolsLocator::localNames_data()
{
    QTest::addColumn<QString>("host");
    QTest::newRow("IPv4") << u"127.0.0.1"_s;
    QTest::newRow("name") << u"localhost"_s;
    QTest::newRow("name in capitals") << u"LOCALHOST"_s;
}

void TestDevToolsLocator::localNames()
{
    QFETCH(QString, host);
    ScriptedServer browser;
    browser.setDefault(ScriptedAnswer::of(200, R"([{"type":"page","id":"P"}])"));
    QNetworkAccessManager manager;
    DevToolsLocator locator(manager);
    const Outcome outcome =
        located(locator, u"ws://%1:%2/devtools/browser/x"_s.arg(host).arg(browser.url().port()));
    QVERIFY(!outcome.fault);
    QCOMPARE(outcome.url.path(), u"/devtools/inspector.html"_s);
}

void TestDevToolsLocator::elsewhereIsThePageList_data()
{
    QTest::addColumn<QString>("cdpUrl");
    QTest::addColumn<QString>("url");
    QTest::newRow("ws") << u"ws://10.0.0.7:9222/devtools/browser/secret"_s
                        << u"http://10.0.0.7:9222/json/list"_s;
    QTest::newRow("wss with a key") << u"wss://connect.example/?apiKey=canary&sessionId=1"_s
                                    << u"https://connect.example/json/list"_s;
    QTest::newRow("user info") << u"wss://me:canary@connect.example:444/x"_s
                               << u"https://connect.example:444/json/list"_s;
    QTest::newRow("name that begins like ours")
        << u"ws://127.0.0.1.evil.example/x"_s << u"http://127.0.0.1.evil.example/json/list"_s;
}

void TestDevToolsLocator::elsewhereIsThePageList()
{
    QFETCH(QString, cdpUrl);
    QFETCH(QString, url);
    QNetworkAccessManager manager;
    DevToolsLocator locator(manager);
    const Outcome outcome = located(locator, cdpUrl);
    QVERIFY(!outcome.fault);
    QCOMPARE(outcome.url.toString(), url);
}

void TestDevToolsLocator::noCdpAddress_data()
{
    QTest::addColumn<QString>("cdpUrl");
    QTest::newRow("empty") << QString();
    QTest::newRow("http") << u"http://127.0.0.1:9222/"_s;
    QTest::newRow("file") << u"file:///etc/passwd"_s;
    QTest::newRow("script") << u"javascript:alert(1)"_s;
    QTest::newRow("no host") << u"ws:///devtools"_s;
    QTest::newRow("relative") << u"devtools/browser/x"_s;
    QTest::newRow("bad port") << u"ws://127.0.0.1:99999/x"_s;
}

void TestDevToolsLocator::noCdpAddress()
{
    QFETCH(QString, cdpUrl);
    QNetworkAccessManager manager;
    DevToolsLocator locator(manager);
    const Outcome outcome = located(locator, cdpUrl);
    QVERIFY(outcome.fault);
    QCOMPARE(outcome.fault->kind, Fault::Kind::BadRequest);
    QVERIFY(outcome.url.isEmpty());
}

void TestDevToolsLocator::noPageOpen_data()
{
    QTest::addColumn<QByteArray>("targets");
    QTest::newRow("none") << QByteArray("[]");
    QTest::newRow("no page among them") << QByteArray(R"([{"type":"browser_ui","id":"U"}])");
    QTest::newRow("page without an id") << QByteArray(R"([{"type":"page"}])");
    QTest::newRow("not a list") << QByteArray(R"({"type":"page","id":"P"})");
    QTest::newRow("not JSON") << QByteArray("<html>");
}

void TestDevToolsLocator::noPageOpen()
{
    QFETCH(QByteArray, targets);
    ScriptedServer browser;
    browser.setDefault(ScriptedAnswer::of(200, targets));
    QNetworkAccessManager manager;
    DevToolsLocator locator(manager);
    const Outcome outcome = located(locator, u"ws://"_s + browser.url().authority());
    QVERIFY(outcome.fault);
    QCOMPARE(outcome.fault->kind, Fault::Kind::NotFound);
    QVERIFY(outcome.url.isEmpty());
}

void TestDevToolsLocator::pageIdIsEncoded()
{
    ScriptedServer browser;
    browser.setDefault(ScriptedAnswer::of(200, R"([{"type":"page","id":"P&ws=evil.example/#x"}])"));
    QNetworkAccessManager manager;
    DevToolsLocator locator(manager);
    const Outcome outcome = located(locator, u"ws://"_s + browser.url().authority());
    QVERIFY(!outcome.fault);
    QVERIFY2(outcome.url.toEncoded().endsWith("/devtools/page/P%26ws%3Devil.example%2F%23x"),
             outcome.url.toEncoded().constData());
    QVERIFY(outcome.url.fragment().isEmpty());
}

void TestDevToolsLocator::browserThatIsGone()
{
    QUrl gone;
    {
        const ScriptedServer browser; // a port that was just free
        gone = browser.url();
    }
    QNetworkAccessManager manager;
    DevToolsLocator locator(manager);
    const Outcome outcome = located(locator, u"ws://"_s + gone.authority());
    QVERIFY(outcome.fault);
    QCOMPARE(outcome.fault->kind, Fault::Kind::Unreachable);
}

void TestDevToolsLocator::abortedReplyIsSilent()
{
    ScriptedServer browser;
    QNetworkAccessManager manager;
    DevToolsLocator locator(manager);
    const QPointer<UrlReply> reply = locator.locate(u"ws://"_s + browser.url().authority());
    QSignalSpy finished(reply, &ProviderReply::finished);
    QTRY_COMPARE(browser.requests().size(), 1);
    reply->abort();
    QTRY_VERIFY(reply.isNull());
    QCOMPARE(finished.size(), 0);
}

QTEST_GUILESS_MAIN(TestDevToolsLocator)
#include "tst_devtoolslocator.moc"
