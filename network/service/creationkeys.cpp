#include "network/service/creationkeys.h"

namespace Anchorwatch {

namespace {

constexpr qsizetype mostKeys = 256;

} // namespace

bool CreationKeys::admit(const QByteArray &key, const HttpAnswer &answer)
{
    const auto known = m_known.find(key);
    if (known == m_known.end()) {
        if (m_order.size() == mostKeys)
            m_known.remove(m_order.takeFirst());
        m_order.append(key);
        m_known.insert(key, {{answer}, std::nullopt});
        return true;
    }
    if (known->response)
        answer.send(*known->response);
    else
        known->waiting.append(answer);
    return false;
}

void CreationKeys::answer(const QByteArray &key, const HttpResponse &response)
{
    const auto known = m_known.find(key);
    if (known == m_known.end())
        return;
    known->response = response;
    const QList<HttpAnswer> waiting = std::exchange(known->waiting, {});
    for (const HttpAnswer &answer : waiting)
        answer.send(response);
}

} // namespace Anchorwatch
