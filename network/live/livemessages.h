#pragma once

#include "models/livefeed.h"

#include <QJsonObject>

namespace Anchorwatch {

// What the service says to viewers, as docs/live-view.md has it.
[[nodiscard]] QJsonObject helloMessage(LiveRole role, const QString &sessionId,
                                       const QDateTime &createdAt);
enum class LiveFollow { No, Yes };
[[nodiscard]] QJsonObject tabsMessage(const QList<SessionTab> &tabs, int watching,
                                      LiveFollow follow);
[[nodiscard]] QJsonObject pageMessage(const LivePage &page);
[[nodiscard]] QJsonObject stateMessage(const LiveState &state);
[[nodiscard]] QJsonObject dialogMessage(const LiveDialog &dialog);
[[nodiscard]] QJsonObject dialogClosedMessage(const QString &id, const QString &by);
[[nodiscard]] QJsonObject viewersMessage(const LiveViewers &viewers);
[[nodiscard]] QJsonObject refusedMessage(const QString &reason);

} // namespace Anchorwatch
