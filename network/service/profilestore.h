#pragma once

#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

namespace Anchorwatch {

struct SavedProfile
{
    QString name;
    QDateTime savedAt; // UTC

    bool operator==(const SavedProfile &) const = default;
};

// Saved browser profiles. A profile is a folder of generations; the newest whole one is the
// profile. Saving moves a finished working copy in as the next generation with a single rename, so
// that a crash at any moment leaves either the old profile or the new one.
//
//     ROOT/NAME/g000007/browser/   what Chromium calls its user data folder
//     ROOT/NAME/g000007/cookies.json   cookies without an expiry, which Chromium does not keep
//
// A working copy is a folder of the same shape on the same file system. All functions touch the
// disk and may take seconds: call them from one worker thread, one at a time, and never with an
// unchecked name (profileNameProblem()).
class ProfileStore
{
public:
    explicit ProfileStore(QString root);

    [[nodiscard]] bool exists(const QString &name) const;
    // By name.
    [[nodiscard]] QList<SavedProfile> all() const;
    // True when something lies in the profile's place that is no profile: a file, a symbolic link.
    [[nodiscard]] bool isObstructed(const QString &name) const;

    // Fills the working copy from the profile, or with an empty one when there is none of that
    // name. Returns why it cannot, or an empty string.
    [[nodiscard]] QString copyTo(const QString &name, const QString &workingCopy) const;

    // Makes the working copy the profile: it is gone from its place afterwards. Returns why it
    // cannot, with the profile and the working copy whole, or an empty string.
    [[nodiscard]] QString save(const QString &name, const QString &workingCopy) const;

    // Removes what a crash left behind: generations that were replaced.
    void removeOldGenerations() const;

private:
    [[nodiscard]] QString newest(const QString &name) const;
    [[nodiscard]] QString publish(const QString &name, const QString &workingCopy) const;

    QString m_root;
};

// The parts of a working copy.
[[nodiscard]] QString browserFolder(const QString &workingCopy);
[[nodiscard]] QString cookieFile(const QString &workingCopy);

} // namespace Anchorwatch
