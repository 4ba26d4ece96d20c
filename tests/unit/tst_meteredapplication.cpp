#include "app/meteredapplication.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace Anchorwatch;
using namespace std::chrono_literals;

class tst_MeteredApplication : public QObject
{
    Q_OBJECT

private slots:
    void aLongTurnIsSeenOnceAndForgotten();
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

int main(int argc, char **argv)
{
    MeteredApplication application(argc, argv);
    tst_MeteredApplication test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_meteredapplication.moc"
