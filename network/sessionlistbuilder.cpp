#include "network/sessionlistbuilder.h"

#include <QCoreApplication>

namespace Anchorwatch {

void SessionListBuilder::reserve(qsizetype sessions)
{
    m_decoded.sessions.reserve(sessions);
    m_rows.reserve(sessions);
}

void SessionListBuilder::add(const Session &session)
{
    const auto known = m_rows.constFind(session.id);
    if (session.id.trimmed().isEmpty()) {
        ++m_decoded.withoutId;
    } else if (known != m_rows.constEnd()) {
        m_decoded.sessions[*known].malformed =
            QCoreApplication::translate("SessionCodec", "Its id was listed more than once.");
    } else {
        m_rows.insert(session.id, m_decoded.sessions.size());
        m_decoded.sessions.append(session);
    }
}

} // namespace Anchorwatch
