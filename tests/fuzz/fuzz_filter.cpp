#include "fuzzing.h"
#include "models/sessionfilter.h"
#include "models/sessionrow.h"

#include <QDateTime>

using namespace Anchorwatch;

namespace {

SessionRow sample()
{
    SessionRow row;
    row.session.id = QStringLiteral("3f2a8f0e-7c1d");
    row.session.title = QStringLiteral("Sign in – Example");
    row.session.tags = QStringList{QStringLiteral("nightly")};
    row.session.createdAt = QDateTime({2026, 5, 1}, {11, 30}, Qt::UTC);
    return row;
}

} // namespace

// What somebody types into the filter.
int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const SessionRow row = sample();
    static const QDateTime now({2026, 5, 1}, {12, 0}, Qt::UTC);
    const auto parsed = SessionFilter::parse(textOf(data, size));
    if (const auto *filter = std::get_if<SessionFilter>(&parsed)) {
        const bool found = filter->matches(row, now);
        promise(found || !filter->isEmpty(), "an empty filter hides nothing");
    } else {
        promise(!std::get<SessionFilter::Problem>(parsed).what.isEmpty(), "a problem has words");
    }
    return 0;
}
