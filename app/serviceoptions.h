#pragma once

#include "app/servicebackend.h"
#include "network/service/localsurroundings.h"

#include <QByteArrayList>
#include <QHostAddress>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

#include <array>

namespace Anchorwatch {

// What becomes of the browsers when the service is asked to end.
enum class BrowsersAtEnd {
    End,
    Keep // the next service on the same data folder finds them again
};

// What the command line of anchorwatchd asks for.
struct ServiceOptions
{
    quint16 port = 0;
    QHostAddress address{QHostAddress::LocalHost};
    QStringList allowedHosts;
    QByteArrayList embeddingOrigins; // whose pages may show a live view in a frame
    QString dataFolder;              // empty for the standard one
    QByteArray apiKey; // that clients of the Anchor routes must show; empty: any will do
    BrowsersAtEnd browsersAtEnd = BrowsersAtEnd::End;
    LocalBrowserOptions browsers;
    ServiceBackend backend;
};

// Options, or an answer to print and a status to end with.
struct ParsedServiceOptions
{
    ServiceOptions options;
    QString answer; // text for --help and --version, one line for a mistake
    int exitStatus = 0;

    [[nodiscard]] bool isRun() const { return answer.isEmpty(); }
};

// Secrets may stand in the environment, where other users of the machine do not see them.
[[nodiscard]] ParsedServiceOptions parseServiceOptions(const QStringList &arguments,
                                                       const QProcessEnvironment &environment = {});

// The variables that hold secrets: no browser is to inherit them.
inline constexpr std::array secretVariables{"ANCHORWATCH_API_KEY", "ANCHORWATCH_GRID_PASSWORD",
                                            "ANCHOR_API_KEY"};

} // namespace Anchorwatch
