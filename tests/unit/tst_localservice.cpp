#include "network/localservice.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr LocalServicePace quick{10s, 5ms, 40ms, 1h};
const QUrl standinUrl(u"http://127.0.0.1:40123"_s); // what the stand-in says

// A coarse timer may end a twentieth later (Qt::CoarseTimer); some of it has passed already.
bool isAbout(std::chrono::milliseconds left, std::chrono::milliseconds wait)
{
    return left > wait / 2 + wait / 20 && left <= wait + wait / 20;
}

} // namespace

// The life of a service program, with a stand-in for it.
class TestLocalService : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void startsTheProgram();
    void adoptsTheOneThatRuns();
    void staleAdvertisementIsIgnored_data();
    void staleAdvertisementIsIgnored();
    void foldersAreMade();
    void diesAndIsStartedAgain();
    void adoptedOneDiesAndIsStarted();
    void waitsLongerAndLonger();
    void oneThatDiesWhenReadyWaitsLongerToo();
    void steadyOneIsStartedSoon();
    void startCutsTheWaitShort();
    void reasonIsItsLastLine();
    void reasonIsNotOfAnEarlierRun();
    void missingProgram();
    void unusableFolder();
    void hangingStartIsGivenUp();
    void lateOneIsAdopted();
    void stopEndsOurOwnForGood();
    void stopSparesAnAdoptedOne();
    void stopWhileWaitingStaysStopped();
    void startAfterStopStarts();
    void outlivesThisObject();
    void startTwiceStartsOne();

private:
    void setBehaviour(const QByteArray &behaviour);
    void advertise(pid_t pid, int port);
    void startAnotherService();
    [[nodiscard]] QList<pid_t> starts() const;
    [[nodiscard]] static bool runs(pid_t pid) { return identityOf(pid).has_value(); }
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    [[nodiscard]] QString dataPath(const QString &name) const { return path(u"data/"_s + name); }

    std::unique_ptr<QTemporaryDir> m_folder;
    LocalServiceProgram m_program;
};

void TestLocalService::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_program = {QStringLiteral(STANDIN_PATH), path(u"data"_s), path(u"log/service.log"_s)};
    QVERIFY(QDir().mkpath(m_program.dataFolder));
}

void TestLocalService::cleanup()
{
    for (const pid_t pid : starts()) {
        if (const auto process = identityOf(pid);
            process && readProc(pid, "comm") == "anchorwatchd\n")
            (void)sendSignal(*process, SIGKILL);
        QTRY_VERIFY(!runs(pid));
    }
    m_folder.reset();
}

void TestLocalService::setBehaviour(const QByteArray &behaviour)
{
    QFile file(dataPath(u"behaviour"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(behaviour);
}

void TestLocalService::advertise(pid_t pid, int port)
{
    QFile file(dataPath(u"service.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(u"{\"pid\":%1,\"port\":%2}"_s.arg(pid).arg(port).toLatin1());
}

// As another window would.
void TestLocalService::startAnotherService()
{
    QProcess process;
    process.setProgram(m_program.path);
    process.setArguments({u"--port"_s, u"0"_s, u"--data-dir"_s, m_program.dataFolder});
    QVERIFY(process.startDetached());
    QTRY_VERIFY(QFile::exists(dataPath(u"service.json"_s)));
}

QList<pid_t> TestLocalService::starts() const
{
    QFile file(dataPath(u"starts"_s));
    QList<pid_t> pids;
    if (!file.open(QIODevice::ReadOnly))
        return pids;
    while (!file.atEnd())
        pids.append(file.readLine().trimmed().toInt());
    return pids;
}

void TestLocalService::startsTheProgram()
{
    LocalService service(m_program, quick);
    QSignalSpy ready(&service, &LocalService::ready);
    QSignalSpy stopped(&service, &LocalService::stopped);
    QVERIFY(!service.isOurs());
    service.start();
    QTRY_COMPARE(ready.size(), 1);
    QCOMPARE(ready.constFirst().constFirst().toUrl(), standinUrl);
    QVERIFY(service.isOurs());
    QCOMPARE(service.untilNextStart(), 0ms);
    QCOMPARE(stopped.size(), 0);
    QCOMPARE(starts().size(), 1);
    QFile arguments(dataPath(u"arguments"_s));
    QVERIFY(arguments.open(QIODevice::ReadOnly));
    QCOMPARE(arguments.readAll(), "--port 0 --data-dir");
}

void TestLocalService::adoptsTheOneThatRuns()
{
    startAnotherService();
    LocalService service(m_program, quick);
    QSignalSpy ready(&service, &LocalService::ready);
    service.start();
    QTRY_COMPARE(ready.size(), 1);
    QCOMPARE(ready.constFirst().constFirst().toUrl(), standinUrl);
    QVERIFY(!service.isOurs());
    QCOMPARE(starts().size(), 1);
}

void TestLocalService::staleAdvertisementIsIgnored_data()
{
    QTest::addColumn<QByteArray>("advertisement");
    const pid_t dead = ::fork();
    if (dead == 0)
        ::_exit(0);
    ::waitpid(dead, nullptr, 0);
    const auto of = [](pid_t pid, int port) {
        return u"{\"pid\":%1,\"port\":%2}"_s.arg(pid).arg(port).toLatin1();
    };
    QTest::newRow("pid of the dead") << of(dead, 40100);
    QTest::newRow("pid of another program") << of(::getpid(), 40100);
    QTest::newRow("pid 0") << of(0, 40100);
    QTest::newRow("negative pid") << of(-1, 40100);
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut") << QByteArray("{\"pid\":1");
    QTest::newRow("other shape") << QByteArray("[1,2]");
    QTest::newRow("texts") << QByteArray(R"({"pid":"1","port":"2"})");
}

void TestLocalService::staleAdvertisementIsIgnored()
{
    QFETCH(QByteArray, advertisement);
    QFile file(dataPath(u"service.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(advertisement);
    file.close();
    LocalService service(m_program, quick);
    QSignalSpy ready(&service, &LocalService::ready);
    service.start();
    QTRY_COMPARE(ready.size(), 1);
    QCOMPARE(ready.constFirst().constFirst().toUrl(), standinUrl);
    QVERIFY(service.isOurs());
    QCOMPARE(starts().size(), 1);
}

void TestLocalService::foldersAreMade()
{
    m_program.dataFolder = path(u"data/deep/er"_s);
    m_program.logFile = path(u"other/deep/service.log"_s);
    LocalService service(m_program, quick);
    QSignalSpy ready(&service, &LocalService::ready);
    service.start();
    QTRY_COMPARE(ready.size(), 1);
    QVERIFY(QFile::exists(m_program.logFile));
    // For cleanup(), which looks where the data folder usually is.
    QVERIFY(QFile::copy(m_program.dataFolder + u"/starts"_s, dataPath(u"starts"_s)));
}

void TestLocalService::diesAndIsStartedAgain()
{
    LocalService service(m_program, quick);
    QSignalSpy ready(&service, &LocalService::ready);
    QSignalSpy stopped(&service, &LocalService::stopped);
    service.start();
    QTRY_COMPARE(ready.size(), 1);
    QVERIFY(sendSignal(*identityOf(starts().constFirst()), SIGKILL));
    QTRY_COMPARE(stopped.size(), 1);
    QTRY_COMPARE(ready.size(), 2);
    QVERIFY(service.isOurs());
    QCOMPARE(starts().size(), 2);
    QVERIFY(!runs(starts().constFirst()));
}

void TestLocalService::adoptedOneDiesAndIsStarted()
{
    startAnotherService();
    LocalService service(m_program, quick);
    QSignalSpy ready(&service, &LocalService::ready);
    QSignalSpy stopped(&service, &LocalService::stopped);
    service.start();
    QTRY_COMPARE(ready.size(), 1);
    QVERIFY(sendSignal(*identityOf(starts().constFirst()), SIGKILL));
    QTRY_COMPARE(stopped.size(), 1);
    QTRY_COMPARE(ready.size(), 2);
    QVERIFY(service.isOurs());
}

void TestLocalService::waitsLongerAndLonger()
{
    setBehaviour("dies");
    LocalService service(m_program, LocalServicePace{10s, 1min, 5min, 1h});
    QSignalSpy stopped(&service, &LocalService::stopped);
    for (const auto wait : {1min, 2min, 4min, 5min, 5min}) {
        const qsizetype before = stopped.size();
        service.start();
        QTRY_COMPARE(stopped.size(), before + 1);
        const auto left = service.untilNextStart();
        QVERIFY2(isAbout(left, wait), qPrintable(QString::number(left.count())));
    }
}

void TestLocalService::oneThatDiesWhenReadyWaitsLongerToo()
{
    LocalService service(m_program, LocalServicePace{10s, 1min, 5min, 1h});
    QSignalSpy ready(&service, &LocalService::ready);
    QSignalSpy stopped(&service, &LocalService::stopped);
    for (const auto wait : {1min, 2min, 4min}) {
        const qsizetype before = ready.size();
        service.start();
        QTRY_COMPARE(ready.size(), before + 1);
        QVERIFY(sendSignal(*identityOf(starts().constLast()), SIGKILL));
        QTRY_COMPARE(stopped.size(), before + 1);
        const auto left = service.untilNextStart();
        QVERIFY2(isAbout(left, wait), qPrintable(QString::number(left.count())));
    }
}

void TestLocalService::steadyOneIsStartedSoon()
{
    setBehaviour("dies");
    LocalService service(m_program, LocalServicePace{10s, 1min, 5min, 0ms});
    QSignalSpy ready(&service, &LocalService::ready);
    QSignalSpy stopped(&service, &LocalService::stopped);
    for (int failures = 1; failures <= 2; ++failures) {
        service.start();
        QTRY_COMPARE(stopped.size(), failures);
    }
    setBehaviour("listens");
    service.start();
    QTRY_COMPARE(ready.size(), 1);
    QVERIFY(sendSignal(*identityOf(starts().constLast()), SIGKILL));
    QTRY_COMPARE(stopped.size(), 3);
    QVERIFY(isAbout(service.untilNextStart(), 1min));
}

void TestLocalService::startCutsTheWaitShort()
{
    setBehaviour("dies");
    LocalService service(m_program, LocalServicePace{10s, 1h, 1h, 1h});
    QSignalSpy ready(&service, &LocalService::ready);
    QSignalSpy stopped(&service, &LocalService::stopped);
    service.start();
    QTRY_COMPARE(stopped.size(), 1);
    QVERIFY(service.untilNextStart() > 0ms);
    setBehaviour("listens");
    service.start();
    QCOMPARE(service.untilNextStart(), 0ms);
    QTRY_COMPARE(ready.size(), 1);
}

void TestLocalService::reasonIsItsLastLine()
{
    setBehaviour("dies");
    LocalService service(m_program, LocalServicePace{10s, 1h, 1h, 1h});
    QSignalSpy stopped(&service, &LocalService::stopped);
    service.start();
    QTRY_COMPARE(stopped.size(), 1);
    const QString reason = stopped.constFirst().constFirst().toString();
    QVERIFY2(reason.startsWith(u"the disk is full"_s), qPrintable(reason));
    QVERIFY2(!reason.contains(u"canary"), qPrintable(reason));
    QVERIFY(!service.isOurs());
}

void TestLocalService::reasonIsNotOfAnEarlierRun()
{
    setBehaviour("dies");
    LocalService service(m_program, LocalServicePace{10s, 1h, 1h, 1h});
    QSignalSpy stopped(&service, &LocalService::stopped);
    service.start();
    QTRY_COMPARE(stopped.size(), 1);
    setBehaviour("mute");
    service.start();
    QTRY_COMPARE(stopped.size(), 2);
    const QString reason = stopped.constLast().constFirst().toString();
    QVERIFY(!reason.isEmpty());
    QVERIFY2(!reason.contains(u"disk"), qPrintable(reason));
}

void TestLocalService::missingProgram()
{
    m_program.path = path(u"no-such-program"_s);
    LocalService service(m_program, LocalServicePace{10s, 1h, 1h, 1h});
    QSignalSpy ready(&service, &LocalService::ready);
    QSignalSpy stopped(&service, &LocalService::stopped);
    service.start();
    QTRY_COMPARE(stopped.size(), 1);
    const QString reason = stopped.constFirst().constFirst().toString();
    QVERIFY2(reason.contains(u"no-such-program"), qPrintable(reason));
    QVERIFY(service.untilNextStart() > 0ms);
    QCOMPARE(ready.size(), 0);
}

void TestLocalService::unusableFolder()
{
    QFile file(path(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    m_program.dataFolder = path(u"file/data"_s);
    LocalService service(m_program, LocalServicePace{10s, 1h, 1h, 1h});
    QSignalSpy stopped(&service, &LocalService::stopped);
    service.start();
    QTRY_COMPARE(stopped.size(), 1);
    QVERIFY(stopped.constFirst().constFirst().toString().contains(m_program.dataFolder));
}

void TestLocalService::hangingStartIsGivenUp()
{
    setBehaviour("hangs");
    LocalService service(m_program, LocalServicePace{50ms, 1h, 1h, 1h});
    QSignalSpy stopped(&service, &LocalService::stopped);
    service.start();
    QTRY_COMPARE(stopped.size(), 1);
    QVERIFY(!stopped.constFirst().constFirst().toString().isEmpty());
    QVERIFY(service.untilNextStart() > 0ms);
    QTRY_COMPARE(starts().size(), 1); // for cleanup()
}

void TestLocalService::lateOneIsAdopted()
{
    setBehaviour("hangs");
    LocalService service(m_program, LocalServicePace{50ms, 1h, 1h, 1h});
    QSignalSpy ready(&service, &LocalService::ready);
    QSignalSpy stopped(&service, &LocalService::stopped);
    service.start();
    QTRY_COMPARE(stopped.size(), 1);
    QTRY_COMPARE(starts().size(), 1);
    advertise(starts().constFirst(), 40999);
    service.start();
    QTRY_COMPARE(ready.size(), 1);
    QCOMPARE(ready.constFirst().constFirst().toUrl(), QUrl(u"http://127.0.0.1:40999"_s));
    QCOMPARE(starts().size(), 1);
}

void TestLocalService::stopEndsOurOwnForGood()
{
    LocalService service(m_program, quick);
    QSignalSpy ready(&service, &LocalService::ready);
    QSignalSpy stopped(&service, &LocalService::stopped);
    service.start();
    QTRY_COMPARE(ready.size(), 1);
    service.stop();
    QTRY_COMPARE(stopped.size(), 1);
    QVERIFY(!stopped.constFirst().constFirst().toString().isEmpty());
    QCOMPARE(service.untilNextStart(), 0ms);
    QVERIFY(!runs(starts().constFirst()));
    QVERIFY(!service.isOurs());
    QCOMPARE(starts().size(), 1);
}

void TestLocalService::stopSparesAnAdoptedOne()
{
    startAnotherService();
    LocalService service(m_program, quick);
    QSignalSpy ready(&service, &LocalService::ready);
    service.start();
    QTRY_COMPARE(ready.size(), 1);
    service.stop();
    QVERIFY(runs(starts().constFirst()));
    // Nor is it started again when it ends by itself.
    QSignalSpy stopped(&service, &LocalService::stopped);
    QVERIFY(sendSignal(*identityOf(starts().constFirst()), SIGTERM));
    QTRY_COMPARE(stopped.size(), 1);
    QCOMPARE(service.untilNextStart(), 0ms);
}

void TestLocalService::stopWhileWaitingStaysStopped()
{
    setBehaviour("dies");
    LocalService service(m_program, LocalServicePace{10s, 1h, 1h, 1h});
    QSignalSpy stopped(&service, &LocalService::stopped);
    service.start();
    QTRY_COMPARE(stopped.size(), 1);
    service.stop();
    QCOMPARE(service.untilNextStart(), 0ms);
    QCOMPARE(starts().size(), 1);
}

void TestLocalService::startAfterStopStarts()
{
    LocalService service(m_program, quick);
    QSignalSpy ready(&service, &LocalService::ready);
    QSignalSpy stopped(&service, &LocalService::stopped);
    service.start();
    QTRY_COMPARE(ready.size(), 1);
    service.stop();
    service.start(); // while it still ends
    QTRY_COMPARE(stopped.size(), 1);
    QTRY_COMPARE(ready.size(), 2);
    QCOMPARE(starts().size(), 2);
}

void TestLocalService::outlivesThisObject()
{
    auto service = std::make_unique<LocalService>(m_program, quick);
    QSignalSpy ready(service.get(), &LocalService::ready);
    service->start();
    QTRY_COMPARE(ready.size(), 1);
    service.reset();
    QVERIFY(runs(starts().constFirst()));
    LocalService next(m_program, quick);
    QSignalSpy found(&next, &LocalService::ready);
    next.start();
    QTRY_COMPARE(found.size(), 1);
    QVERIFY(!next.isOurs());
    QCOMPARE(starts().size(), 1);
}

void TestLocalService::startTwiceStartsOne()
{
    LocalService service(m_program, quick);
    QSignalSpy ready(&service, &LocalService::ready);
    service.start();
    service.start();
    QTRY_COMPARE(ready.size(), 1);
    service.start();
    QCOMPARE(ready.size(), 1);
    QCOMPARE(starts().size(), 1);
}

QTEST_GUILESS_MAIN(TestLocalService)
#include "tst_localservice.moc"
