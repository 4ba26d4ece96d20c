#include "foreignprocess.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int longestStartMs = 30'000;
constexpr int longestEndMs = 60'000;
const QString markVariable = u"ANCHORWATCH_TEST_FOLDER"_s;

} // namespace

ForeignProcess::ForeignProcess()
{
    for (const QString &name : {u"t"_s, u"home"_s})
        QDir(m_root.path()).mkdir(name);
    // A process session of its own, in which most of what it starts stays; and it dies with a test
    // that is killed.
    m_process.setChildProcessModifier([] {
        ::setsid();
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    });
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.setStandardErrorFile(folder(u"log"_s), QIODevice::Append);
}

ForeignProcess::~ForeignProcess()
{
    if (!end())
        qWarning() << "left behind:" << findProcesses(mark()).size() << "processes of"
                   << m_process.program();
}

void ForeignProcess::start(const QString &program, const QStringList &arguments)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"TMPDIR"_s, folder(u"t"_s));
    environment.insert(u"HOME"_s, folder(u"home"_s));
    environment.insert(markVariable, m_root.path());
    // Of a Selenium Grid: asks for nothing on the internet.
    environment.insert(u"SE_OFFLINE"_s, u"true"_s);
    environment.insert(u"SE_AVOID_STATS"_s, u"true"_s);
    m_process.setProcessEnvironment(environment);
    m_process.setWorkingDirectory(m_root.path());
    m_process.start(program, arguments);
    if (m_process.waitForStarted(longestStartMs))
        m_processSession = static_cast<pid_t>(m_process.processId());
}

bool ForeignProcess::end()
{
    ProcessTree tree(mark());
    bool ended = false;
    QObject::connect(&tree, &ProcessTree::ended, &tree, [&ended] { ended = true; });
    tree.awaitEnd();
    // Again and again: one of them may be starting another.
    return QTest::qWaitFor(
        [&] {
            if (!ended)
                tree.signalAll(SIGKILL);
            return ended && !isRunning();
        },
        longestEndMs);
}

QByteArray ForeignProcess::log() const
{
    QFile file(folder(u"log"_s));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

BrowserMark ForeignProcess::mark() const
{
    return {
        (markVariable + u'=').toLatin1() + QFile::encodeName(m_root.path()), {}, m_processSession};
}

} // namespace Anchorwatch
