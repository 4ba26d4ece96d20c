#include "tests/fakes/fakelivefeed.h"
#include "tests/window/samplerows.h"
#include "ui/wallstills.h"
#include "ui/watchingconsent.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = LiveState::Kind;
using Age = WallStill::Age;

Q_DECLARE_METATYPE(Anchorwatch::WallStill::Age)

class TestWallStills : public QObject
{
    Q_OBJECT

    std::unique_ptr<SampleRows> m_rows;
    std::unique_ptr<FakeLiveFeeds> m_feeds;
    std::unique_ptr<WallStills> m_stills;

    // Sessions "a" to "h", and a wall that waits for them as patiently.
    void start(const WallPatience &patience = {})
    {
        m_stills.reset();
        m_rows = std::make_unique<SampleRows>();
        m_feeds = std::make_unique<FakeLiveFeeds>();
        for (const char id : {'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'})
            m_rows->add(QString(QLatin1Char(id)), 1min);
        m_stills = std::make_unique<WallStills>(m_rows->model(), m_rows->clock(), patience);
        m_stills->setFactory(m_feeds->factory());
        m_stills->setInterval(5s);
        m_stills->setWatching(WallStills::Watching::Yes);
    }

    void look(const QStringList &ids, int tileWidth = 400)
    {
        QList<SessionKey> keys;
        for (const QString &id : ids)
            keys.append(SampleRows::key(id));
        m_stills->setOnScreen(keys, tileWidth);
    }

    [[nodiscard]] WallStill still(const QString &id) const
    {
        return m_stills->stillOf(SampleRows::key(id));
    }

    // Sends a picture and waits until it is shown.
    void show(const QString &id, const QColor &color)
    {
        FakeLiveFeed *feed = m_feeds->of(id);
        QVERIFY(feed);
        feed->sendColor(color);
        QTRY_VERIFY(feed->acknowledged.contains(feed->lastSerial));
    }

    [[nodiscard]] QColor colorOf(const QString &id) const
    {
        return still(id).picture.toImage().pixelColor(50, 50);
    }

    static bool isReddish(const QColor &color) { return color.red() > 200 && color.blue() < 50; }
    static bool isBluish(const QColor &color) { return color.blue() > 200 && color.red() < 50; }

private slots:
    void init() { start(); }

    void onlyTilesOnScreenAreAskedFor();
    void onlyTheLinkThatWatchesIsUsed();
    void whereItIsNotFreeNothingIsAskedFor();
    void scrollingMovesTheDemand();
    void aTileThatComesBackSoonKeepsItsConnection();
    void aTileThatStaysAwayLosesItsConnection();
    void atMostThreeWaitForAFirstPicture();
    void oneThatCannotBeHadKeepsNobodyWaiting_data();
    void oneThatCannotBeHadKeepsNobodyWaiting();
    void oneThatNeverAnswersKeepsNobodyWaiting();
    void demandFollowsIntervalAndWidth();
    void nothingIsAskedWhileNobodyLooks_data();
    void nothingIsAskedWhileNobodyLooks();

    void picturesAreAsWideAsTheTile();
    void eachSessionHasItsOwnPicture();
    void aLatePictureIsDropped_data();
    void aLatePictureIsDropped();
    void aPictureIsNotShownUnderAnotherLink();
    void aPictureThatCannotBeReadIsPassedOver();
    void theAgeOfAPictureCounts();

    void statesSayWhetherAPictureIsNews_data();
    void statesSayWhetherAPictureIsNews();
    void silenceMakesAPictureOld();
    void quietIsNotSilence();
    void anotherLookBeginsWithOldNews();
    void aPausedPictureIsDated();
    void tilesSayWhyThereIsNoPicture_data();
    void tilesSayWhyThereIsNoPicture();
    void withoutLiveViewsEachTileSaysSo();
    void aReasonIsPlainVisibleText();
    void theOldestFreshStillCounts();
};

void TestWallStills::onlyTilesOnScreenAreAskedFor()
{
    look({u"a"_s, u"b"_s});
    QCOMPARE(m_feeds->asking(), (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(m_feeds->madeCount(), 2);
    QCOMPARE(m_feeds->of(u"a"_s)->demand, (LiveDemand{400, true, 5s}));
}

void TestWallStills::onlyTheLinkThatWatchesIsUsed()
{
    look({u"a"_s});
    QCOMPARE(m_feeds->of(u"a"_s)->role, LiveRole::Watch);
}

void TestWallStills::whereItIsNotFreeNothingIsAskedFor()
{
    WatchingConsent consent;
    consent.setCost(SampleRows::key(u"a"_s).connectionId, u"It costs credits."_s);
    m_stills->setConsent(consent);
    look({u"a"_s, u"b"_s});
    QCOMPARE(m_feeds->madeCount(), 0);
    QCOMPARE(still(u"a"_s).cost, u"It costs credits."_s);
    QVERIFY(still(u"a"_s).words.contains(u"not free"_s));
    QSignalSpy changed(m_stills.get(), &WallStills::changed);
    consent.show(SampleRows::key(u"b"_s));
    QCOMPARE(m_feeds->asking(), QStringList{u"b"_s});
    QVERIFY(!changed.isEmpty());
    QCOMPARE(still(u"b"_s).cost, QString());
    QCOMPARE(still(u"a"_s).cost, u"It costs credits."_s);
    show(u"b"_s, Qt::red);
    QVERIFY(isReddish(colorOf(u"b"_s)));
    m_stills.reset(); // before the consent
}

void TestWallStills::scrollingMovesTheDemand()
{
    look({u"a"_s, u"b"_s});
    show(u"a"_s, Qt::red);
    show(u"b"_s, Qt::blue);
    look({u"b"_s, u"c"_s});
    QCOMPARE(m_feeds->asking(), (QStringList{u"b"_s, u"c"_s}));
    QVERIFY(!m_feeds->of(u"a"_s)->demand.isVisible);
}

void TestWallStills::aTileThatComesBackSoonKeepsItsConnection()
{
    look({u"a"_s});
    show(u"a"_s, Qt::red);
    look({});
    look({u"a"_s});
    QCOMPARE(m_feeds->madeCount(), 1);
    QCOMPARE(m_feeds->asking(), QStringList{u"a"_s});
}

void TestWallStills::aTileThatStaysAwayLosesItsConnection()
{
    start({.grace = 1ms});
    look({u"a"_s});
    show(u"a"_s, Qt::red);
    look({u"b"_s});
    QTRY_VERIFY(!m_feeds->of(u"a"_s));
    QVERIFY(m_feeds->of(u"b"_s));
    QVERIFY(!still(u"a"_s).picture.isNull()); // for who comes back
}

void TestWallStills::atMostThreeWaitForAFirstPicture()
{
    look({u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s});
    QCOMPARE(m_feeds->asking(), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
    show(u"b"_s, Qt::red);
    QCOMPARE(m_feeds->asking(), (QStringList{u"a"_s, u"b"_s, u"c"_s, u"d"_s}));
    show(u"b"_s, Qt::red); // its second gives no further turn
    QCOMPARE(m_feeds->asking().size(), 4);
    show(u"a"_s, Qt::red);
    QCOMPARE(m_feeds->asking().size(), 5);
}

void TestWallStills::oneThatCannotBeHadKeepsNobodyWaiting_data()
{
    QTest::addColumn<LiveState::Kind>("kind");
    QTest::addColumn<int>("asking");
    QTest::newRow("refused") << Kind::Refused << 4;
    QTest::newRow("ended") << Kind::Ended << 4;
    QTest::newRow("lost") << Kind::Lost << 4;
    QTest::newRow("blocked by a dialog") << Kind::Dialog << 4;
    QTest::newRow("still connecting") << Kind::Connecting << 3;
    QTest::newRow("live, its picture to come") << Kind::Live << 3;
}

void TestWallStills::oneThatCannotBeHadKeepsNobodyWaiting()
{
    QFETCH(LiveState::Kind, kind);
    look({u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s});
    m_feeds->of(u"a"_s)->sendState(kind);
    QTEST(static_cast<int>(m_feeds->asking().size()), "asking");
}

void TestWallStills::oneThatNeverAnswersKeepsNobodyWaiting()
{
    start({.firstPicture = 1ms});
    look({u"a"_s, u"b"_s, u"c"_s, u"d"_s});
    QTRY_COMPARE(m_feeds->asking().size(), 4);
}

void TestWallStills::demandFollowsIntervalAndWidth()
{
    look({u"a"_s});
    m_stills->setInterval(30s);
    QCOMPARE(m_feeds->of(u"a"_s)->demand, (LiveDemand{400, true, 30s}));
    look({u"a"_s}, 800);
    QCOMPARE(m_feeds->of(u"a"_s)->demand, (LiveDemand{800, true, 30s}));
}

void TestWallStills::nothingIsAskedWhileNobodyLooks_data()
{
    QTest::addColumn<WallStills::Watching>("watching");
    QTest::newRow("hidden") << WallStills::Watching::Hidden;
    QTest::newRow("paused") << WallStills::Watching::Paused;
}

void TestWallStills::nothingIsAskedWhileNobodyLooks()
{
    QFETCH(WallStills::Watching, watching);
    look({u"a"_s, u"b"_s});
    show(u"a"_s, Qt::red);
    m_stills->setWatching(watching);
    QCOMPARE(m_feeds->asking(), QStringList());
    look({u"c"_s});
    QCOMPARE(m_feeds->asking(), QStringList());
    QCOMPARE(m_feeds->madeCount(), 2);
    m_stills->setWatching(WallStills::Watching::Yes);
    QCOMPARE(m_feeds->asking(), QStringList{u"c"_s});
}

void TestWallStills::picturesAreAsWideAsTheTile()
{
    look({u"a"_s});
    show(u"a"_s, Qt::red);
    QCOMPARE(still(u"a"_s).picture.width(), 400);
    QCOMPARE(m_feeds->of(u"a"_s)->acknowledged, QList<quint32>{1});
}

void TestWallStills::eachSessionHasItsOwnPicture()
{
    look({u"a"_s, u"b"_s});
    m_feeds->of(u"a"_s)->sendColor(Qt::red);
    m_feeds->of(u"b"_s)->sendColor(Qt::blue);
    QTRY_VERIFY(!still(u"a"_s).picture.isNull() && !still(u"b"_s).picture.isNull());
    QVERIFY(isReddish(colorOf(u"a"_s)));
    QVERIFY(isBluish(colorOf(u"b"_s)));
    m_rows->remove(u"a"_s);
    QVERIFY(still(u"a"_s).picture.isNull());
    QVERIFY(isBluish(colorOf(u"b"_s)));
}

void TestWallStills::aLatePictureIsDropped_data()
{
    QTest::addColumn<QString>("meanwhile");
    QTest::newRow("the row has gone") << u"gone"_s;
    QTest::newRow("the id has another session's link") << u"another"_s;
    QTest::newRow("the id went and came back") << u"back"_s;
}

void TestWallStills::aLatePictureIsDropped()
{
    QFETCH(QString, meanwhile);
    look({u"a"_s, u"b"_s});
    m_feeds->of(u"a"_s)->sendColor(Qt::red);
    if (meanwhile == "another"_L1) {
        Session other = sampleSession(u"a"_s);
        other.liveViewUrl += u"-of-another"_s;
        m_rows->add(other, 1s);
    } else {
        m_rows->remove(u"a"_s);
    }
    if (meanwhile == "back"_L1)
        m_rows->add(u"a"_s, 1s);
    show(u"b"_s, Qt::blue); // pictures are decoded one after the other: the first is through
    QVERIFY(still(u"a"_s).picture.isNull());
}

void TestWallStills::aPictureIsNotShownUnderAnotherLink()
{
    look({u"a"_s});
    show(u"a"_s, Qt::red);
    Session other = sampleSession(u"a"_s);
    other.liveViewUrl += u"-of-another"_s;
    m_rows->add(other, 1s);
    QVERIFY(still(u"a"_s).picture.isNull());
    QCOMPARE(m_feeds->madeCount(), 2);
    show(u"a"_s, Qt::blue);
    QVERIFY(isBluish(colorOf(u"a"_s)));
}

void TestWallStills::aPictureThatCannotBeReadIsPassedOver()
{
    look({u"a"_s});
    show(u"a"_s, Qt::red);
    LivePicture damaged;
    damaged.serial = 7;
    damaged.jpeg = "no picture";
    emit m_feeds->of(u"a"_s)->pictureCame(damaged);
    QTRY_VERIFY(m_feeds->of(u"a"_s)->acknowledged.contains(7));
    QVERIFY(isReddish(colorOf(u"a"_s)));
}

void TestWallStills::theAgeOfAPictureCounts()
{
    look({u"a"_s});
    QImage image(64, 64, QImage::Format_RGB32);
    image.fill(Qt::red);
    m_feeds->of(u"a"_s)->sendPicture(image, 4s);
    QTRY_VERIFY(!still(u"a"_s).picture.isNull());
    QCOMPARE(still(u"a"_s).takenAt, m_rows->clock().nowUtc().addSecs(-4));
}

void TestWallStills::statesSayWhetherAPictureIsNews_data()
{
    QTest::addColumn<LiveState::Kind>("kind");
    QTest::addColumn<WallStill::Age>("age");
    QTest::addColumn<QString>("words");
    QTest::newRow("live") << Kind::Live << Age::Fresh << QString();
    QTest::newRow("quiet") << Kind::Quiet << Age::Fresh << QString();
    QTest::newRow("dialog") << Kind::Dialog << Age::Fresh << u"A dialog waits for an answer"_s;
    QTest::newRow("hidden") << Kind::Hidden << Age::Old << u"Another tab is in front"_s;
    QTest::newRow("crashed") << Kind::Crashed << Age::Old << u"The page crashed"_s;
    QTest::newRow("stuck") << Kind::Stuck << Age::Old << u"The page does not answer"_s;
    QTest::newRow("lost") << Kind::Lost << Age::Old << u"The live view does not answer"_s;
    QTest::newRow("refused") << Kind::Refused << Age::Old << u"This session has no live view"_s;
    QTest::newRow("ended") << Kind::Ended << Age::Old << u"Ended 12:00"_s;
}

void TestWallStills::statesSayWhetherAPictureIsNews()
{
    QFETCH(LiveState::Kind, kind);
    look({u"a"_s});
    show(u"a"_s, Qt::red);
    QSignalSpy changed(m_stills.get(), &WallStills::changed);
    m_feeds->of(u"a"_s)->sendState(kind, {}, m_rows->clock().nowUtc());
    QCOMPARE(changed.size(), 1);
    QTEST(still(u"a"_s).age, "age");
    QTEST(still(u"a"_s).words, "words");
    QVERIFY(!still(u"a"_s).picture.isNull());
}

void TestWallStills::silenceMakesAPictureOld()
{
    look({u"a"_s});
    show(u"a"_s, Qt::red);
    m_rows->clock().advance(15s);
    QCOMPARE(still(u"a"_s).age, Age::Fresh);
    m_rows->clock().advance(1s);
    QCOMPARE(still(u"a"_s).age, Age::Old);
    show(u"a"_s, Qt::red);
    QCOMPARE(still(u"a"_s).age, Age::Fresh);
}

void TestWallStills::quietIsNotSilence()
{
    look({u"a"_s});
    show(u"a"_s, Qt::red);
    m_feeds->of(u"a"_s)->sendState(Kind::Quiet);
    m_rows->clock().advance(10min);
    QCOMPARE(still(u"a"_s).age, Age::Fresh);
}

void TestWallStills::anotherLookBeginsWithOldNews()
{
    start({.grace = 1ms});
    look({u"a"_s});
    show(u"a"_s, Qt::red);
    look({});
    QCOMPARE(still(u"a"_s).age, Age::Old);
    QTRY_VERIFY(!m_feeds->of(u"a"_s));
    m_rows->clock().advance(1min);
    look({u"a"_s});
    QCOMPARE(still(u"a"_s).age, Age::Old);
    show(u"a"_s, Qt::red);
    QCOMPARE(still(u"a"_s).age, Age::Fresh);
}

void TestWallStills::aPausedPictureIsDated()
{
    look({u"a"_s, u"b"_s});
    show(u"a"_s, Qt::red);
    m_stills->setWatching(WallStills::Watching::Paused);
    QCOMPARE(still(u"a"_s).age, Age::Frozen);
    QCOMPARE(still(u"b"_s).words, u"Paused"_s);
}

void TestWallStills::tilesSayWhyThereIsNoPicture_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("words");
    QTest::newRow("to come") << u"new"_s << u"Waiting for its picture"_s;
    QTest::newRow("no link") << u"no link"_s << u"This session has no live view"_s;
    QTest::newRow("starting") << u"starting"_s << u"Its browser is starting"_s;
    QTest::newRow("stopped") << u"stopped"_s << u"Its browser has ended"_s;
    QTest::newRow("malformed") << u"malformed"_s << u"The service described it wrongly"_s;
    QTest::newRow("gone") << u"gone"_s << u"Ended 12:00"_s;
}

void TestWallStills::tilesSayWhyThereIsNoPicture()
{
    QFETCH(QString, what);
    Session session = sampleSession(u"a"_s);
    if (what == "no link"_L1 || what == "starting"_L1)
        session.liveViewUrl.clear();
    if (what == "starting"_L1)
        session.status = SessionStatus::Kind::Starting;
    if (what == "stopped"_L1)
        session.status = SessionStatus::Kind::Stopped;
    if (what == "malformed"_L1)
        session.malformed = u"Two sessions with this id"_s;
    session.id = u"new"_s;
    m_rows->add(session, 1min);
    look({u"new"_s});
    if (what == "gone"_L1) {
        SessionDelta delta;
        delta.connectionId = u"local"_s;
        delta.removed = {u"new"_s};
        m_rows->model().applyDelta(delta);
    }
    QTEST(still(u"new"_s).words, "words");
    QCOMPARE(m_feeds->asking().isEmpty(), what != "new"_L1);
}

void TestWallStills::withoutLiveViewsEachTileSaysSo()
{
    m_stills->setFactory({});
    look({u"a"_s});
    QCOMPARE(still(u"a"_s).words, u"This session has no live view"_s);
    m_stills->setFactory([](const SessionRow &, LiveRole, QObject *) { return nullptr; });
    QCOMPARE(still(u"a"_s).words, u"This session has no live view"_s);
}

void TestWallStills::aReasonIsPlainVisibleText()
{
    look({u"a"_s});
    m_feeds->of(u"a"_s)->sendState(Kind::Refused, u"not \u202Eyou\n"_s);
    QCOMPARE(still(u"a"_s).words, u"not [U+202E]you\u240A"_s);
}

void TestWallStills::theOldestFreshStillCounts()
{
    QVERIFY(!m_stills->oldestFresh());
    look({u"a"_s, u"b"_s, u"c"_s});
    show(u"a"_s, Qt::red);
    m_rows->clock().advance(3s);
    show(u"b"_s, Qt::red);
    QCOMPARE(m_stills->oldestFresh(), 3s);
    m_feeds->of(u"a"_s)->sendState(Kind::Quiet); // it looks as its picture does
    QCOMPARE(m_stills->oldestFresh(), 0s);
    m_feeds->of(u"a"_s)->sendState(Kind::Lost);
    m_feeds->of(u"b"_s)->sendState(Kind::Lost);
    QVERIFY(!m_stills->oldestFresh());
}

QTEST_MAIN(TestWallStills)
#include "tst_wallstills.moc"
