#include "listpromises.h"
#include "network/sessionlistreader.h"

#include <QUrl>

using namespace Anchorwatch;

namespace {

void checkRequest(const QByteArray &body)
{
    const DecodedRequest decoded = decodeSessionRequest(body);
    if (!decoded.problems.isEmpty() || decoded.request.initialUrl.isEmpty())
        return;
    const QUrl url(decoded.request.initialUrl);
    const QString scheme = url.scheme();
    promise(scheme == QLatin1String("http") || scheme == QLatin1String("https")
                || decoded.request.initialUrl == QLatin1String("about:blank"),
            "only pages of the web are opened at the start");
}

void checkFastReader(const QByteArray &body, const DecodedSessionList &list)
{
    SessionListReader reader;
    const SessionListReading reading = reader.read(body);
    promise(reading.list.sessions == list.sessions && reading.list.problem == list.problem,
            "the fast way says what the simple one says");
}

} // namespace

// The sessions contract: what a service answers and what a client asks for.
int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray body = bytesOf(data, size);
    const DecodedSessionList list = decodeSessionList(body);
    promiseSoundList(list);
    checkFastReader(body, list);
    const DecodedSessionList again = decodeSessionList(encodeSessionList(list.sessions));
    promise(again.sessions.size() == list.sessions.size(), "what we send can be read");
    (void)decodeSession(body);
    (void)errorWords(body);
    checkRequest(body);
    return 0;
}
