#include "fuzzing.h"
#include "models/connectionaddress.h"
#include "models/knownsecrets.h"
#include "models/redaction.h"
#include "models/urltext.h"
#include "network/rebasedurl.h"

#include <QUrl>

#include <algorithm>

using namespace Anchorwatch;

namespace {

const QString secret = QStringLiteral("sk-canary-7e21d0");

bool isPlain(const QString &text)
{
    return std::none_of(text.begin(), text.end(), [](QChar character) {
        const char16_t code = character.unicode();
        return code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x202a && code <= 0x202e)
               || (code >= 0x2066 && code <= 0x2069);
    });
}

void checkOpening(const QString &address)
{
    if (!openUrlRefusal(address).isEmpty())
        return;
    const QUrl url(address, QUrl::StrictMode);
    promise(url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https"),
            "only http and https are opened");
    promise(url.userInfo().isEmpty() && !url.host().isEmpty(), "an opened address names its host");
    promise(isPlain(address), "an opened address is plain");
}

void checkHiding(const QString &text)
{
    for (const QString &shown : {redacted(text), maskedText(text), maskedUrl(text)})
        promise(!shown.contains(secret), "a secret is not shown");
}

} // namespace

// Addresses and texts that a service sent, on their way to the screen, the log and the desktop.
int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const QUrl base(QStringLiteral("https://api.example/grid"));
    if (static bool isHidden = false; !std::exchange(isHidden, true))
        hideSecret(secret);
    const QString text = textOf(data, size);
    checkOpening(text);
    checkHiding(text);
    promise(isPlain(visibleText(text)), "what is shown is plain");
    (void)addressProblem(completedAddress(text));
    const QUrl moved(rebasedUrl(text, base));
    promise(moved.isEmpty() || moved.host() == base.host(), "a service's own address stays there");
    return 0;
}
