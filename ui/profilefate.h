#pragma once

#include "models/sessionrow.h"
#include "ui/noteline.h"

namespace Anchorwatch {

// What ending sessions does to their profiles, in words.

// Of one session, short: "Profile mail-test is saved".
[[nodiscard]] QString profileFate(const SessionRow &row);

// Of one session, as a sentence with its icon.
[[nodiscard]] Note profileNote(const SessionRow &row);

// Which profiles are saved when all of these end; nothing when none is.
[[nodiscard]] Note savedProfilesNote(const QList<SessionRow> &rows);

// The profile that more than one of these saves: only the last to end wins.
[[nodiscard]] Note contestedProfileNote(const QList<SessionRow> &rows);

} // namespace Anchorwatch
