#include "tests/fakes/samplesession.h"
#include "tests/window/windowdriver.h"

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

// Closing the window: nothing is ended or left behind without being asked.
class tst_Quitting : public QObject
{
    Q_OBJECT

private slots:
    void aRemoteServiceIsLeftAsItIs();
    void localBrowsersAreAskedAbout();
    void cancelStays();
    void leaveThemRunningEndsNothing();
    void endThemEndsAllThenQuits();
    void oneThatCannotBeEndedKeepsTheWindowOpen();
    void aTerminationUnderWayIsWaitedFor();
    void aSecondCloseDoesNotWait();
};

namespace {

void fill(WindowDriver &driver)
{
    driver.service.setSessions({sampleSession(u"alpha"_s), sampleSession(u"beta"_s)});
}

void choose(WindowDriver &driver, const QString &text)
{
    QTRY_VERIFY(driver.dialog());
    auto *button = driver.button(*driver.dialog(), text);
    QVERIFY2(button, qPrintable(u"no button "_s + text));
    driver.click(button);
}

} // namespace

void tst_Quitting::aRemoteServiceIsLeftAsItIs()
{
    WindowDriver driver;
    fill(driver);
    QVERIFY(driver.start());
    driver.window.close();
    QCOMPARE(driver.quits, 1);
    QVERIFY(!driver.dialog());
    QVERIFY(driver.service.deletes().isEmpty());
}

void tst_Quitting::localBrowsersAreAskedAbout()
{
    WindowDriver driver(Connection::Kind::Local);
    fill(driver);
    QVERIFY(driver.start());
    driver.window.close();
    QVERIFY(driver.dialog());
    QCOMPARE(driver.quits, 0);
    QVERIFY(driver.window.isVisible());
}

void tst_Quitting::cancelStays()
{
    WindowDriver driver(Connection::Kind::Local);
    fill(driver);
    QVERIFY(driver.start());
    driver.window.close();
    QTest::keyClick(driver.dialog(), Qt::Key_Escape);
    QTRY_VERIFY(!driver.dialog());
    QCOMPARE(driver.quits, 0);
    QVERIFY(driver.window.isVisible());
}

void tst_Quitting::leaveThemRunningEndsNothing()
{
    WindowDriver driver(Connection::Kind::Local);
    fill(driver);
    QVERIFY(driver.start());
    driver.window.close();
    choose(driver, u"Leave them running"_s);
    QTRY_COMPARE(driver.quits, 1);
    QVERIFY(driver.service.deletes().isEmpty());
}

void tst_Quitting::endThemEndsAllThenQuits()
{
    WindowDriver driver(Connection::Kind::Local);
    fill(driver);
    QVERIFY(driver.start());
    driver.window.close();
    choose(driver, u"End them"_s);
    QTRY_COMPARE(driver.quits, 1);
    QVERIFY(driver.service.sessions().isEmpty());
}

void tst_Quitting::oneThatCannotBeEndedKeepsTheWindowOpen()
{
    WindowDriver driver(Connection::Kind::Local);
    fill(driver);
    driver.service.setEnding(u"beta"_s, FakeSessionsService::Ending::Fails);
    QVERIFY(driver.start());
    driver.window.close();
    choose(driver, u"End them"_s);
    QTRY_COMPARE(driver.state(u"beta"_s), RowState::Kind::StillRunning);
    QCOMPARE(driver.state(u"alpha"_s), RowState::Kind::Gone);
    QCOMPARE(driver.quits, 0);
    QVERIFY(driver.window.isVisible());
}

// Fault matrix: W22
void tst_Quitting::aTerminationUnderWayIsWaitedFor()
{
    WindowDriver driver;
    fill(driver);
    driver.service.setEnding(FakeSessionsService::Ending::Slow);
    QVERIFY(driver.start());
    emit driver.window.terminateRequested(driver.connection.id, {driver.service.sessions()[0]});
    driver.window.close();
    QCOMPARE(driver.quits, 0);
    QTRY_COMPARE(driver.quits, 1);
    QCOMPARE(driver.state(u"alpha"_s), RowState::Kind::Gone);
}

// Fault matrix: W22
void tst_Quitting::aSecondCloseDoesNotWait()
{
    WindowDriver driver;
    fill(driver);
    driver.service.setEnding(FakeSessionsService::Ending::Hangs);
    QVERIFY(driver.start());
    emit driver.window.terminateRequested(driver.connection.id, {driver.service.sessions()[0]});
    driver.window.close();
    QCOMPARE(driver.quits, 0);
    driver.window.close();
    QCOMPARE(driver.quits, 1);
}

QTEST_MAIN(tst_Quitting)
#include "tst_quitting.moc"
