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

// The window runs for as long as it is measured: the table alone, or the wall beside it.
void measure(Costs &costs, Stage &stage, const QList<pid_t> &browsers, const QString &shown,
             const QStringList &links)
{
    QProcess window;
    window.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    window.start(QStringLiteral(WATCHING_WINDOW), QStringList{shown} + links);
    pass(untilAllTilesShow);
    {
        const CpuSpan ofBrowsers(browsers);
        const CpuSpan ofService({static_cast<pid_t>(stage.service.pid())});
        const CpuSpan ofWindow({static_cast<pid_t>(window.processId())});
        pass(2 * stage.extent.span);
        costs.browsers.append(ofBrowsers.percent());
        costs.service.append(ofService.percent());
        costs.window.append(ofWindow.percent());
    }
    window.terminate();
    if (!awaitSignal(window, &QProcess::finished,
                     [&] { return window.state() == QProcess::NotRunning; }))
        stage.report.fail(u"the window does not end"_s);
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
    for (int i = 0; i < stage.extent.spans; ++i) {
        measure(idle, stage, browsers, u"table"_s, links);
        measure(watched, stage, browsers, u"wall"_s, links);
    }
    stage.report.add(u"nine browsers at rest: CPU"_s, idle.browsers, u"%"_s);
    stage.report.add(u"nine browsers on the wall: CPU over that"_s,
                     more(watched.browsers, idle.browsers), u"%"_s, atMost(20));
    const QList<double> service = more(watched.service, idle.service);
    const QList<double> window = more(watched.window, idle.window);
    stage.report.add(u"anchorwatchd: CPU over that without the wall"_s, service, u"%"_s);
    stage.report.add(u"the window: CPU over that without the wall"_s, window, u"%"_s);
    QList<double> ours;
    for (qsizetype i = 0; i < service.size(); ++i)
        ours.append(service.at(i) + window.at(i));
    stage.report.add(u"both together"_s, ours, u"%"_s, atMost(1));
}

} // namespace Anchorwatch
