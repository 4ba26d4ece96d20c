#include "cdpwatcher.h"
#include "network/cdpclient.h"
#include "network/grid/gridprovider.h"
#include "network/ownertag.h"
#include "pageserver.h"
#include "seleniumgrid.h"
#include "tests/fakes/replyoutcome.h"
#include "watcher.h"

#include <QJsonArray>
#include <QPointer>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <csignal>
#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const GridLogin login{u"me"_s, u"canary"_s};
constexpr int mostSessions = 2;
// For what takes the Grid a moment on a busy machine.
constexpr int longestMs = 60'000;

QString factOf(const Session &session, const QString &label)
{
    for (const SessionFact &fact : session.facts) {
        if (fact.label == label)
            return fact.value;
    }
    return {};
}

Connection connectionTo(const QUrl &url)
{
    Connection connection;
    connection.id = u"grid"_s;
    connection.kind = Connection::Kind::Grid;
    connection.baseUrl = url;
    return connection;
}

} // namespace

// GridProvider on a real Selenium Grid: one standalone, below a path and behind a login, that all
// functions share, and a hub with two nodes.
class TestSeleniumGrid : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();

    void wrongPasswordIsRefused();
    void sessionsOfOthersAreListed();
    void sessionIsCreatedAndEnded();
    void startPageThatFailsKeepsTheSession();
    void sessionIsWatchedAndActedOn();
    void endsOnceWhenAskedTwice();
    void capacityAndQueueAreTold();
    void killedBrowserReadsAsOne();
    void deadDriverReadsAsOne();
    void lostNodeReadsAsOne();

private:
    [[nodiscard]] std::unique_ptr<GridProvider> providerFor(const SeleniumGrid &grid);
    // As the list has it now; without an id when it has it not.
    [[nodiscard]] Session listed(const QString &id);
    [[nodiscard]] pid_t browserOf(const QString &id);
    // By the CDP address that the session was given.
    [[nodiscard]] QStringList pagesOf(const Session &session);

    SeleniumGrid m_grid;
    QNetworkAccessManager m_manager;
    std::unique_ptr<GridProvider> m_provider;
    SessionList m_last; // the last list that was not unchanged
};

void TestSeleniumGrid::initTestCase()
{
    QVERIFY2(m_grid.startStandalone(mostSessions, login), m_grid.log().constData());
}

void TestSeleniumGrid::init()
{
    m_last.clear();
    m_provider = providerFor(m_grid);
    m_provider->setCredentials(login.user, login.password);
}

void TestSeleniumGrid::cleanup()
{
    if (QTest::currentTestFailed())
        qWarning().noquote() << m_grid.log();
    m_provider.reset();
}

void TestSeleniumGrid::cleanupTestCase()
{
    QVERIFY(m_grid.end());
}

std::unique_ptr<GridProvider> TestSeleniumGrid::providerFor(const SeleniumGrid &grid)
{
    auto provider = std::make_unique<GridProvider>(m_manager, connectionTo(grid.url()));
    provider->setBrowser({u"chrome"_s, QStringLiteral(CHROMIUM), SeleniumGrid::browserArguments()});
    provider->setSlowBeat(0ms);
    HttpBounds bounds;
    bounds.deadline = 60s;
    provider->setBounds(bounds);
    return provider;
}

Session TestSeleniumGrid::listed(const QString &id)
{
    const ListOutcome outcome = finished(m_provider->list());
    if (!outcome.fault && !outcome.unchanged)
        m_last = outcome.sessions;
    for (const Session &session : std::as_const(m_last)) {
        if (session.id == id)
            return session;
    }
    return {};
}

pid_t TestSeleniumGrid::browserOf(const QString &id)
{
    return m_grid.capabilitiesOf(id).value("goog:processID"_L1).toInt();
}

QStringList TestSeleniumGrid::pagesOf(const Session &session)
{
    CdpClient client;
    QSignalSpy opened(&client, &CdpClient::opened);
    client.open(QUrl(session.cdpUrl));
    if (!QTest::qWaitFor([&opened] { return !opened.isEmpty(); }, longestMs))
        return {};
    std::optional<QJsonObject> result;
    CdpReply *reply = client.call(u"Target.getTargets"_s);
    connect(reply, &CdpReply::finished, this, [&result, reply] { result = reply->result(); });
    (void)QTest::qWaitFor([&result] { return result.has_value(); }, longestMs);
    QStringList pages;
    for (const QJsonValue &target : result.value_or(QJsonObject())["targetInfos"_L1].toArray()) {
        if (target["type"_L1].toString() == "page"_L1)
            pages.append(target["title"_L1].toString());
    }
    return pages;
}

void TestSeleniumGrid::wrongPasswordIsRefused()
{
    m_provider->setCredentials(login.user, u"wrong"_s);
    QCOMPARE(finished(m_provider->list()).fault->kind, Fault::Kind::Refused);
    m_provider->setCredentials({}, {});
    QCOMPARE(finished(m_provider->create({})).fault->kind, Fault::Kind::Refused);
}

void TestSeleniumGrid::sessionsOfOthersAreListed()
{
    const QDateTime before = QDateTime::currentDateTimeUtc();
    const QString id = m_grid.createByWebDriver(u"checkout test"_s);
    QVERIFY(!id.isEmpty());
    const Session session = listed(id);
    QCOMPARE(session.id, id);
    QCOMPARE(session.malformed, QString());
    QCOMPARE(session.status.kind(), SessionStatus::Kind::Running);
    QCOMPARE(session.title, u"checkout test"_s);
    QVERIFY(session.createdAt >= before.addSecs(-1));
    QVERIFY(session.createdAt <= QDateTime::currentDateTimeUtc());
    QVERIFY(factOf(session, u"Browser"_s).startsWith("chrome "_L1));
    QCOMPARE(factOf(session, u"Platform"_s), u"linux"_s);
    QVERIFY(session.figures.contains({SessionFigure::Kind::IdleLimit, 300}));
    QVERIFY(factOf(session, u"Node"_s).startsWith("http://127.0.0.1:"_L1));
    QCOMPARE(factOf(session, u"Owner"_s), QString());
    QCOMPARE(session.liveViewUrl, QString());
    // Below the path of the Grid, as it was given, though the Grid leaves it out.
    QCOMPARE(session.cdpUrl, u"ws://%1/wd/session/%2/se/cdp"_s.arg(m_grid.url().authority(), id));
    QCOMPARE(pagesOf(session).size(), 1);
    QCOMPARE(finished(m_provider->terminate(id)), std::nullopt);
    QTRY_COMPARE_WITH_TIMEOUT(listed(id).id, QString(), longestMs);
}

void TestSeleniumGrid::sessionIsCreatedAndEnded()
{
    const PageServer site;
    SessionRequest wanted;
    wanted.initialUrl = site.url(u"/page/hello"_s);
    const SessionOutcome created = finished(m_provider->create(wanted));
    QVERIFY2(!created.fault, created.fault ? qPrintable(created.fault->detail) : "");
    QCOMPARE(created.session.currentUrl, wanted.initialUrl);
    QVERIFY(created.session.createdAt.isValid());
    QCOMPARE(factOf(created.session, u"Owner"_s), ownerTag());
    const QString id = created.session.id;
    QCOMPARE(listed(id).title, u"127.0.0.1"_s);
    QCOMPARE(factOf(listed(id), u"Owner"_s), ownerTag());
    QVERIFY(m_grid.capabilitiesOf(id).value("aw:tag"_L1).toString().startsWith("anchorwatch-"_L1));
    QTRY_COMPARE_WITH_TIMEOUT(pagesOf(created.session), QStringList{u"hello"_s}, longestMs);

    const std::optional<ProcessIdentity> browser = identityOf(browserOf(id));
    QVERIFY(browser);
    QCOMPARE(finished(m_provider->terminate(id)), std::nullopt);
    QCOMPARE(finished(m_provider->get(id)).fault->kind, Fault::Kind::NotFound);
    QTRY_VERIFY_WITH_TIMEOUT(!isAlive(*browser), longestMs);
}

void TestSeleniumGrid::startPageThatFailsKeepsTheSession()
{
    QUrl nobody;
    {
        QTcpServer free;
        QVERIFY(free.listen(QHostAddress::LocalHost));
        nobody = QUrl(u"http://127.0.0.1:%1/"_s.arg(free.serverPort()));
    }
    SessionRequest wanted;
    wanted.initialUrl = nobody.toString();
    const SessionOutcome created = finished(m_provider->create(wanted));
    QVERIFY(!created.fault);
    QVERIFY2(created.session.error.contains("ERR_CONNECTION_REFUSED"_L1),
             qPrintable(created.session.error));
    QCOMPARE(finished(m_provider->terminate(created.session.id)), std::nullopt);
}

void TestSeleniumGrid::sessionIsWatchedAndActedOn()
{
    const PageServer site;
    SessionRequest wanted;
    wanted.initialUrl = site.url(u"/paint"_s);
    const Session session = finished(m_provider->create(wanted)).session;
    {
        // With the login, which this Grid does not ask for here.
        const QNetworkRequest address = m_provider->cdpRequest(QUrl(session.cdpUrl));
        QVERIFY(address.hasRawHeader("Authorization"));
        CdpWatcher watcher(address, LiveRole::Control);
        QTRY_VERIFY_WITH_TIMEOUT(isNear(watcher.middle(), QColor(u"#cc2222"_s)), longestMs);
        watcher.feed().takeControl();
        QTRY_VERIFY_WITH_TIMEOUT(watcher.isInControl(), longestMs);
        watcher.click({200, 200});
        QTRY_VERIFY_WITH_TIMEOUT(isNear(watcher.middle(), QColor(u"#2244cc"_s)), longestMs);
    }
    QCOMPARE(listed(session.id).status.kind(), SessionStatus::Kind::Running);
    QCOMPARE(pagesOf(session), QStringList{u"paint"_s});
    QCOMPARE(finished(m_provider->terminate(session.id)), std::nullopt);
}

void TestSeleniumGrid::endsOnceWhenAskedTwice()
{
    const QString id = m_grid.createByWebDriver(u"twice"_s);
    QVERIFY(!id.isEmpty());
    // The Grid itself would answer one of two only after the session's timeout of 300 s.
    TerminateReply *first = m_provider->terminate(id);
    TerminateReply *second = m_provider->terminate(id);
    QSignalSpy firstAnswer(first, &ProviderReply::finished);
    QCOMPARE(finished(second), std::nullopt);
    QTRY_COMPARE_WITH_TIMEOUT(firstAnswer.size(), 1, longestMs);
    const std::optional<Fault> again = finished(m_provider->terminate(id));
    QVERIFY(again);
    QCOMPARE(again->kind, Fault::Kind::NotFound);
    QVERIFY2(again->detail.startsWith("Session was removed at "_L1), qPrintable(again->detail));
    QVERIFY(again->detail.contains("session closed normally"_L1));
    // An id that there never was.
    const std::optional<Fault> unknown = finished(m_provider->terminate(u"nope"_s));
    QVERIFY(unknown);
    QCOMPARE(unknown->kind, Fault::Kind::NotFound);
}

void TestSeleniumGrid::capacityAndQueueAreTold()
{
    const auto capacity = [this] {
        (void)listed({});
        return m_provider->capacity() ? m_provider->capacity()->text() : QString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(capacity(), u"0 of 2 slots, 0 waiting"_s, longestMs);
    QStringList ids;
    for (int i = 0; i < mostSessions; ++i)
        ids.append(m_grid.createByWebDriver(u"filler"_s));
    QTRY_COMPARE_WITH_TIMEOUT(capacity(), u"2 of 2 slots, 0 waiting"_s, longestMs);
    const QPointer<SessionReply> waiting = m_provider->create({});
    QTRY_COMPARE_WITH_TIMEOUT(capacity(), u"2 of 2 slots, 1 waiting"_s, longestMs);
    // Full is no fault.
    QVERIFY(!finished(m_provider->list()).fault);
    // Who gives up leaves the queue.
    waiting->abort();
    QTRY_COMPARE_WITH_TIMEOUT(capacity(), u"2 of 2 slots, 0 waiting"_s, longestMs);
    for (const QString &id : std::as_const(ids))
        QCOMPARE(finished(m_provider->terminate(id)), std::nullopt);
    QTRY_COMPARE_WITH_TIMEOUT(capacity(), u"0 of 2 slots, 0 waiting"_s, longestMs);
}

void TestSeleniumGrid::killedBrowserReadsAsOne()
{
    const QString id = finished(m_provider->create({})).session.id;
    QVERIFY(!id.isEmpty());
    // Each list knocks at the browser's port, and the next one takes longer than that: it is known
    // as alive then.
    for (int i = 0; i < 3; ++i)
        QCOMPARE(listed(id).status.kind(), SessionStatus::Kind::Running);
    QCOMPARE(::kill(browserOf(id), SIGKILL), 0);
    QTRY_COMPARE_WITH_TIMEOUT(listed(id).status.kind(), SessionStatus::Kind::Error, longestMs);
    QVERIFY(listed(id).error.startsWith("Its browser has ended"_L1));
    QCOMPARE(finished(m_provider->terminate(id)), std::nullopt);
    QTRY_COMPARE_WITH_TIMEOUT(listed(id).id, QString(), longestMs);
}

void TestSeleniumGrid::deadDriverReadsAsOne()
{
    const QString id = finished(m_provider->create({})).session.id;
    const std::optional<ProcessStat> browser = readStat(browserOf(id));
    QVERIFY(browser);
    QCOMPARE(::kill(browser->parent, SIGKILL), 0);
    const std::optional<Fault> fault = finished(m_provider->terminate(id));
    QVERIFY(fault);
    QCOMPARE(fault->kind, Fault::Kind::ServiceError);
    QVERIFY2(fault->detail.startsWith("Unable to execute request"_L1), qPrintable(fault->detail));
    QCOMPARE(listed(id).status.text(), u"Driver dead"_s);
    QVERIFY(isAlive(browser->identity)); // which is why it does not count as ended
}

void TestSeleniumGrid::lostNodeReadsAsOne()
{
    SeleniumGrid hub;
    QVERIFY2(hub.startHub(2), hub.log().constData());
    m_provider = providerFor(hub);
    const Session lost = finished(m_provider->create({})).session;
    const Session kept = finished(m_provider->create({})).session;
    QVERIFY(!lost.id.isEmpty());
    QVERIFY(!kept.id.isEmpty());
    const QString node = factOf(lost, u"Node"_s);
    QVERIFY(node != factOf(kept, u"Node"_s));
    QCOMPARE(pagesOf(kept).size(), 1); // through the hub

    QVERIFY(hub.killNode(node));
    QTRY_COMPARE_WITH_TIMEOUT(listed(lost.id).status.text(), u"Node down"_s, longestMs);
    QVERIFY(listed(lost.id).error.startsWith("Its node does not answer"_L1));
    QCOMPARE(factOf(listed(lost.id), u"Node state"_s), u"down"_s);
    const std::optional<Fault> fault = finished(m_provider->terminate(lost.id));
    QVERIFY(fault);
    QVERIFY(fault->kind != Fault::Kind::NotFound);
    QCOMPARE(listed(lost.id).status.text(), u"Node down"_s);
    QCOMPARE(listed(kept.id).status.kind(), SessionStatus::Kind::Running);
    QCOMPARE(finished(m_provider->terminate(kept.id)), std::nullopt);
    QCOMPARE(finished(m_provider->get(kept.id)).fault->kind, Fault::Kind::NotFound);
    m_provider.reset();
    QVERIFY(hub.end());
}

QTEST_GUILESS_MAIN(TestSeleniumGrid)
#include "tst_seleniumgrid.moc"
