#include "models/clock.h"

#include <QTest>

#include <ctime>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

using namespace Anchorwatch;
using namespace std::chrono_literals;

namespace {

std::chrono::seconds suspended{0};
std::chrono::seconds setBack{0};

} // namespace

// In place of the C library's, for our code and for Qt's.
extern "C" int clock_gettime(clockid_t id, timespec *now) noexcept
{
    const long result = ::syscall(SYS_clock_gettime, id, now);
    if (id == CLOCK_BOOTTIME)
        now->tv_sec += suspended.count();
    if (id == CLOCK_REALTIME)
        now->tv_sec -= setBack.count();
    return static_cast<int>(result);
}

extern "C" int gettimeofday(timeval *__restrict now, void *__restrict) noexcept
{
    timespec precise{};
    const int result = clock_gettime(CLOCK_REALTIME, &precise);
    *now = {precise.tv_sec, precise.tv_nsec / 1000};
    return result;
}

class TestClock : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        suspended = 0s;
        setBack = 0s;
    }

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

    // Fault matrix: W24
    void aSuspendCounts()
    {
        const SystemClock clock;
        const QDateTime before = clock.nowUtc();
        suspended = 1h;
        QVERIFY(clock.elapsed() >= 1h);
        QVERIFY(before.secsTo(clock.nowUtc()) >= 3600);
    }

    // Fault matrix: W24
    void aWallClockThatIsSetBackChangesNoDate()
    {
        const SystemClock clock;
        const QDateTime before = clock.nowUtc();
        setBack = 24h;
        QVERIFY2(QDateTime::currentDateTimeUtc() < before, "Qt asks for the time in another way");
        QVERIFY(clock.nowUtc() >= before);
        QVERIFY(clock.elapsed() < 1h);
    }
};

QTEST_GUILESS_MAIN(TestClock)
#include "tst_clock.moc"
