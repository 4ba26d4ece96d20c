#include "tests/bench/chapters.h"
#include "tests/bench/stage.h"
#include "tests/integration/watcher.h"

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto counted = 5s;    // of the page's time
constexpr auto untilKnown = 5s; // the service sees by then that a page is busy

// Chromium gives a page 60 frames a second without a screen.
double ownFrames(Stage &stage, const QString &id)
{
    return stage
        .evaluate(id, u"new Promise(done => {"
                      " const began = performance.now(); let frames = 0;"
                      " requestAnimationFrame(function count(now) {"
                      "  ++frames; const past = performance.now() - began;"
                      "  if (past < %1) requestAnimationFrame(count);"
                      "  else done(1000 * frames / past); }); })"_s.arg(
                          std::chrono::milliseconds(counted).count()))
        .toDouble();
}

// Turn by turn, unwatched and watched, so that both meet the machine in the same state.
void measure(Stage &stage, const QString &moving, const QString &name, const Target &target)
{
    const QString id = stage.showCards(moving);
    if (id.isEmpty())
        return;
    stage.awaitSteady(stage.browserOf(id));
    Watcher watcher(stage.viewLink(id));
    QList<double> unwatched;
    QList<double> watched;
    QList<double> pictures;
    for (int i = 0; i < stage.extent.spans; ++i) {
        watcher.look(0);
        pass(1s);
        unwatched.append(ownFrames(stage, id));
        watcher.look();
        pass(untilKnown);
        const int before = watcher.pictureCount();
        watched.append(ownFrames(stage, id));
        pictures.append((watcher.pictureCount() - before)
                        / std::chrono::duration<double>(counted).count());
    }
    stage.report.add(name + u", unwatched"_s, unwatched, u"/s"_s);
    stage.report.add(name + u", watched"_s, watched, u"/s"_s, target);
    stage.report.add(name + u": pictures a second meanwhile"_s, pictures, u"/s"_s);
    if (watcher.pictureCount() == 0)
        stage.report.fail(u"no picture comes"_s);
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
