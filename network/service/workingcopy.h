#pragma once

#include "network/service/localsurroundings.h"

#include <QJsonArray>
#include <QObject>
#include <QString>

#include <functional>
#include <optional>

namespace Anchorwatch {

// The files of one session: its own copy of a profile, and a folder for what its browser thinks
// temporary. They are handled on the worker, one task at a time; the answers come in this thread.
class WorkingCopy : public QObject
{
    Q_OBJECT

public:
    // An empty path says that there is no copy any more.
    WorkingCopy(const QString &sessionId, const QString &profile, const QString &path,
                const LocalSurroundings &around, QObject *parent = nullptr);

    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] bool isThere() const { return !m_path.isEmpty(); }
    // It could not be saved and lies where nothing removes it.
    [[nodiscard]] bool isKept() const { return m_path == m_keptPath; }
    [[nodiscard]] QString temporaryFolder() const;

    // Makes the folders and fills the copy from the profile; made() follows.
    void make();
    // Cookies that could not be written into it yet: the copy is not saved without them.
    void oweCookies(const QJsonArray &cookies) { m_owedCookies = cookies; }
    // Makes the copy the profile; saved() follows. What cannot be saved is kept and may be tried
    // again.
    void save();
    // Removes all of it; removed() follows.
    void remove();

signals:
    // An empty problem means success.
    void made(const QString &problem);
    void saved(const QString &problem);
    void removed();

private:
    struct Outcome
    {
        QString problem;
        QString path;
    };

    [[nodiscard]] std::function<Outcome()> saving() const;
    void run(const std::function<Outcome()> &task,
             const std::function<void(const QString &)> &then);

    QString m_sessionId;
    QString m_profile;
    QString m_path;
    QString m_keptPath;
    std::optional<QJsonArray> m_owedCookies;
    const LocalSurroundings &m_around;
};

// The folder for temporary files of a session's browser.
[[nodiscard]] QString temporaryFolderOf(const QString &sessionId);

} // namespace Anchorwatch
