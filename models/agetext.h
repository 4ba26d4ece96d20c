#pragma once

#include <QDateTime>
#include <QString>

#include <chrono>

namespace Anchorwatch {

// A span for people, in the table's form: "4 s", "2 min", "1 h 06 min", "3 d 04 h". Negative spans
// read "0 s".
[[nodiscard]] QString ageText(std::chrono::milliseconds span);

// A short span with a decimal: "2.1 s"; from a minute on as ageText().
[[nodiscard]] QString tookText(std::chrono::milliseconds span);

// The local time of day of a moment given in UTC ("14:02"), or with seconds ("14:02:09").
[[nodiscard]] QString hourText(const QDateTime &utc);
[[nodiscard]] QString secondText(const QDateTime &utc);

// Local date and time with the offset, and UTC, for tooltips and copies; "unknown" when invalid.
[[nodiscard]] QString exactTimeText(const QDateTime &utc);

} // namespace Anchorwatch
