#include "network/service/processtree.h"

#include <QDir>
#include <QProcess>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <pthread.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

// Each test starts shells that stand in for the processes of a browser.
class TestProcessTree : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void findsByEnvironment();
    void findsByFolderInTheArguments();
    void findsByProcessSession();
    void findsNothingOfAnother();
    void theBrowserIsTheRootOfItsTree();
    void endsWhenAllAreGone();
    void endsAtOnceWithoutProcesses();
    void waitsForThoseThatAppearMeanwhile();
    void signalsEveryProcess();
    void livesAsLongAsOneOfItsThreads();

private:
    // Runs a shell script in a process session of its own.
    void run(const QString &script, const QStringList &environment = {},
             const QStringList &arguments = {});
    BrowserMark mark() const { return {"AW_TEST=" + m_name, QByteArray(), 0}; }
    QString markVariable() const { return u"AW_TEST="_s + QString::fromLatin1(m_name); }

    // Exactly these programs carry the mark. Only a state in which every process has become what it
    // is to be, and stays so, is worth waiting for.
    static bool areThere(const BrowserMark &mark, const QByteArrayList &programs)
    {
        QByteArrayList found;
        for (const ProcessIdentity &process : findProcesses(mark))
            found.append(readProc(process.pid, "cmdline").split('\0').first());
        std::ranges::sort(found);
        return found == programs;
    }

    QByteArray m_name;
    QList<qint64> m_started;
};

void TestProcessTree::init()
{
    m_name = QByteArray::number(::getpid()) + '-' + QByteArray(QTest::currentTestFunction());
    m_started.clear();
}

void TestProcessTree::cleanup()
{
    for (const ProcessIdentity &process : findProcesses(mark()))
        sendSignal(process, SIGKILL);
    for (const qint64 pid : std::as_const(m_started))
        ::kill(static_cast<pid_t>(-pid), SIGKILL);
}

void TestProcessTree::run(const QString &script, const QStringList &environment,
                          const QStringList &arguments)
{
    QProcess process;
    process.setProgram(u"setsid"_s);
    process.setArguments(QStringList{u"sh"_s, u"-c"_s, script, u"sh"_s} + arguments);
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    for (const QString &variable : environment)
        variables.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
    process.setProcessEnvironment(variables);
    qint64 pid = 0;
    QVERIFY(process.startDetached(&pid));
    m_started.append(pid);
}

void TestProcessTree::findsByEnvironment()
{
    run(u"sleep 60 & wait"_s, {markVariable()});
    QTRY_VERIFY(areThere(mark(), {"sh", "sleep"}));
}

void TestProcessTree::findsByFolderInTheArguments()
{
    const QByteArray folder = "/profiles/" + m_name;
    run(u"kill -STOP $$"_s, {}, {u"--user-data-dir="_s + QString::fromLatin1(folder)});
    const BrowserMark byFolder{QByteArray("AW_NONE=1"), folder, 0};
    QTRY_VERIFY(areThere(byFolder, {"sh"}));
}

void TestProcessTree::findsByProcessSession()
{
    // Its environment is another, as that of a process that cleared it.
    run(u"env -i sleep 60 & wait"_s, {markVariable()});
    BrowserMark bySession = mark();
    // The child is counted first: once it is there, it carries the mark only until it has cleared
    // its environment.
    const auto hasClearedChild = [&bySession, this] {
        const QList<ProcessIdentity> marked = findProcesses(mark());
        if (marked.isEmpty())
            return false;
        bySession.processSession = processSessionOf(marked.first().pid);
        return bySession.processSession != ::getsid(0) && findProcesses(bySession).size() == 2
               && findProcesses(mark()).size() == 1;
    };
    QTRY_VERIFY(hasClearedChild());
}

void TestProcessTree::findsNothingOfAnother()
{
    run(u"sleep 60 & wait"_s, {markVariable() + u"-other"_s});
    const BrowserMark other{"AW_TEST=" + m_name + "-other", {}, 0};
    QTRY_VERIFY(areThere(other, {"sh", "sleep"}));
    QCOMPARE(findProcesses(mark()).size(), 0);
    for (const ProcessIdentity &process : findProcesses(other))
        sendSignal(process, SIGKILL);
}

void TestProcessTree::theBrowserIsTheRootOfItsTree()
{
    const QString folder = u"/profiles/"_s + QString::fromLatin1(m_name);
    run(u"sh -c 'sleep 60; :' sh $1 & wait"_s, {markVariable()}, {u"--user-data-dir="_s + folder});
    BrowserMark both = mark();
    both.folder = folder.toLatin1();
    QTRY_VERIFY(areThere(both, {"sh", "sh", "sleep"}));
    const auto browser = findBrowser(both);
    QVERIFY(browser);
    QCOMPARE(processSessionOf(browser->pid), browser->pid);
}

void TestProcessTree::endsWhenAllAreGone()
{
    run(u"sleep 60 & wait"_s, {markVariable()});
    QTRY_VERIFY(areThere(mark(), {"sh", "sleep"}));
    ProcessTree tree(mark());
    QSignalSpy ended(&tree, &ProcessTree::ended);
    tree.awaitEnd();
    const QList<ProcessIdentity> processes = findProcesses(mark());
    sendSignal(processes.first(), SIGKILL);
    QTRY_COMPARE(findProcesses(mark()).size(), 1);
    QCOMPARE(ended.size(), 0);
    sendSignal(processes.last(), SIGKILL);
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(findProcesses(mark()).size(), 0);
}

void TestProcessTree::endsAtOnceWithoutProcesses()
{
    ProcessTree tree(mark());
    QSignalSpy ended(&tree, &ProcessTree::ended);
    tree.awaitEnd();
    QCOMPARE(ended.size(), 0);
    QTRY_COMPARE(ended.size(), 1);
}

// Fault matrix: D13
void TestProcessTree::waitsForThoseThatAppearMeanwhile()
{
    QTemporaryDir folder;
    const QString go = folder.filePath(u"go"_s);
    // Once told to, it starts another process and ends.
    run(u"while [ ! -e \"$1\" ]; do sleep 0.01; done; setsid sleep 60 &"_s, {markVariable()}, {go});
    QTRY_VERIFY(!findProcesses(mark()).isEmpty());
    ProcessTree tree(mark());
    QSignalSpy ended(&tree, &ProcessTree::ended);
    tree.awaitEnd();
    QVERIFY(QDir(folder.path()).mkdir(u"go"_s));
    const auto onlyLate = [this] {
        const QList<ProcessIdentity> left = findProcesses(mark());
        return left.size() == 1 && processSessionOf(left.first().pid) == left.first().pid
               && readProc(left.first().pid, "cmdline").startsWith("sleep");
    };
    QTRY_VERIFY(onlyLate());
    QCOMPARE(ended.size(), 0);
    tree.signalAll(SIGKILL);
    QTRY_COMPARE(ended.size(), 1);
}

void TestProcessTree::signalsEveryProcess()
{
    run(u"sleep 60 & sleep 60 & wait"_s, {markVariable()});
    QTRY_VERIFY(areThere(mark(), {"sh", "sleep", "sleep"}));
    ProcessTree(mark()).signalAll(SIGKILL);
    QTRY_COMPARE(findProcesses(mark()).size(), 0);
}

void TestProcessTree::livesAsLongAsOneOfItsThreads()
{
#ifdef __SANITIZE_THREAD__
    QSKIP("ThreadSanitizer does not let a forked process have threads.");
#endif
    const pid_t pid = ::fork();
    if (pid == 0) {
        pthread_t other{};
        ::pthread_create(
            &other, nullptr, [](void *) -> void * { return ::pause(), nullptr; }, nullptr);
        ::syscall(SYS_exit, 0); // this thread alone
    }
    const auto bury = qScopeGuard([pid] {
        ::kill(pid, SIGKILL);
        ::waitpid(pid, nullptr, 0);
    });
    QTRY_COMPARE(readStat(pid).value_or(ProcessStat{}).state, 'Z');
    QVERIFY(identityOf(pid).has_value());
    ::kill(pid, SIGKILL);
    QTRY_VERIFY(!identityOf(pid).has_value());
}

QTEST_GUILESS_MAIN(TestProcessTree)
#include "tst_processtree.moc"
