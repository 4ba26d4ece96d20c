#include "tests/bench/chapters.h"
#include "tests/bench/processcost.h"
#include "tests/bench/stage.h"

#include <QProcess>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int stillSessions = 6;
constexpr int movingSessions = 3;
constexpr auto untilAllTilesShow = 10s;

struct Costs
{
    QList<double> browsers, service, window;
};

void measure(Costs &costs, Stage &stage, const QList<pid_t> &browsers, const QProcess &wall)
{
    const CpuSpan ofBrowsers(browsers);
    const CpuSpan ofService({static_cast<pid_t>(stage.service.pid())});
    const CpuSpan ofWindow({static_cast<pid_t>(wall.processId())});
    pass(2 * stage.extent.span);
    costs.browsers.append(ofBrowsers.percent());
    costs.service.append(ofService.percent());
    costs.window.append(ofWindow.percent());
}

// What was used while it was watched, more than before.
QList<double> more(const QList<double> &watched, const QList<double> &idle)
{
    QList<double> difference;
    for (qsizetype i = 0; i < watched.size(); ++i)
        difference.append(watched.at(i) - idle.at(i));
    return difference;
}

} // namespace

void measureWall(Stage &stage)
{
    QStringList links;
    QList<pid_t> browsers;
    for (int i = 0; i < stillSessions + movingSessions; ++i) {
        const QString id = stage.showCards(i < stillSessions ? u"still"_s : u"spinner"_s);
        if (id.isEmpty())
            return;
        links.append(stage.viewLink(id));
        browsers.append(stage.browserOf(id));
    }
    stage.awaitSteady(browsers);

    Costs idle;
    Costs watched;
    QProcess wall;
    wall.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    for (int i = 0; i < stage.extent.spans; ++i) {
        measure(idle, stage, browsers, wall);
        wall.start(QStringLiteral(WATCHING_WINDOW), QStringList{u"wall"_s} + links);
        pass(untilAllTilesShow);
        measure(watched, stage, browsers, wall);
        wall.terminate();
        if (!awaitSignal(wall, &QProcess::finished,
                         [&] { return wall.state() == QProcess::NotRunning; }))
            stage.report.fail(u"the wall does not end"_s);
        pass(2s);
    }
    stage.report.add(u"nine browsers at rest: CPU"_s, idle.browsers, u"%"_s);
    stage.report.add(u"nine browsers on the wall: CPU over that"_s,
                     more(watched.browsers, idle.browsers), u"%"_s, atMost(20));
    stage.report.add(u"anchorwatchd at rest: CPU"_s, idle.service, u"%"_s);
    stage.report.add(u"anchorwatchd, with the wall: CPU"_s, watched.service, u"%"_s);
    stage.report.add(u"window with the wall: CPU"_s, watched.window, u"%"_s);
    QList<double> ours;
    for (qsizetype i = 0; i < watched.service.size(); ++i)
        ours.append(watched.service.at(i) + watched.window.at(i));
    stage.report.add(u"both together"_s, ours, u"%"_s, atMost(1));
}

} // namespace Anchorwatch
