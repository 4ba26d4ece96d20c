#pragma once

#include "network/http/httpmessage.h"

namespace Anchorwatch {

// The head of a request as it came: well-formed, nothing else checked yet.
struct HttpHead
{
    enum class Version { Http10, Http11 };
    // How the client says where the body ends.
    enum class Framing { None, Length, Chunked };

    QByteArray method{};
    QByteArray target{}; // raw, undecoded, with the query
    Version version = Version::Http11;
    HttpHeaders headers{};
    Framing framing = Framing::None;
    quint64 contentLength = 0;                                // with Framing::Length
    HttpPersistence persistence = HttpPersistence::KeepAlive; // what the client asks for

    // Does the client ask for a WebSocket (RFC 6455, 4.1)?
    [[nodiscard]] bool asksForWebSocket() const;

    // The target without the query, raw.
    [[nodiscard]] QByteArray path() const
    {
        const qsizetype query = target.indexOf('?');
        return query < 0 ? target : target.first(query);
    }
    // What is behind the question mark, raw.
    [[nodiscard]] QByteArray query() const
    {
        const qsizetype mark = target.indexOf('?');
        return mark < 0 ? QByteArray() : target.sliced(mark + 1);
    }
};

} // namespace Anchorwatch
