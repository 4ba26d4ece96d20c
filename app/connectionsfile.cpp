#include "app/connectionsfile.h"

#include "app/enumwords.h"
#include "app/jsonfile.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int formatVersion = 1;
constexpr int shortestInterval = 200;
constexpr int longestInterval = 24 * 60 * 60 * 1000;

QString tr(const char *text)
{
    return QCoreApplication::translate("ConnectionsFile", text);
}

Connection local()
{
    Connection connection;
    connection.id = u"local"_s;
    connection.name = QCoreApplication::translate("main", "Local");
    connection.badge = u"LO"_s;
    return connection;
}

// What an address is made of; the rest of a URL can hold a secret.
QUrl address(const QUrl &url)
{
    return url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

QJsonObject toJson(const Connection &connection)
{
    QJsonObject json{{u"id"_s, connection.id},
                     {u"name"_s, connection.name},
                     {u"kind"_s, wordOf(connection.kind)},
                     {u"baseUrl"_s, address(connection.baseUrl).toString(QUrl::FullyEncoded)},
                     {u"intervalMs"_s, static_cast<int>(connection.pollInterval.count())},
                     {u"badge"_s, connection.badge},
                     {u"color"_s, wordOf(connection.color)},
                     {u"guard"_s, wordOf(connection.guard)},
                     {u"enabled"_s, connection.enabled},
                     {u"user"_s, connection.user},
                     {u"secretStore"_s, wordOf(connection.secret.store)},
                     {u"secretVariable"_s, connection.secret.variable}};
    if (!connection.certificate.isEmpty())
        json[u"certificate"_s] = connection.certificate;
    return json;
}

QUrl urlOf(const QJsonObject &entry)
{
    return QUrl(entry[u"baseUrl"_s].toString(), QUrl::StrictMode);
}

// A guard that this version does not know is taken for the strictest.
Connection::Guard guardOf(const QJsonValue &word)
{
    if (word.isUndefined())
        return Connection::Guard::Normal;
    return valueOf<Connection::Guard>(word.toString()).value_or(Connection::Guard::WatchOnly);
}

Connection fromJson(const QJsonObject &json)
{
    Connection connection;
    connection.id = json[u"id"_s].toString();
    connection.name = json[u"name"_s].toString();
    connection.kind =
        valueOf<Connection::Kind>(json[u"kind"_s].toString()).value_or(connection.kind);
    connection.baseUrl = address(urlOf(json));
    const int interval = json[u"intervalMs"_s].toInt();
    if (interval >= shortestInterval && interval <= longestInterval)
        connection.pollInterval = std::chrono::milliseconds(interval);
    connection.badge = json[u"badge"_s].toString();
    connection.color =
        valueOf<Connection::Color>(json[u"color"_s].toString()).value_or(connection.color);
    connection.guard = guardOf(json[u"guard"_s]);
    connection.enabled = json[u"enabled"_s].toBool(true);
    connection.user = json[u"user"_s].toString();
    connection.certificate = json[u"certificate"_s].toString();
    connection.secret.store = valueOf<SecretReference::Store>(json[u"secretStore"_s].toString())
                                  .value_or(connection.secret.store);
    connection.secret.variable = json[u"secretVariable"_s].toString();
    return connection;
}

QString nameOf(const QJsonObject &entry)
{
    const QString name = entry[u"name"_s].toString();
    return name.isEmpty() ? entry[u"id"_s].toString() : name;
}

// The entry without what its address should not hold, so that it is not written back.
QJsonObject withCleanUrl(QJsonObject entry)
{
    if (entry.contains(u"baseUrl"_s))
        entry[u"baseUrl"_s] = address(urlOf(entry)).toString(QUrl::FullyEncoded);
    return entry;
}

QString urlProblem(const QJsonObject &entry)
{
    if (address(urlOf(entry)) == urlOf(entry))
        return {};
    return tr("The address of \"%1\" held a user name, password or query, which is dropped: a "
              "secret has no place in this file. Enter it again.")
        .arg(nameOf(entry));
}

// The entry as it stands in the file, with what has changed here since it was read as `known`.
QJsonObject updated(QJsonObject entry, const QJsonObject &known, const Connection &connection)
{
    const QJsonObject before = toJson(fromJson(known));
    const QJsonObject after = toJson(connection);
    for (auto field = after.begin(); field != after.end(); ++field) {
        if (!entry.contains(field.key()) || before[field.key()] != field.value())
            entry[field.key()] = field.value();
    }
    if (before.contains(u"certificate"_s) && connection.certificate.isEmpty())
        entry.remove(u"certificate"_s);
    return entry;
}

// The entry of that id in the file, which another window may have changed.
QJsonObject entryOf(const QString &id, const QJsonArray &standing, const QJsonObject &ifNone)
{
    for (const QJsonValue &entry : standing) {
        if (entry[u"id"_s].toString() == id)
            return entry.toObject();
    }
    return ifNone;
}

// Why the entry cannot be a connection beside the others, as a sentence, or an empty string when
// it can.
QString refusal(const QJsonObject &entry, const QHash<QString, QJsonObject> &others)
{
    const QString id = entry[u"id"_s].toString();
    if (id.isEmpty())
        return tr("A connection without an id is left out.");
    if (others.contains(id))
        return tr("A second connection with the id \"%1\" is left out.").arg(id);
    const auto kind = valueOf<Connection::Kind>(entry[u"kind"_s].toString());
    if (!kind) {
        return tr("The connection \"%1\" is of a kind that this version does not know, and is left "
                  "out.")
            .arg(nameOf(entry));
    }
    if (*kind != Connection::Kind::Local && urlOf(entry).host().isEmpty()) {
        return tr("The connection \"%1\" has no valid address and is left out.").arg(nameOf(entry));
    }
    return {};
}

} // namespace

ConnectionsFile::ConnectionsFile(const QString &path)
    : m_path(path)
{
}

QList<Connection> ConnectionsFile::load()
{
    m_problem.clear();
    m_entries.clear();
    m_kept.clear();
    const JsonFile file = readJsonFile(m_path);
    report(file.problem);
    m_isUnreadable = file.state == JsonFile::State::Unreadable;
    m_file = file.json;
    return file.state == JsonFile::State::Read ? read(file.json) : QList{local()};
}

bool ConnectionsFile::save(const QList<Connection> &connections)
{
    m_problem.clear();
    if (m_isUnreadable) {
        report(tr("%1 could not be read and is left as it is.").arg(m_path));
        return false;
    }
    const QJsonArray standing = readJsonFile(m_path).json[u"connections"_s].toArray();
    const QJsonArray foreign = addedByOthers(standing);
    QJsonArray entries;
    for (const Connection &connection : connections) {
        QJsonObject &entry = m_entries[connection.id];
        entry = updated(withCleanUrl(entryOf(connection.id, standing, entry)), entry, connection);
        entries.append(entry);
    }
    for (const auto &[place, entry] : std::as_const(m_kept))
        entries.insert(std::min(place, entries.size()), entry);
    for (const QJsonValue &entry : foreign)
        entries.append(entry);
    QJsonObject file = m_file;
    if (!file.contains(u"version"_s))
        file[u"version"_s] = formatVersion;
    file[u"connections"_s] = entries;
    report(writeJsonFile(m_path, file));
    return m_problem.isEmpty();
}

QJsonArray ConnectionsFile::addedByOthers(const QJsonArray &standing) const
{
    QJsonArray added;
    for (const QJsonValue &entry : standing) {
        const bool isKept = std::any_of(m_kept.cbegin(), m_kept.cend(),
                                        [&](const auto &kept) { return kept.second == entry; });
        if (!isKept && !m_entries.contains(entry[u"id"_s].toString()))
            added.append(entry);
    }
    return added;
}

void ConnectionsFile::report(const QString &problem)
{
    if (!m_problem.isEmpty() && !problem.isEmpty())
        m_problem += u' ';
    m_problem += problem;
}

QList<Connection> ConnectionsFile::read(const QJsonObject &file)
{
    QList<Connection> connections;
    const QJsonArray entries = file[u"connections"_s].toArray();
    for (qsizetype place = 0; place < entries.size(); ++place) {
        const QJsonObject entry = entries[place].toObject();
        const QString problem = refusal(entry, m_entries);
        if (problem.isEmpty()) {
            connections.append(fromJson(entry));
            m_entries.insert(connections.constLast().id, withCleanUrl(entry));
            report(urlProblem(entry));
        } else {
            m_kept.append({place, entries[place]});
            report(problem);
        }
    }
    return connections;
}

} // namespace Anchorwatch
