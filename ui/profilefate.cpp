#include "ui/profilefate.h"

#include "models/urltext.h"

#include <QCoreApplication>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostNames = 5;

QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("ProfileFate", text, nullptr, n);
}

QString nameOf(const SessionRow &row)
{
    return visibleText(row.session.profileName);
}

bool savesProfile(const SessionRow &row)
{
    return row.isLive() && !row.session.profileName.isEmpty()
           && row.session.persist.value_or(false);
}

// One name for each session that saves its profile, sorted.
QStringList savedNames(const QList<SessionRow> &rows)
{
    QStringList names;
    for (const SessionRow &row : rows) {
        if (savesProfile(row))
            names.append(nameOf(row));
    }
    names.sort(Qt::CaseInsensitive);
    return names;
}

} // namespace

QString profileFate(const SessionRow &row)
{
    if (!row.isLive())
        return tr("Its browser has ended already");
    if (row.session.profileName.isEmpty())
        return tr("No profile, nothing is kept");
    if (!row.session.persist)
        return tr("Profile %1, its service decides").arg(nameOf(row));
    return *row.session.persist ? tr("Profile %1 is saved").arg(nameOf(row))
                                : tr("Profile %1 stays as it was").arg(nameOf(row));
}

Note profileNote(const SessionRow &row)
{
    if (savesProfile(row)) {
        return {u"persist"_s, &Theme::text2,
                tr("Cookies and storage of this session replace profile %1.").arg(nameOf(row))};
    }
    return {u"info"_s, &Theme::text2, profileFate(row) + u'.'};
}

Note savedProfilesNote(const QList<SessionRow> &rows)
{
    QStringList names = savedNames(rows);
    names.removeDuplicates();
    if (names.isEmpty())
        return {};
    const auto count = static_cast<int>(names.size());
    QString list = names.first(qMin(names.size(), mostNames)).join(u", "_s);
    if (names.size() > mostNames)
        list = tr("%1 and %n more", count - static_cast<int>(mostNames)).arg(list);
    const QString text = count == 1 ? tr("1 profile is saved: %1.").arg(list)
                                    : tr("%n profiles are saved: %1.", count).arg(list);
    return {u"persist"_s, &Theme::text2, text};
}

Note contestedProfileNote(const QList<SessionRow> &rows)
{
    const QStringList names = savedNames(rows);
    const auto twice = std::adjacent_find(names.cbegin(), names.cend());
    if (twice == names.cend())
        return {};
    const auto count = static_cast<int>(names.count(*twice));
    return {u"warning"_s, &Theme::amber,
            tr("%n of them save profile %1: what the last to end saves stays.", count).arg(*twice)};
}

} // namespace Anchorwatch
