#include "network/live/capturegovernor.h"
#include "network/live/liveframe.h"

#include <QTest>

using namespace Anchorwatch;
using namespace std::chrono_literals;

using Manner = CaptureGovernor::Manner;
using Time = CaptureGovernor::Time;

class TestCaptureGovernor : public QObject
{
    Q_OBJECT

private:
    // Pictures at this interval, from one time to another.
    static void cast(CaptureGovernor &governor, Time from, Time to, Time interval)
    {
        for (Time now = from; now <= to; now += interval)
            governor.noteFrame(now);
    }

private slots:
    void takesNothingForNobody()
    {
        CaptureGovernor governor;
        QCOMPARE(governor.manner(10s), Manner::Off);
        governor.setDemand(CaptureGovernor::Demand::Moving);
        QCOMPARE(governor.manner(10s), Manner::Cast);
        governor.setDemand(CaptureGovernor::Demand::None);
        QCOMPARE(governor.manner(10s), Manner::Off);
    }

    void aGlanceIsOnePictureAndNoCast()
    {
        CaptureGovernor governor;
        governor.setDemand(CaptureGovernor::Demand::Glance);
        QCOMPARE(governor.manner(10s), Manner::Glance);
        governor.setDemand(CaptureGovernor::Demand::Moving);
        QCOMPARE(governor.manner(10s), Manner::Cast);
    }

    void choosesByHowBusyThePageIs_data()
    {
        QTest::addColumn<int>("intervalMs");
        QTest::addColumn<Manner>("manner");
        QTest::newRow("one a second") << 1000 << Manner::Cast;
        QTest::newRow("four a second") << 250 << Manner::Cast;
        QTest::newRow("ten a second") << 100 << Manner::Shots;
        QTest::newRow("sixty a second") << 16 << Manner::Shots;
    }
    void choosesByHowBusyThePageIs()
    {
        QFETCH(int, intervalMs);
        QFETCH(Manner, manner);
        CaptureGovernor governor;
        governor.setDemand(CaptureGovernor::Demand::Moving);
        cast(governor, 10s, 14s, Time(intervalMs));
        QCOMPARE(governor.manner(14s), manner);
    }

    void castsWhileSomebodyActs()
    {
        CaptureGovernor governor;
        governor.setDemand(CaptureGovernor::Demand::Moving);
        cast(governor, 10s, 13s, 50ms);
        QCOMPARE(governor.manner(13s), Manner::Shots);
        governor.noteInput(13s);
        QCOMPARE(governor.manner(13s), Manner::Cast);
        cast(governor, 13s, 14'900ms, 50ms);
        QCOMPARE(governor.manner(14'900ms), Manner::Cast);
        cast(governor, 15'100ms, 17'500ms, 50ms);
        QCOMPARE(governor.manner(17'500ms), Manner::Shots);
    }

    void castsAgainWhenNothingChangesAnyMore()
    {
        CaptureGovernor governor;
        governor.setDemand(CaptureGovernor::Demand::Moving);
        cast(governor, 10s, 13s, 50ms);
        for (int i = 1; i < CaptureGovernor::stillShots; ++i)
            governor.noteShot(CaptureGovernor::Shot::Same);
        governor.noteShot(CaptureGovernor::Shot::Changed); // the row begins anew
        for (int i = 1; i < CaptureGovernor::stillShots; ++i)
            governor.noteShot(CaptureGovernor::Shot::Same);
        QCOMPARE(governor.manner(14s), Manner::Shots);
        governor.noteShot(CaptureGovernor::Shot::Same);
        QCOMPARE(governor.manner(14s), Manner::Cast);
    }

    void stillsArePulsesHoweverBusy()
    {
        CaptureGovernor governor;
        governor.setDemand(CaptureGovernor::Demand::Stills);
        cast(governor, 10s, 13s, 16ms);
        QCOMPARE(governor.manner(13s), Manner::Pulse);
    }

    void aFrameIsEncodedAsTheProtocolSays()
    {
        LiveFrame frame;
        frame.jpeg = "JPEG";
        frame.pageSize = {1280, 720};
        frame.isStill = true;
        frame.isHidden = true;
        QCOMPARE(encodeFrame(frame, 3, 0x01020304, 260ms).toHex(), QByteArray("01030003010203040500"
                                                                              "02d0"
                                                                              "00000104"
                                                                              "4a504547"));
    }
};

QTEST_GUILESS_MAIN(TestCaptureGovernor)
#include "tst_capturegovernor.moc"
