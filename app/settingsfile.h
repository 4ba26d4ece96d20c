#pragma once

#include "ui/windowstate.h"

namespace Anchorwatch {

// All that the program remembers of the user's choices.
struct Settings
{
    WindowState window;

    bool operator==(const Settings &) const = default;
};

// The settings on disk: one JSON file, in which everything has a name of its own, so that a version
// that knows more or less columns still finds its own (an opaque blob of QHeaderView is lost
// between versions).
class SettingsFile
{
public:
    explicit SettingsFile(const QString &path);

    // What can be read. A damaged file is kept aside under another name; problem() says so.
    [[nodiscard]] Settings load();
    // False when it cannot be written; problem() says why. Never leaves half a file.
    bool save(const Settings &settings);
    [[nodiscard]] const QString &problem() const { return m_problem; }

private:
    QString m_path;
    QString m_problem;
};

} // namespace Anchorwatch
