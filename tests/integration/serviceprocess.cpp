#include "serviceprocess.h"

#include "leftovers.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <csignal>
#include <sys/stat.h>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int longestStartMs = 30'000;
constexpr int longestEndMs = 60'000;

} // namespace

ServiceProcess::ServiceProcess()
{
    QDir(m_root.path()).mkdir(u"t"_s);
    QDir(m_root.path()).mkdir(u"home"_s);
}

ServiceProcess::~ServiceProcess()
{
    kill();
    for (const QString &process : processesOf(m_root.path()))
        ::kill(process.section(u' ', 0, 0).toInt(), SIGKILL);
}

void ServiceProcess::setUmask(mode_t mask)
{
    m_process.setChildProcessModifier([mask] { ::umask(mask); });
}

void ServiceProcess::prepare(const QStringList &options)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"TMPDIR"_s, temporaryFolder());
    environment.insert(u"HOME"_s, m_root.filePath(u"home"_s));
    for (auto variable = m_variables.cbegin(); variable != m_variables.cend(); ++variable) {
        if (variable->isNull())
            environment.remove(variable.key());
        else
            environment.insert(variable.key(), *variable);
    }
    m_process.setProcessEnvironment(environment);
    m_process.setProgram(QStringLiteral(ANCHORWATCHD));
    QStringList arguments{u"--port"_s, u"0"_s};
    // In front of another service it keeps nothing.
    if (!options.contains(u"--backend"_s))
        arguments += {u"--data-dir"_s, dataFolder()};
    m_process.setArguments(arguments + options);
    m_process.setStandardErrorFile(m_root.filePath(u"service.log"_s), QIODevice::Append);
}

bool ServiceProcess::start(const QStringList &options)
{
    prepare(options);
    m_process.start();
    const bool said = QTest::qWaitFor(
        [this] { return m_process.canReadLine() || m_process.state() == QProcess::NotRunning; },
        longestStartMs);
    const QString line = QString::fromUtf8(m_process.readLine()).trimmed();
    m_url = QUrl(line.section(u' ', -1));
    return said && line.startsWith("listening on http://127.0.0.1:"_L1);
}

int ServiceProcess::run(const QStringList &options)
{
    prepare(options);
    m_process.start();
    const bool ended = QTest::qWaitFor([this] { return m_process.state() == QProcess::NotRunning; },
                                       longestStartMs);
    return ended ? m_process.exitCode() : -1;
}

int ServiceProcess::terminate()
{
    ::kill(static_cast<pid_t>(m_process.processId()), SIGTERM);
    const bool ended =
        QTest::qWaitFor([this] { return m_process.state() == QProcess::NotRunning; }, longestEndMs);
    return ended && m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

void ServiceProcess::kill()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    (void)QTest::qWaitFor([this] { return m_process.state() == QProcess::NotRunning; },
                          longestEndMs);
}

QByteArray ServiceProcess::log() const
{
    QFile file(m_root.filePath(u"service.log"_s));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList ServiceProcess::leftovers() const
{
    QStringList found = processesOf(m_root.path());
    for (const QString &folder : {u"work"_s, u"sessions"_s, u"kept"_s}) {
        for (const QString &entry : entriesOf(dataFolder() + u'/' + folder)) {
            const QStringList inside = entriesOf(dataFolder() + u'/' + folder + u'/' + entry);
            found.append(folder + u'/' + entry + " ("_L1 + inside.join(u' ') + u')');
        }
    }
    for (const QString &entry : entriesOf(temporaryFolder()))
        found.append("t/"_L1 + entry);
    // ~/.cache is the desktop's own (fonts) and shared by all programs.
    for (const QString &entry : entriesOf(m_root.filePath(u"home"_s))) {
        if (entry != ".cache"_L1)
            found.append("home/"_L1 + entry);
    }
    return found;
}

} // namespace Anchorwatch
