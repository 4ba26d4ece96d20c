#include "servicetest.h"

#include <QUrlQuery>

#include <csignal>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

// The link on which a person watches a session.
class TestLiveView : public ServiceTest
{
    Q_OBJECT

private:
    QString linkOf(const QString &id)
    {
        return QUrl(driver().session(id).value("liveViewUrl"_L1).toString()).path();
    }

    // The page that the link leads to, as the browser itself describes it; empty when there is
    // none.
    QJsonObject pageBehind(const QString &link, const QString &id)
    {
        const ApiAnswer answer = driver().api().get(link);
        const QUrl inspector(QString::fromLatin1(answer.location));
        if (answer.status != 302 || inspector.path() != "/devtools/inspector.html"_L1)
            return {};
        const QString socket = QUrlQuery(inspector).queryItemValue(u"ws"_s);
        const QString target = socket.section(u'/', -1);
        return driver()
            .command(id, u"Target.getTargetInfo"_s, {{"targetId"_L1, target}})
            .value("targetInfo"_L1)
            .toObject();
    }

private slots:
    void leadsToThePageInFront()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning({{"initialUrl"_L1, site().url(u"/page/one"_s)}});
        QVERIFY(driver().awaitField(id, u"title"_s, u"one"_s));
        const QString link = linkOf(id);
        QCOMPARE(pageBehind(link, id).value("title"_L1).toString(), u"one"_s);

        QVERIFY(driver().visit(id, site().url(u"/page/two"_s), u"two"_s));
        QCOMPARE(pageBehind(link, id).value("title"_L1).toString(), u"two"_s);
        QVERIFY(endsCleanly());
    }

    void leadsToAnotherPageWhenTheFirstWasClosed()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning({{"initialUrl"_L1, site().url(u"/page/one"_s)}});
        QVERIFY(driver().awaitField(id, u"title"_s, u"one"_s));
        const QString link = linkOf(id);
        const QString first = pageBehind(link, id).value("targetId"_L1).toString();
        (void)driver().command(id, u"Target.createTarget"_s,
                               {{"url"_L1, site().url(u"/page/two"_s)}});
        QVERIFY(driver().awaitField(id, u"title"_s, u"two"_s));
        (void)driver().command(id, u"Target.closeTarget"_s, {{"targetId"_L1, first}});
        QCOMPARE(pageBehind(link, id).value("title"_L1).toString(), u"two"_s);
        QVERIFY(endsCleanly());
    }

    void opensAPageWhenNoneIsLeft()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning();
        const QString link = linkOf(id);
        const QString only = pageBehind(link, id).value("targetId"_L1).toString();
        (void)driver().command(id, u"Target.closeTarget"_s, {{"targetId"_L1, only}});
        QTRY_VERIFY(!pageBehind(link, id).isEmpty());
        QVERIFY(pageBehind(link, id).value("targetId"_L1).toString() != only);
        QVERIFY(endsCleanly());
    }

    void theFrontEndBehindItConnects()
    {
        QVERIFY(startService());
        const QString watched =
            driver().createRunning({{"initialUrl"_L1, site().url(u"/page/watched"_s)}});
        QVERIFY(driver().awaitField(watched, u"title"_s, u"watched"_s));
        const QString watcher = driver().createRunning(
            {{"initialUrl"_L1, driver().session(watched).value("liveViewUrl"_L1)}});
        // Its title names the page that it inspects, once its socket is open.
        QTRY_VERIFY_WITH_TIMEOUT(
            driver().session(watcher).value("title"_L1).toString().contains("/page/watched"_L1),
            60'000);
        QVERIFY(endsCleanly());
    }

    void saysThatATerminatedSessionHasEnded()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning();
        const QString link = linkOf(id);
        QCOMPARE(driver().terminate(id).status, 200);
        const ApiAnswer answer = driver().api().get(link);
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.body.contains("has ended"));
        QVERIFY(endsCleanly());
    }

    void saysThatASessionWithoutItsBrowserHasEnded()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning();
        const QString link = linkOf(id);
        ::kill(browserPidOf(id), SIGKILL);
        QVERIFY(driver().awaitField(id, u"status"_s, u"stopped"_s));
        QVERIFY(driver().api().get(link).body.contains("has ended"));
        QVERIFY(endsCleanly());
    }

    void aWrongCapabilityTellsNothing()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning();
        QString wrong = linkOf(id);
        wrong.back() = wrong.back() == u'0' ? u'1' : u'0';
        const ApiAnswer ofThis = driver().api().get(wrong);
        const ApiAnswer ofNone = driver().api().get(u"/live/none/"_s + wrong.section(u'/', -1));
        QCOMPARE(ofThis.status, 404);
        QCOMPARE(ofNone.status, 404);
        QCOMPARE(ofThis.body, ofNone.body);
        QVERIFY(endsCleanly());
    }

    void itsSecretsAreNotLogged()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning();
        const QString capability = linkOf(id).section(u'/', -1);
        const QString endpoint =
            driver().session(id).value("cdpUrl"_L1).toString().section(u'/', -1);
        QVERIFY(capability.size() >= 32); // 128 bits in hexadecimal
        QVERIFY(!endpoint.isEmpty());
        (void)driver().api().get(linkOf(id));
        QVERIFY(endsCleanly());
        QVERIFY(!service().log().contains(capability.toLatin1()));
        QVERIFY(!service().log().contains(endpoint.toLatin1()));
    }
};

QTEST_GUILESS_MAIN(TestLiveView)
#include "tst_liveview.moc"
