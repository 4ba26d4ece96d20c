#include "tests/fakes/fakelivefeed.h"
#include "tests/fakes/samplesession.h"
#include "tests/window/widgetfinder.h"
#include "tests/window/windowdriver.h"
#include "ui/livescreen.h"
#include "ui/terminatedialog.h"
#include "ui/viewerbar.h"
#include "ui/viewerwindow.h"
#include "ui/watchingcostdialog.h"

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

// Viewers beside the window, over a service.
class TestViewerWindow : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<FakeLiveFeeds> m_feeds;
    std::unique_ptr<WindowDriver> m_driver;

    QList<ViewerWindow *> viewers() const
    {
        QList<ViewerWindow *> found;
        const QWidgetList windows = QApplication::topLevelWidgets();
        for (QWidget *window : windows) {
            if (auto *viewer = qobject_cast<ViewerWindow *>(window); viewer && viewer->isVisible())
                found.append(viewer);
        }
        return found;
    }
    ViewerWindow *open(int row = 0)
    {
        m_driver->view().selectRow(row);
        m_driver->action(u"watch"_s).trigger();
        ViewerWindow *viewer = viewers().value(0);
        // Else its keys are shortcuts of the window behind it.
        if (!viewer || !QTest::qWaitForWindowActive(viewer))
            return nullptr;
        return viewer;
    }
    FakeLiveFeed *feedOf(ViewerWindow *viewer) const
    {
        return static_cast<FakeLiveFeed *>(viewer->screen().feed());
    }

private slots:
    void init()
    {
        m_feeds = std::make_unique<FakeLiveFeeds>();
        m_driver = std::make_unique<WindowDriver>();
        m_driver->window.setLiveFeedFactory(m_feeds->factory());
        for (const char *id : {"alpha", "beta"})
            m_driver->service.add(sampleSession(QLatin1StringView(id)));
        QVERIFY(m_driver->start());
    }
    void cleanup()
    {
        m_driver.reset();
        QVERIFY(viewers().isEmpty()); // they go with the window
        m_feeds.reset();
    }

    void oneForEachSession()
    {
        ViewerWindow *first = open(0);
        QVERIFY(first);
        QVERIFY(feedOf(first)->isOpen);
        QVERIFY(feedOf(first)->mayControl());
        (void)open(0);
        QCOMPARE(viewers().size(), 1);
        (void)open(1);
        QCOMPARE(viewers().size(), 2);
        QVERIFY(viewers()[0]->key() != viewers()[1]->key());
    }

    void whereWatchingIsNotFreeItIsAskedOnceForAConnection()
    {
        ServiceAbilities abilities;
        abilities.watchingCost = u"It costs credits."_s;
        m_driver->window.setAbilities(m_driver->connection.id, abilities);
        m_driver->view().selectRow(0);
        m_driver->action(u"watch"_s).trigger();
        QVERIFY(viewers().isEmpty());
        QCOMPARE(m_feeds->madeCount(), 0);
        auto *question = m_driver->window.findChild<WatchingCostDialog *>();
        QTRY_VERIFY(question && question->isVisible());
        m_driver->click(buttonNamed(*question, u"Open it"_s));
        QTRY_COMPARE(viewers().size(), 1);
        m_driver->view().selectRow(1);
        m_driver->action(u"watch"_s).trigger();
        QTRY_COMPARE(viewers().size(), 2);
    }

    void controlIsTakenAndGivenBack()
    {
        ViewerWindow *viewer = open();
        QVERIFY(viewer);
        FakeLiveFeed *feed = feedOf(viewer);
        QVERIFY(!viewer->bar().address().isVisible());
        QTest::mouseClick(&viewer->bar().controlButton(), Qt::LeftButton);
        QCOMPARE(feed->acts, QStringList{u"take control"_s});
        QVERIFY(!viewer->isInControl()); // until the service says so
        emit feed->viewersChanged({2, 1, true});
        QVERIFY(viewer->isInControl());
        QVERIFY(viewer->bar().address().isVisible());
        QTest::keyClicks(&viewer->bar().address(), u"https://example.com/"_s);
        QTest::keyClick(&viewer->bar().address(), Qt::Key_Return);
        QCOMPARE(feed->acts.last(), u"go to https://example.com/"_s);
        QTest::keyClick(&viewer->screen(), Qt::Key_Escape);
        QCOMPARE(feed->acts.last(), u"give back"_s);
        // Taken over by somebody else: what is typed now goes nowhere.
        emit feed->viewersChanged({2, 1, false});
        QVERIFY(!viewer->isInControl());
        QTest::keyClick(&viewer->screen(), Qt::Key_A);
        QVERIFY(feed->keys.isEmpty());
    }

    void aLostConnectionIsNoControl()
    {
        ViewerWindow *viewer = open();
        QVERIFY(viewer);
        emit feedOf(viewer)->viewersChanged({1, 1, true});
        feedOf(viewer)->sendState(LiveState::Kind::Lost);
        QVERIFY(!viewer->isInControl());
    }

    void terminateNamesItsOwnSession()
    {
        ViewerWindow *viewer = open(1);
        QVERIFY(viewer);
        const QString id = viewer->key().sessionId;
        m_driver->view().selectRow(0);
        emit viewer->bar().terminateClicked();
        auto *dialog = viewer->findChild<TerminateDialog *>();
        QTRY_VERIFY(dialog && dialog->isVisible());
        m_driver->click(buttonNamed(*dialog, u"Terminate session"_s));
        QTRY_COMPARE(m_driver->service.deletes(), QStringList{id});
    }

    void saysThatItEndedAndStays()
    {
        ViewerWindow *viewer = open();
        QVERIFY(viewer);
        feedOf(viewer)->sendColor(Qt::red);
        QTRY_VERIFY(!viewer->screen().picture().isNull());
        feedOf(viewer)->sendState(LiveState::Kind::Ended, {}, QDateTime::currentDateTimeUtc());
        QVERIFY(viewer->screen().words().contains(u"Ended"_s));
        m_driver->service.remove(viewer->key().sessionId);
        QTRY_COMPARE(m_driver->state(viewer->key().sessionId), RowState::Kind::Gone);
        QVERIFY(viewer->isVisible());
        QVERIFY(viewer->screen().words().contains(u"Ended"_s));
    }

    void itsSizeIsRemembered()
    {
        ViewerWindow *viewer = open();
        QVERIFY(viewer);
        viewer->resize(777, 555);
        viewer->setKeepsOnTop(true);
        viewer->close();
        QCOMPARE(m_driver->window.state().viewer, (ViewerState{{777, 555}, true}));
    }
};

QTEST_MAIN(TestViewerWindow)
#include "tst_viewerwindow.moc"
