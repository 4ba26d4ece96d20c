#include "seleniumgrid.h"
#include "servicetest.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QScopeGuard>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

const GridLogin login{u"me"_s, u"canary"_s};
constexpr int mostSessions = 2;

} // namespace

// anchorwatchd --backend grid over a real Selenium Grid, below a path and behind a login: the same
// contract as over local browsers.
class TestGridService : public ServiceTest
{
    Q_OBJECT

private:
    SeleniumGrid m_grid;

    bool startOver(const QUrl &grid, const QString &password = login.password)
    {
        qputenv("ANCHORWATCH_GRID_PASSWORD", password.toUtf8());
        const auto forget = qScopeGuard([] { qunsetenv("ANCHORWATCH_GRID_PASSWORD"); });
        QStringList options{u"--backend"_s,  u"grid"_s,        u"--grid-url"_s,
                            grid.toString(), u"--grid-user"_s, login.user};
        for (const QString &argument : SeleniumGrid::browserArguments())
            options.append(u"--grid-browser-argument="_s + argument);
        return startService(options);
    }
    QStringList listed()
    {
        QStringList ids;
        const QJsonObject list = driver().api().get(sessionPath()).json;
        for (const QJsonValue &session : list.value("sessions"_L1).toArray())
            ids.append(session["id"_L1].toString());
        return list.value("count"_L1).toInt() == ids.size() ? ids : QStringList{u"miscounted"_s};
    }
    bool endsWell() { return endsCleanly() && !service().log().contains(login.password.toUtf8()); }

private slots:
    void initTestCase()
    {
        QVERIFY2(m_grid.startStandalone(mostSessions, login), m_grid.log().constData());
    }
    void cleanupTestCase() { QVERIFY(m_grid.end()); }

    void aSessionFromItsCreationToItsEnd()
    {
        QVERIFY(startOver(m_grid.url()));
        const QString page = site().url(u"/page/hello"_s);
        const QJsonObject created = driver().create({{"initialUrl"_L1, page}});
        const QString id = created.value("id"_L1).toString();
        QCOMPARE(created.value("status"_L1).toString(), u"running"_s);
        QCOMPARE(created.value("currentUrl"_L1).toString(), page);
        QCOMPARE(listed(), QStringList{id});
        // The Grid's own answer is the same bytes again; ours is still whole.
        QCOMPARE(listed(), QStringList{id});

        const QJsonObject session = driver().session(id);
        QCOMPARE(session.value("cdpUrl"_L1).toString(),
                 u"ws://%1/wd/session/%2/se/cdp"_s.arg(m_grid.url().authority(), id));
        const QJsonArray targets =
            driver().command(id, u"Target.getTargets"_s).value("targetInfos"_L1).toArray();
        QVERIFY(std::any_of(targets.begin(), targets.end(), [&page](const QJsonValue &target) {
            return target["url"_L1].toString() == page;
        }));

        QCOMPARE(driver().terminate(id).status, 200);
        QCOMPARE(driver().terminate(id).status, 404);
        QCOMPARE(driver().api().get(sessionPath(id)).status, 404);
        QCOMPARE(listed(), QStringList());
        QVERIFY(endsWell());
    }

    void sessionsOfOthersAreServedToo()
    {
        QVERIFY(startOver(m_grid.url()));
        const QString id = m_grid.createByWebDriver(u"checkout test"_s);
        QCOMPARE(listed(), QStringList{id});
        QCOMPARE(driver().session(id).value("title"_L1).toString(), u"checkout test"_s);
        const ApiAnswer tab = driver().api().remove(sessionPath(id) + "/tabs/1"_L1);
        QCOMPARE(tab.status, 400);
        QVERIFY(!tab.json.value("error"_L1).toString().isEmpty());
        const QList<ApiAnswer> ends = driver().api().removeTwice(sessionPath(id));
        QCOMPARE(ends.at(0).status, 200);
        QCOMPARE(ends.at(1).status, 200);
        QVERIFY(endsWell());
    }

    void saysWhatAGridCannotDo_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("field");
        QTest::newRow("a profile")
            << QByteArray(R"({"profileName":"work","persist":true})") << u"profileName"_s;
        QTest::newRow("a longest duration")
            << QByteArray(R"({"config":{"timeout":{"maxDuration":5}}})")
            << u"config.timeout.maxDuration"_s;
        QTest::newRow("an idle limit") << QByteArray(R"({"config":{"timeout":{"idleTimeout":5}}})")
                                       << u"config.timeout.idleTimeout"_s;
    }
    void saysWhatAGridCannotDo()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, field);
        QVERIFY(startOver(m_grid.url()));
        const ApiAnswer answer = driver().api().post(sessionPath(), body);
        QCOMPARE(answer.status, 400);
        const QJsonObject details = answer.json.value("details"_L1).toObject();
        QCOMPARE(details.keys(), QStringList{field});
        QVERIFY(details.value(field).toString().contains("Selenium Grid"_L1));
        QCOMPARE(listed(), QStringList());
        QVERIFY(endsWell());
    }

    void saysWhyItHasNoAnswer_data()
    {
        QTest::addColumn<bool>("isThere");
        QTest::newRow("the password is wrong") << true;
        QTest::newRow("nothing runs there") << false;
    }
    // Fault matrix: D21
    void saysWhyItHasNoAnswer()
    {
        QFETCH(bool, isThere);
        const QUrl nowhere(u"http://127.0.0.1:1"_s);
        QVERIFY(startOver(isThere ? m_grid.url() : nowhere, u"canary too"_s));
        for (const ApiAnswer &answer :
             {driver().api().get(sessionPath()), driver().api().get(sessionPath(u"x"_s)),
              driver().terminate(u"x"_s)}) {
            QCOMPARE(answer.status, 500);
            QVERIFY(!answer.json.value("message"_L1).toString().isEmpty());
            QVERIFY(!answer.body.contains("canary"));
        }
        const ApiAnswer creation = driver().api().post(sessionPath(), "{}");
        QCOMPARE(creation.status, 500);
        QVERIFY(
            creation.json.value("error"_L1).toString().startsWith("Failed to create session: "_L1));
        QVERIFY(endsWell());
    }

    void leavesTheSessionsWhenItEnds()
    {
        QVERIFY(startOver(m_grid.url()));
        const QString id = driver().createRunning();
        QVERIFY(endsWell());
        QVERIFY(!m_grid.capabilitiesOf(id).isEmpty());
        const QString path = m_grid.url().path() + "/session/"_L1 + id;
        QCOMPARE(m_grid.api().remove(path).status, 200);
    }

    void isNotTakenForTheServiceOfThisMachine()
    {
        QVERIFY(startOver(m_grid.url()));
        QVERIFY(!QFile::exists(service().dataFolder()));
        QCOMPARE(driver().api().get(u"/v1/sessions/all/status"_s).status, 404);
        QVERIFY(endsWell());
    }
};

QTEST_GUILESS_MAIN(TestGridService)
#include "tst_gridservice.moc"
