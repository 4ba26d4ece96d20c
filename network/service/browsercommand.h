#pragma once

#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

namespace Anchorwatch {

enum class BrowserDisplay {
    Headless,
    Headful // a window on the desktop of this machine
};

// Where a browser is, or why there is none.
struct BrowserProgram
{
    QString path;
    QString problem; // one sentence; empty when there is one
};

// The named browser, or, for an empty name, the first Chromium of those that people have.
[[nodiscard]] BrowserProgram findBrowserProgram(const QString &preferred);

// How the browser of one session is started.
struct BrowserCommand
{
    QString program;
    QStringList arguments;
    QProcessEnvironment environment;
};

// Every process of the browser carries `sessionId` in its environment and keeps its own temporary
// files in `temporaryFolder` (short: the path of a Unix socket goes into it, and unix(7) allows 108
// bytes).
[[nodiscard]] BrowserCommand browserCommand(const QString &program, BrowserDisplay display,
                                            const QString &sessionId, const QString &workingCopy,
                                            const QString &temporaryFolder);

// What browserCommand() puts into the environment: NAME=value.
[[nodiscard]] QByteArray browserEnvironmentMark(const QString &sessionId);

} // namespace Anchorwatch
