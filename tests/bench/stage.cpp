#include "tests/bench/stage.h"

#include "tests/bench/processcost.h"
#include "tests/integration/leftovers.h"

#include <cmath>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

void pass(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

bool Stage::start()
{
    const bool started = service.start();
    if (!started)
        report.fail(u"the service does not come up"_s);
    driver.emplace(service.url());
    return started;
}

QString Stage::showCards(const QString &moving)
{
    const QString id = driver->createRunning({{"initialUrl"_L1, site.url(u"/cards#"_s + moving)}});
    if (driver->awaitField(id, u"title"_s, u"cards %1 ready"_s.arg(moving)))
        return id;
    report.fail(u"a session does not come up"_s);
    return {};
}

QString Stage::viewLink(const QString &id)
{
    return driver->session(id).value("liveViewUrl"_L1).toString();
}

QString Stage::controlLink(const QString &id)
{
    return driver->session(id).value("liveControlUrl"_L1).toString();
}

QJsonValue Stage::evaluate(const QString &id, const QString &expression)
{
    return driver
        ->command(
            id, u"Runtime.evaluate"_s,
            {{"expression"_L1, expression}, {"awaitPromise"_L1, true}, {"returnByValue"_L1, true}})
        .value("result"_L1)
        .toObject()
        .value("value"_L1);
}

void Stage::setPageSize(const QString &id, QSize size)
{
    (void)driver->command(id, u"Emulation.setDeviceMetricsOverride"_s,
                          {{"width"_L1, size.width()},
                           {"height"_L1, size.height()},
                           {"deviceScaleFactor"_L1, 1},
                           {"mobile"_L1, false}});
}

QList<pid_t> Stage::browserOf(const QString &id) const
{
    return processTree(browserPidOf(id));
}

void Stage::awaitSteady(const QList<pid_t> &processes) const
{
    constexpr int longest = 20;
    constexpr double near = 3; // % of a core
    double before = -100;
    for (int i = 0; i < longest; ++i) {
        const CpuSpan second(processes);
        pass(1s);
        const double now = second.percent();
        if (std::abs(now - before) < near)
            return;
        before = now;
    }
}

} // namespace Anchorwatch
