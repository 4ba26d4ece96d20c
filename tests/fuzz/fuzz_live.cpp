#include "fuzzing.h"
#include "network/live/liveframe.h"
#include "network/livecodec.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Anchorwatch;

// What a service sends to a live view: pictures and words; and a browser's picture on its way
// there.
int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray message = bytesOf(data, size);
    if (const auto picture = decodePicture(message))
        promise(picture->jpeg.size() < message.size(), "a picture is what follows its head");
    (void)jpegSize(message);
    const QJsonObject json = QJsonDocument::fromJson(message).object();
    (void)decodeState(json);
    (void)decodeTabs(json);
    (void)decodePage(json);
    (void)decodeViewers(json);
    (void)decodeDialog(json);
    (void)decodeSelect(json);
    (void)decodeField(json);
    if (const auto download = decodeDownload(json))
        promise(download->received >= 0, "nothing less than no byte was received");
    return 0;
}
