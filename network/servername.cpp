#include "network/servername.h"

#include <QRegularExpression>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

QString serverName(const QByteArray &header)
{
    static const QRegularExpression ours(u"\\Aanchorwatchd/([0-9A-Za-z.+-]{1,40})\\z"_s);
    const auto match = ours.match(QString::fromLatin1(header));
    return match.hasMatch() ? u"anchorwatchd %1"_s.arg(match.captured(1)) : QString();
}

} // namespace Anchorwatch
