#include "network/http/httpanswer.h"

#include "network/http/httpconnection.h"

namespace Anchorwatch {

HttpAnswer::HttpAnswer(HttpConnection *connection, quint64 serial)
    : m_connection(connection)
    , m_serial(serial)
{
}

void HttpAnswer::send(const HttpResponse &response) const
{
    if (isWanted())
        m_connection->answer(response);
}

bool HttpAnswer::isWanted() const
{
    return m_connection && m_connection->awaitsAnswer(m_serial);
}

} // namespace Anchorwatch
