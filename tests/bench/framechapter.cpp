#include "tests/bench/chapters.h"
#include "tests/bench/stage.h"
#include "tests/integration/watcher.h"

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Chromium gives a page 60 frames a second without a screen.
double ownFrames(Stage &stage, const QString &id)
{
    return stage
        .evaluate(id, u"new Promise(done => {"
                      " const began = performance.now(); let frames = 0;"
                      " requestAnimationFrame(function count(now) {"
                      "  ++frames; const past = performance.now() - began;"
                      "  if (past < 5000) requestAnimationFrame(count);"
                      "  else done(1000 * frames / past); }); })"_s)
        .toDouble();
}

QList<double> ownFramesOften(Stage &stage, const QString &id)
{
    QList<double> frames;
    for (int i = 0; i < stage.extent.spans; ++i)
        frames.append(ownFrames(stage, id));
    return frames;
}

void measure(Stage &stage, const QString &moving, const QString &name, const Target &target)
{
    const QString id = stage.showCards(moving);
    if (id.isEmpty())
        return;
    stage.awaitSteady(stage.browserOf(id));
    stage.report.add(name + u", unwatched"_s, ownFramesOften(stage, id), u"/s"_s);
    Watcher watcher(stage.viewLink(id));
    watcher.look();
    if (!awaitSignal(watcher, &Watcher::pictureCame, [&] { return watcher.pictureCount() > 0; })) {
        stage.report.fail(u"no picture comes"_s);
        return;
    }
    // By then the service knows whether it is a busy page.
    pass(5s);
    const int before = watcher.pictureCount();
    const QList<double> watched = ownFramesOften(stage, id);
    stage.report.add(name + u", watched"_s, watched, u"/s"_s, target);
    const double seconds = 5.0 * stage.extent.spans;
    stage.report.add(name + u": pictures a second meanwhile"_s,
                     {(watcher.pictureCount() - before) / seconds}, u"/s"_s);
    (void)stage.driver->terminate(id);
}

} // namespace

void measureOwnFrames(Stage &stage)
{
    measure(stage, u"spinner"_s, u"a page with a spinner"_s, atLeast(45));
    measure(stage, u"canvas"_s, u"a page that is all canvas"_s, atLeast(30));
    measure(stage, u"still"_s, u"a still page"_s, atLeast(55));
}

} // namespace Anchorwatch
