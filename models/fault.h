#pragma once

#include <QMetaType>
#include <QString>

#include <chrono>
#include <optional>

namespace Anchorwatch {

// Why an exchange with a service failed: a kind to act on, words to show. The words hold no secret
// and no control characters.
struct Fault
{
    Q_GADGET

public:
    enum class Kind {
        Unreachable,  // no connection: refused, no such name, no network
        TimedOut,     // connected, but no whole answer in time
        BadAnswer,    // an answer that is not of the contract
        NotFound,     // 404
        Refused,      // 401, 403: asking again does not help
        TooMany,      // 429
        BadRequest,   // other 4xx: the request itself is wrong
        ServiceError, // 5xx
        Aborted,      // we gave up ourselves
    };
    Q_ENUM(Kind)

    Kind kind = Kind::ServiceError;
    QString what;   // one sentence: what happened
    QString detail; // the service's own words, may be empty
    std::optional<std::chrono::milliseconds> retryAfter;
    bool lacksSecret = false; // Refused: there was no key or password that it could have accepted
    // The fingerprint of the certificate that was refused, as Connection::certificate has it.
    QString certificate = {};

    bool operator==(const Fault &) const = default;
};

} // namespace Anchorwatch
