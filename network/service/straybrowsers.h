#pragma once

#include <QObject>
#include <QString>
#include <QStringList>

class QThreadPool;

namespace Anchorwatch {

class DataFolder;

// What an earlier process left behind that belongs to no session: working copies, and browsers that
// still run on them.
class StrayBrowsers : public QObject
{
    Q_OBJECT

public:
    // Both outlive it.
    StrayBrowsers(const DataFolder &folder, QThreadPool &worker, QObject *parent = nullptr);

    // Ends the browsers and removes the working copies of all but these sessions. The copies of
    // those whose record cannot be read are kept.
    void removeAllBut(const QStringList &knownIds, const QStringList &unreadableIds);

private:
    void remove(const QString &id, const QString &keepAs);

    const DataFolder &m_folder;
    QThreadPool &m_worker;
};

} // namespace Anchorwatch
