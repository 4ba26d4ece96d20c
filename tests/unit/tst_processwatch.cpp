#include "network/processwatch.h"

#include <QSignalSpy>
#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

// A process that lives until it is released or killed, and at the latest with this program: it
// waits for the end of a pipe whose other end is here.
class WaitingProcess
{
public:
    enum class Kinship { Child, Grandchild };

    explicit WaitingProcess(Kinship kinship, int exitCode = 0)
    {
        std::array<int, 2> lifeline{};
        std::array<int, 2> announcement{};
        if (::pipe(lifeline.data()) != 0 || ::pipe(announcement.data()) != 0)
            qFatal("no pipe");
        const pid_t child = ::fork();
        if (child == 0) {
            ::signal(SIGTERM, SIG_DFL); // Qt Test has its own handler
            ::close(lifeline[1]);
            if (kinship == Kinship::Grandchild && ::fork() != 0)
                ::_exit(0);
            const pid_t self = ::getpid();
            (void)!::write(announcement[1], &self, sizeof self);
            char byte = 0;
            (void)!::read(lifeline[0], &byte, 1);
            ::_exit(exitCode);
        }
        ::close(lifeline[0]);
        ::close(announcement[1]);
        m_lifeline = lifeline[1];
        if (::read(announcement[0], &m_pid, sizeof m_pid) != sizeof m_pid)
            qFatal("the process did not start");
        ::close(announcement[0]);
        if (kinship == Kinship::Grandchild)
            ::waitpid(child, nullptr, 0);
    }
    ~WaitingProcess()
    {
        release();
        ::waitpid(m_pid, nullptr, 0); // does nothing when it was waited for, or is no child
    }
    Q_DISABLE_COPY_MOVE(WaitingProcess)

    [[nodiscard]] pid_t pid() const { return m_pid; }
    [[nodiscard]] ProcessIdentity identity() const
    {
        return identityOf(m_pid).value_or(ProcessIdentity{});
    }
    void release()
    {
        if (m_lifeline >= 0)
            ::close(m_lifeline);
        m_lifeline = -1;
    }

private:
    pid_t m_pid = 0;
    int m_lifeline = -1;
};

} // namespace

class TestProcessWatch : public QObject
{
    Q_OBJECT

private slots:
    void childEnds();
    void killedChildEnds();
    void childIsReaped();
    void grandchildEnds();
    void endedBeforeTheWatch();
    void zombieEndsAndIsReaped();
    void anotherOfTheSameNumberHasEnded();
    void nobodyHasEnded();
    void destroyedWatchIsSilent();
    void signalReachesThatProcess();
    void signalSparesAnotherOfTheSameNumber();
    void signalToOneThatIsGone();
    void identityIsOfTheLiving();
    void ownStat();
    void nameWithParenthesesAndSpaces();
};

void TestProcessWatch::childEnds()
{
    WaitingProcess child(WaitingProcess::Kinship::Child, 21);
    ProcessWatch watch(child.identity());
    QSignalSpy ended(&watch, &ProcessWatch::ended);
    QCOMPARE(watch.process(), child.identity());
    QVERIFY(isAlive(watch.process()));
    child.release();
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(watch.howItEnded(), u"exit code 21"_s);
    QVERIFY(!isAlive(watch.process()));
}

void TestProcessWatch::killedChildEnds()
{
    const WaitingProcess child(WaitingProcess::Kinship::Child);
    ProcessWatch watch(child.identity());
    QSignalSpy ended(&watch, &ProcessWatch::ended);
    QVERIFY(sendSignal(watch.process(), SIGKILL));
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(watch.howItEnded(), u"signal 9"_s);
}

void TestProcessWatch::childIsReaped()
{
    WaitingProcess child(WaitingProcess::Kinship::Child);
    ProcessWatch watch(child.identity());
    QSignalSpy ended(&watch, &ProcessWatch::ended);
    child.release();
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(::waitpid(child.pid(), nullptr, WNOHANG), -1);
    QCOMPARE(errno, ECHILD);
}

void TestProcessWatch::grandchildEnds()
{
    WaitingProcess grandchild(WaitingProcess::Kinship::Grandchild, 3);
    ProcessWatch watch(grandchild.identity());
    QSignalSpy ended(&watch, &ProcessWatch::ended);
    QVERIFY(isAlive(watch.process()));
    grandchild.release();
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(watch.howItEnded(), QString());
    QTRY_VERIFY(!isAlive(watch.process()));
}

void TestProcessWatch::endedBeforeTheWatch()
{
    ProcessIdentity gone;
    {
        const WaitingProcess child(WaitingProcess::Kinship::Child);
        gone = child.identity();
    }
    ProcessWatch watch(gone);
    QSignalSpy ended(&watch, &ProcessWatch::ended);
    QCOMPARE(ended.size(), 0);
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(watch.howItEnded(), QString());
}

void TestProcessWatch::zombieEndsAndIsReaped()
{
    WaitingProcess child(WaitingProcess::Kinship::Child, 4);
    const ProcessIdentity identity = child.identity();
    child.release();
    QTRY_VERIFY(readStat(child.pid())->isDead());
    QVERIFY(!isAlive(identity));
    ProcessWatch watch(identity);
    QSignalSpy ended(&watch, &ProcessWatch::ended);
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(watch.howItEnded(), u"exit code 4"_s);
}

void TestProcessWatch::anotherOfTheSameNumberHasEnded()
{
    const WaitingProcess child(WaitingProcess::Kinship::Child);
    ProcessIdentity before = child.identity();
    --before.startTicks; // as if its number had belonged to an older one
    QVERIFY(!isAlive(before));
    ProcessWatch watch(before);
    QSignalSpy ended(&watch, &ProcessWatch::ended);
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(watch.howItEnded(), QString());
    QVERIFY(isAlive(child.identity()));
}

void TestProcessWatch::nobodyHasEnded()
{
    ProcessWatch watch(ProcessIdentity{});
    QSignalSpy ended(&watch, &ProcessWatch::ended);
    QTRY_COMPARE(ended.size(), 1);
    QVERIFY(!isAlive({}));
    QVERIFY(!sendSignal({}, 0));
}

void TestProcessWatch::destroyedWatchIsSilent()
{
    WaitingProcess child(WaitingProcess::Kinship::Child);
    auto watch = std::make_unique<ProcessWatch>(child.identity());
    QSignalSpy ended(watch.get(), &ProcessWatch::ended);
    watch.reset();
    child.release();
    QTRY_VERIFY(readStat(child.pid())->isDead());
    QCoreApplication::sendPostedEvents();
    QCOMPARE(ended.size(), 0);
}

void TestProcessWatch::signalReachesThatProcess()
{
    const WaitingProcess child(WaitingProcess::Kinship::Child);
    QVERIFY(sendSignal(child.identity(), SIGTERM));
    int status = 0;
    QCOMPARE(::waitpid(child.pid(), &status, 0), child.pid());
    QVERIFY(WIFSIGNALED(status));
    QCOMPARE(WTERMSIG(status), SIGTERM);
}

void TestProcessWatch::signalSparesAnotherOfTheSameNumber()
{
    const WaitingProcess child(WaitingProcess::Kinship::Child);
    ProcessIdentity before = child.identity();
    --before.startTicks;
    QVERIFY(!sendSignal(before, SIGKILL));
    QCOMPARE(::waitpid(child.pid(), nullptr, WNOHANG), 0);
    QVERIFY(isAlive(child.identity()));
}

void TestProcessWatch::signalToOneThatIsGone()
{
    ProcessIdentity gone;
    {
        const WaitingProcess child(WaitingProcess::Kinship::Child);
        gone = child.identity();
    }
    QVERIFY(!sendSignal(gone, 0));
}

void TestProcessWatch::identityIsOfTheLiving()
{
    WaitingProcess child(WaitingProcess::Kinship::Child);
    const auto identity = identityOf(child.pid());
    QVERIFY(identity);
    QCOMPARE(identity->pid, child.pid());
    QVERIFY(identity->startTicks > 0);
    child.release();
    QTRY_COMPARE(identityOf(child.pid()), std::nullopt); // a zombie, since nobody waited for it
    QVERIFY(readStat(child.pid()));
}

void TestProcessWatch::ownStat()
{
    const auto stat = readStat(::getpid());
    QVERIFY(stat);
    QCOMPARE(stat->identity.pid, ::getpid());
    QCOMPARE(stat->parent, ::getppid());
    QCOMPARE(stat->processSession, ::getsid(0));
    QVERIFY(!stat->isDead());
    QVERIFY(!readStat(0));
    QCOMPARE(readProc(::getpid(), "no such file"), QByteArray());
}

void TestProcessWatch::nameWithParenthesesAndSpaces()
{
    const QByteArray before = readProc(::getpid(), "comm");
    QFile comm(u"/proc/self/comm"_s);
    QVERIFY(comm.open(QIODevice::WriteOnly));
    QVERIFY(comm.write(") R 1 (x y) 2") > 0);
    comm.close();
    const auto stat = readStat(::getpid());
    QVERIFY(comm.open(QIODevice::WriteOnly));
    QVERIFY(comm.write(before.trimmed()) > 0);
    QVERIFY(stat);
    QCOMPARE(stat->parent, ::getppid());
}

QTEST_GUILESS_MAIN(TestProcessWatch)
#include "tst_processwatch.moc"
