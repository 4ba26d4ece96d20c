#pragma once

#include "network/sessionprovider.h"

#include <QTest>

#include <optional>

namespace Anchorwatch {

// What a reply held when it finished.
struct ListOutcome
{
    std::optional<Fault> fault;
    SessionList sessions;
    bool unchanged = false;
    qint64 bytes = 0;
    QString service;
};

struct SessionOutcome
{
    std::optional<Fault> fault;
    Session session;
};

// Long enough for a browser to start on a busy machine.
inline constexpr int longestAnswerMs = 60'000;

[[nodiscard]] inline ListOutcome finished(ListReply *reply)
{
    std::optional<ListOutcome> outcome;
    QObject::connect(reply, &ProviderReply::finished, reply, [reply, &outcome] {
        outcome = {reply->fault(), reply->sessions, reply->unchanged, reply->bytes, reply->service};
    });
    (void)QTest::qWaitFor([&outcome] { return outcome.has_value(); }, longestAnswerMs);
    return outcome.value();
}

[[nodiscard]] inline SessionOutcome finished(SessionReply *reply)
{
    std::optional<SessionOutcome> outcome;
    QObject::connect(reply, &ProviderReply::finished, reply, [reply, &outcome] {
        outcome = {reply->fault(), reply->session};
    });
    (void)QTest::qWaitFor([&outcome] { return outcome.has_value(); }, longestAnswerMs);
    return outcome.value();
}

[[nodiscard]] inline std::optional<Fault> finished(TerminateReply *reply)
{
    std::optional<std::optional<Fault>> outcome;
    QObject::connect(reply, &ProviderReply::finished, reply,
                     [reply, &outcome] { outcome = reply->fault(); });
    (void)QTest::qWaitFor([&outcome] { return outcome.has_value(); }, longestAnswerMs);
    return outcome.value();
}

} // namespace Anchorwatch
