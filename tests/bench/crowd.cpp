#include "tests/bench/crowd.h"

#include "network/sessioncodec.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int newest = 20; // that are on screen while the newest come first

QString idOf(int serial)
{
    // Spread as random ids are, so that no order of them is that of the list.
    const quint64 mixed = static_cast<quint64>(serial + 1) * 0x9e3779b97f4a7c15ULL;
    return u"%1-%2-4c1b-8f2a-%3"_s.arg(static_cast<quint32>(mixed >> 32), 8, 16, QLatin1Char('0'))
        .arg(static_cast<quint16>(mixed >> 16), 4, 16, QLatin1Char('0'))
        .arg(serial, 12, 16, QLatin1Char('0'));
}

} // namespace

Crowd::Crowd(int count)
{
    for (qsizetype place = 0; place < count; ++place) {
        m_members.append({m_serials++, 0, place % 5 == 4, false});
        m_written.append(QByteArray());
        write(place);
    }
}

Session Crowd::session(qsizetype place) const
{
    static const QStringList sites{u"shop"_s, u"news"_s, u"mail"_s, u"wiki"_s, u"maps"_s};
    const Member &member = m_members.at(place);
    const int page = member.serial + member.visits * 7;
    Session session;
    session.id = idOf(member.serial);
    session.status = member.isIdle ? SessionStatus::Kind::Idle : SessionStatus::Kind::Running;
    session.cdpUrl = u"ws://127.0.0.1:9222/devtools/browser/"_s + session.id;
    session.liveViewUrl = u"http://127.0.0.1:9222/live/"_s + session.id;
    session.title = u"Offer %1 of the %2"_s.arg(page).arg(sites.at(page % sites.size()));
    session.currentUrl =
        u"https://%1.example.com/offers/%2"_s.arg(sites.at(page % sites.size())).arg(page);
    if (member.serial % 3 == 0)
        session.profileName = u"profile-%1"_s.arg(member.serial % 30);
    session.createdAt = QDateTime({2026, 5, 1}, {11, 30}, Qt::UTC).addSecs(member.serial);
    session.actionCount = member.visits;
    return session;
}

void Crowd::change()
{
    ++m_round;
    m_list.clear();
    const qsizetype count = m_members.size();
    const qsizetype changes = std::max<qsizetype>(1, count / 100);
    for (qsizetype i = 0; i < changes; ++i) {
        const qsizetype place = i == 0 ? count - 1 - m_round % std::min<qsizetype>(newest, count)
                                       : (i * 100 + m_round * 37) % count;
        Member &member = m_members[place];
        if (member.isOver)
            continue;
        ++member.visits;
        if (i % 10 == 9)
            member.isIdle = !member.isIdle;
        if (i % 20 == 19) {
            m_places.remove(idOf(member.serial));
            member = {m_serials++, 0, false, false};
        }
        write(place);
    }
}

void Crowd::end(const QString &id)
{
    const qsizetype place = placeOf(id);
    if (place < 0)
        return;
    m_places.remove(id);
    m_members[place].isOver = true;
    m_written[place].clear();
    m_list.clear();
    ++m_round;
}

const QByteArray &Crowd::list()
{
    if (!m_list.isEmpty())
        return m_list;
    qsizetype listed = 0;
    m_list = "{\"sessions\":[";
    for (const QByteArray &written : std::as_const(m_written)) {
        if (written.isEmpty())
            continue;
        if (listed++ > 0)
            m_list += ',';
        m_list += written;
    }
    m_list += "],\"count\":" + QByteArray::number(listed) + '}';
    return m_list;
}

void Crowd::write(qsizetype place)
{
    const Session written = session(place);
    m_places.insert(written.id, place);
    m_written[place] = QJsonDocument(sessionToJson(written)).toJson(QJsonDocument::Compact);
}

} // namespace Anchorwatch
