#pragma once

#include <QString>
#include <QUrl>

namespace Anchorwatch {

// Where the DevTools of a browser on this machine listen. The path is a secret: who has it has the
// browser.
struct BrowserEndpoint
{
    quint16 port = 0; // on the loopback address; 0 for none
    QString path;     // "/devtools/browser/UUID"

    [[nodiscard]] QUrl webSocketUrl() const
    {
        return QUrl(QStringLiteral("ws://127.0.0.1:%1%2").arg(port).arg(path));
    }

    bool operator==(const BrowserEndpoint &) const = default;
};

} // namespace Anchorwatch
