#include "listpromises.h"
#include "network/anchor/anchorcodec.h"

using namespace Anchorwatch;

// What a service that speaks the Anchor API answers.
int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray body = bytesOf(data, size);
    promiseSoundList(decodeAnchorList(body));
    (void)decodeAnchorSession(body);
    (void)decodeNewAnchorSession(body);
    (void)decodeAnchorPages(body);
    (void)decodeAnchorProfiles(body);
    const QString words = anchorErrorWords(body);
    promise(!words.contains(u'\n'), "an error is one line");
    const QString id = QString::fromUtf8(body);
    promise(!anchorIdProblem(id).isEmpty()
                || (!id.isEmpty() && !id.contains(u'/') && id != QLatin1String("all")
                    && id != QLatin1String("..")),
            "no id reaches another path");
    return 0;
}
