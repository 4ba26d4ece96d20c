#include "tests/bench/chapters.h"
#include "tests/bench/directviewer.h"
#include "tests/bench/stage.h"
#include "tests/integration/watcher.h"

#include <QColor>
#include <QElapsedTimer>

#include <functional>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QColor red(0xcc, 0x22, 0x22);
const QColor blue(0x22, 0x44, 0xcc);
constexpr auto betweenPresses = 200ms;

void click(Watcher &watcher)
{
    QJsonObject mouse{{"t"_L1, u"mouse"_s},     {"k"_L1, u"down"_s}, {"x"_L1, 300}, {"y"_L1, 300},
                      {"button"_L1, u"left"_s}, {"buttons"_L1, 1},   {"n"_L1, 1}};
    watcher.send(mouse);
    mouse.insert("k"_L1, u"up"_s);
    mouse.insert("buttons"_L1, 0);
    watcher.send(mouse);
}

void pressKey(Watcher &watcher)
{
    QJsonObject key{{"t"_L1, u"key"_s},     {"k"_L1, u"down"_s}, {"key"_L1, u"a"_s},
                    {"code"_L1, u"KeyA"_s}, {"vk"_L1, 65},       {"text"_L1, u"a"_s}};
    watcher.send(key);
    key.insert("k"_L1, u"up"_s);
    key.insert("text"_L1, QString());
    watcher.send(key);
}

// Milliseconds until the picture that shows it has come and is decoded.
template<typename Viewer, typename Press>
std::optional<double> timeToPicture(Viewer &viewer, Press press)
{
    const QColor wanted = isNear(viewer.middle(), red) ? blue : red;
    QElapsedTimer since;
    since.start();
    std::invoke(press, viewer);
    const bool came =
        awaitSignal(viewer, &Viewer::pictureCame, [&] { return isNear(viewer.middle(), wanted); });
    return came ? std::optional(static_cast<double>(since.nsecsElapsed()) / 1e6) : std::nullopt;
}

void addTimes(Report &report, const QString &name, const QList<double> &times,
              const Target &middle = {}, const Target &late = {})
{
    report.add(u"%1 → changed picture, median of %2"_s.arg(name).arg(times.size()), {median(times)},
               u"ms"_s, middle);
    report.add(name + u" → changed picture, p95"_s, {quantile(times, 0.95)}, u"ms"_s, late);
}

// Turn by turn, so that both meet the machine in the same state.
template<typename Press, typename DirectPress>
void measure(Stage &stage, Watcher &watcher, DirectViewer &direct, const QString &name, Press press,
             DirectPress directPress)
{
    QList<double> times;
    QList<double> directTimes;
    for (int i = 0; i < stage.extent.presses; ++i) {
        const std::optional<double> time = timeToPicture(watcher, press);
        pass(betweenPresses + std::chrono::milliseconds(7 * (i % 10)));
        const std::optional<double> directTime = timeToPicture(direct, directPress);
        pass(betweenPresses);
        if (!time || !directTime) {
            stage.report.fail(name + u" changes nothing"_s);
            return;
        }
        times.append(*time);
        directTimes.append(*directTime);
    }
    addTimes(stage.report, name, times, atMost(90), atMost(150));
    addTimes(stage.report, u"without a service: "_s + name, directTimes);
}

template<typename Viewer>
bool showsRed(Stage &stage, Viewer &viewer)
{
    const bool shows =
        awaitSignal(viewer, &Viewer::pictureCame, [&] { return isNear(viewer.middle(), red); });
    if (!shows)
        stage.report.fail(u"no picture comes"_s);
    return shows;
}

QString showPaint(Stage &stage)
{
    const QString id =
        stage.driver->createRunning({{"initialUrl"_L1, stage.site.url(u"/paint"_s)}});
    if (!stage.driver->awaitField(id, u"title"_s, u"paint"_s)) {
        stage.report.fail(u"a session does not come up"_s);
        return {};
    }
    stage.awaitSteady(stage.browserOf(id));
    return id;
}

} // namespace

void measurePresses(Stage &stage)
{
    const QString id = showPaint(stage);
    const QString directId = showPaint(stage);
    Watcher watcher(stage.controlLink(id));
    watcher.look();
    watcher.send({{"t"_L1, u"control"_s}, {"take"_L1, true}});
    DirectViewer direct(stage.driver->session(directId).value("cdpUrl"_L1).toString());
    if (!showsRed(stage, watcher) || !showsRed(stage, direct))
        return;
    measure(stage, watcher, direct, u"click"_s, click, &DirectViewer::click);
    measure(stage, watcher, direct, u"key"_s, pressKey, &DirectViewer::pressKey);
}

} // namespace Anchorwatch
