#include "leftovers.h"
#include "servicetest.h"

#include <QProcess>
#include <QScopeGuard>
#include <QTemporaryDir>

#include <csignal>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

// Programs that know nothing of us: a CDP client on a session's cdpUrl, browsers on its live view.
class TestPublicClients : public ServiceTest
{
    Q_OBJECT

private slots:
    void drivesASession()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning();
        QProcess client;
        client.setWorkingDirectory(QStringLiteral(CLIENT_FOLDER));
        client.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        client.start(QStringLiteral(NODE),
                     {u"connectovercdp.mjs"_s, driver().session(id).value("cdpUrl"_L1).toString(),
                      site().url(u"/page/driven"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(client.state(), QProcess::NotRunning, 120'000);
        QCOMPARE(client.exitCode(), 0);
        QCOMPARE(client.readAllStandardOutput().trimmed(), QByteArray("driven"));

        // The client has left; the session and its page are still there.
        QVERIFY(driver().awaitField(id, u"title"_s, u"driven"_s));
        QCOMPARE(driver().terminate(id).status, 200);
        QVERIFY(endsCleanly());
    }

    void aPersonActsThroughTheLiveViewInABrowser_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("program");
        QTest::newRow("Chromium") << u"chrome"_s << QStringLiteral(CHROMIUM);
        QTest::newRow("Firefox") << u"firefox"_s << QStringLiteral(FIREFOX);
    }
    void aPersonActsThroughTheLiveViewInABrowser()
    {
        QFETCH(QString, kind);
        QFETCH(QString, program);
        QTemporaryDir profile;
        // The browser too, when the person was stopped halfway.
        const auto sendHome = qScopeGuard([&profile] {
            for (const QString &process : processesOf(profile.path()))
                ::kill(process.section(u' ', 0, 0).toInt(), SIGKILL);
        });
        QVERIFY(startService());
        const QString id = driver().createRunning({{"initialUrl"_L1, site().url(u"/form"_s)}});
        QVERIFY(driver().awaitField(id, u"title"_s, u"form"_s));
        QProcess person;
        person.setWorkingDirectory(QStringLiteral(CLIENT_FOLDER));
        person.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        QByteArray said;
        connect(&person, &QProcess::readyReadStandardOutput, &person,
                [&] { said += person.readAllStandardOutput(); });
        person.start(QStringLiteral(NODE),
                     {u"watchinbrowser.mjs"_s, kind, program, profile.path(),
                      driver().session(id).value("liveControlUrl"_L1).toString()});
        QTRY_VERIFY_WITH_TIMEOUT(said.contains("acted") || person.state() == QProcess::NotRunning,
                                 120'000);
        const QString title = driver().session(id).value("title"_L1).toString();
        // The field says its change when it loses the focus, which the list may come before.
        QVERIFY2(title.contains("name Ada; "_L1), qPrintable(title));
        QVERIFY2(title.contains("list two; "_L1), qPrintable(title));
        QVERIFY2(title.endsWith("confirm true"_L1), qPrintable(title));
        QCOMPARE(driver().terminate(id).status, 200);
        QTRY_COMPARE_WITH_TIMEOUT(person.state(), QProcess::NotRunning, 120'000);
        QCOMPARE(person.exitCode(), 0);
        const QByteArrayList lines = said.trimmed().split('\n');
        QCOMPARE(lines.size(), 2); // and no complaint of the browser
        QVERIFY2(lines.at(1).contains("nded"), lines.at(1).constData());
        QVERIFY(endsCleanly());
    }
};

QTEST_GUILESS_MAIN(TestPublicClients)
#include "tst_publicclients.moc"
