#pragma once

#include "models/connection.h"
#include "models/session.h"

#include <QMetaType>
#include <QString>

namespace Anchorwatch {

// What "Copy" can put on the clipboard for a session.
class SessionSnippet
{
    Q_GADGET

public:
    enum class Kind { Id, LiveViewUrl, CdpUrl, Playwright, Puppeteer, Curl, CurlTerminate };
    Q_ENUM(Kind)
};

// The text, or an empty string when the session does not have what it needs. Code takes the address
// from the environment (CDP_URL) when it holds a secret that outlives the session; an id is quoted
// for the shell.
[[nodiscard]] QString snippet(SessionSnippet::Kind kind, const Session &session,
                              const Connection &connection);

} // namespace Anchorwatch
