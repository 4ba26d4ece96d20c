#include "network/service/liveviewroutes.h"

#include "network/http/httpserver.h"
#include "network/service/localbrowserprovider.h"

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr auto pageFrame = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>%1</title><style>
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; display: grid; place-content: center; height: 100vh; margin: 0;
       text-align: center }
</style></head><body><main><h1>%1</h1><p>%2</p></main></body></html>
)"_L1;

HttpResponse page(int status, const QString &title, const QString &words)
{
    HttpResponse response{
        status, "text/html; charset=utf-8", QString(pageFrame).arg(title, words).toUtf8(), {}};
    response.headers = {{"Content-Security-Policy",
                         "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"},
                        {"Referrer-Policy", "no-referrer"}};
    return response;
}

HttpResponse responseFor(const LiveViewReply &reply)
{
    using State = LiveViewReply::State;
    switch (reply.state) {
    case State::Live: {
        HttpResponse response{302, {}, {}, {}};
        response.headers = {{"Location", reply.address.toEncoded()},
                            {"Referrer-Policy", "no-referrer"}};
        return response;
    }
    case State::Waiting: {
        HttpResponse response =
            page(200, u"Waiting"_s, u"The browser of this session has no page to show yet."_s);
        response.headers.emplaceBack("Refresh", "1");
        return response;
    }
    case State::Ended:
        return page(200, u"Ended"_s, u"This session has ended; there is nothing more to watch."_s);
    case State::Unknown:
        break;
    }
    return page(404, u"Not found"_s, u"There is no live view at this address."_s);
}

} // namespace

void addLiveViewRoutes(HttpServer &server, LocalBrowserProvider &provider)
{
    server.addRoute("GET", "/live/{id}/{capability}",
                    [&provider](const HttpRequest &request, const HttpAnswer &answer) {
                        LiveViewReply *reply =
                            provider.liveView(QString::fromLatin1(request.parameters.value(0)),
                                              QString::fromLatin1(request.parameters.value(1)));
                        QObject::connect(reply, &ProviderReply::finished, &provider,
                                         [reply, answer] { answer.send(responseFor(*reply)); });
                    });
}

} // namespace Anchorwatch
