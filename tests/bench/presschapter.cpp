#include "tests/bench/chapters.h"
#include "tests/bench/stage.h"
#include "tests/integration/watcher.h"

#include <QColor>
#include <QElapsedTimer>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QColor red(0xcc, 0x22, 0x22);
const QColor blue(0x22, 0x44, 0xcc);
constexpr auto betweenPresses = 250ms;

void click(Watcher &watcher)
{
    QJsonObject message{{"t"_L1, u"mouse"_s},     {"k"_L1, u"down"_s}, {"x"_L1, 300}, {"y"_L1, 300},
                        {"button"_L1, u"left"_s}, {"buttons"_L1, 1},   {"n"_L1, 1}};
    watcher.send(message);
    message.insert("k"_L1, u"up"_s);
    message.insert("buttons"_L1, 0);
    watcher.send(message);
}

void pressKey(Watcher &watcher)
{
    QJsonObject message{{"t"_L1, u"key"_s},     {"k"_L1, u"down"_s}, {"key"_L1, u"a"_s},
                        {"code"_L1, u"KeyA"_s}, {"vk"_L1, 65},       {"text"_L1, u"a"_s}};
    watcher.send(message);
    message.insert("k"_L1, u"up"_s);
    message.insert("text"_L1, QString());
    watcher.send(message);
}

// Milliseconds until the picture that shows it has come and is decoded.
std::optional<double> timeToPicture(Watcher &watcher, void (*press)(Watcher &))
{
    const QColor wanted = isNear(watcher.middle(), red) ? blue : red;
    QElapsedTimer since;
    since.start();
    press(watcher);
    const bool came = awaitSignal(watcher, &Watcher::pictureCame,
                                  [&] { return isNear(watcher.middle(), wanted); });
    return came ? std::optional(static_cast<double>(since.nsecsElapsed()) / 1e6) : std::nullopt;
}

void measure(Stage &stage, Watcher &watcher, const QString &name, void (*press)(Watcher &))
{
    QList<double> times;
    for (int i = 0; i < stage.extent.presses; ++i) {
        const std::optional<double> time = timeToPicture(watcher, press);
        if (!time) {
            stage.report.fail(name + u" changes nothing"_s);
            return;
        }
        times.append(*time);
        pass(betweenPresses + std::chrono::milliseconds(7 * (i % 10)));
    }
    stage.report.add(name + u" → changed picture, median of %1"_s.arg(times.size()),
                     {median(times)}, u"ms"_s, atMost(90));
    stage.report.add(name + u" → changed picture, p95"_s, {quantile(times, 0.95)}, u"ms"_s,
                     atMost(150));
}

} // namespace

void measurePresses(Stage &stage)
{
    const QString id =
        stage.driver->createRunning({{"initialUrl"_L1, stage.site.url(u"/paint"_s)}});
    if (!stage.driver->awaitField(id, u"title"_s, u"paint"_s)) {
        stage.report.fail(u"a session does not come up"_s);
        return;
    }
    stage.awaitSteady(stage.browserOf(id));
    Watcher watcher(stage.controlLink(id));
    watcher.look();
    watcher.send({{"t"_L1, u"control"_s}, {"take"_L1, true}});
    if (!awaitSignal(watcher, &Watcher::pictureCame,
                     [&] { return isNear(watcher.middle(), red); })) {
        stage.report.fail(u"no picture comes"_s);
        return;
    }
    measure(stage, watcher, u"click"_s, click);
    measure(stage, watcher, u"key"_s, pressKey);
}

} // namespace Anchorwatch
