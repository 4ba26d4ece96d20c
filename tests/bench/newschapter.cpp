#include "tests/bench/chapters.h"
#include "tests/bench/stage.h"
#include "tests/integration/leftovers.h"
#include "tests/integration/watcher.h"

#include <QElapsedTimer>

#include <csignal>
#include <functional>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Watched
{
    QString id;
    std::unique_ptr<Watcher> watcher;
};

Watched watchNew(Stage &stage)
{
    Watched watched{stage.showCards(u"still"_s), nullptr};
    watched.watcher = std::make_unique<Watcher>(stage.controlLink(watched.id));
    watched.watcher->look();
    watched.watcher->send({{"t"_L1, u"control"_s}, {"take"_L1, true}});
    (void)awaitSignal(*watched.watcher, &Watcher::said,
                      [&] { return watched.watcher->state() == "quiet"_L1; });
    return watched;
}

// Milliseconds from doing it until the viewer has heard of it.
double timeToNews(Stage &stage, Watcher &watcher, const QString &state,
                  const std::function<void()> &happens)
{
    QElapsedTimer since;
    since.start();
    happens();
    if (!awaitSignal(watcher, &Watcher::said, [&] { return watcher.state() == state; }))
        stage.report.fail(u"a viewer never hears of: "_s + state);
    return static_cast<double>(since.nsecsElapsed()) / 1e6;
}

void measureDialogs(Stage &stage, const Watched &watched)
{
    QList<double> times;
    for (int i = 0; i < stage.extent.spans; ++i) {
        times.append(timeToNews(stage, *watched.watcher, u"dialog"_s, [&] {
            stage.driver->post(watched.id, u"Runtime.evaluate"_s,
                               {{"expression"_L1, u"alert('now')"_s}});
        }));
        (void)stage.driver->command(watched.id, u"Page.handleJavaScriptDialog"_s,
                                    {{"accept"_L1, true}});
        (void)awaitSignal(*watched.watcher, &Watcher::said,
                          [&] { return watched.watcher->state() != "dialog"_L1; });
    }
    stage.report.add(u"dialog shown → said"_s, times, u"ms"_s, atMost(1000));
}

void measureCrashes(Stage &stage, const Watched &watched)
{
    QList<double> times;
    for (int i = 0; i < stage.extent.spans; ++i) {
        times.append(timeToNews(stage, *watched.watcher, u"crashed"_s,
                                [&] { stage.driver->post(watched.id, u"Page.crash"_s); }));
        watched.watcher->send({{"t"_L1, u"nav"_s}, {"op"_L1, u"reload"_s}});
        (void)awaitSignal(*watched.watcher, &Watcher::said,
                          [&] { return watched.watcher->state() == "quiet"_L1; });
    }
    stage.report.add(u"page crashed → said"_s, times, u"ms"_s, atMost(1000));
}

void measureEnds(Stage &stage, const QString &what,
                 const std::function<void(const QString &id)> &ends)
{
    QList<double> times;
    for (int i = 0; i < stage.extent.spans; ++i) {
        const Watched watched = watchNew(stage);
        times.append(timeToNews(stage, *watched.watcher, u"ended"_s, [&] { ends(watched.id); }));
    }
    stage.report.add(what + u" → said"_s, times, u"ms"_s, atMost(1000));
}

} // namespace

void measureNews(Stage &stage)
{
    {
        const Watched watched = watchNew(stage);
        (void)stage.driver->command(watched.id, u"Page.enable"_s);
        measureDialogs(stage, watched);
        measureCrashes(stage, watched);
    }
    measureEnds(stage, u"browser killed"_s,
                [](const QString &id) { ::kill(browserPidOf(id), SIGKILL); });
    measureEnds(stage, u"session terminated"_s, [&stage](const QString &id) {
        stage.driver->api().removeWithoutWaiting(sessionPath(id));
    });
}

} // namespace Anchorwatch
