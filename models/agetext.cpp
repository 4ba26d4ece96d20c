#include "models/agetext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Age", text);
}

QString twoDigits(qint64 number)
{
    return u"%1"_s.arg(number, 2, 10, QLatin1Char('0'));
}

} // namespace

QString ageText(std::chrono::milliseconds span)
{
    constexpr qint64 minute = 60;
    constexpr qint64 hour = 60 * minute;
    constexpr qint64 day = 24 * hour;

    const qint64 seconds =
        std::max<qint64>(0, std::chrono::duration_cast<std::chrono::seconds>(span).count());
    if (seconds < minute)
        return tr("%1 s").arg(seconds);
    if (seconds < hour)
        return tr("%1 min").arg(seconds / minute);
    if (seconds < day)
        return tr("%1 h %2 min").arg(seconds / hour).arg(twoDigits(seconds % hour / minute));
    return tr("%1 d %2 h").arg(seconds / day).arg(twoDigits(seconds % day / hour));
}

QString tookText(std::chrono::milliseconds span)
{
    using namespace std::chrono_literals;
    using Tenths = std::chrono::duration<qint64, std::deci>;
    const Tenths tenths = std::chrono::round<Tenths>(std::max(span, 0ms));
    if (tenths >= 60s)
        return ageText(tenths);
    return tr("%1 s").arg(static_cast<double>(tenths.count()) / 10.0, 0, 'f', 1);
}

QString hourText(const QDateTime &utc)
{
    return utc.toLocalTime().toString(u"HH:mm"_s);
}

QString secondText(const QDateTime &utc)
{
    return utc.toLocalTime().toString(u"HH:mm:ss"_s);
}

QString exactTimeText(const QDateTime &utc)
{
    if (!utc.isValid())
        return tr("unknown");
    const QString local = QLocale().toString(utc.toLocalTime(), u"ddd d MMM yyyy HH:mm:ss t"_s);
    return tr("%1 (%2 UTC)").arg(local, utc.toUTC().toString(u"yyyy-MM-dd HH:mm:ss"_s));
}

} // namespace Anchorwatch
