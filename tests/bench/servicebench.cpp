// GET /sessions of the real anchorwatchd with 100 sessions, under wrk: paced at 2,000 requests a
// second, then as many as it takes. Prints what wrk measured and what the service grew by; fails
// when an answer is missing or is no 200.
//
//   servicebench [--seconds N]
#include "network/service/sessionregistry.h"
#include "tests/integration/footprint.h"
#include "tests/integration/serviceprocess.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QRegularExpression>

#include <cstdio>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

constexpr int sessionCount = 100;

struct Load
{
    double perSecond = 0;
    QString p99;
    bool isClean = false; // no socket failed, every status was 2xx or 3xx
};

// Ended a moment ago, so that the service lists it without a browser.
SessionRecord endedSession(int number)
{
    SessionRecord record;
    record.id = u"bench%1"_s.arg(number, 27, 10, '0'_L1);
    record.capability = QString(32, u'c');
    record.createdAt = QDateTime::currentDateTimeUtc();
    record.stage = SessionRecord::Stage::Stopped;
    record.error = u"The browser ended by itself."_s;
    record.overSince = record.createdAt;
    return record;
}

bool writeRecords(const QString &dataFolder)
{
    const QString folder = dataFolder + "/sessions"_L1;
    if (!QDir().mkpath(folder))
        return false;
    const SessionRegistry registry(folder);
    for (int number = 0; number < sessionCount; ++number) {
        if (!registry.write(endedSession(number)).isEmpty())
            return false;
    }
    return true;
}

QString captured(const QString &text, const QString &pattern)
{
    return QRegularExpression(pattern).match(text).captured(1);
}

Load run(const QUrl &service, int seconds, const QStringList &options)
{
    QProcess wrk;
    wrk.start(QStringLiteral(WRK),
              QStringList{u"--latency"_s, u"--threads"_s, u"1"_s, u"--connections"_s, u"32"_s,
                          u"--duration"_s, QString::number(seconds)}
                  + options
                  + QStringList{service.toString() + "/api/browser-automation/sessions"_L1});
    wrk.waitForFinished(-1);
    const QString said = QString::fromUtf8(wrk.readAll());
    return {captured(said, u"Requests/sec:\\s+([0-9.]+)"_s).toDouble(),
            captured(said, u"99%\\s+(\\S+)"_s),
            wrk.exitCode() == 0 && !said.contains("Socket errors"_L1)
                && !said.contains("Non-2xx"_L1)};
}

bool report(const char *name, const Load &load, const Footprint &before, const Footprint &after)
{
    std::printf("%-28s %8.0f requests/s, p99 %s, %s, %+lld KiB\n", name, load.perSecond,
                qPrintable(load.p99), load.isClean ? "none failed" : "SOME FAILED",
                static_cast<long long>(after.residentKib - before.residentKib));
    return load.isClean;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addOption({u"seconds"_s, u"How long each of the two loads lasts."_s, u"N"_s, u"60"_s});
    parser.process(app);
    const int seconds = parser.value(u"seconds"_s).toInt();

    ServiceProcess service;
    if (!writeRecords(service.dataFolder()) || !service.start()) {
        std::fprintf(stderr, "the service does not start:\n%s\n", service.log().constData());
        return 1;
    }
    const auto footprint = [&] { return footprintOf(static_cast<pid_t>(service.pid())); };
    const Footprint start = footprint();
    const Load paced =
        run(service.url(), seconds, {u"--script"_s, QStringLiteral(LIST_LOAD_SCRIPT)});
    const Footprint middle = footprint();
    const Load full = run(service.url(), seconds, {});
    const Footprint end = footprint();
    const bool isPacedClean = report("2,000 requests a second", paced, start, middle);
    const bool isFullClean = report("as many as it takes", full, middle, end);
    return isPacedClean && isFullClean ? 0 : 1;
}
