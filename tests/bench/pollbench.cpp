// What polling many sessions costs, and how fast it is: see docs/performance.md. Prints every
// figure as it is known and, last, the rows of the table there; --json writes them with all
// samples,
// --baseline compares them with a file written before.

#include "tests/bench/pollstage.h"
#include "tests/bench/report.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <functional>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// What is measured, and how much: each figure is the median of so many runs, of spans of so many
// polls.
struct Extent
{
    int runs = 5;
    int polls = 12;
    QString window; // the program
};

struct PollTargets
{
    double turnMs;
    double cpuPercent;
    double pssMib;
    double paintedMs;
    double firstRowsMs;
    double filterMs;
    double sortMs;
};

struct Crowding
{
    QString name;
    int sessions;
    std::chrono::milliseconds interval;
    PollTargets targets;
};

const std::array crowdings{
    Crowding{u"1000"_s, 1'000, 1s, {4, 2, 45, 20, 200, 16, 16}},
    Crowding{u"10000"_s, 10'000, 1s, {8, 8, 60, 40, 300, 30, 40}},
    Crowding{u"100000"_s, 100'000, 5s, {16, 30, 220, 250, 1000, 120, 300}},
};

// What one run brings, by name.
class Samples
{
public:
    void add(const QString &what, double value) { m_samples[what].append(value); }
    void addAll(const QString &what, const QJsonArray &values)
    {
        for (const QJsonValue &value : values)
            add(what, value.toDouble());
    }
    void tell(Report &report, const QString &what, const QString &unit, const Target &target = {})
    {
        report.add(what, m_samples.value(what), unit, target);
    }

private:
    QHash<QString, QList<double>> m_samples;
};

QByteArray measureFor(std::chrono::milliseconds length)
{
    return "measure " + QByteArray::number(static_cast<qlonglong>(length.count()));
}

void filterAndSort(PollStage &stage, Samples &samples)
{
    for (const QByteArray letter : {"o", "7", "q"}) { // nearly all, some, none match
        samples.add(u"a filter letter → painted"_s,
                    stage.ask("filter " + letter)["ms"_L1].toDouble());
        samples.add(u"the filter cleared → painted"_s, stage.ask("filter")["ms"_L1].toDouble());
    }
    for (const QByteArray column : {"2", "3", "0", "5"}) // session, page, status, age
        samples.add(u"sort → painted"_s, stage.ask("sort " + column)["ms"_L1].toDouble());
}

void measureSame(PollStage &stage, Samples &samples, std::chrono::milliseconds interval)
{
    (void)stage.ask("select 0");
    stage.setManner("still");
    (void)stage.ask("interval 20");
    QJsonObject span = stage.ask(measureFor(3s));
    samples.add(u"nothing changed (304): window's thread, a poll"_s,
                span["threadMsPerPoll"_L1].toDouble());
    samples.add(u"nothing changed: model signals"_s, span["modelSignals"_L1].toDouble());
    (void)stage.ask("interval " + QByteArray::number(static_cast<qlonglong>(interval.count() / 5)));
    stage.setManner("same");
    span = stage.ask(measureFor(interval * 2));
    samples.add(u"the same bytes again: window's thread, a poll"_s,
                span["threadMsPerPoll"_L1].toDouble());
    samples.add(u"the same bytes again: longest gap between two poll() calls"_s,
                span["gapMs"_L1].toDouble());
}

bool runOnce(const Crowding &crowding, const Extent &extent, Samples &samples)
{
    PollStage stage(extent.window, crowding.sessions, crowding.interval);
    if (!stage.start())
        return false;
    samples.add(u"process start → first rows painted"_s, stage.firstRowsMs());
    (void)stage.ask("polls 2");
    const QByteArray measure = measureFor(crowding.interval * extent.polls);
    const QJsonObject span = stage.ask(measure);
    samples.add(u"longest turn of the event loop"_s, span["turnMs"_L1].toDouble());
    samples.add(u"longest gap between two poll() calls"_s, span["gapMs"_L1].toDouble());
    samples.add(u"CPU time of that gap"_s, span["gapCpuMs"_L1].toDouble());
    samples.add(u"CPU"_s, span["cpuPercent"_L1].toDouble());
    samples.add(u"decode and compare, off the window's thread"_s, span["decodeMs"_L1].toDouble());
    samples.addAll(u"answer received → changed cells painted"_s, span["paintedMs"_L1].toArray());
    samples.add(u"memory (PSS)"_s, stage.pssMib());
    filterAndSort(stage, samples);
    (void)stage.ask("select 500");
    const QJsonObject selected = stage.ask(measure);
    samples.add(u"500 selected: longest turn of the event loop"_s,
                selected["turnMs"_L1].toDouble());
    samples.add(u"500 selected: CPU"_s, selected["cpuPercent"_L1].toDouble());
    samples.add(u"memory (PSS) after all that"_s, stage.pssMib());
    measureSame(stage, samples, crowding.interval);
    return true;
}

void measureCrowding(Report &report, const Crowding &crowding, const Extent &extent)
{
    report.begin(
        u"%1 sessions, every %2 s"_s.arg(crowding.sessions).arg(crowding.interval.count() / 1000));
    Samples samples;
    for (int run = 0; run < extent.runs; ++run) {
        if (!runOnce(crowding, extent, samples))
            report.fail(u"no rows were painted"_s);
    }
    const PollTargets &targets = crowding.targets;
    const auto ms = u"ms"_s;
    samples.tell(report, u"longest turn of the event loop"_s, ms, atMost(targets.turnMs));
    samples.tell(report, u"longest gap between two poll() calls"_s, ms, atMost(targets.turnMs));
    samples.tell(report, u"CPU time of that gap"_s, ms);
    samples.tell(report, u"CPU"_s, u"%"_s, atMost(targets.cpuPercent));
    samples.tell(report, u"decode and compare, off the window's thread"_s, ms);
    samples.tell(report, u"memory (PSS)"_s, u"MiB"_s, atMost(targets.pssMib));
    samples.tell(report, u"memory (PSS) after all that"_s, u"MiB"_s);
    samples.tell(report, u"answer received → changed cells painted"_s, ms,
                 atMost(targets.paintedMs));
    samples.tell(report, u"process start → first rows painted"_s, ms, atMost(targets.firstRowsMs));
    samples.tell(report, u"a filter letter → painted"_s, ms, atMost(targets.filterMs));
    samples.tell(report, u"the filter cleared → painted"_s, ms, atMost(targets.filterMs));
    samples.tell(report, u"sort → painted"_s, ms, atMost(targets.sortMs));
    samples.tell(report, u"500 selected: longest turn of the event loop"_s, ms,
                 atMost(targets.turnMs));
    samples.tell(report, u"500 selected: CPU"_s, u"%"_s, atMost(targets.cpuPercent));
    samples.tell(report, u"nothing changed (304): window's thread, a poll"_s, ms, atMost(1));
    samples.tell(report, u"nothing changed: model signals"_s, {}, atMost(0));
    samples.tell(report, u"the same bytes again: window's thread, a poll"_s, ms);
    samples.tell(report, u"the same bytes again: longest gap between two poll() calls"_s, ms);
}

void measureIdle(Report &report, const Extent &extent)
{
    report.begin(u"100 sessions, every 2 s, nothing changes, the window hidden"_s);
    QList<double> cpu;
    for (int run = 0; run < extent.runs; ++run) {
        PollStage stage(extent.window, 100, 2s);
        if (!stage.start())
            continue;
        stage.setManner("still");
        (void)stage.ask("hide");
        cpu.append(stage.ask(measureFor(2s * extent.polls))["cpuPercent"_L1].toDouble());
    }
    report.add(u"CPU"_s, cpu, u"%"_s, atMost(0.3));
}

void measureTerminating(Report &report, const Extent &extent)
{
    report.begin(u"1000 of 10000 sessions terminated at once"_s);
    QList<double> turns;
    QList<double> gaps;
    for (int run = 0; run < extent.runs; ++run) {
        PollStage stage(extent.window, 10'000, 1s);
        if (!stage.start())
            continue;
        (void)stage.ask("polls 2"); // the first screen is another figure
        const QJsonObject span = stage.ask("terminate 1000");
        turns.append(span["turnMs"_L1].toDouble());
        gaps.append(span["gapMs"_L1].toDouble());
    }
    report.add(u"longest turn of the event loop"_s, turns, u"ms"_s, atMost(16));
    report.add(u"longest gap between two poll() calls"_s, gaps, u"ms"_s, atMost(16));
}

// As many polls as a day has at one every two seconds, without the pauses.
void measureDay(Report &report, const Extent &extent)
{
    constexpr int hour = 1800;
    report.begin(u"A day of polls of 1000 sessions, without the pauses"_s);
    PollStage stage(extent.window, 1'000, 1s);
    if (!stage.start()) {
        report.fail(u"no rows were painted"_s);
        return;
    }
    (void)stage.ask("interval 1");
    (void)stage.ask("polls " + QByteArray::number(hour));
    const double first = stage.pssMib();
    (void)stage.ask("polls " + QByteArray::number(hour * 23));
    const double last = stage.pssMib();
    report.add(u"memory (PSS) after an hour"_s, {first}, u"MiB"_s);
    report.add(u"memory (PSS) after 24 hours"_s, {last}, u"MiB"_s);
    report.add(u"the one by the other"_s, {last / first}, {}, atMost(1.05));
}

struct Chapter
{
    QString name;
    std::function<void(Report &, const Extent &)> measure;
};

QList<Chapter> chapters()
{
    QList<Chapter> all;
    for (const Crowding &crowding : crowdings) {
        all.append({crowding.name, [&crowding](Report &report, const Extent &extent) {
                        measureCrowding(report, crowding, extent);
                    }});
    }
    all.append({u"idle"_s, measureIdle});
    all.append({u"terminate"_s, measureTerminating});
    all.append({u"day"_s, measureDay});
    return all;
}

QJsonObject readJson(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        std::fprintf(stderr, "cannot read %s\n", qPrintable(fileName));
    return QJsonDocument::fromJson(file.readAll()).object();
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen"); // for the window, which needs no display then
    const QCommandLineOption jsonOption(u"json"_s, u"Write the figures to this file."_s, u"file"_s);
    const QCommandLineOption baselineOption(u"baseline"_s,
                                            u"Compare with the figures of this file."_s, u"file"_s);
    const QCommandLineOption onlyOption(
        u"only"_s,
        u"Measure this part only; may be given again: 1000, 10000, 100000, idle, "
        "terminate, day."_s,
        u"part"_s);
    const QCommandLineOption runsOption(u"runs"_s, u"Runs for each figure."_s, u"number"_s, u"5"_s);
    const QCommandLineOption pollsOption(u"polls"_s, u"Polls in each run."_s, u"number"_s, u"12"_s);
    const QCommandLineOption windowOption(
        u"window"_s, u"Measure this build of pollwindow instead of the one made here."_s,
        u"program"_s, QStringLiteral(POLL_WINDOW));
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions(
        {jsonOption, baselineOption, onlyOption, runsOption, pollsOption, windowOption});
    parser.process(application);

    const Extent extent{std::max(1, parser.value(runsOption).toInt()),
                        std::max(2, parser.value(pollsOption).toInt()), parser.value(windowOption)};
    const QStringList only = parser.values(onlyOption);
    Report report;
    for (const Chapter &chapter : chapters()) {
        if (only.isEmpty() || only.contains(chapter.name))
            chapter.measure(report, extent);
    }
    std::printf("\n%s\n%s", qUtf8Printable(report.circumstances()),
                qUtf8Printable(report.markdown()));
    if (parser.isSet(baselineOption)) {
        std::printf("\n%s",
                    qUtf8Printable(report.comparison(readJson(parser.value(baselineOption)))));
    }
    if (parser.isSet(jsonOption) && !report.write(parser.value(jsonOption)))
        return EXIT_FAILURE;
    return report.isWhole() ? EXIT_SUCCESS : EXIT_FAILURE;
}
