#pragma once

#include <QString>

#include <optional>

namespace Anchorwatch {

// What a new session is asked for. Empty and missing mean "as the service likes".
struct SessionRequest
{
    QString initialUrl;
    QString profileName;
    bool createNewProfile = false;
    std::optional<bool> persist; // missing: the same as createNewProfile
    QString profileDisplayName;
    std::optional<int> maxDurationMinutes; // 1 to 60
    std::optional<int> idleTimeoutMinutes; // 1 to 30
    std::optional<bool> recording;

    [[nodiscard]] bool persists() const { return persist.value_or(createNewProfile); }

    bool operator==(const SessionRequest &) const = default;
};

// Limits of the HTTP contract, for whoever checks or offers a value.
inline constexpr int minTimeoutMinutes = 1;
inline constexpr int maxMaxDurationMinutes = 60;
inline constexpr int maxIdleTimeoutMinutes = 30;

// Why the name cannot be a profile's, as a sentence, or an empty string when it can. Allowed are 1
// to 64 letters, digits, hyphens, underscores and dots, no dot first or last, and no device name of
// Windows (the folder may be on a shared disk).
[[nodiscard]] QString profileNameProblem(const QString &name);

// The start page as it will be opened: "https://" added where there is no scheme, empty for none.
[[nodiscard]] QString completedInitialUrl(const QString &text);

// Why the start page cannot be opened, as a sentence, or an empty string when it can: only http,
// https and about:blank, at most 8 KiB.
[[nodiscard]] QString initialUrlProblem(const QString &text);

} // namespace Anchorwatch
