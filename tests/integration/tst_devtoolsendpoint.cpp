#include "apiclient.h"
#include "cdpwatcher.h"
#include "foreignprocess.h"
#include "network/devtools/devtoolsprovider.h"
#include "network/devtools/localendpoints.h"
#include "network/devtoolslocator.h"
#include "pageserver.h"
#include "tests/fakes/replyoutcome.h"
#include "watcher.h"

#include <QFile>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

constexpr int longestMs = 60'000;

} // namespace

// DevToolsProvider on a real Chromium, which all functions share.
class TestDevToolsEndpoint : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanup();

    void itIsFoundByItsProfile();
    void pagesAreListedOpenedAndClosed();
    void devToolsOfOnePageCanBeOpened();
    void aPageIsWatchedAndActedOn();
    void theBrowsersAddressFollowsThePageInFront();
    void oneThatIsGoneIsNotFound(); // the last: it ends the browser

private:
    [[nodiscard]] QList<LocalEndpoint> found();
    [[nodiscard]] QStringList titles();

    ForeignProcess m_browser;
    QString m_profile;
    QNetworkAccessManager m_manager;
    QUrl m_url;
    std::unique_ptr<DevToolsProvider> m_provider;
};

void TestDevToolsEndpoint::initTestCase()
{
    m_profile = m_browser.folder(u"profile"_s);
    m_browser.start(QStringLiteral(CHROMIUM),
                    {u"--headless"_s, u"--no-sandbox"_s, u"--disable-gpu"_s, u"--no-first-run"_s,
                     u"--disable-background-networking"_s, u"--disable-component-update"_s,
                     u"--disable-sync"_s, u"--remote-debugging-port=0"_s,
                     u"--user-data-dir="_s + m_profile, u"about:blank"_s});
    QTRY_COMPARE_WITH_TIMEOUT(found().size(), 1, longestMs);
    Connection connection;
    connection.kind = Connection::Kind::DevTools;
    connection.baseUrl = m_url = found().constFirst().baseUrl;
    m_provider = std::make_unique<DevToolsProvider>(m_manager, connection);
}

void TestDevToolsEndpoint::cleanup()
{
    if (QTest::currentTestFailed())
        qWarning().noquote() << m_browser.log();
}

QList<LocalEndpoint> TestDevToolsEndpoint::found()
{
    LocalEndpoints endpoints(m_manager);
    EndpointsReply *reply = endpoints.find({m_profile});
    std::optional<QList<LocalEndpoint>> outcome;
    connect(reply, &ProviderReply::finished, reply,
            [reply, &outcome] { outcome = reply->endpoints; });
    (void)QTest::qWaitFor([&outcome] { return outcome.has_value(); }, longestMs);
    return outcome.value();
}

QStringList TestDevToolsEndpoint::titles()
{
    QStringList titles;
    for (const Session &page : finished(m_provider->list()).sessions)
        titles.append(page.title);
    titles.sort();
    return titles;
}

void TestDevToolsEndpoint::itIsFoundByItsProfile()
{
    const LocalEndpoint endpoint = found().constFirst();
    QVERIFY(endpoint.browser.startsWith("Chrome/"_L1));
    QCOMPARE(endpoint.profileFolder, m_profile);
    QCOMPARE(endpoint.baseUrl.host(), u"127.0.0.1"_s);
}

void TestDevToolsEndpoint::pagesAreListedOpenedAndClosed()
{
    const PageServer site;
    // What else the browser runs (browser_ui) is not among them.
    const ListOutcome before = finished(m_provider->list());
    QVERIFY(!before.fault);
    QCOMPARE(before.sessions.size(), 1);
    QCOMPARE(before.sessions.constFirst().currentUrl, u"about:blank"_s);

    SessionRequest wanted;
    wanted.initialUrl = site.url(u"/page/there"_s);
    const SessionOutcome created = finished(m_provider->create(wanted));
    QVERIFY(!created.fault);
    QTRY_COMPARE_WITH_TIMEOUT(titles(), (QStringList{u"about:blank"_s, u"there"_s}), longestMs);
    const Session page = finished(m_provider->get(created.session.id)).session;
    QCOMPARE(page.currentUrl, wanted.initialUrl);
    QVERIFY(page.cdpUrl.startsWith(u"ws://%1/devtools/page/"_s.arg(m_url.authority())));
    QVERIFY(page.facts.constFirst().value.startsWith("Chrome/"_L1));

    QCOMPARE(finished(m_provider->terminate(page.id)), std::nullopt);
    QTRY_COMPARE_WITH_TIMEOUT(titles(), QStringList{u"about:blank"_s}, longestMs);
    QCOMPARE(finished(m_provider->get(page.id)).fault->kind, Fault::Kind::NotFound);
    QCOMPARE(finished(m_provider->terminate(page.id))->kind, Fault::Kind::NotFound);
}

void TestDevToolsEndpoint::devToolsOfOnePageCanBeOpened()
{
    const PageServer site;
    SessionRequest wanted;
    wanted.initialUrl = site.url(u"/page/other"_s);
    const Session back = finished(m_provider->list()).sessions.constFirst();
    const Session front = finished(m_provider->create(wanted)).session;
    DevToolsLocator locator(m_manager);
    UrlReply *reply = locator.locate(back.cdpUrl);
    std::optional<QUrl> url;
    connect(reply, &ProviderReply::finished, reply, [reply, &url] { url = reply->url; });
    QTRY_VERIFY_WITH_TIMEOUT(url, longestMs);
    QVERIFY(url->query().endsWith("/devtools/page/"_L1 + back.id));
    ApiClient client(m_url);
    QCOMPARE(client.get(url->path()).status, 200);
    QCOMPARE(finished(m_provider->terminate(front.id)), std::nullopt);
}

// Over the page's own address, as its row has it.
void TestDevToolsEndpoint::aPageIsWatchedAndActedOn()
{
    const PageServer site;
    SessionRequest wanted;
    wanted.initialUrl = site.url(u"/paint"_s);
    const Session page = finished(m_provider->create(wanted)).session;
    {
        CdpWatcher watcher(m_provider->cdpRequest(QUrl(page.cdpUrl)), LiveRole::Control);
        QTRY_VERIFY_WITH_TIMEOUT(isNear(watcher.middle(), QColor(u"#cc2222"_s)), longestMs);
        QTRY_COMPARE_WITH_TIMEOUT(watcher.page().title, u"paint"_s, longestMs);
        watcher.feed().takeControl();
        QTRY_VERIFY(watcher.isInControl());
        watcher.click({200, 200});
        QTRY_VERIFY_WITH_TIMEOUT(isNear(watcher.middle(), QColor(u"#2244cc"_s)), longestMs);

        watcher.feed().goTo(site.url(u"/form"_s));
        QTRY_COMPARE_WITH_TIMEOUT(watcher.page().title, u"form"_s, longestMs);
        watcher.click({100, 35}); // its field for a name
        watcher.feed().sendText(u"日本語"_s);
        QTRY_COMPARE_WITH_TIMEOUT(watcher.page().title, u"typed 日本語"_s, longestMs);
        QCOMPARE(watcher.tabs().size(), 1);
    }
    // Nobody watches any more, and the page goes on.
    QCOMPARE(finished(m_provider->get(page.id)).session.title, u"typed 日本語"_s);

    CdpWatcher again(m_provider->cdpRequest(QUrl(page.cdpUrl)), LiveRole::Watch);
    QTRY_COMPARE_WITH_TIMEOUT(again.page().title, u"typed 日本語"_s, longestMs);
    QCOMPARE(finished(m_provider->terminate(page.id)), std::nullopt);
    QTRY_COMPARE_WITH_TIMEOUT(again.state().kind, LiveState::Kind::Lost, longestMs);
}

void TestDevToolsEndpoint::theBrowsersAddressFollowsThePageInFront()
{
    const PageServer site;
    ApiClient client(m_url);
    QUrl address(client.get(u"/json/version"_s).json["webSocketDebuggerUrl"_L1].toString());
    CdpWatcher watcher(QNetworkRequest(address), LiveRole::Control);
    QTRY_COMPARE_WITH_TIMEOUT(watcher.tabs().size(), 1, longestMs);

    SessionRequest wanted;
    wanted.initialUrl = site.url(u"/color/00aa00"_s);
    const Session green = finished(m_provider->create(wanted)).session;
    QTRY_VERIFY_WITH_TIMEOUT(isNear(watcher.middle(), QColor(u"#00aa00"_s)), longestMs);
    QCOMPARE(watcher.tabs().size(), 2);
    wanted.initialUrl = site.url(u"/color/aa00aa"_s);
    const Session violet = finished(m_provider->create(wanted)).session;
    QTRY_VERIFY_WITH_TIMEOUT(isNear(watcher.middle(), QColor(u"#aa00aa"_s)), longestMs);
    // It closes: the one before is in front again.
    QCOMPARE(finished(m_provider->terminate(violet.id)), std::nullopt);
    QTRY_VERIFY_WITH_TIMEOUT(isNear(watcher.middle(), QColor(u"#00aa00"_s)), longestMs);
    QCOMPARE(finished(m_provider->terminate(green.id)), std::nullopt);
    QTRY_COMPARE_WITH_TIMEOUT(watcher.tabs().size(), 1, longestMs);
    QCOMPARE(titles(), QStringList{u"about:blank"_s});
}

void TestDevToolsEndpoint::oneThatIsGoneIsNotFound()
{
    QVERIFY(m_browser.end());
    QCOMPARE(finished(m_provider->list()).fault->kind, Fault::Kind::Unreachable);
    QVERIFY(QFile::exists(m_profile + "/DevToolsActivePort"_L1));
    QCOMPARE(found(), QList<LocalEndpoint>());
}

QTEST_GUILESS_MAIN(TestDevToolsEndpoint)
#include "tst_devtoolsendpoint.moc"
