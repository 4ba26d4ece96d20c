#include "models/clock.h"

#include <QTest>

using namespace Anchorwatch;

class TestClock : public QObject
{
    Q_OBJECT

private slots:
    // Fault matrix: W24
    void startsNearZeroAndNeverGoesBack()
    {
        const SystemClock clock;
        auto before = clock.elapsed();
        QVERIFY(before >= std::chrono::milliseconds(0));
        for (int i = 0; i < 10000; ++i) {
            const auto now = clock.elapsed();
            QVERIFY(now >= before);
            before = now;
        }
    }

    // Fault matrix: W24
    void dateAdvancesWithElapsed()
    {
        const SystemClock clock;
        const auto spanBefore = clock.elapsed();
        const QDateTime date = clock.nowUtc();
        const auto spanAfter = clock.elapsed();
        const QDateTime origin = date.addMSecs(-spanBefore.count());
        QVERIFY(origin.msecsTo(clock.nowUtc()) >= spanAfter.count());
        QCOMPARE(date.timeSpec(), Qt::UTC);
    }
};

QTEST_GUILESS_MAIN(TestClock)
#include "tst_clock.moc"
