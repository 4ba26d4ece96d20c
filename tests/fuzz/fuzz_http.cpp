#include "fuzzing.h"
#include "network/http/httpgate.h"
#include "network/http/httpparser.h"

using namespace Anchorwatch;

namespace {

using Stage = HttpParser::Stage;

HttpLimits smallLimits()
{
    HttpLimits limits;
    limits.headBytes = 512;
    limits.headerCount = 8;
    limits.targetBytes = 128;
    limits.bodyBytes = 512;
    limits.chunkOverheadBytes = 256;
    return limits;
}

const HttpLimits limits = smallLimits();

// Lets the bytes of one request come in pieces, as a connection does.
HttpParser parsed(const QByteArray &bytes, qsizetype piece)
{
    HttpParser parser(limits);
    QByteArray waiting;
    const auto isOver = [&] {
        return parser.stage() == Stage::Complete || parser.stage() == Stage::Failed;
    };
    for (qsizetype i = 0; i < bytes.size() && !isOver(); i += piece) {
        waiting += bytes.mid(i, piece);
        while (!isOver() && !waiting.isEmpty()) {
            const qsizetype taken =
                parser.feed(QByteArrayView(waiting).first(qMin(waiting.size(), parser.window())));
            promise(taken >= 0 && taken <= waiting.size(), "no more is taken than was offered");
            waiting.remove(0, taken);
            if (taken == 0)
                break;
        }
    }
    return parser;
}

void judge(const HttpHead &head)
{
    static const auto gate = [] {
        auto made = std::make_unique<HttpGate>(limits);
        made->setPort(8734);
        const HttpHandler nothing = [](const HttpRequest &, const HttpAnswer &) {};
        made->routes().add("POST", "/sessions", nothing);
        made->routes().add("GET", "/sessions/{id}", nothing);
        return made;
    }();
    const HttpGate::Verdict verdict = gate->judge(head);
    const auto *match = std::get_if<HttpRoutes::Match>(&verdict);
    if (!match)
        return;
    promise(headerValues(head.headers, "Host").size() == 1, "who is let in names one host");
    for (const QByteArray &parameter : match->parameters)
        promise(!parameter.isEmpty() && parameter.size() <= 64 && !parameter.contains('%'),
                "an id is an id");
}

} // namespace

// What anybody sends to the service: the first byte says in which pieces it comes. However it is
// cut, it is the same request or none.
int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    const QByteArray bytes = bytesOf(data + 1, size - 1);
    HttpParser whole = parsed(bytes, bytes.size());
    HttpParser cut = parsed(bytes, 1 + data[0]);
    if (whole.stage() == Stage::Complete && cut.stage() == Stage::Complete) {
        promise(whole.head().target == cut.head().target
                    && whole.head().headers == cut.head().headers
                    && whole.takeBody() == cut.takeBody(),
                "a request is the same in pieces");
        judge(cut.head());
    } else {
        promise(whole.stage() != Stage::Complete && cut.stage() != Stage::Complete,
                "what is refused whole is refused in pieces");
    }
    return 0;
}
