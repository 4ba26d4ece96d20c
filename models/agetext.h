#pragma once

#include <QString>

#include <chrono>

namespace Anchorwatch {

// A span for people, in the table's form: "4 s", "2 min", "1 h 06 min", "3 d 04 h". Negative spans read "0 s".
[[nodiscard]] QString ageText(std::chrono::milliseconds span);

// A short span with a decimal: "2.1 s"; from a minute on as ageText().
[[nodiscard]] QString tookText(std::chrono::milliseconds span);

} // namespace Anchorwatch
