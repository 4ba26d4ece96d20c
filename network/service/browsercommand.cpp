#include "network/service/browsercommand.h"

#include "network/service/profilestore.h"

#include <QFileInfo>
#include <QStandardPaths>

#include <unistd.h>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr auto markName = "ANCHORWATCH_SESSION"_L1;

} // namespace

BrowserProgram findBrowserProgram(const QString &preferred)
{
    if (!preferred.isEmpty()) {
        const QString found = QStandardPaths::findExecutable(preferred);
        if (!found.isEmpty())
            return {found, {}};
        if (QFileInfo::exists(preferred))
            return {{}, u"the browser %1 cannot be executed"_s.arg(preferred)};
        return {{}, u"there is no browser %1"_s.arg(preferred)};
    }
    for (const char *name : {"chromium", "chromium-browser", "google-chrome",
                             "google-chrome-stable", "brave-browser", "microsoft-edge"}) {
        const QString found = QStandardPaths::findExecutable(QString::fromLatin1(name));
        if (!found.isEmpty())
            return {found, {}};
    }
    return {{}, u"no Chromium was found; install one or name it with --browser"_s};
}

BrowserCommand browserCommand(const QString &program, BrowserDisplay display,
                              const QString &sessionId, const QString &workingCopy,
                              const QString &temporaryFolder)
{
    BrowserCommand command;
    command.program = program;
    command.arguments = QStringList{u"--remote-debugging-port=0"_s,
                                    u"--user-data-dir="_s + browserFolder(workingCopy),
                                    u"--no-first-run"_s,
                                    u"--no-default-browser-check"_s,
                                    u"--disable-background-networking"_s,
                                    u"--disable-component-update"_s,
                                    u"--disable-sync"_s,
                                    u"--disable-quic"_s,
                                    u"--password-store=basic"_s};
    // Without a screen a window of Chromium 156 shows 780 x 437 pixels of a page.
    if (display == BrowserDisplay::Headless)
        command.arguments += {u"--headless=new"_s, u"--disable-gpu"_s, u"--window-size=1280,800"_s};
    // Chromium refuses to start as root with its sandbox on.
    if (::geteuid() == 0)
        command.arguments += u"--no-sandbox"_s;
    command.arguments += u"about:blank"_s;

    command.environment = QProcessEnvironment::systemEnvironment();
    command.environment.insert(markName, sessionId);
    command.environment.insert(u"TMPDIR"_s, temporaryFolder);
    // Or crash reports of every session would pile up in the user's own configuration.
    command.environment.insert(u"BREAKPAD_DUMP_LOCATION"_s, temporaryFolder);
    return command;
}

QByteArray browserEnvironmentMark(const QString &sessionId)
{
    return QByteArray(markName.data(), markName.size()) + '=' + sessionId.toLatin1();
}

} // namespace Anchorwatch
