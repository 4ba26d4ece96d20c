#pragma once

#include <QString>

namespace Anchorwatch {

// Where the program keeps what it must find again. ANCHORWATCH_HOME moves all of it under one
// folder, for tests and trials; else the XDG folders hold it (XDG Base Directory Specification
// 0.8). Nothing is made here.

// Settings of the window.
[[nodiscard]] QString configFolder();
// Profiles and session records of the local service.
[[nodiscard]] QString dataFolder();
// Logs.
[[nodiscard]] QString stateFolder();

} // namespace Anchorwatch
