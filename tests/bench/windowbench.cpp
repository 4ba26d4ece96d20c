// What the window costs: windowbench PROGRAM [RUNS [SECONDS]]. Prints the median of the runs; needs
// no display with QT_QPA_PLATFORM=offscreen.

#include "tests/bench/windowrun.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>

using namespace Anchorwatch;

namespace {

constexpr int sessions = 100;

double median(QList<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

void print(const char *what, double WindowCost::*figure, const QList<WindowCost> &costs,
           const char *unit)
{
    QList<double> values;
    for (const WindowCost &cost : costs)
        values.append(cost.*figure);
    const auto [least, most] = std::minmax_element(values.cbegin(), values.cend());
    std::printf("%-44s %8.1f %-4s (%.1f to %.1f)\n", what, median(values), unit, *least, *most);
}

void printAll(const QList<WindowCost> &costs)
{
    std::printf("%d sessions, a tenth changing between polls, every 1 s; median of %d runs\n",
                sessions, static_cast<int>(costs.size()));
    print("process start to first rows, less the answer", &WindowCost::firstRowsMs, costs, "ms");
    print("processor at rest, of one core", &WindowCost::cpuPercent, costs, "%");
    print("memory (PSS)", &WindowCost::pssMib, costs, "MiB");
    print("longest turn of the event loop at rest", &WindowCost::stallMs, costs, "ms");
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2) {
        std::fputs("usage: windowbench PROGRAM [RUNS [SECONDS]]\n", stderr);
        return 2;
    }
    const int runs = std::max(1, arguments.value(2, QStringLiteral("5")).toInt());
    const std::chrono::seconds length(
        std::max(6, arguments.value(3, QStringLiteral("20")).toInt()));

    QList<WindowCost> costs;
    std::unique_ptr<WindowRun> run;
    const std::function<void()> next = [&] {
        run = std::make_unique<WindowRun>(arguments[1], sessions, length);
        QObject::connect(
            run.get(), &WindowRun::finished, &application,
            [&] {
                costs.append(run->cost());
                if (costs.size() < runs)
                    next();
                else
                    QCoreApplication::quit();
            },
            Qt::QueuedConnection);
        run->start();
    };
    next();
    QCoreApplication::exec();
    printAll(costs);
    return 0;
}
