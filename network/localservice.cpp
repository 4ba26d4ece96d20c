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

constexpr std::chrono::milliseconds startDeadline = 15s;
constexpr std::chrono::milliseconds firstRestart = 500ms;
constexpr std::chrono::milliseconds longestRestart = 60s;
constexpr qint64 mostLogBytes = 4 * 1024 * 1024;

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
    : QObject(parent)
    , m_program(program)
{
    m_startDeadline.setSingleShot(true);
    m_restart.setSingleShot(true);
    connect(&m_startDeadline, &QTimer::timeout, this,
            [this] { fail(tr("It did not come up within %1 s.").arg(startDeadline / 1s)); });
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
    m_restart.stop();
    if (m_isReady || m_process)
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
        watchProcess(*process);
    }
    m_startDeadline.stop();
    m_isReady = true;
    m_failures = 0;
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
        fail(lastLogLine());
        return;
    }
    m_isOurs = true;
    watchProcess(*identity);
    m_startDeadline.start(startDeadline);
}

void LocalService::watchProcess(const ProcessIdentity &process)
{
    m_process = std::make_unique<ProcessWatch>(process);
    connect(m_process.get(), &ProcessWatch::ended, this, [this] { fail(lastLogLine()); });
}

void LocalService::fail(const QString &reason)
{
    m_startDeadline.stop();
    if (m_process)
        m_process.release()->deleteLater();
    m_isOurs = false;
    m_isReady = false;
    const auto delay = std::min(firstRestart * (1 << std::min(m_failures, 10)), longestRestart);
    ++m_failures;
    m_restart.start(delay);
    emit stopped(reason);
}

QString LocalService::lastLogLine() const
{
    constexpr qint64 tail = 2048;
    QFile log(m_program.logFile);
    if (!log.open(QIODevice::ReadOnly))
        return {};
    log.seek(std::max<qint64>(0, log.size() - tail));
    const QList<QByteArray> lines = log.readAll().trimmed().split('\n');
    return maskedText(QString::fromUtf8(lines.constLast()));
}

} // namespace Anchorwatch
