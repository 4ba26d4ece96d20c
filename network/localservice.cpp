#include "network/localservice.h"

#include "models/urltext.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QProcess>

#include <algorithm>
#include <csignal>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 mostLogBytes = qint64(4) * 1024 * 1024;

// What a listening service says of itself in service.json.
struct Advertisement
{
    pid_t pid = 0;
    int port = 0;
};

Advertisement readAdvertisement(const QString &dataFolder)
{
    QFile file(dataFolder + "/service.json"_L1);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonDocument json = QJsonDocument::fromJson(file.read(4096));
    return {json["pid"_L1].toInt(), json["port"_L1].toInt()};
}

} // namespace

LocalService::LocalService(const LocalServiceProgram &program, QObject *parent)
    : LocalService(program, LocalServicePace{}, parent)
{
}

LocalService::LocalService(const LocalServiceProgram &program, const LocalServicePace &pace,
                           QObject *parent)
    : QObject(parent)
    , m_program(program)
    , m_pace(pace)
{
    m_startDeadline.setSingleShot(true);
    m_restart.setSingleShot(true);
    connect(&m_startDeadline, &QTimer::timeout, this,
            [this] { fail(tr("It did not come up within %1 s.").arg(m_pace.startDeadline / 1s)); });
    connect(&m_restart, &QTimer::timeout, this, &LocalService::start);
    connect(&m_folderWatcher, &QFileSystemWatcher::directoryChanged, this, [this] {
        if (!m_isReady && m_process)
            (void)adopt();
    });
}

LocalService::~LocalService() = default;

std::chrono::milliseconds LocalService::untilNextStart() const
{
    return m_restart.isActive() ? m_restart.remainingTimeAsDuration() : 0ms;
}

void LocalService::start()
{
    m_isWanted = true;
    m_restart.stop();
    if (m_process)
        return;
    if (!QDir().mkpath(m_program.dataFolder)) {
        fail(tr("The folder %1 cannot be made.").arg(m_program.dataFolder));
        return;
    }
    if (m_folderWatcher.directories().isEmpty())
        m_folderWatcher.addPath(m_program.dataFolder);
    if (!adopt())
        launch();
}

void LocalService::stop()
{
    m_isWanted = false;
    m_restart.stop();
    if (m_process && m_isOurs)
        sendSignal(m_process->process(), SIGTERM);
}

bool LocalService::adopt()
{
    const Advertisement found = readAdvertisement(m_program.dataFolder);
    const auto process = found.pid > 0 ? identityOf(found.pid) : std::nullopt;
    // A file left by a service that was killed may name a number that went to another program
    // since.
    if (!process || found.port <= 0 || readProc(process->pid, "comm").trimmed() != "anchorwatchd")
        return false;
    if (!m_process || m_process->process() != *process) {
        m_isOurs = false;
        m_logStart = QFileInfo(m_program.logFile).size();
        watchProcess(*process);
    }
    m_startDeadline.stop();
    m_isReady = true;
    m_readySince.start();
    QUrl url;
    url.setScheme(u"http"_s);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(found.port);
    emit ready(url);
    return true;
}

void LocalService::launch()
{
    QDir().mkpath(QFileInfo(m_program.logFile).absolutePath());
    if (QFileInfo(m_program.logFile).size() > mostLogBytes)
        QFile::remove(m_program.logFile);
    m_logStart = QFileInfo(m_program.logFile).size();
    QProcess process;
    process.setProgram(m_program.path);
    process.setArguments({u"--port"_s, u"0"_s, u"--data-dir"_s, m_program.dataFolder});
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(m_program.logFile, QIODevice::Append);
    qint64 pid = 0;
    if (!process.startDetached(&pid)) {
        fail(tr("%1 cannot be started.").arg(m_program.path));
        return;
    }
    const auto identity = identityOf(static_cast<pid_t>(pid));
    if (!identity) {
        fail(lastWords());
        return;
    }
    m_isOurs = true;
    watchProcess(*identity);
    m_startDeadline.start(m_pace.startDeadline);
}

void LocalService::watchProcess(const ProcessIdentity &process)
{
    m_process = std::make_unique<ProcessWatch>(process);
    connect(m_process.get(), &ProcessWatch::ended, this, [this] { fail(lastWords()); });
}

void LocalService::fail(const QString &reason)
{
    m_startDeadline.stop();
    if (m_process)
        m_process.release()->deleteLater();
    if (m_isReady && m_readySince.hasExpired(m_pace.steadyAfter.count()))
        m_failures = 0;
    m_isOurs = false;
    m_isReady = false;
    if (m_isWanted)
        scheduleRestart();
    emit stopped(reason);
}

void LocalService::scheduleRestart()
{
    constexpr int mostDoublings = 10;
    const int doublings = std::min(m_failures, mostDoublings);
    m_restart.start(std::min(m_pace.firstRestart * (1 << doublings), m_pace.longestRestart));
    ++m_failures;
}

QString LocalService::log() const
{
    constexpr qint64 mostBytes = qint64(64) * 1024;
    return logFrom(0, mostBytes);
}

QString LocalService::logFrom(qint64 start, qint64 mostBytes) const
{
    QFile log(m_program.logFile);
    if (!log.open(QIODevice::ReadOnly) || !log.seek(std::max(start, log.size() - mostBytes)))
        return {};
    QStringList lines;
    for (const QByteArray &line : log.readAll().trimmed().split('\n'))
        lines.append(maskedText(QString::fromUtf8(line)));
    return lines.join(u'\n');
}

// The last line of its log, where it wrote one.
QString LocalService::lastWords() const
{
    constexpr qint64 mostBytes = 2048;
    const QString last = logFrom(m_logStart, mostBytes).section(u'\n', -1);
    return last.isEmpty() ? tr("It ended without a word.") : last;
}

} // namespace Anchorwatch
