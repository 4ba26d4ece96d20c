#pragma once

#include "network/service/localsurroundings.h"

#include <QByteArrayList>
#include <QHostAddress>
#include <QString>
#include <QStringList>

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
    BrowsersAtEnd browsersAtEnd = BrowsersAtEnd::End;
    LocalBrowserOptions browsers;
};

// Options, or an answer to print and a status to end with.
struct ParsedServiceOptions
{
    ServiceOptions options;
    QString answer; // text for --help and --version, one line for a mistake
    int exitStatus = 0;

    [[nodiscard]] bool isRun() const { return answer.isEmpty(); }
};

[[nodiscard]] ParsedServiceOptions parseServiceOptions(const QStringList &arguments);

} // namespace Anchorwatch
