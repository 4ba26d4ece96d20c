#pragma once

#include <QtGlobal>

#include <chrono>

namespace Anchorwatch {

constexpr qsizetype kibibyte = 1024;
constexpr qsizetype mebibyte = 1024 * kibibyte;

// What one client, or all of them together, may take from the server. The defaults are far above
// what an honest client of this API needs and keep the memory of the server flat under attack.
struct HttpLimits
{
    // Of a request.
    qsizetype headBytes = 64 * kibibyte;          // request line and headers; more is 431
    qsizetype headerCount = 100;                  // more is 431: 64 KiB alone would let 16,000 in
    qsizetype targetBytes = 8 * kibibyte;         // more is 414
    qsizetype bodyBytes = mebibyte;               // declared or chunked; more is 413
    qsizetype chunkOverheadBytes = 16 * mebibyte; // what chunking adds to a body; more is 413

    // Of connections.
    qsizetype connections = 256; // one more, and one that owes us something gives way
    int backlog = 512;           // Qt's default of 50 makes a burst of clients wait for seconds
    qint64 unsentBytes =
        256 * kibibyte; // from here on no next request is read until the client reads

    // Of time. Deadlines are looked at once a tick, so they end up to one tick late.
    std::chrono::milliseconds headTime =
        std::chrono::seconds(10); // from its first byte to its last
    std::chrono::milliseconds bodyTime = std::chrono::seconds(30);  // likewise
    std::chrono::milliseconds idleTime = std::chrono::seconds(60);  // between requests
    std::chrono::milliseconds stallTime = std::chrono::seconds(30); // a client that does not read
    std::chrono::milliseconds lingerTime =
        std::chrono::seconds(2); // for a refused client to hear why
    std::chrono::milliseconds tick = std::chrono::seconds(1);
};

} // namespace Anchorwatch
