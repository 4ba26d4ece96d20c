#include "servicetest.h"
#include "watcher.h"

#include <QColor>
#include <QJsonArray>

#include <csignal>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;
const QColor red(0xcc, 0x22, 0x22);
const QColor blue(0x22, 0x44, 0xcc);
const QColor green(0x22, 0xaa, 0x44);

QString hex(const QColor &color)
{
    return color.name().mid(1);
}

} // namespace

// What viewers of a session see, through everything that its browser does.
class TestLivePictures : public ServiceTest
{
    Q_OBJECT

private:
    QString pageOf(const QColor &color) { return site().url(u"/color/"_s + hex(color)); }
    QString showing(const QColor &color)
    {
        const QString id = driver().createRunning({{"initialUrl"_L1, pageOf(color)}});
        return driver().awaitField(id, u"title"_s, hex(color)) ? id : QString();
    }
    QString viewLink(const QString &id)
    {
        return driver().session(id).value("liveViewUrl"_L1).toString();
    }
    QString controlLink(const QString &id)
    {
        return driver().session(id).value("liveControlUrl"_L1).toString();
    }
    // The page's own frames in its last second.
    int frameRate(const QString &id)
    {
        return driver()
            .command(id, u"Runtime.evaluate"_s, {{"expression"_L1, u"window.rate"_s}})
            .value("result"_L1)
            .toObject()
            .value("value"_L1)
            .toInt();
    }

private slots:
    void showsThePageAndFollowsIt()
    {
        QVERIFY(startService());
        const QString id = showing(red);
        Watcher watcher(viewLink(id));
        watcher.look();
        QTRY_VERIFY_WITH_TIMEOUT(isNear(watcher.middle(), red), patience);
        QCOMPARE(watcher.last(u"hello"_s).value("role"_L1).toString(), u"view"_s);
        QCOMPARE(watcher.last(u"hello"_s).value("session"_L1).toString(), id);
        QVERIFY(watcher.pageSize().width() > 0);

        QVERIFY(driver().visit(id, pageOf(blue), hex(blue)));
        QTRY_VERIFY_WITH_TIMEOUT(isNear(watcher.middle(), blue), patience);
        QTRY_COMPARE(watcher.last(u"page"_s).value("title"_L1).toString(), hex(blue));
        // Another site, which Chromium shows in another process.
        const QString elsewhere = pageOf(green).replace("127.0.0.1"_L1, "localhost"_L1);
        QVERIFY(driver().visit(id, elsewhere, hex(green)));
        QTRY_VERIFY_WITH_TIMEOUT(isNear(watcher.middle(), green), patience);
        QVERIFY(endsCleanly());
    }

    void followsTheTabInFront()
    {
        QVERIFY(startService());
        const QString id = showing(red);
        Watcher watcher(viewLink(id));
        watcher.look();
        QTRY_VERIFY_WITH_TIMEOUT(isNear(watcher.middle(), red), patience);
        const int first = watcher.tab();
        (void)driver().command(id, u"Target.createTarget"_s, {{"url"_L1, pageOf(blue)}});
        QTRY_VERIFY_WITH_TIMEOUT(isNear(watcher.middle(), blue), patience);
        QTRY_COMPARE(watcher.last(u"tabs"_s).value("tabs"_L1).toArray().size(), 2);
        QVERIFY(watcher.tab() != first);

        // The hidden one, as it is now, and said to be hidden.
        watcher.send({{"t"_L1, u"watch"_s}, {"tab"_L1, first}});
        QTRY_VERIFY_WITH_TIMEOUT(isNear(watcher.middle(), red), patience);
        QTRY_COMPARE_WITH_TIMEOUT(watcher.state(), u"hidden"_s, patience);
        QCOMPARE(watcher.tab(), first);
        // To shoot a hidden page shows it to Chromium for a moment, which is no reason to shoot it
        // again: between two heartbeats nothing comes.
        watcher.forget(u"state"_s);
        QTRY_COMPARE_WITH_TIMEOUT(watcher.state(), u"hidden"_s, 2 * patience);
        const int pictures = watcher.pictureCount();
        watcher.forget(u"state"_s);
        QTRY_COMPARE_WITH_TIMEOUT(watcher.state(), u"hidden"_s, 2 * patience);
        QCOMPARE(watcher.pictureCount(), pictures);
        QVERIFY(endsCleanly());
    }

    void tabsAreListedAndClosed()
    {
        QVERIFY(startService());
        const QString id = showing(red);
        QVERIFY(!driver().session(id).contains("tabs"_L1)); // one is no tabs
        (void)driver().command(id, u"Target.createTarget"_s, {{"url"_L1, pageOf(blue)}});
        const auto tabs = [this, &id] { return driver().session(id).value("tabs"_L1).toArray(); };
        QTRY_COMPARE_WITH_TIMEOUT(tabs().at(0)["title"_L1].toString(), hex(blue), patience);
        const int first = tabs().at(1)["tab"_L1].toInt();
        Watcher watcher(viewLink(id));
        watcher.send({{"t"_L1, u"watch"_s}, {"tab"_L1, first}});
        watcher.look();
        QTRY_VERIFY_WITH_TIMEOUT(isNear(watcher.middle(), red), patience);

        const QString path = sessionPath(id) + "/tabs/"_L1;
        QCOMPARE(driver().api().remove(path + "99"_L1).status, 404);
        QCOMPARE(driver().api().remove(path + QString::number(first)).status, 200);
        QVERIFY(!driver().session(id).contains("tabs"_L1));
        QTRY_VERIFY_WITH_TIMEOUT(isNear(watcher.middle(), blue), patience);
        const int last = watcher.tab();
        QCOMPARE(driver().api().remove(path + QString::number(last)).status, 409);
        QCOMPARE(driver().session(id).value("status"_L1).toString(), u"running"_s);
        QVERIFY(endsCleanly());
    }

    void goesOnWhenTheFirstTabIsClosed()
    {
        QVERIFY(startService());
        const QString id = showing(red);
        Watcher watcher(viewLink(id));
        watcher.look();
        QTRY_VERIFY_WITH_TIMEOUT(isNear(watcher.middle(), red), patience);
        const QString first = driver()
                                  .command(id, u"Target.getTargets"_s)
                                  .value("targetInfos"_L1)
                                  .toArray()
                                  .at(0)["targetId"_L1]
                                  .toString();
        (void)driver().command(id, u"Target.createTarget"_s, {{"url"_L1, pageOf(blue)}});
        QTRY_VERIFY_WITH_TIMEOUT(isNear(watcher.middle(), blue), patience);
        (void)driver().command(id, u"Target.closeTarget"_s, {{"targetId"_L1, first}});
        QTRY_COMPARE_WITH_TIMEOUT(watcher.last(u"tabs"_s).value("tabs"_L1).toArray().size(), 1,
                                  patience);
        QVERIFY(isNear(watcher.middle(), blue));
        QVERIFY(endsCleanly());
    }

    void saysThatAPageCrashedAndShowsItAgain()
    {
        QVERIFY(startService());
        const QString id = showing(red);
        Watcher watcher(controlLink(id));
        watcher.look();
        QTRY_VERIFY_WITH_TIMEOUT(isNear(watcher.middle(), red), patience);
        driver().post(id, u"Page.crash"_s);
        QTRY_COMPARE_WITH_TIMEOUT(watcher.state(), u"crashed"_s, patience);
        const int before = watcher.pictureCount();
        watcher.send({{"t"_L1, u"control"_s}, {"take"_L1, true}});
        watcher.send({{"t"_L1, u"nav"_s}, {"op"_L1, u"reload"_s}});
        QTRY_VERIFY_WITH_TIMEOUT(watcher.pictureCount() > before, patience);
        QTRY_VERIFY_WITH_TIMEOUT(watcher.state() != "crashed"_L1, patience);
        QVERIFY(isNear(watcher.middle(), red));
        QVERIFY(endsCleanly());
    }

    void aStillPageIsSentOnceAndSaidToBeStill()
    {
        QVERIFY(startService());
        const QString id = showing(red);
        Watcher watcher(viewLink(id));
        watcher.look();
        QTRY_COMPARE_WITH_TIMEOUT(watcher.state(), u"quiet"_s, patience);
        const int pictures = watcher.pictureCount();
        QVERIFY(pictures >= 1);
        // The heartbeat.
        watcher.forget(u"state"_s);
        QTRY_COMPARE_WITH_TIMEOUT(watcher.state(), u"quiet"_s, patience);
        QCOMPARE(watcher.pictureCount(), pictures);
        // One that comes later is not made to wait for the page to change.
        Watcher late(viewLink(id));
        late.look();
        QTRY_VERIFY_WITH_TIMEOUT(isNear(late.middle(), red), patience);
        QTRY_COMPARE(late.last(u"viewers"_s).value("watching"_L1).toInt(), 2);
        QVERIFY(endsCleanly());
    }

    void nothingIsCapturedForThoseWhoDoNotLook()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning({{"initialUrl"_L1, site().url(u"/busy"_s)}});
        QVERIFY(driver().awaitField(id, u"title"_s, u"busy"_s));
        Watcher watcher(viewLink(id));
        watcher.look(0);
        QTRY_VERIFY(!watcher.last(u"page"_s).isEmpty());
        Watcher looking(viewLink(id));
        looking.look();
        QTRY_VERIFY_WITH_TIMEOUT(looking.pictureCount() > 5, patience);
        QCOMPARE(watcher.pictureCount(), 0);
        QVERIFY(endsCleanly());
    }

    // Its first picture is taken while it loads, but not for long when nobody comes. When the page
    // is still it is the only one.
    void thePageIsPreparedFor()
    {
        QVERIFY(startService());
        const QString id = showing(red);
        int pictures = 0; // until it was said to be still
        const auto openPage = [&] { return driver().api().get(QUrl(viewLink(id)).path()); };
        const auto isTakenBefore = [&] {
            const auto before = std::chrono::steady_clock::now();
            Watcher watcher(viewLink(id));
            watcher.look();
            const bool came = QTest::qWaitFor([&] { return watcher.pictureCount() > 0; }, patience);
            const bool wasEarly = came && watcher.takenAt() < before;
            (void)QTest::qWaitFor([&] { return watcher.state() == "quiet"_L1; }, patience);
            pictures = watcher.pictureCount();
            return wasEarly;
        };
        // Until what is said comes in time.
        const auto pageWaits = [&](int ms) {
            (void)driver().command(
                id, u"Runtime.evaluate"_s,
                {{"expression"_L1, u"new Promise(done => setTimeout(done, %1))"_s.arg(ms)},
                 {"awaitPromise"_L1, true}});
        };
        bool wasPrepared = false;
        for (int i = 0; i < 10 && !wasPrepared; ++i) {
            QCOMPARE(openPage().status, 200);
            pageWaits(500);
            wasPrepared = isTakenBefore();
        }
        QVERIFY(wasPrepared);
        QCOMPARE(pictures, 1);
        QCOMPARE(openPage().status, 200);
        pageWaits(4000);
        QVERIFY(!isTakenBefore());
        QVERIFY(endsCleanly());
    }

    // Scroll bars are in the picture, so they are in the size of the page that it shows.
    void aShotShowsThePageAsLargeAsTheCastDoes()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning({{"initialUrl"_L1, site().url(u"/form"_s)}});
        QVERIFY(driver().awaitField(id, u"title"_s, u"form"_s));
        Watcher watcher(viewLink(id));
        watcher.look();
        QTRY_VERIFY_WITH_TIMEOUT(watcher.pictureCount() > 0, patience);
        const QSize size = watcher.pageSize();
        const auto evaluate = [&](const QString &expression) {
            return driver()
                .command(id, u"Runtime.evaluate"_s, {{"expression"_L1, expression}})
                .value("result"_L1)
                .toObject()
                .value("value"_L1);
        };
        QVERIFY(evaluate(u"innerWidth - document.documentElement.clientWidth"_s).toInt() > 0);
        (void)evaluate(u"setInterval(() => pad.style.background = "
                       "pad.style.background == 'red' ? 'blue' : 'red', 50)"_s);
        QTRY_VERIFY_WITH_TIMEOUT(watcher.isStill(), patience);
        QCOMPARE(watcher.pageSize(), size);
        QVERIFY(endsCleanly());
    }

    // A screencast alone leaves an animated page 12 of its 60 frames a second.
    void aBusyPageIsShownByShots()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning({{"initialUrl"_L1, site().url(u"/busy"_s)}});
        QVERIFY(driver().awaitField(id, u"title"_s, u"busy"_s));
        Watcher watcher(viewLink(id));
        watcher.look();
        QTRY_VERIFY_WITH_TIMEOUT(watcher.isStill(), patience);
        const int before = watcher.pictureCount();
        QTRY_VERIFY_WITH_TIMEOUT(watcher.pictureCount() > before + 5, patience);
        qInfo() << "the page's own frames a second while it is watched:" << frameRate(id);
        // It is calm again, and shown as it changes.
        QVERIFY(driver().visit(id, pageOf(blue), hex(blue)));
        QTRY_VERIFY_WITH_TIMEOUT(isNear(watcher.middle(), blue), patience);
        QTRY_COMPARE_WITH_TIMEOUT(watcher.state(), u"quiet"_s, patience);
        QVERIFY(driver().visit(id, pageOf(green), hex(green)));
        QTRY_VERIFY_WITH_TIMEOUT(isNear(watcher.middle(), green) && !watcher.isStill(), patience);
        QVERIFY(endsCleanly());
    }

    void stillsComeAtTheirPace()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning({{"initialUrl"_L1, site().url(u"/busy"_s)}});
        QVERIFY(driver().awaitField(id, u"title"_s, u"busy"_s));
        Watcher stills(viewLink(id));
        stills.look(320, 2000);
        QElapsedTimer watched;
        watched.start();
        QTRY_VERIFY_WITH_TIMEOUT(stills.pictureCount() >= 3, patience);
        QVERIFY(watched.elapsed() >= 3500);
        QCOMPARE(stills.picture().width(), 320);
        QVERIFY(stills.pageSize().width() > 320);
        // A page that rests is waited for, and seen when it changes again.
        for (const QColor &color : {blue, green}) {
            QVERIFY(driver().visit(id, pageOf(color), hex(color)));
            QTRY_VERIFY_WITH_TIMEOUT(isNear(stills.middle(), color), patience);
            QTRY_COMPARE_WITH_TIMEOUT(stills.state(), u"quiet"_s, patience);
            const int pictures = stills.pictureCount();
            stills.forget(u"state"_s);
            QTRY_COMPARE_WITH_TIMEOUT(stills.state(), u"quiet"_s, patience); // the heartbeat
            QCOMPARE(stills.pictureCount(), pictures);
        }
        QVERIFY(endsCleanly());
    }

    void eightViewersShareOneCaptureAndAFrozenOneHarmsNobody()
    {
        QVERIFY(startService());
        const QString id = showing(red);
        std::vector<std::unique_ptr<Watcher>> viewers;
        for (int i = 0; i < 8; ++i) {
            const auto acks = i == 0 ? Watcher::Acks::Withheld : Watcher::Acks::Sent;
            viewers.push_back(std::make_unique<Watcher>(viewLink(id), acks));
            viewers.back()->look();
        }
        for (const auto &viewer : viewers)
            QTRY_VERIFY_WITH_TIMEOUT(isNear(viewer->middle(), red), patience);
        QTRY_COMPARE(viewers[3]->last(u"viewers"_s).value("watching"_L1).toInt(), 8);
        for (const QColor &color : {blue, green, red, blue}) {
            QVERIFY(driver().visit(id, pageOf(color), hex(color)));
            for (std::size_t i = 1; i < viewers.size(); ++i)
                QTRY_VERIFY_WITH_TIMEOUT(isNear(viewers[i]->middle(), color), patience);
        }
        QCOMPARE(viewers[0]->pictureCount(), 1); // it owes an acknowledgement
        viewers[0]->send({{"t"_L1, u"ack"_s}, {"seq"_L1, 1}});
        QTRY_VERIFY_WITH_TIMEOUT(isNear(viewers[0]->middle(), blue), patience);
        QCOMPARE(viewers[0]->pictureCount(), 2); // the newest, none of those between
        QVERIFY(endsCleanly());
    }

    void saysThatTheSessionWasTerminated()
    {
        QVERIFY(startService());
        const QString id = showing(red);
        const QString link = viewLink(id);
        Watcher watcher(link);
        watcher.look();
        QTRY_VERIFY_WITH_TIMEOUT(watcher.pictureCount() > 0, patience);
        QCOMPARE(driver().terminate(id).status, 200);
        QTRY_COMPARE(watcher.state(), u"ended"_s);
        QCOMPARE(watcher.last(u"state"_s).value("reason"_L1).toString(), u"It was terminated."_s);
        QTRY_VERIFY(!watcher.isOpen());
        // Who comes too late hears the same.
        Watcher late(link);
        QTRY_COMPARE(late.state(), u"ended"_s);
        QTRY_VERIFY(!late.isOpen());
        QVERIFY(endsCleanly());
    }

    void saysThatTheBrowserDied()
    {
        QVERIFY(startService());
        const QString id = showing(red);
        Watcher watcher(viewLink(id));
        watcher.look();
        QTRY_VERIFY_WITH_TIMEOUT(watcher.pictureCount() > 0, patience);
        ::kill(browserPidOf(id), SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(watcher.state(), u"ended"_s, patience);
        QVERIFY(watcher.last(u"state"_s).value("reason"_L1).toString().contains("by itself"_L1));
        QVERIFY(endsCleanly());
    }

    void goesOnBehindARestartedService()
    {
        QVERIFY(startService());
        const QString id = showing(red);
        Watcher watcher(viewLink(id));
        watcher.look();
        QTRY_VERIFY_WITH_TIMEOUT(watcher.pictureCount() > 0, patience);
        service().kill();
        QTRY_VERIFY(!watcher.isOpen());
        QVERIFY(startService());
        Watcher again(viewLink(id));
        again.look();
        QTRY_VERIFY_WITH_TIMEOUT(isNear(again.middle(), red), patience);
        QVERIFY(endsCleanly());
    }
};

QTEST_GUILESS_MAIN(TestLivePictures)
#include "tst_livepictures.moc"
