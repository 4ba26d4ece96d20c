#pragma once

#include "models/connection.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QString>

#include <utility>

namespace Anchorwatch {

// The connections on disk: a JSON file of their own, which never holds a secret. What a newer
// version has written and this one does not know is written back as it was: fields, words, whole
// connections of an unknown kind.
class ConnectionsFile
{
public:
    explicit ConnectionsFile(const QString &path);

    // What can be read, in the file's order; without a file the one that everybody has, Local. A
    // damaged file is kept aside under another name, an entry that makes no sense is left out, and
    // problem() says so.
    [[nodiscard]] QList<Connection> load();
    // False when it cannot be written; problem() says why. Never leaves half a file, and leaves
    // alone one that was there and could not be read. What another window has added or changed
    // meanwhile stays.
    bool save(const QList<Connection> &connections);
    // Of the last load() or save(), empty when there was none.
    [[nodiscard]] const QString &problem() const { return m_problem; }

private:
    // What stands in the file by now and was not there when it was read: another window wrote it.
    [[nodiscard]] QJsonArray addedByOthers(const QJsonArray &standing) const;
    void report(const QString &problem);
    [[nodiscard]] QList<Connection> read(const QJsonObject &file);

    QString m_path;
    QString m_problem;
    bool m_isUnreadable = false;
    QJsonObject m_file;                             // as it was read
    QHash<QString, QJsonObject> m_entries;          // by connection id, as they were read
    QList<std::pair<qsizetype, QJsonValue>> m_kept; // place and content of what was left out
};

} // namespace Anchorwatch
