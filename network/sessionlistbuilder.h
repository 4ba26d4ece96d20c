#pragma once

#include "network/sessioncodec.h"

#include <QHash>

namespace Anchorwatch {

// Makes a list of what a service listed: each id once, a repeated one flagged, those without one
// counted.
class SessionListBuilder
{
public:
    void reserve(qsizetype sessions);
    void add(const Session &session);
    [[nodiscard]] const DecodedSessionList &decoded() const { return m_decoded; }

private:
    DecodedSessionList m_decoded;
    QHash<QString, qsizetype> m_rows; // by id
};

} // namespace Anchorwatch
