#include "tests/bench/chapters.h"
#include "tests/bench/drawcount.h"
#include "tests/bench/processcost.h"

#include "network/devtoolslocator.h"

#include <QNetworkAccessManager>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

void measureSize(Stage &stage, const QString &id)
{
    double bytes = 0;
    for (const QString &path :
         {QUrl(stage.viewLink(id)).path(), u"/live/live.css"_s, u"/live/live.js"_s})
        bytes += static_cast<double>(stage.driver->api().get(path).body.size());
    stage.report.add(u"size of its three files"_s, {bytes / 1000}, u"kB"_s, atMost(60));
}

QString devToolsOf(Stage &stage, const QString &id)
{
    QNetworkAccessManager network;
    DevToolsLocator locator(network);
    QUrl url;
    bool isAnswered = false;
    UrlReply *reply = locator.locate(stage.driver->session(id).value("cdpUrl"_L1).toString());
    QObject::connect(reply, &ProviderReply::finished, reply, [&] {
        url = reply->url;
        isAnswered = true;
    });
    (void)awaitSignal(*reply, &ProviderReply::finished, [&] { return isAnswered; });
    return url.toString();
}

// How a page that watches costs its browser, once it draws.
void measureWatching(Stage &stage, const QString &id, const QString &name)
{
    const QList<pid_t> browser = stage.browserOf(id);
    stage.awaitSteady(browser);
    QList<double> cpu;
    QList<double> rate;
    for (int i = 0; i < stage.extent.spans; ++i) {
        const int before = drawn(stage, id).count;
        const CpuSpan span(browser);
        pass(stage.extent.span);
        cpu.append(span.percent());
        rate.append((drawn(stage, id).count - before)
                    / std::chrono::duration<double>(stage.extent.span).count());
    }
    stage.report.add(name + u": pictures a second of a page with a spinner"_s, rate, u"/s"_s);
    stage.report.add(name + u": CPU of the Chromium that shows it"_s, cpu, u"%"_s);
    stage.report.add(name + u": memory (PSS) of that Chromium"_s, {pssMib(browser)}, u"MiB"_s);
}

// Opens the address in a new browser, in which nothing of it is cached. Empty when it draws
// nothing.
QString openNew(Stage &stage, const QString &url)
{
    const QString id = stage.driver->createRunning();
    stage.awaitSteady(stage.browserOf(id));
    openCounting(stage, id, url);
    if (!awaitDrawn(stage, id)) {
        stage.report.fail(u"a page that watches draws nothing"_s);
        return {};
    }
    pass(1s); // what it still loads behind its first picture
    return id;
}

void measureFirstPicture(Stage &stage, const QString &url, const QString &what,
                         const Target &target)
{
    QList<double> first;
    for (int i = 0; i < stage.extent.spans; ++i) {
        const QString id = openNew(stage, url);
        if (id.isEmpty())
            return;
        first.append(drawn(stage, id).firstMs);
        (void)stage.driver->terminate(id);
    }
    stage.report.add(what + u": from navigation to the first picture"_s, first, u"ms"_s, target);
}

void measureWatchingPage(Stage &stage, const QString &url, const QString &name)
{
    const QString id = openNew(stage, url);
    if (id.isEmpty())
        return;
    const Drawn loaded = drawn(stage, id);
    stage.report.add(name + u": what it loads"_s, {double(loaded.files)}, u"files"_s);
    stage.report.add(name + u": their size"_s, {loaded.kilobytes}, u"kB"_s);
    measureWatching(stage, id, name);
    (void)stage.driver->terminate(id);
}

} // namespace

void measurePage(Stage &stage)
{
    const QString page = u"live view page"_s;
    const QString devTools = u"DevTools' inspector.html"_s;
    const QString still = stage.showCards(u"still"_s);
    const QString moving = stage.showCards(u"spinner"_s);
    if (still.isEmpty() || moving.isEmpty())
        return;
    measureSize(stage, still);
    measureFirstPicture(stage, stage.viewLink(still), page + u", of a still page"_s, atMost(400));
    measureFirstPicture(stage, devToolsOf(stage, still), devTools + u", of a still page"_s, {});
    measureFirstPicture(stage, stage.viewLink(moving), page + u", of a page with a spinner"_s,
                        atMost(400));
    measureWatchingPage(stage, stage.viewLink(moving), page);
    measureWatchingPage(stage, devToolsOf(stage, moving), devTools);
}

} // namespace Anchorwatch
