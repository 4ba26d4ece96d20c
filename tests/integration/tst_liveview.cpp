#include "servicetest.h"
#include "watcher.h"

#include <QTcpSocket>

#include <csignal>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

// The links on which a session is watched: what they serve, and to whom.
class TestLiveView : public ServiceTest
{
    Q_OBJECT

private:
    QString linkOf(const QString &id, const QString &field = u"liveViewUrl"_s)
    {
        return QUrl(driver().session(id).value(field).toString()).path();
    }
    // What a client that asks for a WebSocket there is answered: 101, or a refusal.
    int upgradeStatus(const QString &path, const QByteArray &origin = {})
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(service().url().port()));
        QByteArray head = "GET " + path.toLatin1()
                          + " HTTP/1.1\r\nHost: " + service().url().authority().toLatin1()
                          + "\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
                            "Sec-WebSocket-Version: 13\r\n"
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        if (!origin.isEmpty())
            head += "Origin: " + origin + "\r\n";
        QByteArray answer;
        connect(&socket, &QTcpSocket::readyRead, &socket, [&] { answer += socket.readAll(); });
        socket.write(head + "\r\n");
        (void)QTest::qWaitFor([&answer] { return answer.contains("\r\n"); });
        return answer.mid(9, 3).toInt();
    }

private slots:
    void serveOurPageAndItsFiles()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning();
        for (const QString &field : {u"liveViewUrl"_s, u"liveControlUrl"_s}) {
            const ApiAnswer page = driver().api().get(linkOf(id, field));
            QCOMPARE(page.status, 200);
            QVERIFY(page.body.contains("/live/live.js"));
        }
        qsizetype bytes = driver().api().get(linkOf(id)).body.size();
        for (const QString &file : {u"/live/live.js"_s, u"/live/live.css"_s}) {
            const ApiAnswer answer = driver().api().get(file);
            QCOMPARE(answer.status, 200);
            bytes += answer.body.size();
        }
        QVERIFY2(bytes <= 60'000, qPrintable(QString::number(bytes)));
        QVERIFY(endsCleanly());
    }

    void thePageIsInNobodysFrame()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning();
        const ApiAnswer page = driver().api().get(linkOf(id));
        const QByteArray policy = page.header("Content-Security-Policy");
        QVERIFY(policy.contains("default-src 'none'"));
        QVERIFY(policy.contains("frame-ancestors 'none'"));
        QVERIFY(!policy.contains("unsafe"));
        QCOMPARE(page.header("Referrer-Policy"), QByteArray("no-referrer"));
        QCOMPARE(page.header("X-Frame-Options"), QByteArray("DENY"));
        QCOMPARE(page.header("Cache-Control"), QByteArray("no-store"));
        QVERIFY(endsCleanly());
    }

    void anOriginThatWasNamedMayEmbedIt()
    {
        QVERIFY(startService({u"--allow-embed"_s, u"https://app.example.com"_s}));
        const QString id = driver().createRunning();
        const ApiAnswer page = driver().api().get(linkOf(id));
        QVERIFY(page.header("Content-Security-Policy")
                    .contains("frame-ancestors https://app.example.com"));
        QVERIFY(page.header("X-Frame-Options").isEmpty());
        QVERIFY(endsCleanly());
    }

    void aWrongCapabilityTellsNothing()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning();
        const QString other = driver().createRunning();
        QString wrong = linkOf(id);
        wrong.back() = wrong.back() == u'0' ? u'1' : u'0';
        const QString ofNone = u"/live/none/"_s + wrong.section(u'/', -1);
        const QString ofAnother = u"/live/"_s + id + u'/' + linkOf(other).section(u'/', -1);
        const ApiAnswer expected = driver().api().get(ofNone);
        QCOMPARE(expected.status, 404);
        for (const QString &link : {wrong, ofAnother}) {
            const ApiAnswer answer = driver().api().get(link);
            QCOMPARE(answer.status, 404);
            QCOMPARE(answer.body, expected.body);
        }
        for (const QString &link : {wrong, ofNone, ofAnother})
            QCOMPARE(upgradeStatus(link), 404);
        QCOMPARE(upgradeStatus(linkOf(id)), 101);
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D2
    void aForeignPageIsRefusedBeforeTheUpgrade()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning();
        const QString link = linkOf(id);
        QCOMPARE(upgradeStatus(link, "https://evil.example"), 403);
        QCOMPARE(upgradeStatus(link, "null"), 403);
        QCOMPARE(upgradeStatus(link, service().url().toString().toLatin1()), 101);
        QVERIFY(endsCleanly());
    }

    void anUpgradeWhereThereIsNoneIsAPlainRequest()
    {
        QVERIFY(startService());
        QCOMPARE(upgradeStatus(u"/api/browser-automation/sessions"_s), 200);
        QCOMPARE(upgradeStatus(u"/live/live.js"_s), 200);
        QVERIFY(endsCleanly());
    }

    void saysThatASessionHasEndedUntilItIsForgotten()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning();
        const QString link = driver().session(id).value("liveViewUrl"_L1).toString();
        QCOMPARE(driver().terminate(id).status, 200);
        QCOMPARE(driver().api().get(QUrl(link).path()).status, 200);
        Watcher watcher(link);
        QTRY_COMPARE(watcher.state(), u"ended"_s);
        // The next service knows nothing of it.
        QVERIFY(endsCleanly());
        QVERIFY(startService());
        QCOMPARE(driver().api().get(QUrl(link).path()).status, 404);
        QCOMPARE(upgradeStatus(QUrl(link).path()), 404);
        QVERIFY(endsCleanly());
    }

    void saysWhyASessionWithoutItsBrowserHasEnded()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning();
        const QString link = driver().session(id).value("liveViewUrl"_L1).toString();
        ::kill(browserPidOf(id), SIGKILL);
        QVERIFY(driver().awaitField(id, u"status"_s, u"stopped"_s));
        Watcher watcher(link);
        QTRY_COMPARE(watcher.state(), u"ended"_s);
        QVERIFY(!watcher.last(u"state"_s).value("reason"_L1).toString().isEmpty());
        QVERIFY(endsCleanly());
    }

    void itsSecretsAreNotLogged()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning();
        const QString watches = linkOf(id).section(u'/', -1);
        const QString controls = linkOf(id, u"liveControlUrl"_s).section(u'/', -1);
        const QString endpoint =
            driver().session(id).value("cdpUrl"_L1).toString().section(u'/', -1);
        QVERIFY(watches.size() >= 32 && controls.size() >= 32); // 128 bits in hexadecimal
        QVERIFY(watches != controls);
        QVERIFY(!endpoint.isEmpty());
        (void)driver().api().get(linkOf(id));
        QCOMPARE(upgradeStatus(linkOf(id, u"liveControlUrl"_s)), 101);
        QVERIFY(endsCleanly());
        for (const QString &secret : {watches, controls, endpoint})
            QVERIFY(!service().log().contains(secret.toLatin1()));
    }

    // Watching a session is not using it.
    void watchingDoesNotKeepASessionFromBecomingIdle()
    {
        QVERIFY(startService({u"--idle-after"_s, u"2"_s}));
        const QString id = driver().createRunning({{"initialUrl"_L1, site().url(u"/busy"_s)}});
        Watcher watcher(driver().session(id).value("liveViewUrl"_L1).toString());
        watcher.look();
        QTRY_VERIFY_WITH_TIMEOUT(watcher.pictureCount() > 0, 30'000);
        QVERIFY(driver().awaitField(id, u"status"_s, u"idle"_s));
        Watcher acting(driver().session(id).value("liveControlUrl"_L1).toString());
        acting.send({{"t"_L1, u"control"_s}, {"take"_L1, true}});
        acting.send({{"t"_L1, u"text"_s}, {"text"_L1, u"x"_s}});
        QVERIFY(driver().awaitField(id, u"status"_s, u"running"_s));
        QVERIFY(endsCleanly());
    }
};

QTEST_GUILESS_MAIN(TestLiveView)
#include "tst_liveview.moc"
