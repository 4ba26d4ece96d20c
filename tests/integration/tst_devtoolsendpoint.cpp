#include "apiclient.h"
#include "foreignprocess.h"
#include "network/devtools/devtoolsprovider.h"
#include "network/devtools/localendpoints.h"
#include "network/devtoolslocator.h"
#include "pageserver.h"
#include "tests/fakes/replyoutcome.h"

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

void TestDevToolsEndpoint::oneThatIsGoneIsNotFound()
{
    QVERIFY(m_browser.end());
    QCOMPARE(finished(m_provider->list()).fault->kind, Fault::Kind::Unreachable);
    QVERIFY(QFile::exists(m_profile + "/DevToolsActivePort"_L1));
    QCOMPARE(found(), QList<LocalEndpoint>());
}

QTEST_GUILESS_MAIN(TestDevToolsEndpoint)
#include "tst_devtoolsendpoint.moc"
