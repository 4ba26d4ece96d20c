#include "app/monitor.h"
#include "tests/fakes/fakeclock.h"
#include "tests/fakes/fakesessionsservice.h"
#include "tests/fakes/samplesession.h"
#include "ui/mainwindow.h"

#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// A machine that sleeps for an hour, in the time of a fake clock.
class tst_WakeUp : public QObject
{
    Q_OBJECT

private slots:
    void anHourAsleepIsOnePollAtOnce();
};

// Fault matrix: W24
void tst_WakeUp::anHourAsleepIsOnePollAtOnce()
{
    FakeSessionsService service;
    service.setSessions({sampleSession(u"alpha"_s)});
    FakeClock clock;
    SessionTableModel model(clock);
    ConnectionListModel connections;
    MainWindow window(model, connections, clock, [](const QUrl &) { return true; });
    Monitor monitor(std::nullopt, model, connections, window, clock);
    Connection connection;
    connection.id = u"one"_s;
    connection.kind = Connection::Kind::Service;
    connection.baseUrl = service.url();
    connection.pollInterval = 24h; // what is asked is asked because of the sleep
    monitor.setConnections({connection});
    window.show();
    monitor.start();
    QTRY_COMPARE(model.rowCount(), 1);
    const QModelIndex age = model.index(0, static_cast<int>(SessionColumn::Age));
    const QString before = age.data().toString();
    const int asked = service.listCount();

    clock.advance(1h);
    QTRY_COMPARE_WITH_TIMEOUT(service.listCount(), asked + 1, 10'000);
    QVERIFY(age.data().toString() != before); // an hour older
    // The beats after it found nothing amiss: the next sleep is one poll more, not two.
    clock.advance(1h);
    QTRY_COMPARE_WITH_TIMEOUT(service.listCount(), asked + 2, 10'000);
}

QTEST_MAIN(tst_WakeUp)
#include "tst_wakeup.moc"
