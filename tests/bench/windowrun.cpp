#include "tests/bench/windowrun.h"

#include "tests/bench/processcost.h"
#include "tests/fakes/samplesession.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Start-up is over by then; what follows is the program at rest.
constexpr double atRestAfterMs = 4000;

QList<QJsonObject> metricLines(const QString &fileName)
{
    QFile file(fileName);
    QList<QJsonObject> lines;
    if (file.open(QIODevice::ReadOnly)) {
        while (!file.atEnd()) {
            const QJsonObject line = QJsonDocument::fromJson(file.readLine()).object();
            if (line.contains(u"at_ms"_s))
                lines.append(line);
        }
    }
    return lines;
}

} // namespace

WindowRun::WindowRun(const QString &program, int sessions, std::chrono::seconds length)
    : m_length(length)
{
    fillService(sessions);
    connect(&m_changes, &QTimer::timeout, this, &WindowRun::changeSome);
    connect(&m_memory, &QTimer::timeout, this, &WindowRun::measureMemory);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &WindowRun::noticeFirstLine);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &WindowRun::noticeFirstLine);
    connect(&m_window, &QProcess::finished, this, &WindowRun::evaluate);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"ANCHORWATCH_HOME"_s, m_folder.filePath(u"home"_s));
    m_window.setProcessEnvironment(environment);
    m_window.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_window.setProgram(program);
    m_window.setArguments({u"--url"_s, m_service.url().toString(), u"--interval"_s, u"1"_s,
                           u"--metrics"_s, m_folder.filePath(u"metrics.jsonl"_s), u"--quit-after"_s,
                           QString::number(length.count())});
}

void WindowRun::start()
{
    m_watcher.addPath(m_folder.path());
    m_changes.start(1s);
    m_memory.setSingleShot(true);
    m_memory.start(m_length - 1s);
    m_sinceStart.start();
    m_window.start();
}

void WindowRun::fillService(int sessions)
{
    SessionList list;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (int i = 0; i < sessions; ++i) {
        Session session =
            sampleSession(u"%1-4f2a-9c1b-%2"_s.arg(i, 8, 16, QLatin1Char('0')).arg(i));
        session.createdAt = now.addSecs(-60 * i);
        session.profileName = i % 3 == 0 ? u"profile-%1"_s.arg(i) : QString();
        list.append(session);
    }
    m_service.setSessions(list);
}

void WindowRun::changeSome()
{
    ++m_round;
    const SessionList sessions = m_service.sessions();
    for (qsizetype i = m_round % 10; i < sessions.size(); i += 10) {
        Session changed = sessions[i];
        changed.title = u"Page %1 of session %2"_s.arg(m_round).arg(i);
        m_service.change(changed);
    }
}

void WindowRun::noticeFirstLine()
{
    const QString file = m_folder.filePath(u"metrics.jsonl"_s);
    if (m_cost.firstRowsMs > 0 || !QFile::exists(file))
        return;
    m_watcher.addPath(file);
    const QList<QJsonObject> lines = metricLines(file);
    if (lines.isEmpty())
        return;
    const double sinceStart = static_cast<double>(m_sinceStart.nsecsElapsed()) / 1e6;
    m_cost.firstRowsMs = sinceStart - lines.constFirst()[u"fetch_ms"_s].toDouble();
}

void WindowRun::measureMemory()
{
    m_cost.pssMib = pssMib({static_cast<pid_t>(m_window.processId())});
}

void WindowRun::evaluate()
{
    QList<QJsonObject> atRest;
    for (const QJsonObject &line : metricLines(m_folder.filePath(u"metrics.jsonl"_s))) {
        if (line[u"at_ms"_s].toDouble() >= atRestAfterMs)
            atRest.append(line);
    }
    if (atRest.size() >= 2) {
        const QJsonObject &first = atRest.constFirst();
        const QJsonObject &last = atRest.constLast();
        const double cpu = last[u"cpu_ms"_s].toDouble() - first[u"cpu_ms"_s].toDouble();
        const double wall = last[u"at_ms"_s].toDouble() - first[u"at_ms"_s].toDouble();
        m_cost.cpuPercent = 100.0 * cpu / wall;
        for (const QJsonObject &line : std::as_const(atRest))
            m_cost.stallMs = std::max(m_cost.stallMs, line[u"ui_stall_ms"_s].toDouble());
    }
    emit finished();
}

} // namespace Anchorwatch
