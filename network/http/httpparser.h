#pragma once

#include "network/http/httphead.h"
#include "network/http/httplimits.h"

#include <memory>

namespace Anchorwatch {

// Reads one request from bytes, as they come: the head, then the body. What is not HTTP/1.x to the
// letter, or could be read in two ways (request smuggling, RFC 9112 sections 6.3 and 11.2), fails.
// Over Boost.Beast's basic_parser, which only its .cpp includes.
class HttpParser
{
public:
    enum class Stage {
        Head,     // more of it must come
        Body,     // the head is known, more of the body must come
        Complete, // all is known
        Failed,   // see refusal()
    };

    // The limits must outlive the parser.
    explicit HttpParser(const HttpLimits &limits);
    ~HttpParser();
    HttpParser(HttpParser &&) noexcept;
    HttpParser &operator=(HttpParser &&) noexcept;

    // Takes what it can from the front of `bytes` and returns how much that was; what it leaves
    // must be offered again, with more behind it, up to window() bytes. Never takes bytes of the
    // head and of the body in one call, so that the head can be judged before a byte of the body is
    // kept. Not to be called when the stage is Complete or Failed.
    [[nodiscard]] qsizetype feed(QByteArrayView bytes);
    // How many bytes feed() must be able to see at once: Beast wants whole lines, and mostly whole
    // heads.
    [[nodiscard]] qsizetype window() const;

    [[nodiscard]] Stage stage() const;
    // Valid from stage Body on.
    [[nodiscard]] const HttpHead &head() const;
    // Valid in stage Complete.
    [[nodiscard]] QByteArray takeBody();
    // Valid in stage Failed.
    [[nodiscard]] const HttpResponse &refusal() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Anchorwatch
