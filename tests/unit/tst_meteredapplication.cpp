#include "app/meteredapplication.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <QTimer>

using namespace Anchorwatch;
using namespace std::chrono_literals;

class tst_MeteredApplication : public QObject
{
    Q_OBJECT

private slots:
    void aLongTurnIsSeenOnceAndForgotten();
    void turnsOfOtherThreadsDoNotCount();
};

void tst_MeteredApplication::aLongTurnIsSeenOnceAndForgotten()
{
    auto &application = *static_cast<MeteredApplication *>(qApp);
    QObject context;
    QTimer block;
    QSignalSpy blocked(&block, &QTimer::timeout);
    connect(&block, &QTimer::timeout, &context, [] {
        QElapsedTimer timer;
        timer.start();
        while (!timer.hasExpired(40)) {
        }
    });
    block.setSingleShot(true);
    (void)application.takeLongestTurnMs();
    block.start(1ms);
    QVERIFY(blocked.wait());
    QVERIFY(application.takeLongestTurnMs() >= 40);
    QVERIFY(application.takeLongestTurnMs() < 40);
}

void tst_MeteredApplication::turnsOfOtherThreadsDoNotCount()
{
    auto &application = *static_cast<MeteredApplication *>(qApp);
    QThread other;
    other.start();
    QObject receiver;
    receiver.moveToThread(&other);
    (void)application.takeLongestTurnMs();
    bool isDone = false;
    QMetaObject::invokeMethod(&receiver, [&] {
        QElapsedTimer timer;
        timer.start();
        while (!timer.hasExpired(80)) {
        }
        QMetaObject::invokeMethod(this, [&] { isDone = true; });
    });
    QTRY_VERIFY(isDone);
    QVERIFY(application.takeLongestTurnMs() < 80);
    other.quit();
    QVERIFY(other.wait());
}

int main(int argc, char **argv)
{
    MeteredApplication application(argc, argv);
    tst_MeteredApplication test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_meteredapplication.moc"
