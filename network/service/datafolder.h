#pragma once

#include <QString>

namespace Anchorwatch {

// The folder that holds everything the service keeps: private to the user (0700) and used by one
// service at a time, which a lock sees to that the kernel drops with the process.
class DataFolder
{
public:
    DataFolder() = default;
    ~DataFolder();
    DataFolder(const DataFolder &) = delete;
    DataFolder &operator=(const DataFolder &) = delete;

    // Makes the folder, takes its lock. Returns why it cannot be used, one sentence, or an empty
    // string.
    [[nodiscard]] QString open(const QString &path);

    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] QString profiles() const { return m_path + QStringLiteral("/profiles"); }
    [[nodiscard]] QString records() const { return m_path + QStringLiteral("/sessions"); }
    // Working copies of running sessions.
    [[nodiscard]] QString work() const { return m_path + QStringLiteral("/work"); }
    // Working copies that could not be saved; never removed by the service.
    [[nodiscard]] QString kept() const { return m_path + QStringLiteral("/kept"); }

    // Whether the path is one that a working copy of ours can have.
    [[nodiscard]] bool isWorkingCopy(const QString &path) const;

private:
    QString m_path;
    int m_lock = -1;
};

// Makes a folder with rights 0700, or takes those of others away from the one that is there.
// Returns why it cannot, or an empty string. A folder of another user and a symbolic link are
// refused.
[[nodiscard]] QString makePrivateFolder(const QString &path);
// Removes a folder with all that is in it. A link in its place is removed itself: what it points to
// is not ours.
void removeFolder(const QString &path);

} // namespace Anchorwatch
