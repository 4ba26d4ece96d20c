#pragma once

#include "network/grid/gridcodec.h"
#include "network/sessionprovider.h"

#include <QNetworkAccessManager>
#include <QString>
#include <QUrl>

#include <memory>

namespace Anchorwatch {

// Where the sessions of the service are: on this machine, or with another service.
struct ServiceBackend
{
    enum class Kind { Local, Anchor, Grid };

    Kind kind = Kind::Local;
    QUrl url;            // of the other service
    QString user;        // of a Grid that asks for a password; else empty
    QString secret;      // API key or password
    GridBrowser browser; // of new sessions in a Grid
};

// A provider, or one line that says why there is none.
struct MadeProvider
{
    std::unique_ptr<SessionProvider> provider;
    QString problem;
};

// For a backend that is another service. The manager must outlive the provider.
[[nodiscard]] MadeProvider makeRemoteProvider(const ServiceBackend &backend,
                                              QNetworkAccessManager &manager);

} // namespace Anchorwatch
