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

// The text, or an empty string when the session does not have what it needs. Only Kind::CdpUrl
// holds a remote CDP URL: code takes it from the environment (CDP_URL), since it may hold a secret
// that outlives the session, and curl takes the API key or password from there. What hideSecret()
// was told of is in none of the code. There is no curl for an id that terminateRefusal() refuses.
[[nodiscard]] QString snippet(SessionSnippet::Kind kind, const Session &session,
                              const Connection &connection);

} // namespace Anchorwatch
