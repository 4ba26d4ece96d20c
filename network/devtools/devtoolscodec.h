#pragma once

#include "network/sessioncodec.h"

#include <QUrl>

// The JSON of a browser's DevTools endpoint (seen on Chromium 156) to values. Pure functions, any
// thread; they take what a stranger sends, as network/sessioncodec.h does.
namespace Anchorwatch {

// GET /json/version
struct DecodedDevToolsVersion
{
    QString browser; // "Chrome/156.0.8078.79"
    QString protocol;
    QString path;    // of the browser's own address, "/devtools/browser/…"
    QString problem; // why this is no DevTools endpoint; empty when it is one
};

[[nodiscard]] DecodedDevToolsVersion decodeDevToolsVersion(const QByteArray &body);

// GET /json/list: the pages, without what else a browser runs (browser_ui, workers). Addresses are
// those by which the base URL reaches them.
[[nodiscard]] DecodedSessionList decodeDevToolsList(const QByteArray &body, const QUrl &baseUrl);

// PUT /json/new
[[nodiscard]] DecodedSession decodeDevToolsTarget(const QByteArray &body, const QUrl &baseUrl);

} // namespace Anchorwatch
