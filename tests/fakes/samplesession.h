#pragma once

#include "models/session.h"

namespace Anchorwatch {

// A sound, running session as a local service would describe it.
[[nodiscard]] inline Session sampleSession(const QString &id)
{
    using namespace Qt::StringLiterals;
    Session session;
    session.id = id;
    session.status = SessionStatus::Kind::Running;
    session.cdpUrl = u"ws://127.0.0.1:40001/devtools/browser/"_s + id;
    session.liveViewUrl = u"http://127.0.0.1:9222/live/"_s + id + u"/capability"_s;
    session.title = u"Title of "_s + id;
    session.currentUrl = u"https://example.com/"_s + id;
    session.createdAt = QDateTime({2026, 5, 1}, {11, 30}, Qt::UTC);
    return session;
}

} // namespace Anchorwatch
