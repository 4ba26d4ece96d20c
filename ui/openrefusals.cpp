#include "ui/openrefusals.h"

#include "models/urltext.h"

#include <QCoreApplication>

namespace Anchorwatch {

QString liveViewRefusal(const SessionRow &row)
{
    const QString refusal = row.openRefusal();
    return refusal.isEmpty() ? openUrlRefusal(row.session.liveViewUrl) : refusal;
}

QString devToolsRefusal(const SessionRow &row)
{
    const QString refusal = row.openRefusal();
    if (!refusal.isEmpty() || !row.session.cdpUrl.isEmpty())
        return refusal;
    return QCoreApplication::translate("openRefusals", "Its service gave no CDP address.");
}

} // namespace Anchorwatch
