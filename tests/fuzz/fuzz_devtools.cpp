#include "listpromises.h"
#include "network/devtools/devtoolscodec.h"

#include <QUrl>

using namespace Anchorwatch;

// What a browser's DevTools endpoint answers.
int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const QUrl base(QStringLiteral("http://127.0.0.1:9222"));
    const QByteArray body = bytesOf(data, size);
    promiseSoundList(decodeDevToolsList(body, base));
    (void)decodeDevToolsTarget(body, base);
    (void)decodeDevToolsVersion(body);
    return 0;
}
