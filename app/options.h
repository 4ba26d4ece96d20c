#pragma once

#include <QString>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <optional>

namespace Anchorwatch {

enum class ColorSchemeChoice { System, Light, Dark };

// What the command line of the window asks for.
struct Options
{
    std::optional<QUrl> url; // a sessions service instead of the one on this machine
    QString connection;      // name of the one to show alone; empty: as it was left
    std::optional<std::chrono::milliseconds> interval;
    QString screenshotFile;
    QString metricsFile;
    std::optional<std::chrono::milliseconds> quitAfter;
    ColorSchemeChoice colorScheme = ColorSchemeChoice::System;
};

// What came of reading a command line: options, or an answer to print and a status to end with.
struct ParsedOptions
{
    Options options;
    QString answer; // text for --help and --version, one line for a mistake
    int exitStatus = 0;

    [[nodiscard]] bool isRun() const { return answer.isEmpty(); }
};

[[nodiscard]] ParsedOptions parseOptions(const QStringList &arguments);

} // namespace Anchorwatch
