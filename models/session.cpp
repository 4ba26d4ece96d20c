#include "models/session.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

QString shortId(const QString &id)
{
    constexpr int wholeUpTo = 12;
    if (id.size() <= wholeUpTo)
        return id;
    return id.first(4) + u'…' + id.last(4);
}

bool isSameSession(const Session &one, const Session &other)
{
    constexpr qint64 rounding = 1000; // ms; a list and a description may round differently
    const bool bothKnown = one.createdAt.isValid() && other.createdAt.isValid();
    return one.id == other.id
           && (!bothKnown || qAbs(one.createdAt.msecsTo(other.createdAt)) <= rounding);
}

QString terminateRefusal(const QString &id)
{
    static const QStringList reserved{u"all"_s,     u"async"_s,  u"history"_s,
                                      u"release"_s, u"debug"_s,  u"screenshot"_s,
                                      u"pdf"_s,     u"scrape"_s, u"pending-interventions"_s};
    static const QRegularExpression plain(u"\\A[A-Za-z0-9_-]{1,128}\\z"_s);

    if (id.isEmpty())
        return QCoreApplication::translate("terminateRefusal", "The session has no id.");
    if (reserved.contains(id, Qt::CaseInsensitive)) {
        return QCoreApplication::translate(
            "terminateRefusal", "Its id is a word that a service may read as \"every session\".");
    }
    if (!plain.match(id).hasMatch()) {
        return QCoreApplication::translate("terminateRefusal",
                                           "Its id has characters that a service may read as "
                                           "another address.");
    }
    return {};
}

} // namespace Anchorwatch
