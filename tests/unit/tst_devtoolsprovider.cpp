#include "network/devtools/devtoolsprovider.h"
#include "tests/fakes/captures.h"
#include "tests/fakes/replyoutcome.h"
#include "tests/fakes/scriptedserver.h"

#include <QPointer>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString pageId = u"253D3B5EA7C942A1C2814CC19DF9B517"_s;

ScriptedAnswer captured(const QString &name)
{
    return ScriptedAnswer::of(200, capture(u"chrome/"_s + name));
}

} // namespace

class TestDevToolsProvider : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void pagesAreListedWithTheirBrowser();
    void versionIsAskedAgainAfterAFailure();
    void noEndpointIsAFault_data();
    void noEndpointIsAFault();
    void nameInsteadOfAnAddressIsSaid();
    void getFindsThePage();
    void getOfAnotherIsNotFound();
    void pageIsClosed();
    void pageThatIsGoneIsNotFound();
    void pageIsOpened_data();
    void pageIsOpened();
    void whatAPageCannotHaveIsRefused_data();
    void whatAPageCannotHaveIsRefused();
    void destroyedWithQuestionsInFlight();

private:
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<QNetworkAccessManager> m_manager;
    std::unique_ptr<DevToolsProvider> m_provider;
};

void TestDevToolsProvider::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_manager = std::make_unique<QNetworkAccessManager>();
    Connection connection;
    connection.kind = Connection::Kind::DevTools;
    connection.baseUrl = m_server->url();
    m_provider = std::make_unique<DevToolsProvider>(*m_manager, connection);
    m_provider->setBounds({10min}); // none passes here, however slow the machine
}

void TestDevToolsProvider::cleanup()
{
    m_provider.reset();
    m_manager.reset();
    m_server.reset();
}

void TestDevToolsProvider::pagesAreListedWithTheirBrowser()
{
    m_server->enqueue(captured(u"json_version.json"_s));
    m_server->setDefault(captured(u"json_list.json"_s));
    const ListOutcome outcome = finished(m_provider->list());
    QVERIFY(!outcome.fault);
    QCOMPARE(outcome.service, u"Chrome/156.0.8078.79"_s);
    QCOMPARE(outcome.sessions.size(), 1);
    const Session page = outcome.sessions.constFirst();
    QCOMPARE(page.id, pageId);
    QCOMPARE(page.facts, (QList<SessionFact>{{u"Browser"_s, u"Chrome/156.0.8078.79"_s}}));
    QCOMPARE(page.cdpUrl, u"ws://%1/devtools/page/%2"_s.arg(m_server->url().authority(), pageId));
    QVERIFY(!finished(m_provider->list()).fault);
    QCOMPARE(m_server->requests().size(), 3);
    QCOMPARE(m_server->requests().at(0).target, "/json/version");
    QCOMPARE(m_server->requests().at(2).target, "/json/list");
    QVERIFY(m_server->requests().at(2).header("Origin").isEmpty());
}

void TestDevToolsProvider::versionIsAskedAgainAfterAFailure()
{
    m_server->enqueue(captured(u"json_version.json"_s));
    m_server->enqueue(ScriptedAnswer::of(500, {}));
    m_server->enqueue(captured(u"json_version.json"_s));
    m_server->setDefault(captured(u"json_list.json"_s));
    QVERIFY(finished(m_provider->list()).fault);
    QVERIFY(!finished(m_provider->list()).fault);
    QCOMPARE(m_server->requests().at(2).target, "/json/version");
}

void TestDevToolsProvider::noEndpointIsAFault_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Fault::Kind>("kind");
    QTest::newRow("404") << 404 << QByteArray("<html>") << Fault::Kind::BadAnswer;
    QTest::newRow("401") << 401 << QByteArray() << Fault::Kind::Refused;
    QTest::newRow("HTML") << 200 << QByteArray("<html>") << Fault::Kind::BadAnswer;
    QTest::newRow("something else")
        << 200 << QByteArray(R"({"sessions":[]})") << Fault::Kind::BadAnswer;
    QTest::newRow("500") << 500 << QByteArray("[]") << Fault::Kind::ServiceError;
}

// Fault matrix: W8, W9, W10
void TestDevToolsProvider::noEndpointIsAFault()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(Fault::Kind, kind);
    m_server->setDefault(ScriptedAnswer::of(status, body));
    QCOMPARE(finished(m_provider->list()).fault->kind, kind);
    QCOMPARE(finished(m_provider->get(pageId)).fault->kind, kind);
}

void TestDevToolsProvider::nameInsteadOfAnAddressIsSaid()
{
    m_server->setDefault(
        ScriptedAnswer::of(500, "Host header is specified and is not an IP address or localhost."));
    const ListOutcome outcome = finished(m_provider->list());
    QCOMPARE(outcome.fault->kind, Fault::Kind::BadRequest);
    QVERIFY(outcome.fault->what.contains("IP address"_L1));
}

void TestDevToolsProvider::getFindsThePage()
{
    m_server->setDefault(captured(u"json_list.json"_s));
    QCOMPARE(finished(m_provider->get(pageId)).session.title, u"Hello"_s);
}

void TestDevToolsProvider::getOfAnotherIsNotFound()
{
    m_server->setDefault(captured(u"json_list.json"_s));
    // It is there, and no page.
    const SessionOutcome outcome = finished(m_provider->get(u"1BC4A6F43DCCD78C03484AAA5203E51F"_s));
    QCOMPARE(outcome.fault->kind, Fault::Kind::NotFound);
}

void TestDevToolsProvider::pageIsClosed()
{
    m_server->setDefault(ScriptedAnswer::of(200, "Target is closing"));
    QCOMPARE(finished(m_provider->terminate(u"A/b"_s)), std::nullopt);
    QCOMPARE(m_server->requests().constFirst().method, "GET");
    QCOMPARE(m_server->requests().constFirst().target, "/json/close/A%2Fb");
}

void TestDevToolsProvider::pageThatIsGoneIsNotFound()
{
    m_server->enqueue(ScriptedAnswer::of(404, "No such target id: A"));
    m_server->setDefault(ScriptedAnswer::of(404, "Unknown command: close"));
    QCOMPARE(finished(m_provider->terminate(u"A"_s))->kind, Fault::Kind::NotFound);
    // Another server's 404 proves nothing.
    QCOMPARE(finished(m_provider->terminate(u"A"_s))->kind, Fault::Kind::BadAnswer);
}

void TestDevToolsProvider::pageIsOpened_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("target");
    QTest::newRow("none") << QString() << QByteArray("/json/new?about:blank");
    QTest::newRow("without a scheme")
        << u"example.com"_s << QByteArray("/json/new?https://example.com");
    QTest::newRow("query") << u"https://e.com/a?b=c&d=e%2Bf"_s
                           << QByteArray("/json/new?https://e.com/a?b=c&d=e%252Bf");
    QTest::newRow("fragment") << u"https://e.com/#x y"_s
                              << QByteArray("/json/new?https://e.com/%23x%20y");
    QTest::newRow("beyond ASCII") << u"https://e.com/ü"_s
                                  << QByteArray("/json/new?https://e.com/%C3%BC");
}

void TestDevToolsProvider::pageIsOpened()
{
    QFETCH(QString, url);
    QFETCH(QByteArray, target);
    m_server->setDefault(captured(u"json_new.json"_s));
    SessionRequest wanted;
    wanted.initialUrl = url;
    const SessionOutcome outcome = finished(m_provider->create(wanted));
    QVERIFY(!outcome.fault);
    QCOMPARE(outcome.session.id, u"7B64BA94AFCDC37FC0AD3EC88AEE655D"_s);
    QCOMPARE(m_server->requests().constFirst().method, "PUT");
    QCOMPARE(m_server->requests().constFirst().target, target);
}

void TestDevToolsProvider::whatAPageCannotHaveIsRefused_data()
{
    QTest::addColumn<SessionRequest>("request");
    SessionRequest named;
    named.profileName = u"shop"_s;
    QTest::newRow("profile") << named;
    SessionRequest limited;
    limited.maxDurationMinutes = 5;
    QTest::newRow("duration") << limited;
}

void TestDevToolsProvider::whatAPageCannotHaveIsRefused()
{
    QFETCH(SessionRequest, request);
    const SessionOutcome outcome = finished(m_provider->create(request));
    QCOMPARE(outcome.fault->kind, Fault::Kind::BadRequest);
    QVERIFY(!outcome.fault->what.isEmpty());
    QVERIFY(m_server->requests().isEmpty());
}

// Fault matrix: W22
void TestDevToolsProvider::destroyedWithQuestionsInFlight()
{
    const QList<QPointer<ProviderReply>> replies{m_provider->list(), m_provider->get(u"a"_s),
                                                 m_provider->create({}),
                                                 m_provider->terminate(u"a"_s)};
    QTRY_COMPARE(m_server->requests().size(), 4);
    m_provider.reset();
    for (const auto &reply : replies)
        QVERIFY(reply.isNull());
}

QTEST_GUILESS_MAIN(TestDevToolsProvider)
#include "tst_devtoolsprovider.moc"
