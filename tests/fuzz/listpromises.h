#pragma once

#include "fuzzing.h"
#include "network/sessioncodec.h"

#include <QSet>

namespace Anchorwatch {

// What the table relies on, whichever service the list comes from.
inline void promiseSoundList(const DecodedSessionList &list)
{
    QSet<QString> ids;
    for (const Session &session : list.sessions) {
        promise(!session.id.trimmed().isEmpty(), "a listed session has an id");
        ids.insert(session.id);
    }
    promise(ids.size() == list.sessions.size(), "no id is listed twice");
    promise(list.problem.isEmpty() || list.sessions.isEmpty(), "what is no list lists nothing");
}

} // namespace Anchorwatch
