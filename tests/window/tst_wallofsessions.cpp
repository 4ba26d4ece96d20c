#include "tests/fakes/fakelivefeed.h"
#include "tests/fakes/samplesession.h"
#include "tests/window/widgetfinder.h"
#include "tests/window/windowdriver.h"
#include "ui/filterbox.h"
#include "ui/terminatedialog.h"
#include "ui/wall.h"
#include "ui/wallbar.h"
#include "ui/wallview.h"

#include <QApplication>
#include <QPointer>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

// The wall beside the window, over a service.
class tst_WallOfSessions : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void itsKeyOpensItOnce();
    void theTableStays();
    void terminateEndsThatSession();
    void whereItIsNotFreeATileAsksFirst();
    void theFilterIsShared();
    void aWallThatIsSeenKeepsThePollsComing();
    void itsSettingsSurviveTheWallAndTheRun();
    void itGoesWithTheWindow();

private:
    [[nodiscard]] Wall *wall() const;
    void open();

    std::unique_ptr<WindowDriver> m_driver;
    std::unique_ptr<FakeLiveFeeds> m_feeds;
};

void tst_WallOfSessions::init()
{
    m_feeds = std::make_unique<FakeLiveFeeds>();
    m_driver = std::make_unique<WindowDriver>();
    m_driver->window.setLiveFeedFactory(m_feeds->factory());
    for (const char *id : {"alpha", "beta", "gamma"})
        m_driver->service.add(sampleSession(QLatin1StringView(id)));
    QVERIFY(m_driver->start());
}

void tst_WallOfSessions::cleanup()
{
    m_driver.reset();
    m_feeds.reset();
}

Wall *tst_WallOfSessions::wall() const
{
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows) {
        if (auto *found = qobject_cast<Wall *>(window); found && found->isVisible())
            return found;
    }
    return nullptr;
}

void tst_WallOfSessions::open()
{
    m_driver->action(u"showWall"_s).trigger();
    QVERIFY(wall());
    QVERIFY(QTest::qWaitForWindowActive(wall()));
    wall()->view().doItemsLayout();
}

void tst_WallOfSessions::itsKeyOpensItOnce()
{
    QTest::keyClick(&m_driver->window, Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
    QPointer<Wall> first = wall();
    QVERIFY(first);
    QTRY_COMPARE(m_feeds->asking().size(), 3);
    m_driver->action(u"showWall"_s).trigger();
    QCOMPARE(wall(), first);
    first->close();
    QTRY_VERIFY(!first); // a hidden one would follow every poll
    QVERIFY(m_feeds->asking().isEmpty());
}

void tst_WallOfSessions::theTableStays()
{
    open();
    QVERIFY(m_driver->window.isVisible());
    QVERIFY(wall()->isWindow() && !wall()->parentWidget());
}

void tst_WallOfSessions::terminateEndsThatSession()
{
    open();
    WallView &view = wall()->view();
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {},
                      view.buttonRect(m_driver->key(u"beta"_s), TileButton::Terminate).center());
    auto *dialog = wall()->findChild<TerminateDialog *>();
    QVERIFY(dialog);
    QCOMPARE(m_driver->service.deletes(), QStringList());
    m_driver->click(buttonNamed(*dialog, u"Terminate session"_s));
    QTRY_COMPARE(m_driver->service.deletes(), QStringList{u"beta"_s});
    QTRY_COMPARE(m_driver->state(u"beta"_s), RowState::Kind::Gone);
}

void tst_WallOfSessions::whereItIsNotFreeATileAsksFirst()
{
    ServiceAbilities abilities;
    abilities.watchingCost = u"It costs credits."_s;
    m_driver->window.setAbilities(m_driver->connection.id, abilities);
    open();
    QTRY_COMPARE(wall()->view().keysOnScreen().size(), 3);
    const SessionKey alpha = m_driver->key(u"alpha"_s);
    const auto says = [&](const QString &id) {
        auto *tiles = wall()->view().model();
        for (int row = 0; row < tiles->rowCount(); ++row) {
            const QModelIndex tile = tiles->index(row, 0);
            if (tile.data(SessionTableModel::KeyRole).value<SessionKey>() == m_driver->key(id))
                return tile.data(Qt::AccessibleTextRole).toString();
        }
        return QString();
    };
    QTRY_VERIFY(says(u"alpha"_s).contains(u"Watching is not free here"_s));
    const QRect button = wall()->view().buttonRect(alpha, TileButton::Show);
    QTest::mouseClick(wall()->view().viewport(), Qt::LeftButton, {}, button.center());
    QTRY_COMPARE(m_feeds->asking(), QStringList{u"alpha"_s});
    QVERIFY(!says(u"alpha"_s).contains(u"Watching is not free here"_s));
    QVERIFY(says(u"beta"_s).contains(u"Watching is not free here"_s));
    // The same place of a tile that has pictures is a picture.
    QTest::mouseClick(wall()->view().viewport(), Qt::LeftButton, {}, button.center());
    QCOMPARE(m_feeds->madeCount(), 1);
}

void tst_WallOfSessions::theFilterIsShared()
{
    open();
    m_driver->typeFilter(u"gamma"_s);
    QCOMPARE(wall()->bar().filterBox().text(), u"gamma"_s);
    QTRY_COMPARE(m_feeds->asking(), QStringList{u"gamma"_s});
    wall()->bar().filterBox().clear();
    QTRY_COMPARE(m_driver->view().model()->rowCount(), 3);
}

void tst_WallOfSessions::aWallThatIsSeenKeepsThePollsComing()
{
    open();
    m_driver->window.hide();
    QVERIFY(m_driver->window.isWatched());
    wall()->hide();
    QVERIFY(!m_driver->window.isWatched());
}

void tst_WallOfSessions::itsSettingsSurviveTheWallAndTheRun()
{
    open();
    wall()->bar().setColumns(5);
    wall()->setGeometry(10, 20, 900, 600);
    const WallState set = wall()->state();
    QCOMPARE(m_driver->window.state().wall, set);
    wall()->close();
    QCOMPARE(m_driver->window.state().wall, set);
    open();
    QCOMPARE(wall()->state(), set);

    WindowDriver again;
    again.window.restore(m_driver->window.state());
    QCOMPARE(again.window.state().wall, set);
}

void tst_WallOfSessions::itGoesWithTheWindow()
{
    open();
    QPointer<Wall> left = wall();
    m_driver.reset();
    QVERIFY(!left);
}

QTEST_MAIN(tst_WallOfSessions)
#include "tst_wallofsessions.moc"
