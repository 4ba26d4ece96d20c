#include "servicetest.h"

#include <QJsonArray>
#include <QRegularExpression>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

// A session from its creation to its end.
class TestSessionLife : public ServiceTest
{
    Q_OBJECT

private slots:
    void isCreatedFollowedAndTerminated()
    {
        QVERIFY(startService());
        const QJsonObject created =
            driver().create({{"initialUrl"_L1, site().url(u"/page/first"_s)}});
        const QString id = created.value("id"_L1).toString();
        static const QRegularExpression shape(u"\\A[A-Za-z0-9_-]{1,64}\\z"_s);
        QVERIFY(shape.match(id).hasMatch());
        QCOMPARE(created.value("status"_L1).toString(), u"starting"_s);

        QVERIFY(driver().awaitField(id, u"status"_s, u"running"_s));
        QVERIFY(driver().awaitField(id, u"title"_s, u"first"_s));
        QVERIFY(driver().visit(id, site().url(u"/page/second"_s), u"second"_s));
        QCOMPARE(driver().session(id).value("currentUrl"_L1).toString(),
                 site().url(u"/page/second"_s));

        const ApiAnswer list = driver().api().get(sessionPath());
        QCOMPARE(list.status, 200);
        QCOMPARE(list.json.value("count"_L1).toInt(), 1);
        QCOMPARE(list.json.value("sessions"_L1).toArray().at(0)["id"_L1].toString(), id);

        const ApiAnswer terminated = driver().terminate(id);
        QCOMPARE(terminated.status, 200);
        QCOMPARE(terminated.json.value("success"_L1).toBool(), true);
        QCOMPARE(browserPidOf(id), 0);
        QCOMPARE(driver().api().get(sessionPath(id)).status, 404);
        QCOMPARE(driver().terminate(id).status, 404);
        QCOMPARE(entriesOf(service().dataFolder() + "/work"_L1), QStringList());
        QVERIFY(endsCleanly());
    }

    void followsThePageInFront()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning({{"initialUrl"_L1, site().url(u"/page/one"_s)}});
        QVERIFY(driver().awaitField(id, u"title"_s, u"one"_s));
        const QString tab =
            driver()
                .command(id, u"Target.createTarget"_s, {{"url"_L1, site().url(u"/page/two"_s)}})
                .value("targetId"_L1)
                .toString();
        QVERIFY(driver().awaitField(id, u"title"_s, u"two"_s));
        driver().post(id, u"Target.closeTarget"_s, {{"targetId"_L1, tab}});
        QVERIFY(driver().awaitField(id, u"title"_s, u"one"_s));
        QVERIFY(endsCleanly());
    }

    void noticesATitleThatChangesLater()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning({{"initialUrl"_L1, site().url(u"/page/old"_s)}});
        QVERIFY(driver().awaitField(id, u"title"_s, u"old"_s));
        (void)driver().command(id, u"Runtime.evaluate"_s,
                               {{"expression"_L1, u"document.title='new'"_s}});
        QVERIFY(driver().awaitField(id, u"title"_s, u"new"_s));
        QVERIFY(endsCleanly());
    }

    void isIdleWithoutActivityAndRunningAgainWithSome()
    {
        QVERIFY(startService({u"--idle-after"_s, u"0.5"_s}));
        const QString id = driver().create().value("id"_L1).toString();
        QVERIFY(driver().awaitField(id, u"status"_s, u"idle"_s));
        // A page that changes its title all the time keeps its session from being idle.
        (void)driver().command(
            id, u"Runtime.evaluate"_s,
            {{"expression"_L1, u"setInterval(()=>document.title=performance.now(),50)"_s}});
        QVERIFY(driver().awaitField(id, u"status"_s, u"running"_s));
        QVERIFY(endsCleanly());
    }

    void endsWhenItsTimeIsUp_data()
    {
        QTest::addColumn<QString>("limit");
        QTest::newRow("longest duration") << u"maxDuration"_s;
        QTest::newRow("idle too long") << u"idleTimeout"_s;
    }
    void endsWhenItsTimeIsUp()
    {
        QFETCH(QString, limit);
        QVERIFY(startService({u"--minute"_s, u"1"_s}));
        const QJsonObject timeout{{limit, 5}};
        const QString id = driver()
                               .create({{"profileName"_L1, u"timed"_s},
                                        {"createNewProfile"_L1, true},
                                        {"config"_L1, QJsonObject{{"timeout"_L1, timeout}}}})
                               .value("id"_L1)
                               .toString();
        QTRY_COMPARE_WITH_TIMEOUT(driver().api().get(sessionPath(id)).status, 404, 60'000);
        QCOMPARE(browserPidOf(id), 0);
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D10
    void refusesMoreThanItMayHold()
    {
        QVERIFY(startService({u"--max-sessions"_s, u"1"_s}));
        const QString id = driver().createRunning();
        const ApiAnswer refused = driver().api().post(sessionPath(), "{}");
        QCOMPARE(refused.status, 429);
        QVERIFY(refused.header("Retry-After").toInt() > 0);
        QCOMPARE(driver().terminate(id).status, 200);
        QCOMPARE(driver().api().post(sessionPath(), "{}").status, 200);
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D19
    void answersTwoTerminationsAtOnceWith200And404()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning();
        const QList<ApiAnswer> answers = driver().api().removeTwice(sessionPath(id));
        QList<int> statuses{answers.at(0).status, answers.at(1).status};
        std::sort(statuses.begin(), statuses.end());
        QCOMPARE(statuses, (QList<int>{200, 404}));
        QVERIFY(endsCleanly());
    }
};

QTEST_GUILESS_MAIN(TestSessionLife)
#include "tst_sessionlife.moc"
