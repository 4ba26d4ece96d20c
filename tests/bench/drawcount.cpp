#include "tests/bench/drawcount.h"

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto counting = R"(
    window.drawn = {count: 0, first: 0};
    const draw = CanvasRenderingContext2D.prototype.drawImage;
    CanvasRenderingContext2D.prototype.drawImage = function(...what) {
        if (++window.drawn.count === 1)
            requestAnimationFrame(() => { window.drawn.first = performance.now(); });
        return draw.apply(this, what);
    };)";

constexpr auto counted = R"((() => {
    const files = [...performance.getEntriesByType('resource'),
                   ...performance.getEntriesByType('navigation')];
    return {...window.drawn, files: files.length,
            bytes: files.reduce((sum, file) => sum + file.decodedBodySize, 0)};
})())";

} // namespace

void openCounting(Stage &stage, const QString &id, const QString &url)
{
    (void)stage.driver->command(id, u"Page.enable"_s);
    (void)stage.driver->command(id, u"Page.addScriptToEvaluateOnNewDocument"_s,
                                {{"source"_L1, QString::fromLatin1(counting)}});
    (void)stage.driver->command(id, u"Page.navigate"_s, {{"url"_L1, url}});
}

Drawn drawn(Stage &stage, const QString &id)
{
    const QJsonValue said = stage.evaluate(id, QString::fromLatin1(counted));
    return {said["first"_L1].toDouble(), said["count"_L1].toInt(), said["files"_L1].toInt(),
            said["bytes"_L1].toDouble() / 1000};
}

bool awaitDrawn(Stage &stage, const QString &id)
{
    constexpr int tries = 100;
    for (int i = 0; i < tries; ++i) {
        if (drawn(stage, id).firstMs > 0)
            return true;
        pass(200ms);
    }
    return false;
}

} // namespace Anchorwatch
