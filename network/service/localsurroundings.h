#pragma once

#include "network/service/browsercommand.h"

#include <QString>

#include <chrono>

class QNetworkAccessManager;
class QThreadPool;

namespace Anchorwatch {

class DataFolder;
class ProfileStore;
class SessionRegistry;

struct LocalBrowserOptions
{
    QString browser; // a path or a name; empty for the first one found
    BrowserDisplay display = BrowserDisplay::Headless;
    std::chrono::milliseconds idleAfter{60'000};
    // How long a minute of maxDuration and idleTimeout lasts; other than 60 s for trials only.
    std::chrono::milliseconds minute{60'000};
    int maxSessions = 16;
};

// What every local session works with. All of it outlives the sessions.
struct LocalSurroundings
{
    const LocalBrowserOptions &options;
    const DataFolder &folder;
    const ProfileStore &profiles;
    const SessionRegistry &registry;
    QThreadPool &worker; // one thread, on which profiles are copied and saved
    QNetworkAccessManager &network;
};

} // namespace Anchorwatch
