#include "tests/bench/pollstage.h"

#include "tests/bench/monotonic.h"
#include "tests/bench/processcost.h"

#include <QElapsedTimer>
#include <QJsonDocument>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto patience = 20min; // a day of polls takes long

// The next line that it says; empty when it says no more.
QByteArray hear(QProcess &process)
{
    QElapsedTimer waited;
    waited.start();
    while (!process.canReadLine()
           && !waited.hasExpired(std::chrono::milliseconds(patience).count())) {
        if (!process.waitForReadyRead(static_cast<int>(std::chrono::milliseconds(1s).count()))
            && process.state() == QProcess::NotRunning)
            break;
    }
    return process.readLine().trimmed();
}

void end(QProcess &process)
{
    process.closeWriteChannel();
    if (!process.waitForFinished())
        process.kill();
}

} // namespace

PollStage::PollStage(const QString &window, int sessions, std::chrono::milliseconds interval)
    : m_sessions(sessions)
    , m_interval(interval)
{
    for (QProcess *process : {&m_service, &m_window})
        process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_window.setProgram(window);
}

PollStage::~PollStage()
{
    end(m_window);
    end(m_service);
}

bool PollStage::start()
{
    m_service.start(QStringLiteral(CROWD_SERVICE), {QString::number(m_sessions)});
    const QByteArray place = hear(m_service);
    const QByteArray address = place.mid(place.lastIndexOf(' ') + 1);
    const qint64 began = monotonicNs();
    m_window.setArguments({QString::fromLatin1(address), QString::number(m_interval.count())});
    m_window.start();
    const QJsonObject painted = QJsonDocument::fromJson(hear(m_window)).object();
    const QByteArrayList times = hear(m_service).split(' '); // asked, answered
    if (!painted.contains("firstRows"_L1) || times.size() != 2)
        return false;
    const qint64 service = times[1].toLongLong() - times[0].toLongLong();
    const qint64 took = painted["firstRows"_L1].toInteger() - began - service;
    m_firstRowsMs = static_cast<double>(took) / 1e6;
    return true;
}

void PollStage::setManner(const QByteArray &manner)
{
    m_service.write(manner + '\n');
    m_service.waitForBytesWritten();
    (void)ask("polls 2");
}

QJsonObject PollStage::ask(const QByteArray &command)
{
    m_window.write(command + '\n');
    m_window.waitForBytesWritten();
    (void)m_service.readAll();
    return QJsonDocument::fromJson(hear(m_window)).object();
}

double PollStage::pssMib() const
{
    return Anchorwatch::pssMib({static_cast<pid_t>(m_window.processId())});
}

} // namespace Anchorwatch
