#pragma once

namespace Anchorwatch {

class HttpServer;
class LocalBrowserProvider;

// Adds /live/{id}/{capability}: the link on which a person watches a session. It leads to the
// browser's own DevTools on the page in front, or says that the session is starting or has ended.
// The provider outlives the server.
void addLiveViewRoutes(HttpServer &server, LocalBrowserProvider &provider);

} // namespace Anchorwatch
