#pragma once

#include "tests/bench/report.h"
#include "tests/integration/pageserver.h"
#include "tests/integration/serviceprocess.h"
#include "tests/integration/sessiondriver.h"

#include <QEventLoop>
#include <QSize>
#include <QTimer>

#include <chrono>
#include <optional>

namespace Anchorwatch {

// How much is measured: each figure is the median of so many spans of that length.
struct Extent
{
    int spans = 3;
    std::chrono::milliseconds span{6000};
    int presses = 40;
};

// Lets everything go on for that long.
void pass(std::chrono::milliseconds time);

// Waits, without a pause in which nothing is read, until the condition holds after a signal.
template<typename Sender, typename Signal, typename Condition>
[[nodiscard]] bool awaitSignal(Sender &sender, Signal signal, Condition condition,
                               std::chrono::milliseconds patience = std::chrono::seconds(30))
{
    if (condition())
        return true;
    QEventLoop loop;
    bool holds = false;
    QObject::connect(&sender, signal, &loop, [&] {
        holds = condition();
        if (holds)
            loop.quit();
    });
    QTimer::singleShot(patience, &loop, &QEventLoop::quit);
    loop.exec();
    return holds;
}

// What a chapter is measured on: the real service, a web site, a client.
struct Stage
{
    Report &report;
    Extent extent;
    ServiceProcess service{};
    PageServer site{};
    std::optional<SessionDriver> driver{};

    [[nodiscard]] bool start();
    // A session with /cards, of which that moves ("still" for nothing). Empty when it does not
    // come up.
    [[nodiscard]] QString showCards(const QString &moving);
    [[nodiscard]] QString viewLink(const QString &id);
    [[nodiscard]] QString controlLink(const QString &id);
    // What the expression is, or comes to be, in the first page of the session.
    [[nodiscard]] QJsonValue evaluate(const QString &id, const QString &expression);
    // The page, of so many CSS pixels from now on.
    void setPageSize(const QString &id, QSize size);
    [[nodiscard]] QList<pid_t> browserOf(const QString &id) const;
    // Until the processes use the same from one second to the next.
    void awaitSteady(const QList<pid_t> &processes) const;
};

} // namespace Anchorwatch
