#pragma once

#include <QString>

#include <optional>

namespace Anchorwatch {

// What a Chromium that was started with a debugging port leaves in its profile.
struct ActivePort
{
    quint16 port = 0;
    QString path; // "/devtools/browser/…", new with every start

    bool operator==(const ActivePort &) const = default;
};

// Reads the file DevToolsActivePort of a profile folder. Nothing when it is not there, is not whole
// (Chromium writes it while it can be read) or is something else. It outlives its browser: only who
// answers on that port with that path is the one that wrote it.
[[nodiscard]] std::optional<ActivePort> readActivePort(const QString &profileFolder);

} // namespace Anchorwatch
