#include "servicetest.h"

#include <QProcess>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

// A public client on a session's cdpUrl, unchanged.
class TestPlaywright : public ServiceTest
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
};

QTEST_GUILESS_MAIN(TestPlaywright)
#include "tst_playwright.moc"
