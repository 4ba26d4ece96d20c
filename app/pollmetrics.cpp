#include "app/pollmetrics.h"

#include "models/redaction.h"

#include <QJsonDocument>

#include <cmath>

#include <ctime>
#include <unistd.h>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

// Resident pages, the second number of /proc/self/statm (proc(5)).
qint64 residentKib()
{
    QFile statm(u"/proc/self/statm"_s);
    if (!statm.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> pages = statm.readAll().split(' ');
    return pages.value(1).toLongLong() * ::sysconf(_SC_PAGESIZE) / 1024;
}

// User and system time of all threads.
qint64 cpuMilliseconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return qint64(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
}

double rounded(double milliseconds)
{
    return std::round(milliseconds * 1000.0) / 1000.0;
}

} // namespace

PollMetrics::PollMetrics(const QString &fileName, const Clock &clock,
                         const std::function<double()> &takeLongestTurnMs, QObject *parent)
    : QObject(parent)
    , m_file(fileName)
    , m_clock(clock)
    , m_takeLongestTurnMs(takeLongestTurnMs)
{
}

bool PollMetrics::open()
{
    return m_file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Text);
}

void PollMetrics::record(const QString &connection, const PollResult &result, double applyMs)
{
    write({{u"connection"_s, redacted(connection)},
           {u"sessions"_s, qint64(result.sessions)},
           {u"added"_s, qint64(result.delta.added.size())},
           {u"removed"_s, qint64(result.delta.removed.size())},
           {u"changed"_s, qint64(result.delta.changed.size())},
           {u"bytes"_s, result.bytes},
           {u"fetch_ms"_s, rounded(result.fetchMs)},
           {u"decode_ms"_s, rounded(result.decodeMs)},
           {u"apply_ms"_s, rounded(applyMs)}});
}

void PollMetrics::recordFailure(const QString &connection, const PollFailure &failure)
{
    write({{u"connection"_s, redacted(connection)}, {u"error"_s, redacted(failure.fault.what)}});
}

void PollMetrics::write(QJsonObject line)
{
    line.insert(u"at_ms"_s, qint64(m_clock.elapsed().count()));
    line.insert(u"ui_stall_ms"_s, rounded(m_takeLongestTurnMs()));
    line.insert(u"rss_kib"_s, residentKib());
    line.insert(u"cpu_ms"_s, cpuMilliseconds());
    m_file.write(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
    m_file.flush();
}

} // namespace Anchorwatch
