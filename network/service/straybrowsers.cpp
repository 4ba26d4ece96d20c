#include "network/service/straybrowsers.h"

#include "network/service/browsercommand.h"
#include "network/service/datafolder.h"
#include "network/service/processtree.h"
#include "network/service/profilestore.h"
#include "network/service/servicelog.h"
#include "network/service/workingcopy.h"

#include <QDir>
#include <QFile>
#include <QThreadPool>

#include <csignal>

namespace Anchorwatch {

StrayBrowsers::StrayBrowsers(const DataFolder &folder, QThreadPool &worker, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
    , m_worker(worker)
{
}

void StrayBrowsers::removeAllBut(const QStringList &knownIds, const QStringList &unreadableIds)
{
    const QStringList ids =
        QDir(m_folder.work()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    for (const QString &id : ids) {
        if (unreadableIds.contains(id))
            remove(id, m_folder.kept() + u'/' + id);
        else if (!knownIds.contains(id))
            remove(id, {});
    }
}

void StrayBrowsers::remove(const QString &id, const QString &keepAs)
{
    const QString workingCopy = m_folder.work() + u'/' + id;
    qCWarning(serviceLog).noquote() << "working copy without a session:" << id;
    auto *tree = new ProcessTree(
        {browserEnvironmentMark(id), QFile::encodeName(browserFolder(workingCopy)), 0}, this);
    connect(tree, &ProcessTree::ended, this, [this, tree, id, workingCopy, keepAs] {
        tree->deleteLater();
        m_worker.start([id, workingCopy, keepAs] {
            if (keepAs.isEmpty())
                removeFolder(workingCopy);
            else
                QDir().rename(workingCopy, keepAs);
            removeFolder(temporaryFolderOf(id));
        });
    });
    tree->signalAll(SIGKILL);
    tree->awaitEnd();
}

} // namespace Anchorwatch
