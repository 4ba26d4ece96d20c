#pragma once

#include "network/sessioncodec.h"

#include <QByteArray>
#include <QHash>
#include <QList>

namespace Anchorwatch {

// What one body of GET /sessions says.
struct SessionListReading
{
    DecodedSessionList list;
    bool isSame = false; // the bytes of the last sound list again; `list` is empty then
};

// Reads the lists of one service, one after the other: the fast way to what decodeSessionList()
// says of each, sessions, order and problems. Not for two threads at once; any thread.
//
// - A session with the bytes that it had in the list before is not parsed again. It shares its
//   texts with the one that was read from them.
// - Others are parsed by simdjson, one by one. A session that is not plain (a value of an
// unexpected
//   type, a field that is unknown here or there twice) is left to sessionFromJson(), a body that is
//   not to decodeSessionList(): what is odd has one meaning.
// - Words that many sessions have in common (status, profile, tags) are kept once.
class SessionListReader
{
public:
    [[nodiscard]] SessionListReading read(const QByteArray &body);

private:
    // Where the bytes of a session are.
    struct Extent
    {
        qsizetype begin = 0;
        qsizetype size = 0;
    };
    friend class PlainList;

    // The last sound list; extents and sessions go together, or there are no extents.
    QByteArray m_body;
    QList<Extent> m_extents;
    SessionList m_sessions;
    QHash<QByteArray, QString> m_words;
};

} // namespace Anchorwatch
