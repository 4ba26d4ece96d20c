#include "network/service/workingcopy.h"

#include "network/service/datafolder.h"
#include "network/service/profilestore.h"
#include "network/service/sessioncookies.h"

#include <QDir>
#include <QFile>
#include <QFutureWatcher>
#include <QThreadPool>
#include <QtConcurrent>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

QString temporaryFolderOf(const QString &sessionId)
{
    return QDir::tempPath() + "/aw-"_L1 + sessionId.left(12);
}

WorkingCopy::WorkingCopy(const QString &sessionId, const QString &profile, const QString &path,
                         const LocalSurroundings &around, QObject *parent)
    : QObject(parent)
    , m_sessionId(sessionId)
    , m_profile(profile)
    , m_path(path)
    , m_keptPath(around.folder.kept() + u'/' + profile + u'-' + sessionId.left(12))
    , m_around(around)
{
}

QString WorkingCopy::temporaryFolder() const
{
    return temporaryFolderOf(m_sessionId);
}

void WorkingCopy::make()
{
    const auto task = [&profiles = m_around.profiles, profile = m_profile, path = m_path,
                       temporary = temporaryFolder()]() -> Outcome {
        for (const QString &folder : {path, temporary}) {
            const QString problem = makePrivateFolder(folder);
            if (!problem.isEmpty())
                return {problem, path};
        }
        return {profiles.copyTo(profile, path), path};
    };
    run(task, [this](const QString &problem) { emit made(problem); });
}

void WorkingCopy::save()
{
    run(saving(), [this](const QString &problem) { emit saved(problem); });
}

std::function<WorkingCopy::Outcome()> WorkingCopy::saving() const
{
    return [&profiles = m_around.profiles, profile = m_profile, path = m_path, kept = m_keptPath,
            cookies = m_owedCookies]() -> Outcome {
        // A process before this one may have been killed right after it moved the copy.
        const QString now = QFile::exists(path) ? path : kept;
        if (!QFile::exists(now))
            return {};
        QString problem = cookies ? writeCookieFile(cookieFile(now), *cookies) : QString();
        if (problem.isEmpty())
            problem = profiles.save(profile, now);
        if (problem.isEmpty())
            return {};
        const bool isMoved = now == kept || QDir().rename(now, kept);
        return {problem, isMoved ? kept : now};
    };
}

void WorkingCopy::remove()
{
    const auto task = [path = m_path, temporary = temporaryFolder()]() -> Outcome {
        if (!path.isEmpty())
            removeFolder(path);
        removeFolder(temporary);
        return {};
    };
    run(task, [this](const QString &) { emit removed(); });
}

void WorkingCopy::run(const std::function<Outcome()> &task,
                      const std::function<void(const QString &)> &then)
{
    auto *watcher = new QFutureWatcher<Outcome>(this);
    connect(watcher, &QFutureWatcher<Outcome>::finished, this, [this, watcher, then] {
        watcher->deleteLater();
        const Outcome outcome = watcher->result();
        m_path = outcome.path;
        then(outcome.problem);
    });
    watcher->setFuture(QtConcurrent::run(&m_around.worker, task));
}

} // namespace Anchorwatch
