#include "servicetest.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <csignal>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

// What is left of a service, and what the next one makes of it.
class TestServiceRestart : public ServiceTest
{
    Q_OBJECT

private:
    QJsonObject persisting() const { return {{"profileName"_L1, u"work"_s}, {"persist"_L1, true}}; }

private slots:
    // Fault matrix: D13
    void findsItsBrowsersAgainAfterItWasKilled()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning(persisting());
        QVERIFY(driver().visit(id, site().url(u"/set/one"_s), u"set one"_s));
        const int browser = browserPidOf(id);
        const QString cdpUrl = driver().session(id).value("cdpUrl"_L1).toString();
        service().kill();

        QVERIFY(startService());
        QCOMPARE(browserPidOf(id), browser);
        QVERIFY(driver().awaitField(id, u"title"_s, u"set one"_s));
        const QJsonObject found = driver().session(id);
        QCOMPARE(found.value("status"_L1).toString(), u"running"_s);
        QCOMPARE(found.value("cdpUrl"_L1).toString(), cdpUrl);
        // Newer than anything on disk, and not to be overwritten by it.
        QVERIFY(driver().visit(id, site().url(u"/set/two"_s), u"set two"_s));
        QCOMPARE(driver().terminate(id).status, 200);

        const QString next = driver().createRunning(persisting());
        QVERIFY(driver().visit(next, site().url(u"/cookies"_s), u"lasting=two; passing=two"_s));
        QVERIFY(endsCleanly());
    }

    void doesNotOverwriteCookiesOfABrowserFoundAgain()
    {
        QVERIFY(startService());
        const QString first = driver().createRunning(persisting());
        QVERIFY(driver().visit(first, site().url(u"/set/old"_s), u"set old"_s));
        QCOMPARE(driver().terminate(first).status, 200);
        const QString id = driver().createRunning(persisting());
        QVERIFY(driver().visit(id, site().url(u"/set/new"_s), u"set new"_s));
        service().kill();
        QVERIFY(startService());
        QVERIFY(driver().awaitField(id, u"title"_s, u"set new"_s));
        QVERIFY(driver().visit(id, site().url(u"/cookies"_s), u"lasting=new; passing=new"_s));
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D13
    void saysThatABrowserDiedMeanwhile()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning();
        const int browser = browserPidOf(id);
        service().kill();
        ::kill(browser, SIGKILL);
        QTRY_COMPARE(browserPidOf(id), 0);
        QVERIFY(startService());
        QVERIFY(driver().awaitField(id, u"status"_s, u"stopped"_s));
        QCOMPARE(driver().terminate(id).status, 200);
        QVERIFY(endsCleanly());
    }

    void savesWhenAskedToEnd()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning(persisting());
        QVERIFY(driver().visit(id, site().url(u"/set/one"_s), u"set one"_s));
        QVERIFY(endsCleanly());
        QVERIFY(startService());
        const QString next = driver().createRunning(persisting());
        QVERIFY(driver().visit(next, site().url(u"/cookies"_s), u"lasting=one; passing=one"_s));
        QVERIFY(endsCleanly());
    }

    void keepsBrowsersWhenToldTo()
    {
        QVERIFY(startService({u"--keep-browsers"_s}));
        const QString id = driver().createRunning();
        const int browser = browserPidOf(id);
        QCOMPARE(service().terminate(), 0);
        QCOMPARE(browserPidOf(id), browser);
        QVERIFY(startService());
        QCOMPARE(driver().session(id).value("status"_L1).toString(), u"running"_s);
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D17
    void aSecondServiceOnTheSameFolderIsRefused()
    {
        QVERIFY(startService());
        ServiceProcess second;
        QCOMPARE(second.run({u"--data-dir"_s, service().dataFolder()}), 2);
        QCOMPARE(second.log().count('\n'), 1 + (::geteuid() == 0 ? 1 : 0));
        QVERIFY(second.log().contains("in use"));
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D17
    void aPortThatIsTakenIsRefused()
    {
        QVERIFY(startService());
        ServiceProcess second;
        QCOMPARE(second.run({u"--port"_s, QString::number(service().url().port())}), 2);
        QVERIFY(second.log().contains("cannot listen"));
        QVERIFY(endsCleanly());
    }

    void aBadOptionIsOneLine_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("unknown") << QStringList{u"--nonsense"_s};
        QTest::newRow("port") << QStringList{u"--port"_s, u"70000"_s};
        QTest::newRow("Grid nowhere") << QStringList{u"--backend"_s, u"grid"_s};
        QTest::newRow("listen") << QStringList{u"--listen"_s, u"localhost.example"_s};
        QTest::newRow("max-sessions") << QStringList{u"--max-sessions"_s, u"0"_s};
        QTest::newRow("argument") << QStringList{u"please"_s};
    }
    void aBadOptionIsOneLine()
    {
        QFETCH(QStringList, options);
        QCOMPARE(service().run(options), 2);
        QCOMPARE(service().log().count('\n'), 1);
        QVERIFY(!QFileInfo::exists(service().dataFolder()));
    }

    // Fault matrix: D22
    void keepsItsFolderPrivate()
    {
        QVERIFY(QDir().mkdir(service().dataFolder()));
        QVERIFY(QFile::setPermissions(service().dataFolder(),
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner
                                          | QFile::ReadOther | QFile::ExeOther));
        QVERIFY(startService());
        (void)driver().createRunning(persisting());
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
                            | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
        for (const QString &entry : {QString(), u"/service.json"_s, u"/lock"_s, u"/profiles"_s,
                                     u"/sessions"_s, u"/work"_s}) {
            QVERIFY2(!(QFile::permissions(service().dataFolder() + entry) & others),
                     qPrintable(entry));
        }
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D16
    void keepsADamagedRecordAside()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning(persisting());
        service().kill();
        QFile record(service().dataFolder() + "/sessions/"_L1 + id + ".json"_L1);
        QVERIFY(record.open(QIODevice::WriteOnly | QIODevice::Truncate));
        record.write("{");
        record.close();
        QVERIFY(startService());
        QVERIFY(service().log().contains(id.toLatin1()));
        // Nobody can end that browser any more; its working copy is not thrown away.
        QTRY_COMPARE_WITH_TIMEOUT(browserPidOf(id), 0, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(entriesOf(service().dataFolder() + "/kept"_L1), QStringList{id},
                                  30'000);
        QCOMPARE(entriesOf(service().dataFolder() + "/sessions"_L1),
                 QStringList{id + ".json.unreadable"_L1});
        QCOMPARE(service().terminate(), 0);
    }

    void removesWhatBelongsToNoSession()
    {
        QVERIFY(QDir().mkpath(service().dataFolder() + "/work/stray/browser"_L1));
        QVERIFY(startService());
        QTRY_COMPARE(entriesOf(service().dataFolder() + "/work"_L1), QStringList());
        QVERIFY(endsCleanly());
    }
};

QTEST_GUILESS_MAIN(TestServiceRestart)
#include "tst_servicerestart.moc"
