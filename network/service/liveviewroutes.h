#pragma once

#include <QByteArrayList>

namespace Anchorwatch {

class HttpServer;
class LocalBrowserProvider;

// Adds /live/{id}/{capability}: the page on which a person watches a session, and on the same path
// the WebSocket that feeds it (docs/live-view.md). Web applications of the embedding origins may
// show the page in a frame. The provider outlives the server.
void addLiveViewRoutes(HttpServer &server, LocalBrowserProvider &provider,
                       const QByteArrayList &embeddingOrigins);

} // namespace Anchorwatch
