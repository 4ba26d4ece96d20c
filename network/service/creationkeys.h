#pragma once

#include "network/http/httpanswer.h"

#include <QByteArray>
#include <QHash>
#include <QList>

#include <optional>

namespace Anchorwatch {

// Remembers creations by their Idempotency-Key: a request that comes a second time, because the
// client or something on the way sent it again, is answered as the first was. The latest 256 keys
// are known.
class CreationKeys
{
public:
    // True for a key that is new, which answer() is then told of. Otherwise the request is answered
    // with the first one's answer, as soon as there is one.
    [[nodiscard]] bool admit(const QByteArray &key, const HttpAnswer &answer);
    // Answers all requests with that key.
    void answer(const QByteArray &key, const HttpResponse &response);

private:
    struct Known
    {
        QList<HttpAnswer> waiting;
        std::optional<HttpResponse> response;
    };

    QHash<QByteArray, Known> m_known;
    QList<QByteArray> m_order; // oldest first
};

} // namespace Anchorwatch
