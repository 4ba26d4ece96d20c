#pragma once

#include "models/session.h"

#include <QList>
#include <QString>

#include <optional>

namespace Anchorwatch {

// The figures of sessions, for people.

[[nodiscard]] QString figureTitle(SessionFigure::Kind kind);

// With its unit: "12.5", "7 min", "100.0 KiB", "no limit".
[[nodiscard]] QString figureText(const SessionFigure &figure);

// What the service said, or nothing.
[[nodiscard]] std::optional<SessionFigure> figureOf(const Session &session,
                                                    SessionFigure::Kind kind);

// All that the service said, as facts.
[[nodiscard]] QList<SessionFact> figureFacts(const Session &session);

} // namespace Anchorwatch
