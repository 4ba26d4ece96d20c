#include "network/service/sessionclock.h"

#include <QSignalSpy>
#include <QTest>

using namespace Anchorwatch;
using namespace std::chrono_literals;

class TestSessionClock : public QObject
{
    Q_OBJECT

private slots:
    void silenceIsIdleAndThenOver()
    {
        SessionClock clock({5ms, 20ms, {}});
        QSignalSpy up(&clock, &SessionClock::timeIsUp);
        QVERIFY(!clock.isIdle());
        QTRY_VERIFY(clock.isIdle());
        QTRY_COMPARE(up.size(), 1);
        QCOMPARE(up.first().first().value<SessionClock::Reason>(), SessionClock::Reason::Idle);
    }

    void whoIsThereHoldsItOff()
    {
        SessionClock clock({5ms, 20ms, {}});
        QSignalSpy up(&clock, &SessionClock::timeIsUp);
        clock.enter();
        clock.enter();
        clock.leave();
        clock.noteActivity();
        QTest::qWait(60);
        QVERIFY(!clock.isIdle());
        QVERIFY(up.isEmpty());
        clock.leave();
        QTRY_COMPARE(up.size(), 1);
    }

    void whoComesEndsTheIdleness()
    {
        SessionClock clock({5ms, {}, {}});
        QTRY_VERIFY(clock.isIdle());
        clock.enter();
        QVERIFY(!clock.isIdle());
    }

    void nobodyHoldsOffTheLongestDuration()
    {
        SessionClock clock({5ms, {}, 20ms});
        QSignalSpy up(&clock, &SessionClock::timeIsUp);
        clock.enter();
        QTRY_COMPARE(up.size(), 1);
        QCOMPARE(up.first().first().value<SessionClock::Reason>(), SessionClock::Reason::Duration);
    }
};

QTEST_GUILESS_MAIN(TestSessionClock)
#include "tst_sessionclock.moc"
