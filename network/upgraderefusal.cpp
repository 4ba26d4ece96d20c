#include "network/upgraderefusal.h"

#include <QRegularExpression>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

int upgradeStatus(const QString &errorText)
{
    static const QRegularExpression status(u": ([2345]\\d\\d)\\b"_s);
    return status.match(errorText).captured(1).toInt();
}

bool refusedUpgrade(const QString &errorText)
{
    const int status = upgradeStatus(errorText);
    return status != 0 && status < 500;
}

} // namespace Anchorwatch
