#include "tests/bench/chapters.h"
#include "tests/bench/processcost.h"
#include "tests/bench/stage.h"
#include "tests/integration/watcher.h"

#include <memory>
#include <vector>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto stillFor = 20s;
constexpr auto moveEvery = 500ms; // keeps the screencast going, as a person in control does

using Watchers = std::vector<std::unique_ptr<Watcher>>;

struct RelayCost
{
    QList<double> cpu;
    QList<double> rate; // pictures a second that the last viewer gets
};

RelayCost measure(Stage &stage, const Watcher &last)
{
    RelayCost cost;
    for (int i = 0; i < stage.extent.spans; ++i) {
        const int before = last.pictureCount();
        const CpuSpan span({static_cast<pid_t>(stage.service.pid())});
        pass(stage.extent.span);
        cost.cpu.append(span.percent());
        cost.rate.append((last.pictureCount() - before)
                         / std::chrono::duration<double>(stage.extent.span).count());
    }
    return cost;
}

bool watch(Watchers &watchers, const QString &link, Watcher::Acks acks = Watcher::Acks::Sent)
{
    watchers.push_back(std::make_unique<Watcher>(link, acks));
    Watcher &watcher = *watchers.back();
    watcher.look();
    return awaitSignal(watcher, &Watcher::pictureCame, [&] { return watcher.pictureCount() > 0; });
}

void addCost(Report &report, const QString &name, const RelayCost &cost, const Target &target)
{
    report.add(name + u": CPU of anchorwatchd"_s, cost.cpu, u"%"_s, target);
    report.add(name + u": pictures a second each"_s, cost.rate, u"/s"_s);
}

void measureBusy(Stage &stage, const QString &id)
{
    Report &report = stage.report;
    const QList<pid_t> service{static_cast<pid_t>(stage.service.pid())};
    const QString link = stage.viewLink(id);
    Watchers watchers;
    if (!watch(watchers, link) || !awaitSignal(*watchers[0], &Watcher::pictureCame, [&] {
            return watchers[0]->isStill();
        })) {
        report.fail(u"no pictures come"_s);
        return;
    }
    addCost(report, u"1 viewer of a page with a spinner"_s, measure(stage, *watchers[0]),
            atMost(6));
    report.add(u"1 viewer: memory (PSS) of anchorwatchd"_s, {pssMib(service)}, u"MiB"_s,
               atMost(35));
    bool allCame = true;
    while (watchers.size() < 8)
        allCame = watch(watchers, link) && allCame;
    addCost(report, u"8 viewers"_s, measure(stage, *watchers.back()), atMost(6));
    watchers.erase(watchers.begin());
    watchers.insert(watchers.begin(), std::make_unique<Watcher>(link, Watcher::Acks::Withheld));
    watchers.front()->look();
    addCost(report, u"8 viewers, one of them stalled"_s, measure(stage, *watchers.back()),
            atMost(6));
    report.add(u"8 viewers: memory (PSS) of anchorwatchd"_s, {pssMib(service)}, u"MiB"_s,
               atMost(35));
    if (!allCame)
        report.fail(u"a viewer saw nothing"_s);
}

void measureActing(Stage &stage, const QString &id)
{
    Watchers watchers;
    if (!watch(watchers, stage.controlLink(id))) {
        stage.report.fail(u"no pictures come"_s);
        return;
    }
    Watcher &watcher = *watchers.front();
    watcher.send({{"t"_L1, u"control"_s}, {"take"_L1, true}});
    QTimer moves;
    QObject::connect(&moves, &QTimer::timeout, &watcher, [&watcher] {
        watcher.send({{"t"_L1, u"mouse"_s},
                      {"k"_L1, u"move"_s},
                      {"x"_L1, 5},
                      {"y"_L1, 5},
                      {"button"_L1, u"none"_s}});
    });
    moves.start(moveEvery);
    pass(2s);
    addCost(stage.report, u"1 viewer in control, who moves the mouse"_s, measure(stage, watcher),
            {});
}

void measureStill(Stage &stage)
{
    const QString id = stage.showCards(u"still"_s);
    const QList<pid_t> service{static_cast<pid_t>(stage.service.pid())};
    stage.awaitSteady(stage.browserOf(id));
    Watcher watcher(stage.viewLink(id));
    watcher.look();
    if (!awaitSignal(watcher, &Watcher::said, [&] { return watcher.state() == "quiet"_L1; })) {
        stage.report.fail(u"the page is not said to be still"_s);
        return;
    }
    const CpuSpan span(service);
    pass(stillFor);
    stage.report.add(u"a still page, watched for 20 s: CPU of anchorwatchd"_s, {span.percent()},
                     u"%"_s, atMost(0.5));
    stage.report.add(u"a still page: pictures sent in all"_s, {double(watcher.pictureCount())},
                     u""_s, atMost(1));
}

} // namespace

void measureRelay(Stage &stage)
{
    const QString id = stage.showCards(u"spinner"_s);
    if (id.isEmpty())
        return;
    measureBusy(stage, id);
    measureActing(stage, id);
    (void)stage.driver->terminate(id);
    measureStill(stage);
}

} // namespace Anchorwatch
