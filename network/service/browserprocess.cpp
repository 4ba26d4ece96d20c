#include "network/service/browserprocess.h"

#include "network/service/profilestore.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>

#include <chrono>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto lookEvery = 25ms;

QString logFile(const QString &workingCopy)
{
    return workingCopy + "/browser.log"_L1;
}

QString portFile(const QString &workingCopy)
{
    return browserFolder(workingCopy) + "/DevToolsActivePort"_L1;
}

} // namespace

BrowserProcess::BrowserProcess(const QString &sessionId, const QString &workingCopy,
                               QObject *parent)
    : QObject(parent)
    , m_workingCopy(workingCopy)
    , m_mark{browserEnvironmentMark(sessionId), QFile::encodeName(browserFolder(workingCopy)), 0}
{
    m_look.setInterval(lookEvery);
    connect(&m_look, &QTimer::timeout, this, &BrowserProcess::lookForDevTools);
}

QString BrowserProcess::start(const BrowserCommand &command)
{
    // An old one would be taken for this browser's.
    QFile::remove(portFile(m_workingCopy));
    QProcess process;
    process.setProgram(command.program);
    process.setArguments(command.arguments);
    process.setProcessEnvironment(command.environment);
    process.setWorkingDirectory(m_workingCopy);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(logFile(m_workingCopy), QIODevice::Append);
    qint64 pid = 0;
    if (!process.startDetached(&pid))
        return u"the browser could not be started: %1"_s.arg(process.errorString());
    // It may have ended already; as long as nobody has waited for it, the watch learns how.
    if (const std::optional<ProcessStat> stat = readStat(static_cast<pid_t>(pid))) {
        m_identity = stat->identity;
        m_mark.processSession = stat->processSession;
    }
    watch();
    return {};
}

bool BrowserProcess::adopt()
{
    const std::optional<ProcessIdentity> found = findBrowser(m_mark);
    if (!found)
        return false;
    m_identity = *found;
    m_mark.processSession = processSessionOf(found->pid);
    watch();
    return true;
}

void BrowserProcess::watch()
{
    m_watch = new ProcessWatch(m_identity, this);
    connect(m_watch, &ProcessWatch::ended, this, [this] {
        m_hasEnded = true;
        m_look.stop();
        emit ended(m_watch->howItEnded());
    });
}

void BrowserProcess::awaitDevTools()
{
    m_look.start();
}

void BrowserProcess::lookForDevTools()
{
    // The file is written while it can be read: only a whole one counts.
    static const QRegularExpression whole(
        u"\\A([0-9]{1,5})\\n(/devtools/browser/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\s*\\z"_s);
    QFile file(portFile(m_workingCopy));
    if (file.open(QIODevice::ReadOnly)) {
        const auto match = whole.match(QString::fromLatin1(file.read(1024)));
        if (match.hasMatch()) {
            m_look.stop();
            emit devToolsReady(match.captured(1).toUShort(), match.captured(2));
        }
    }
}

QString BrowserProcess::lastWords() const
{
    constexpr qint64 tail = 2000;
    QFile file(logFile(m_workingCopy));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    file.seek(qMax(qint64(0), file.size() - tail));
    QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    constexpr qsizetype shown = 3;
    if (lines.size() > shown)
        lines = lines.last(shown);
    return lines.join(u' ');
}

} // namespace Anchorwatch
