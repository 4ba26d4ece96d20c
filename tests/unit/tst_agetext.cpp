#include "models/agetext.h"

#include <QTest>

#include <ctime>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestAgeText : public QObject
{
    Q_OBJECT

private slots:
    void ageInTheFormOfTheTable_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("text");
        constexpr qint64 second = 1000;
        constexpr qint64 minute = 60 * second;
        constexpr qint64 hour = 60 * minute;
        constexpr qint64 day = 24 * hour;

        QTest::newRow("before it began") << -5 * minute << u"0 s"_s;
        QTest::newRow("nothing yet") << qint64(999) << u"0 s"_s;
        QTest::newRow("seconds") << 4 * second << u"4 s"_s;
        QTest::newRow("last second") << minute - 1 << u"59 s"_s;
        QTest::newRow("first minute") << minute << u"1 min"_s;
        QTest::newRow("last minute") << hour - 1 << u"59 min"_s;
        QTest::newRow("padded minutes") << hour + 6 * minute << u"1 h 06 min"_s;
        QTest::newRow("last hour") << day - 1 << u"23 h 59 min"_s;
        QTest::newRow("padded hours") << 3 * day + 4 * hour + 59 * minute << u"3 d 04 h"_s;
    }
    void ageInTheFormOfTheTable()
    {
        QFETCH(qint64, ms);
        QTEST(ageText(std::chrono::milliseconds(ms)), "text");
    }

    void tookHasTenthsBelowAMinute_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("text");

        QTest::newRow("negative") << qint64(-1) << u"0.0 s"_s;
        QTest::newRow("tenths") << qint64(2100) << u"2.1 s"_s;
        QTest::newRow("rounded") << qint64(2060) << u"2.1 s"_s;
        QTest::newRow("largest below a minute") << qint64(59949) << u"59.9 s"_s;
        QTest::newRow("never 60.0 s") << qint64(59960) << u"1 min"_s;
        QTest::newRow("a minute and more") << qint64(125000) << u"2 min"_s;
    }
    void tookHasTenthsBelowAMinute()
    {
        QFETCH(qint64, ms);
        QTEST(tookText(std::chrono::milliseconds(ms)), "text");
    }

    void timesOfDayAreLocal()
    {
        const QByteArray before = qgetenv("TZ");
        qputenv("TZ", "EAST-3");
        ::tzset();
        const QDateTime utc({2026, 5, 1}, {22, 2, 9}, Qt::UTC);
        const QString hour = hourText(utc);
        const QString second = secondText(utc);
        const QString exact = exactTimeText(utc);
        qputenv("TZ", before);
        ::tzset();

        QCOMPARE(hour, u"01:02"_s);
        QCOMPARE(second, u"01:02:09"_s);
        QVERIFY2(exact.contains("2 May 2026 01:02:09"_L1), qPrintable(exact));
        QVERIFY2(exact.endsWith("(2026-05-01 22:02:09 UTC)"_L1), qPrintable(exact));
    }

    void anUnknownTimeSaysSo() { QCOMPARE(exactTimeText({}), u"unknown"_s); }
};

QTEST_GUILESS_MAIN(TestAgeText)
#include "tst_agetext.moc"
