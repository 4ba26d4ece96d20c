#include "listpromises.h"
#include "network/grid/gridcodec.h"

#include <QUrl>

using namespace Anchorwatch;

// What a Selenium Grid answers.
int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const QUrl base(QStringLiteral("http://127.0.0.1:4444/wd"));
    const QByteArray body = bytesOf(data, size);
    promiseSoundList(decodeGridStatus(body, base).list);
    (void)decodeGridCapacity(body);
    (void)decodeNewGridSession(body, base);
    promise(!decodeGridError(body).words.contains(u'\n'), "an error is one line");
    return 0;
}
