#include "tests/bench/chapters.h"
#include "tests/bench/drawcount.h"
#include "tests/bench/playedservice.h"
#include "tests/bench/processcost.h"

#include <QJsonDocument>
#include <QProcess>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int pictureCount = 25;
const QSize pageSize(1280, 720);

// As the service has them of a page that scrolls.
QList<QByteArray> record(Stage &stage)
{
    const QString id = stage.showCards(u"still"_s);
    stage.setPageSize(id, pageSize);
    QList<QByteArray> pictures;
    for (int i = 0; i < pictureCount; ++i) {
        (void)stage.evaluate(id, u"scrollTo(0, %1)"_s.arg(40 * i));
        const QJsonObject shot = stage.driver->command(
            id, u"Page.captureScreenshot"_s, {{"format"_L1, u"jpeg"_s}, {"quality"_L1, 60}});
        pictures.append(QByteArray::fromBase64(shot.value("data"_L1).toString().toLatin1()));
    }
    (void)stage.driver->terminate(id);
    return pictures;
}

double perSecond(int count, std::chrono::milliseconds time)
{
    return count / std::chrono::duration<double>(time).count();
}

// One run of the window (watchingwindow.cpp); what it says of itself.
QJsonObject runWindow(const QString &link, std::chrono::milliseconds span)
{
    QProcess window;
    window.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    window.start(QStringLiteral(WATCHING_WINDOW),
                 {u"viewer"_s, QString::number(span.count()), link});
    const bool ended = awaitSignal(
        window, &QProcess::finished, [&] { return window.state() == QProcess::NotRunning; },
        span + 60s);
    return ended ? QJsonDocument::fromJson(window.readAllStandardOutput()).object() : QJsonObject();
}

void measureWindow(Stage &stage, PlayedService &played)
{
    QList<double> cpu, memory, frameMedian, frameP95, rate;
    for (int i = 0; i < stage.extent.spans; ++i) {
        const QJsonObject run = runWindow(played.link(), stage.extent.span);
        if (run.isEmpty()) {
            stage.report.fail(u"the window shows nothing"_s);
            return;
        }
        cpu.append(run.value("cpuPercent"_L1).toDouble());
        memory.append(run.value("moreMib"_L1).toDouble());
        frameMedian.append(run.value("frameMs"_L1).toDouble());
        frameP95.append(run.value("frameMsP95"_L1).toDouble());
        rate.append(perSecond(run.value("frames"_L1).toInt(), stage.extent.span));
    }
    stage.report.add(u"window's viewer: pictures a second"_s, rate, u"/s"_s, atLeast(24));
    stage.report.add(u"window's viewer: CPU of the program"_s, cpu, u"%"_s, atMost(12));
    stage.report.add(u"window's viewer: memory over the main window"_s, memory, u"MiB"_s,
                     atMost(15));
    stage.report.add(u"window's viewer: window's thread, a picture, p95"_s, frameP95, u"ms"_s,
                     atMost(4));
    stage.report.add(u"window's viewer: window's thread, a picture, median"_s, frameMedian,
                     u"ms"_s);
}

void measureChromium(Stage &stage, PlayedService &played)
{
    const QString id = stage.driver->createRunning();
    stage.setPageSize(id, pageSize + QSize(0, 160)); // the page has bars round the picture
    const QList<pid_t> before = stage.browserOf(id);
    stage.awaitSteady(before);
    stage.report.add(u"empty Chromium: memory (PSS)"_s, {pssMib(before)}, u"MiB"_s);

    openCounting(stage, id, played.link());
    if (!awaitDrawn(stage, id)) {
        stage.report.fail(u"the page draws nothing"_s);
        return;
    }
    const QList<pid_t> browser = stage.browserOf(id);
    stage.awaitSteady(browser);
    QList<double> cpu, rate;
    for (int i = 0; i < stage.extent.spans; ++i) {
        const int shown = played.shown();
        const CpuSpan span(browser);
        pass(stage.extent.span);
        cpu.append(span.percent());
        rate.append(perSecond(played.shown() - shown, stage.extent.span));
    }
    stage.report.add(u"the page in Chromium: pictures a second"_s, rate, u"/s"_s);
    stage.report.add(u"the page in Chromium: CPU of the browser"_s, cpu, u"%"_s);
    stage.report.add(u"the page in Chromium: memory (PSS) of the browser"_s, {pssMib(browser)},
                     u"MiB"_s);
}

} // namespace

void measureViewers(Stage &stage)
{
    const QList<QByteArray> pictures = record(stage);
    qsizetype bytes = 0;
    for (const QByteArray &picture : pictures)
        bytes += picture.size();
    if (bytes == 0) {
        stage.report.fail(u"there are no pictures"_s);
        return;
    }
    stage.report.add(u"a picture"_s, {static_cast<double>(bytes) / 1000.0 / pictureCount}, u"kB"_s);
    PlayedService played(pictures);
    measureWindow(stage, played);
    measureChromium(stage, played);
}

} // namespace Anchorwatch
