#pragma once

#include "models/session.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QHash>

namespace Anchorwatch {

// Many sessions of a service as the bytes it sends, some of which change from one list to the next:
// made so that a hundred thousand of them cost a fake service little. The same count always gives
// the same lists.
class Crowd
{
public:
    explicit Crowd(int count);

    // The session of that place, as the next list has it.
    [[nodiscard]] Session session(qsizetype place) const;
    [[nodiscard]] qsizetype placeOf(const QString &id) const { return m_places.value(id, -1); }
    // One in a hundred, at least one: most went to another page, one in ten is in another status,
    // one in twenty ended and a new one began. One of the twenty newest is always among them.
    void change();
    // The session is not listed any more.
    void end(const QString &id);

    // The body of GET /sessions. Quick where nothing changed.
    [[nodiscard]] const QByteArray &list();
    // Another one for each list.
    [[nodiscard]] QByteArray etag() const { return '"' + QByteArray::number(m_round) + '"'; }

private:
    // What the bytes of one session are made of.
    struct Member
    {
        int serial = 0;
        int visits = 0;
        bool isIdle = false;
        bool isOver = false;
    };

    void write(qsizetype place);

    QList<Member> m_members;
    QByteArrayList m_written; // of each member, what a list says of it
    QHash<QString, qsizetype> m_places;
    QByteArray m_list; // empty: to be joined again
    int m_round = 0;
    int m_serials = 0;
};

} // namespace Anchorwatch
