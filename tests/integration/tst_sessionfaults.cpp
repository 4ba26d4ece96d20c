#include "servicetest.h"

#include "tests/fakes/fulldisk.h"
#include "tests/fakes/scriptedserver.h"

#include <QDir>
#include <QFile>
#include <QTimer>

#include <csignal>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

// Browsers that fail, hang or die.
class TestSessionFaults : public ServiceTest
{
    Q_OBJECT

private:
    // A program that stands in for a browser.
    QString makeProgram(const QByteArray &script)
    {
        const QString path = service().root() + "/browser"_L1;
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write("#!/bin/sh\n" + script + '\n');
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return path;
    }

    // 10 s are promised; the margin is for the client and the machine.
    bool terminatesInTime(const QString &id)
    {
        QElapsedTimer taken;
        taken.start();
        const ApiAnswer answer = driver().terminate(id);
        if (answer.status != 200 || taken.elapsed() >= 12'000)
            qWarning() << answer.status << answer.body << taken.elapsed() << "ms";
        return answer.status == 200 && taken.elapsed() < 12'000 && browserPidOf(id) == 0;
    }

private slots:
    // Fault matrix: D11
    void aMissingBrowserIsSaidOnCreate()
    {
        QVERIFY(startService({u"--browser"_s, u"/nonexistent/browser"_s}));
        const ApiAnswer answer = driver().api().post(sessionPath(), "{}");
        QCOMPARE(answer.status, 500);
        QVERIFY2(answer.json.value("error"_L1)
                     .toString()
                     .startsWith("Failed to create session: there is no browser"_L1),
                 answer.body.constData());
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D11
    void aBrowserThatCannotBeExecutedIsSaidOnCreate()
    {
        const QString path = makeProgram("exit 0");
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner));
        QVERIFY(startService({u"--browser"_s, path}));
        const ApiAnswer answer = driver().api().post(sessionPath(), "{}");
        QCOMPARE(answer.status, 500);
        QVERIFY2(answer.body.contains("cannot be executed"), answer.body.constData());
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D16
    void aFullDiskIsSaidOnCreate()
    {
        FullDisk::prepare();
        QVERIFY(startService());
        {
            const FullDisk disk(static_cast<pid_t>(service().pid()));
            const ApiAnswer answer = driver().api().post(sessionPath(), "{}");
            QCOMPARE(answer.status, 500);
            QVERIFY2(answer.json.value("error"_L1)
                         .toString()
                         .startsWith("Failed to create session: the session could not be"_L1),
                     answer.body.constData());
            QCOMPARE(driver().api().get(sessionPath()).json.value("count"_L1).toInt(-1), 0);
        }
        QVERIFY(!driver().createRunning().isEmpty());
        QVERIFY(endsCleanly());
    }

    void aBrowserThatEndsAtOnceIsAnError_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::newRow("says why") << QByteArray("echo 'no libraries' >&2; exit 7");
        QTest::newRow("says nothing") << QByteArray("exit 7");
    }
    // Fault matrix: D11
    void aBrowserThatEndsAtOnceIsAnError()
    {
        QFETCH(QByteArray, script);
        QVERIFY(startService({u"--browser"_s, makeProgram(script)}));
        const QString id = driver().create().value("id"_L1).toString();
        QVERIFY(driver().awaitField(id, u"status"_s, u"error"_s));
        const QString error = driver().session(id).value("error"_L1).toString();
        QVERIFY2(error.contains("exit code 7"_L1), qPrintable(error));
        QCOMPARE(error.contains("no libraries"_L1), script.contains("no libraries"));
        QCOMPARE(driver().terminate(id).status, 200);
        QCOMPARE(driver().api().get(sessionPath(id)).status, 404);
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D11
    void aBrowserThatNeverAnswersIsAnError()
    {
        QVERIFY(startService({u"--browser"_s, makeProgram("exec sleep 600")}));
        const QString id = driver().create().value("id"_L1).toString();
        QVERIFY(driver().awaitField(id, u"status"_s, u"error"_s));
        QTRY_COMPARE_WITH_TIMEOUT(processesOf(service().dataFolder() + "/work"_L1), QStringList(),
                                  30'000);
        QVERIFY(endsCleanly());
    }

    void aBrowserThatSpeaksSomethingElseIsAnError_data()
    {
        QTest::addColumn<QByteArray>("portFile");
        QTest::newRow("of an old kind") << QByteArray("9222\n");
        QTest::newRow("nobody listens there")
            << QByteArray("1\n/devtools/browser/0a1b2c3d-0000-4000-8000-000000000001");
        QTest::newRow("no DevTools")
            << QByteArray("PORT\n/devtools/browser/0a1b2c3d-0000-4000-8000-000000000001");
    }
    // Fault matrix: D11
    void aBrowserThatSpeaksSomethingElseIsAnError()
    {
        QFETCH(QByteArray, portFile);
        // A web server listens there.
        portFile.replace("PORT", site().url({}).section(u':', -1).toLatin1());
        const QString browser = makeProgram("printf '" + portFile.replace("\n", "\\n")
                                            + "' > browser/DevToolsActivePort; exec sleep 600");
        QVERIFY(startService({u"--browser"_s, browser}));
        const QString id = driver().create().value("id"_L1).toString();
        QVERIFY(driver().awaitField(id, u"status"_s, u"error"_s));
        QVERIFY(!driver().session(id).value("error"_L1).toString().isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(processesOf(service().dataFolder() + "/work"_L1), QStringList(),
                                  30'000);
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D12
    void aKilledBrowserIsStopped()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning();
        ::kill(browserPidOf(id), SIGKILL);
        QVERIFY(driver().awaitField(id, u"status"_s, u"stopped"_s));
        const QJsonObject session = driver().session(id);
        QVERIFY(session.value("error"_L1).toString().contains("signal 9"_L1));
        QCOMPARE(session.value("cdpUrl"_L1).toString(), QString());
        QCOMPARE(driver().terminate(id).status, 200);
        QCOMPARE(driver().api().get(sessionPath(id)).status, 404);
        QVERIFY(endsCleanly());
    }

    void aBrowserThatAClientClosedIsStopped()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning();
        driver().post(id, u"Browser.close"_s);
        QVERIFY(driver().awaitField(id, u"status"_s, u"stopped"_s));
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D20
    void terminatesWhileStarting()
    {
        QVERIFY(startService());
        const QString id = driver().create().value("id"_L1).toString();
        QVERIFY(terminatesInTime(id));
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D12
    void terminatesAStoppedBrowser()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning();
        ::kill(browserPidOf(id), SIGSTOP);
        QVERIFY(terminatesInTime(id));
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D12
    void terminatesABrowserThatHangsWhileItCloses()
    {
        QVERIFY(startService());
        const QString id =
            driver().createRunning({{"profileName"_L1, u"work"_s}, {"persist"_L1, true}});
        // However often it is woken.
        QTimer stopping;
        connect(&stopping, &QTimer::timeout, this,
                [pid = browserPidOf(id)] { ::kill(pid, SIGSTOP); });
        stopping.start(1);
        QVERIFY(terminatesInTime(id));
        stopping.stop();
        QVERIFY(service().log().contains("had to be killed"));
        QCOMPARE(entriesOf(service().dataFolder() + "/profiles"_L1), QStringList{u"work"_s});
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D20
    void terminatesWithADownloadRunning()
    {
        ScriptedServer files;
        const QByteArray begun(100'000, 'x');
        files.setDefault({"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n"
                          "Content-Disposition: attachment; filename=\"large.bin\"\r\n"
                          "Content-Length: 100000000\r\n\r\n"
                              + begun,
                          ScriptedAnswer::Then::Hang});
        QVERIFY(startService());
        const QString id = driver().createRunning();
        driver().post(id, u"Page.navigate"_s, {{"url"_L1, files.url().toString()}});
        QTRY_VERIFY_WITH_TIMEOUT(!files.requests().isEmpty(), 30'000);
        QVERIFY(terminatesInTime(id));
        // Where the downloads of this user are.
        QVERIFY(QDir(service().root() + "/home/Downloads"_L1).removeRecursively());
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D20
    void terminatesWithADialogOpen()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning({{"initialUrl"_L1, site().url(u"/asking"_s)}});
        QVERIFY(driver().awaitField(id, u"title"_s, u"asking"_s));
        // Only a page that somebody typed into may ask.
        (void)driver().command(id, u"Page.enable"_s);
        for (const QString &type : {u"keyDown"_s, u"keyUp"_s}) {
            (void)driver().command(id, u"Input.dispatchKeyEvent"_s,
                                   {{"type"_L1, type}, {"key"_L1, u"a"_s}, {"text"_L1, u"a"_s}});
        }
        QVERIFY(driver().opensDialog(id, site().url(u"/page/away"_s)));
        QVERIFY(terminatesInTime(id));
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D20
    void terminatesWhileNavigating()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning({{"initialUrl"_L1, site().url(u"/hanging"_s)}});
        QTRY_VERIFY_WITH_TIMEOUT(site().isHanging(), 30'000);
        QVERIFY(terminatesInTime(id));
        QVERIFY(endsCleanly());
    }
};

QTEST_GUILESS_MAIN(TestSessionFaults)
#include "tst_sessionfaults.moc"
