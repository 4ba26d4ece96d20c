#include "models/sessiondelta.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr QChar standInMark = u'?';

// What a sound service lists, which is then not copied.
bool hasDistinctIds(const SessionList &sessions)
{
    QSet<QStringView> ids;
    ids.reserve(sessions.size());
    return std::all_of(sessions.cbegin(), sessions.cend(), [&ids](const Session &session) {
        const auto before = ids.size();
        ids.insert(session.id);
        return ids.size() > before && !session.id.trimmed().isEmpty();
    });
}

} // namespace

SessionList withDistinctIds(const SessionList &sessions)
{
    if (hasDistinctIds(sessions))
        return sessions;
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

SessionSnapshot::SessionSnapshot(const SessionList &distinct)
    : m_sessions(distinct)
{
    m_places.reserve(distinct.size());
    for (qsizetype place = 0; place < distinct.size(); ++place)
        m_places.insert(distinct[place].id, place);
}

SessionSnapshot::SessionSnapshot(const SessionList &distinct, const SessionSnapshot &sameIds)
    : m_sessions(distinct)
    , m_places(sameIds.m_places)
{
}

const Session *SessionSnapshot::find(const QString &id, qsizetype probablyAt) const
{
    if (probablyAt < m_sessions.size() && m_sessions[probablyAt].id == id)
        return &m_sessions[probablyAt];
    const auto place = m_places.constFind(id);
    return place == m_places.constEnd() ? nullptr : &m_sessions[*place];
}

bool SessionSnapshot::hasIdsOf(const SessionList &sessions) const
{
    return std::equal(sessions.cbegin(), sessions.cend(), m_sessions.cbegin(), m_sessions.cend(),
                      [](const Session &one, const Session &other) { return one.id == other.id; });
}

SessionSnapshot snapshotAfter(const SessionSnapshot &before, const SessionList &listed)
{
    return before.hasIdsOf(listed) ? SessionSnapshot(listed, before)
                                   : SessionSnapshot(withDistinctIds(listed));
}

SessionDelta deltaBetween(const SessionSnapshot &before, const SessionList &after)
{
    SessionDelta delta;
    qsizetype kept = 0;
    for (qsizetype place = 0; place < after.size(); ++place) {
        const Session &session = after[place];
        const Session *known = before.find(session.id, place);
        if (!known) {
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
    for (const Session &session : before.sessions()) {
        if (!listed.contains(session.id))
            delta.removed.append(session.id);
    }
    return delta;
}

} // namespace Anchorwatch
