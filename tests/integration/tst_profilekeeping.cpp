#include "servicetest.h"

#include "tests/fakes/fulldisk.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <csignal>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

// What a profile keeps from one session to the next.
class TestProfileKeeping : public ServiceTest
{
    Q_OBJECT

private:
    QString create(const QJsonObject &more = {})
    {
        QJsonObject request{{"profileName"_L1, u"work"_s}};
        for (auto field = more.begin(); field != more.end(); ++field)
            request.insert(field.key(), field.value());
        return driver().createRunning(request);
    }
    QString createPersisting() { return create({{"persist"_L1, true}}); }

    // What a new session on the profile sends to the site.
    QString cookiesOfNextSession()
    {
        const QString id = create();
        driver().post(id, u"Page.navigate"_s, {{"url"_L1, site().url(u"/cookies"_s)}});
        if (!driver().awaitField(id, u"currentUrl"_s, site().url(u"/cookies"_s)))
            return u"no page"_s;
        QString title;
        (void)QTest::qWaitFor(
            [&] {
                title = driver().session(id).value("title"_L1).toString();
                return title.contains(u'=') || title == "none"_L1;
            },
            30'000);
        return driver().terminate(id).status == 200 ? title : u"not terminated"_s;
    }

private slots:
    void keepsCookiesSetJustBefore()
    {
        QVERIFY(startService());
        const QString id = create({{"createNewProfile"_L1, true}});
        QCOMPARE(driver().session(id).value("profileName"_L1).toString(), u"work"_s);
        QCOMPARE(driver().session(id).value("persist"_L1).toBool(), true);
        QVERIFY(driver().visit(id, site().url(u"/set/one"_s), u"set one"_s));
        QCOMPARE(driver().terminate(id).status, 200);
        QCOMPARE(cookiesOfNextSession(), u"lasting=one; passing=one"_s);
        // That session did not persist; what it read is still there.
        QCOMPARE(cookiesOfNextSession(), u"lasting=one; passing=one"_s);
        QVERIFY(endsCleanly());
    }

    void keepsCookiesOfOneHostToThatHost()
    {
        QVERIFY(startService());
        const QString id = createPersisting();
        QVERIFY(driver().visit(id, site().url(u"/set/one"_s), u"set one"_s));
        QCOMPARE(driver().terminate(id).status, 200);
        const QString next = create();
        const QJsonArray cookies =
            driver().command(next, u"Storage.getCookies"_s).value("cookies"_L1).toArray();
        QCOMPARE(cookies.size(), 2);
        for (const QJsonValue &cookie : cookies) {
            QCOMPARE(cookie["domain"_L1].toString(), u"127.0.0.1"_s);
            QCOMPARE(cookie["session"_L1].toBool(), cookie["name"_L1].toString() == "passing"_L1);
        }
        QVERIFY(endsCleanly());
    }

    void forgetsWithoutPersist()
    {
        QVERIFY(startService());
        const QString first = createPersisting();
        QVERIFY(driver().visit(first, site().url(u"/set/one"_s), u"set one"_s));
        QCOMPARE(driver().terminate(first).status, 200);
        const QString second = create();
        QVERIFY(driver().visit(second, site().url(u"/set/two"_s), u"set two"_s));
        QCOMPARE(driver().terminate(second).status, 200);
        QCOMPARE(cookiesOfNextSession(), u"lasting=one; passing=one"_s);
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D15
    void theLastOfTwoSessionsToEndWins()
    {
        QVERIFY(startService());
        const QString first = createPersisting();
        const QString second = createPersisting();
        QVERIFY(driver().visit(first, site().url(u"/set/first"_s), u"set first"_s));
        QVERIFY(driver().visit(second, site().url(u"/set/second"_s), u"set second"_s));
        QCOMPARE(driver().terminate(second).status, 200);
        QCOMPARE(cookiesOfNextSession(), u"lasting=second; passing=second"_s);
        QCOMPARE(driver().terminate(first).status, 200);
        QCOMPARE(cookiesOfNextSession(), u"lasting=first; passing=first"_s);
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D15
    void ofTwoThatEndAtOnceOneIsKeptWhole()
    {
        QVERIFY(startService());
        const QString first = createPersisting();
        const QString second = createPersisting();
        QVERIFY(driver().visit(first, site().url(u"/set/first"_s), u"set first"_s));
        QVERIFY(driver().visit(second, site().url(u"/set/second"_s), u"set second"_s));
        driver().api().removeWithoutWaiting(sessionPath(first));
        driver().api().removeWithoutWaiting(sessionPath(second));
        for (const QString &id : {first, second})
            QTRY_COMPARE_WITH_TIMEOUT(driver().api().get(sessionPath(id)).status, 404, 60'000);
        const QString kept = cookiesOfNextSession();
        QVERIFY2(kept == "lasting=first; passing=first"_L1
                     || kept == "lasting=second; passing=second"_L1,
                 qPrintable(kept));
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D14
    void aFailedSaveLosesNothing()
    {
        QVERIFY(startService());
        const QString id = createPersisting();
        QVERIFY(driver().visit(id, site().url(u"/set/one"_s), u"set one"_s));
        // Where the profile would go there is a file.
        QFile obstacle(service().dataFolder() + "/profiles/work"_L1);
        QVERIFY(obstacle.open(QIODevice::WriteOnly));
        obstacle.close();

        const ApiAnswer answer = driver().terminate(id);
        QCOMPARE(answer.status, 500);
        QCOMPARE(answer.json.value("error"_L1).toString(), u"Failed to terminate session"_s);
        const QStringList kept = entriesOf(service().dataFolder() + "/kept"_L1);
        QCOMPARE(kept.size(), 1);
        const QString message = answer.json.value("message"_L1).toString();
        QVERIFY2(message.contains(service().dataFolder() + "/kept/"_L1 + kept.first()),
                 qPrintable(message));
        QCOMPARE(driver().session(id).value("status"_L1).toString(), u"stopped"_s);
        QCOMPARE(browserPidOf(id), 0);

        // With the obstacle gone the same request saves it.
        QVERIFY(obstacle.remove());
        QCOMPARE(driver().terminate(id).status, 200);
        QCOMPARE(driver().api().get(sessionPath(id)).status, 404);
        QCOMPARE(cookiesOfNextSession(), u"lasting=one; passing=one"_s);
        QVERIFY(endsCleanly());
    }

    // Also what the browser cannot be asked for again.
    // Fault matrix: D14
    void aFullDiskLosesNothing()
    {
        FullDisk::prepare();
        QVERIFY(startService());
        const QString id = createPersisting();
        QVERIFY(driver().visit(id, site().url(u"/set/one"_s), u"set one"_s));
        {
            const FullDisk disk(static_cast<pid_t>(service().pid()));
            const ApiAnswer answer = driver().terminate(id);
            QCOMPARE(answer.status, 500);
            const QString message = answer.json.value("message"_L1).toString();
            QVERIFY2(message.contains(service().dataFolder() + "/kept/"_L1), qPrintable(message));
        }
        QCOMPARE(driver().terminate(id).status, 200);
        QCOMPARE(cookiesOfNextSession(), u"lasting=one; passing=one"_s);
        QVERIFY(endsCleanly());
    }

    void aKeptWorkingCopySurvivesTheService()
    {
        QVERIFY(startService());
        const QString id = createPersisting();
        QFile obstacle(service().dataFolder() + "/profiles/work"_L1);
        QVERIFY(obstacle.open(QIODevice::WriteOnly));
        QCOMPARE(driver().terminate(id).status, 500);
        QCOMPARE(service().terminate(), 0);
        QVERIFY(startService());
        QCOMPARE(entriesOf(service().dataFolder() + "/kept"_L1).size(), 1);
        QVERIFY(obstacle.remove());
        QCOMPARE(driver().terminate(id).status, 200);
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D12
    void aKilledBrowserIsSavedAsItIsOnDisk()
    {
        QVERIFY(startService());
        const QString id = createPersisting();
        ::kill(browserPidOf(id), SIGKILL);
        QVERIFY(driver().awaitField(id, u"status"_s, u"stopped"_s));
        QCOMPARE(driver().terminate(id).status, 200);
        QCOMPARE(entriesOf(service().dataFolder() + "/profiles"_L1), QStringList{u"work"_s});
        QVERIFY(endsCleanly());
    }

    void aMissingProfileMustBeAskedFor()
    {
        QVERIFY(startService());
        const ApiAnswer answer = driver().api().post(sessionPath(), R"({"profileName":"nobody"})");
        QCOMPARE(answer.status, 400);
        QVERIFY(answer.json.value("details"_L1)["profileName"_L1].isString());
        QVERIFY(endsCleanly());
    }

    void anExistingProfileIsNotCreatedAgain()
    {
        QVERIFY(startService());
        QCOMPARE(driver().terminate(create({{"createNewProfile"_L1, true}})).status, 200);
        const ApiAnswer answer =
            driver().api().post(sessionPath(), R"({"profileName":"work","createNewProfile":true})");
        QCOMPARE(answer.status, 400);
        QVERIFY(answer.json.value("details"_L1)["profileName"_L1].isString());
        QVERIFY(endsCleanly());
    }

    void aBadProfileNameTouchesNothing_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("parent folder") << u".."_s;
        QTest::newRow("path") << u"a/b"_s;
        QTest::newRow("way out") << u"../../x"_s;
        QTest::newRow("empty") << QString();
        QTest::newRow("300 characters") << QString(300, u'a');
        QTest::newRow("folder itself") << u"."_s;
        QTest::newRow("device") << u"con"_s;
        QTest::newRow("line break") << u"a\nb"_s;
    }
    // Fault matrix: D8
    void aBadProfileNameTouchesNothing()
    {
        QFETCH(QString, name);
        QVERIFY(startService());
        const QStringList before = entriesOf(service().dataFolder());
        const QJsonObject request{{"profileName"_L1, name}, {"persist"_L1, true}};
        const ApiAnswer answer =
            driver().api().post(sessionPath(), QJsonDocument(request).toJson());
        QCOMPARE(answer.status, 400);
        QVERIFY(answer.json.value("details"_L1)["profileName"_L1].isString());
        QCOMPARE(entriesOf(service().dataFolder()), before);
        QCOMPARE(entriesOf(service().dataFolder() + "/profiles"_L1), QStringList());
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D8
    void aLinkInAProfilesPlaceIsNotFollowed()
    {
        QVERIFY(startService());
        const QString outside = service().root() + "/outside"_L1;
        QVERIFY(QDir().mkdir(outside));
        QVERIFY(QFile::link(outside, service().dataFolder() + "/profiles/work"_L1));
        const ApiAnswer answer =
            driver().api().post(sessionPath(), R"({"profileName":"work","persist":true})");
        QCOMPARE(answer.status, 400);
        QVERIFY(answer.json.value("details"_L1)["profileName"_L1].isString());
        QCOMPARE(entriesOf(outside), QStringList());
        QVERIFY(endsCleanly());
    }
};

QTEST_GUILESS_MAIN(TestProfileKeeping)
#include "tst_profilekeeping.moc"
