#pragma once

#include "models/clock.h"
#include "network/poller.h"

#include <QFile>
#include <QJsonObject>
#include <QObject>

#include <functional>

namespace Anchorwatch {

// Writes one JSON object a poll (docs/command-line.md): what the poll cost, and what the program
// costs. Measures the longest turn of this thread's event loop from the moment it is made.
class PollMetrics : public QObject
{
    Q_OBJECT

public:
    // The clock must outlive it.
    PollMetrics(const QString &fileName, const Clock &clock,
                const std::function<double()> &takeLongestTurnMs, QObject *parent = nullptr);

    // False when the file cannot be written; errorString() says why.
    [[nodiscard]] bool open();
    [[nodiscard]] QString errorString() const { return m_file.errorString(); }

    void record(const QString &connection, const PollResult &result, double applyMs);
    void recordFailure(const QString &connection, const PollFailure &failure);

private:
    void write(QJsonObject line);

    QFile m_file;
    const Clock &m_clock;
    std::function<double()> m_takeLongestTurnMs;
};

} // namespace Anchorwatch
