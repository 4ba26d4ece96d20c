#include "models/sessiondelta.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr QChar standInMark = u'?';

} // namespace

SessionList withDistinctIds(const SessionList &sessions)
{
    SessionList distinct;
    distinct.reserve(sessions.size());
    QHash<QString, qsizetype> positionOf;
    positionOf.reserve(sessions.size());
    int nameless = 0;
    for (Session session : sessions) {
        if (session.id.trimmed().isEmpty()) {
            session.id = standInMark + QString::number(++nameless);
            if (session.malformed.isEmpty()) {
                session.malformed =
                    QCoreApplication::translate("SessionDelta", "Session without an id");
            }
        }
        const auto known = positionOf.constFind(session.id);
        if (known != positionOf.constEnd()) {
            distinct[*known].malformed =
                QCoreApplication::translate("SessionDelta", "Listed more than once");
            continue;
        }
        positionOf.insert(session.id, distinct.size());
        distinct.append(session);
    }
    return distinct;
}

bool isStandInId(const QString &id)
{
    return id.size() > 1 && id.front() == standInMark
           && std::all_of(id.cbegin() + 1, id.cend(), [](QChar c) { return c.isDigit(); });
}

SessionSnapshot snapshotOf(const SessionList &distinct)
{
    SessionSnapshot snapshot;
    snapshot.reserve(distinct.size());
    for (const Session &session : distinct)
        snapshot.insert(session.id, session);
    return snapshot;
}

SessionDelta deltaBetween(const SessionSnapshot &before, const SessionList &after)
{
    SessionDelta delta;
    qsizetype kept = 0;
    for (const Session &session : after) {
        const auto known = before.constFind(session.id);
        if (known == before.constEnd()) {
            delta.added.append(session);
            continue;
        }
        ++kept;
        if (*known != session)
            delta.changed.append(session);
    }
    if (kept == before.size())
        return delta;

    QSet<QString> listed;
    listed.reserve(after.size());
    for (const Session &session : after)
        listed.insert(session.id);
    for (auto it = before.keyBegin(); it != before.keyEnd(); ++it) {
        if (!listed.contains(*it))
            delta.removed.append(*it);
    }
    return delta;
}

} // namespace Anchorwatch
