#include "tests/fakes/fakelivefeed.h"
#include "tests/window/namelesscontrols.h"
#include "tests/window/samplerows.h"
#include "tests/window/widgetfinder.h"
#include "ui/emptystate.h"
#include "ui/filterbox.h"
#include "ui/sessioncommands.h"
#include "ui/terminatedialog.h"
#include "ui/toast.h"
#include "ui/wall.h"
#include "ui/wallbar.h"
#include "ui/wallline.h"
#include "ui/wallview.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// The wall as it is used: without a service, with feeds that do as they are told.
class TestWall : public QObject
{
    Q_OBJECT

    std::unique_ptr<SampleRows> m_rows;
    ConnectionListModel m_connections;
    std::unique_ptr<FakeLiveFeeds> m_feeds;
    std::unique_ptr<QWidget> m_main;
    SessionCommands *m_commands = nullptr;
    FilterBox *m_filter = nullptr;
    std::unique_ptr<Wall> m_wall;

    [[nodiscard]] QAbstractButton &pause() const { return *buttonNamed(*m_wall, u"Pause"_s); }
    [[nodiscard]] QString freshness() const { return m_wall->line().freshness(); }
    void show(const QString &id)
    {
        QTRY_VERIFY(m_feeds->of(id));
        FakeLiveFeed *feed = m_feeds->of(id);
        feed->sendColor(Qt::red);
        QTRY_VERIFY(feed->acknowledged.contains(feed->lastSerial));
    }
    void press(const QString &id, TileButton button)
    {
        QTest::mouseClick(m_wall->view().viewport(), Qt::LeftButton, {},
                          m_wall->view().buttonRect(SampleRows::key(id), button).center());
    }
    void choose(const QString &control, const QString &text)
    {
        controlNamed<QComboBox>(*m_wall, control)->setCurrentText(text);
    }

private slots:
    void init();
    void cleanup();

    void tilesOnScreenAreAskedFor();
    void aWallThatNobodySeesAsksForNothing_data();
    void aWallThatNobodySeesAsksForNothing();
    void pauseAsksForNothingAndSaysSo();
    void intervalAndColumnsAreFollowed();
    void settingsAreRemembered();
    void settingsThatAreNotOfferedAreLeftOut();
    void theFilterIsTheTables();
    void typingWithinTheFilterKeepsTheCursor();
    void aFilterThatHidesAllSaysSo();
    void countsAreSaid();
    void theBottomLineSaysHowOldStillsAre();
    void watchNamesTheSession();
    void devToolsAreAskedForThroughTheCommands();
    void terminateAsksOverTheWall();
    void whatCannotBeDoneSaysWhy();
    void copyingIsSaidOnTheWall();
    void theContextMenuIsAboutItsSession();
    void addressesThatAreNotKnownAreWanted();
    void itsKeyClosesIt();
    void everyControlHasAName();
};

void TestWall::init()
{
    m_rows = std::make_unique<SampleRows>();
    m_feeds = std::make_unique<FakeLiveFeeds>();
    m_rows->add(u"first"_s, 1s);
    m_rows->add(u"second"_s, 2s);
    m_rows->add(u"third"_s, 3s);
    m_main = std::make_unique<QWidget>();
    m_commands = new SessionCommands(
        m_rows->model(), m_connections, m_rows->clock(), [](const QUrl &) { return true; },
        m_main.get());
    m_filter = new FilterBox(m_main.get());
    connect(m_filter, &FilterBox::filterChanged, this,
            [this](const SessionFilter &filter) { m_rows->proxy().setFilter(filter); });
    m_wall = std::make_unique<Wall>(m_rows->model(), m_rows->proxy(), m_rows->clock(), *m_commands,
                                    *m_filter, m_feeds->factory());
    m_wall->resize(1100, 700);
    m_wall->show();
    QApplication::setActiveWindow(m_wall.get());
    QTRY_VERIFY(m_wall->view().hasFocus());
    m_wall->view().doItemsLayout();
}

void TestWall::cleanup()
{
    m_wall.reset();
    m_main.reset();
}

void TestWall::tilesOnScreenAreAskedFor()
{
    QTRY_COMPARE(m_feeds->asking(), (QStringList{u"first"_s, u"second"_s, u"third"_s}));
    QCOMPARE(m_feeds->of(u"first"_s)->demand,
             (LiveDemand{m_wall->view().pictureWidth(), true, 5s}));
}

void TestWall::aWallThatNobodySeesAsksForNothing_data()
{
    QTest::addColumn<bool>("minimised");
    QTest::newRow("hidden") << false;
    QTest::newRow("minimised") << true;
}

void TestWall::aWallThatNobodySeesAsksForNothing()
{
    QFETCH(bool, minimised);
    show(u"first"_s);
    QCOMPARE(m_feeds->asking().size(), 3);
    QSignalSpy watched(m_wall.get(), &Wall::watchedChanged);
    if (minimised)
        m_wall->showMinimized();
    else
        m_wall->hide();
    QTRY_COMPARE(m_feeds->asking(), QStringList());
    QVERIFY(!m_wall->isWatched());
    QVERIFY(!watched.isEmpty());
    m_wall->showNormal();
    QTRY_COMPARE(m_feeds->asking().size(), 3);
}

void TestWall::pauseAsksForNothingAndSaysSo()
{
    show(u"first"_s);
    QTest::mouseClick(&pause(), Qt::LeftButton);
    QCOMPARE(m_feeds->asking(), QStringList());
    QCOMPARE(freshness(), u"Paused since 12:00:00"_s);
    QTest::mouseClick(&pause(), Qt::LeftButton);
    QCOMPARE(m_feeds->asking().size(), 3);
    QCOMPARE(freshness(), u"Stills 0 s old"_s);
}

void TestWall::intervalAndColumnsAreFollowed()
{
    show(u"first"_s);
    choose(u"How often stills are asked for"_s, u"Every 30 s"_s);
    QCOMPARE(m_feeds->of(u"first"_s)->demand.every, 30s);
    const int before = m_wall->view().pictureWidth();
    choose(u"Tiles beside each other"_s, u"5 across"_s);
    QVERIFY(m_wall->view().pictureWidth() < before);
    QTRY_COMPARE(m_feeds->of(u"first"_s)->demand.width, m_wall->view().pictureWidth());
}

void TestWall::settingsAreRemembered()
{
    choose(u"How often stills are asked for"_s, u"Every 10 s"_s);
    choose(u"Tiles beside each other"_s, u"4 across"_s);
    m_wall->setGeometry(20, 30, 900, 640);
    const WallState before = m_wall->state();
    QCOMPARE(before, (WallState{{20, 30, 900, 640}, 4, 10s}));

    Wall again(m_rows->model(), m_rows->proxy(), m_rows->clock(), *m_commands, *m_filter,
               m_feeds->factory());
    again.restore(before);
    QCOMPARE(again.state(), before);
    QCOMPARE(again.view().columns(), 4);
}

void TestWall::settingsThatAreNotOfferedAreLeftOut()
{
    const QRect place = m_wall->geometry();
    m_wall->restore({{-9000, -9000, 10, 10}, 4000, -1s});
    QCOMPARE(m_wall->state(), (WallState{place, 3, 5s}));
}

void TestWall::theFilterIsTheTables()
{
    FilterBox &own = m_wall->bar().filterBox();
    own.setFocus();
    QTest::keyClicks(&own, u"second"_s);
    QCOMPARE(m_filter->text(), u"second"_s);
    QTRY_COMPARE(m_feeds->asking(), QStringList{u"second"_s});
    m_filter->setText(u"third"_s);
    QCOMPARE(own.text(), u"third"_s);
    QTest::keyClick(&own, Qt::Key_Down);
    QVERIFY(m_wall->view().hasFocus());
}

void TestWall::typingWithinTheFilterKeepsTheCursor()
{
    FilterBox &own = m_wall->bar().filterBox();
    own.setFocus();
    QTest::keyClicks(&own, u"ad"_s);
    QTest::keyClick(&own, Qt::Key_Left);
    QTest::keyClicks(&own, u"bc"_s);
    QCOMPARE(own.text(), u"abcd"_s);
    QCOMPARE(m_filter->text(), u"abcd"_s);
    QVERIFY(own.isUndoAvailable());
}

void TestWall::aFilterThatHidesAllSaysSo()
{
    m_filter->setText(u"nothing-like-that"_s);
    auto *empty = m_wall->findChild<EmptyState *>();
    QVERIFY(empty->isVisible());
    QCOMPARE(empty->content().heading, u"No session matches"_s);
    QTest::mouseClick(buttonNamed(*empty, u"Clear filter"_s), Qt::LeftButton);
    QCOMPARE(m_filter->text(), QString());
    QVERIFY(!empty->isVisible());
}

void TestWall::countsAreSaid()
{
    QVERIFY(visibleTexts(*m_wall).contains(u"3 sessions, stills"_s));
    m_filter->setText(u"second"_s);
    QVERIFY(visibleTexts(*m_wall).contains(u"1 of 3 sessions, stills"_s));
}

void TestWall::theBottomLineSaysHowOldStillsAre()
{
    QCOMPARE(freshness(), u"No stills yet"_s);
    QVERIFY(visibleTexts(*m_wall).contains(u"Only tiles on screen are fetched, 3 at a time"_s));
    show(u"first"_s);
    QCOMPARE(freshness(), u"Stills 0 s old"_s);
    m_rows->clock().advance(3s);
    QTRY_COMPARE(freshness(), u"Stills 3 s old"_s);
    m_feeds->of(u"first"_s)->sendState(LiveState::Kind::Lost);
    QCOMPARE(freshness(), u"All stills are old"_s);
}

void TestWall::watchNamesTheSession()
{
    QSignalSpy spy(m_wall.get(), &Wall::watchRequested);
    press(u"second"_s, TileButton::Watch);
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.at(0).at(0).value<SessionKey>(), SampleRows::key(u"second"_s));
}

void TestWall::devToolsAreAskedForThroughTheCommands()
{
    QSignalSpy spy(m_commands, &SessionCommands::devToolsRequested);
    press(u"third"_s, TileButton::OpenDevTools);
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.at(0).at(0).value<SessionKey>(), SampleRows::key(u"third"_s));
}

void TestWall::terminateAsksOverTheWall()
{
    QSignalSpy spy(m_commands, &SessionCommands::terminateRequested);
    press(u"second"_s, TileButton::Terminate);
    auto *dialog = m_wall->findChild<TerminateDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    QCOMPARE(spy.size(), 0);
    QTest::mouseClick(buttonNamed(*dialog, u"Terminate session"_s), Qt::LeftButton);
    QCOMPARE(spy.size(), 1);
    const auto sessions = spy.at(0).at(1).value<SessionList>();
    QCOMPARE(sessions.size(), 1);
    QCOMPARE(sessions.constFirst().id, u"second"_s);
}

void TestWall::whatCannotBeDoneSaysWhy()
{
    Session session = sampleSession(u"second"_s);
    session.status = SessionStatus::Kind::Stopped;
    m_rows->add(session, 2s);
    QSignalSpy spy(m_wall.get(), &Wall::watchRequested);
    press(u"second"_s, TileButton::Watch);
    QCOMPARE(spy.size(), 0);
    QCOMPARE(m_wall->findChild<Toast *>()->content().text, u"Its browser has ended"_s);
}

void TestWall::copyingIsSaidOnTheWall()
{
    m_wall->view().setCurrentIndex(m_wall->view().model()->index(2, 0));
    QTest::keyClick(&m_wall->view(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"third"_s);
    auto *toast = m_wall->findChild<Toast *>();
    QVERIFY(toast->isVisible());
    QCOMPARE(toast->content().text, u"Session id copied"_s);
}

void TestWall::theContextMenuIsAboutItsSession()
{
    m_wall->view().setCurrentIndex(m_wall->view().model()->index(1, 0));
    QTest::keyClick(&m_wall->view(), Qt::Key_F10, Qt::ShiftModifier);
    auto *menu = m_wall->findChild<QMenu *>(u"wallMenu"_s);
    QVERIFY(menu && menu->isVisible());
    m_rows->add(u"newest"_s, 0s); // tiles move under the menu
    QSignalSpy spy(m_wall.get(), &Wall::watchRequested);
    menu->actions().constFirst()->trigger();
    QCOMPARE(spy.at(0).at(0).value<SessionKey>(), SampleRows::key(u"second"_s));
    menu->close();
}

void TestWall::addressesThatAreNotKnownAreWanted()
{
    QSignalSpy spy(m_wall.get(), &Wall::detailsWanted);
    Session session = sampleSession(u"without"_s);
    session.liveViewUrl.clear();
    m_rows->add(session, 1s);
    QTRY_VERIFY(!spy.isEmpty());
    QCOMPARE(spy.constLast().at(0).value<QList<SessionKey>>(),
             QList<SessionKey>{SampleRows::key(u"without"_s)});
}

void TestWall::itsKeyClosesIt()
{
    QSignalSpy spy(m_wall.get(), &Wall::closing);
    QTest::keyClick(&m_wall->view(), Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!m_wall->isVisible());
    QCOMPARE(spy.size(), 1);
}

void TestWall::everyControlHasAName()
{
    QCOMPARE(namelessControls(*m_wall), QStringList());
}

QTEST_MAIN(TestWall)
#include "tst_wall.moc"
