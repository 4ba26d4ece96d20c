#include "network/sessionlistreader.h"
#include "tests/fakes/samplesession.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

// Lists as services send them, and as none should: the same seed gives the same lists.
class RandomLists
{
public:
    explicit RandomLists(quint32 seed)
        : m_random(seed)
    {
    }

    // The next list of a service whose sessions come, go, change and change places.
    QByteArray next()
    {
        for (int i = below(4); i > 0 && !m_sessions.isEmpty(); --i)
            m_sessions[below(m_sessions.size())] = session();
        for (int i = below(4); i > 0; --i)
            m_sessions.insert(below(m_sessions.size() + 1), session());
        for (int i = below(3); i > 0 && !m_sessions.isEmpty(); --i)
            m_sessions.removeAt(below(m_sessions.size()));
        if (below(10) == 0 && m_sessions.size() > 1)
            m_sessions.swapItemsAt(0, below(m_sessions.size()));
        QByteArray list = "{\"sessions\":[" + m_sessions.join(',') + ']';
        if (below(3) > 0)
            list += ",\"count\":" + pick({"0", "12", "-1", "1.5", "\"many\"", "null", "01"});
        if (below(8) == 0)
            list += ",\"next\":" + value();
        list += '}';
        return below(4) == 0 ? damaged(list) : list;
    }

private:
    int below(qsizetype bound) { return m_random.bounded(static_cast<int>(bound)); }
    QByteArray pick(const QByteArrayList &of) { return of.at(below(of.size())); }

    QByteArray session()
    {
        if (below(30) == 0)
            return value();
        QByteArrayList fields;
        if (below(30) > 0)
            fields += "\"id\":" + (below(30) == 0 ? value() : id());
        if (below(30) > 0)
            fields += "\"status\":" + (below(30) == 0 ? value() : text());
        for (int i = below(9); i > 0; --i)
            fields.insert(below(fields.size() + 1), field());
        return '{' + fields.join(pick({",", ",", " , "})) + '}';
    }

    QByteArray id()
    {
        return '"' + QByteArray::number(below(40)) + pick({"", "", "-a", " ", "\\u00e9"}) + '"';
    }

    QByteArray field()
    {
        const QByteArray name =
            pick({"cdpUrl", "liveViewUrl", "liveControlUrl", "title", "currentUrl", "profileName",
                  "error", "persist", "createdAt", "actionCount", "tags", "tabs", "id", "unknown",
                  "titl\\u0065", "status"});
        QByteArray fitting = text();
        if (name == "persist")
            fitting = pick({"true", "false", "null"});
        if (name == "createdAt")
            fitting = time();
        if (name == "actionCount")
            fitting = pick({"0", "7", "2147483647", "2147483648", "-1", "1.0", "1e2"});
        if (name == "tags")
            fitting = pick({"[]", R"(["ci"])", R"(["ci","näher"])", R"(["ci",3])", R"([["ci"]])"});
        if (name == "tabs")
            fitting = R"([{"tab":1,"title":"a","url":"b"},{"tab":2}])";
        return '"' + name + "\":" + (below(15) == 0 ? value() : fitting);
    }

    QByteArray text()
    {
        return pick({R"("")", R"(" ")", R"("running")", R"("IDLE")", R"("a title")",
                     R"("ws://127.0.0.1:9/x")", R"("zwölf Boxkämpfer")",
                     R"("a \"quoted\" \\ / \/")", R"("\u00fc\ud83d\ude00")", R"("\ud83d")",
                     R"("tab\t\n\u0000end")", "\"" + QByteArray(maxFieldLength + 1, 'x') + '"',
                     "\"" + QByteArray(100, 'y') + '"'});
    }

    QByteArray time()
    {
        return pick({R"("2026-05-01T11:30:00Z")", R"("2026-05-01T11:30:00.123Z")",
                     R"("2026-05-01T11:30:00.5Z")", R"("2026-05-01T11:30:00+02:00")",
                     R"("2026-05-01T11:30:00")", R"("2026-02-30T11:30:00Z")",
                     R"("2026-05-01T24:00:00Z")", R"("2026-05-01 11:30:00Z")", R"("yesterday")",
                     R"("2026-05-01T11:3x:00Z")", R"("")"});
    }

    QByteArray value()
    {
        return pick({"null", "true", "3", "-0.5", "\"word\"", "[]", "{}", R"({"a":[1,{"b":2}]})",
                     R"(["x",["y"]])", "nul", "tru", "0x1", "[1,]", R"({"a":})", "\"\\q\""});
    }

    // One byte is another, or the end is missing.
    QByteArray damaged(QByteArray list)
    {
        if (below(3) == 0)
            return list.first(below(list.size()));
        if (below(4) == 0)
            return list + pick({"}", " ", "\n", "x", "{}", ","});
        list[below(list.size())] =
            pick({"\"", "{", "}", "[", "]", ",", ":", "x", "\\", "\xff", "\n", "1", " "}).at(0);
        return list;
    }

    QRandomGenerator m_random;
    QByteArrayList m_sessions;
};

} // namespace

class TestSessionListReader : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatTheDecoderSays_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 40; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    // Fault matrix: W11, W13
    void saysWhatTheDecoderSays()
    {
        QFETCH(quint32, seed);
        RandomLists lists(seed);
        SessionListReader reader;
        QByteArray lastSound;
        for (int i = 0; i < 60; ++i) {
            const QByteArray body = lists.next();
            const DecodedSessionList expected = decodeSessionList(body);
            const SessionListReading reading = reader.read(body);
            QCOMPARE(reading.isSame, body == lastSound);
            if (expected.problem.isEmpty())
                lastSound = body;
            if (reading.isSame)
                continue;
            if (reading.list.sessions != expected.sessions
                || reading.list.problem != expected.problem)
                qWarning() << "for" << body.left(2000);
            QCOMPARE(reading.list.problem, expected.problem);
            QCOMPARE(reading.list.withoutId, expected.withoutId);
            QCOMPARE(reading.list.sessions, expected.sessions);
        }
    }

    // Fault matrix: W13
    void aListOfTooManyIsRefused()
    {
        // Each of them plain, so that the decoder need not be asked.
        const QByteArray one = R"({"id":"a","status":"idle"})";
        const QByteArray body =
            "{\"sessions\":[" + (one + ',').repeated(maxListedSessions) + one + "]}";
        SessionListReader reader;
        const DecodedSessionList list = reader.read(body).list;
        QVERIFY(!list.problem.isEmpty());
        QVERIFY(list.sessions.isEmpty());
    }

    void aBadListLeavesTheLastOneAsItWas()
    {
        SessionListReader reader;
        const QByteArray sound = encodeSessionList({sampleSession(u"a"_s)});
        QVERIFY(!reader.read(sound).isSame);
        QVERIFY(!reader.read("{\"sessions\":7}").list.problem.isEmpty());
        QVERIFY(!reader.read({}).list.problem.isEmpty());
        QVERIFY(reader.read(sound).isSame);
    }

    void whatIsAsItWasSharesItsTexts()
    {
        SessionListReader reader;
        SessionList sessions{sampleSession(u"a"_s), sampleSession(u"b"_s), sampleSession(u"c"_s)};
        const SessionList before = reader.read(encodeSessionList(sessions)).list.sessions;
        sessions[0].title = u"Other"_s;
        sessions.insert(1, sampleSession(u"d"_s));
        const SessionList after = reader.read(encodeSessionList(sessions)).list.sessions;
        QCOMPARE(after, sessions);
        for (const auto &[was, is] : {std::pair(1, 2), std::pair(2, 3)})
            QCOMPARE(after[is].title.constData(), before[was].title.constData());
    }

    void commonWordsAreKeptOnce()
    {
        SessionList sessions{sampleSession(u"a"_s), sampleSession(u"b"_s)};
        for (Session &session : sessions) {
            session.profileName = u"work"_s;
            session.tags = {u"ci"_s};
        }
        SessionListReader reader;
        const SessionList read = reader.read(encodeSessionList(sessions)).list.sessions;
        QCOMPARE(read, sessions);
        QCOMPARE(read[0].profileName.constData(), read[1].profileName.constData());
        QCOMPARE(read[0].tags[0].constData(), read[1].tags[0].constData());
    }

    void sessionsOfTheSameIdAreFlaggedEachTime()
    {
        SessionListReader reader;
        const Session session = sampleSession(u"a"_s);
        Session other = sampleSession(u"b"_s);
        (void)reader.read(encodeSessionList({session, session, other}));
        other.title = u"Other"_s;
        const QByteArray body = encodeSessionList({session, session, other});
        QCOMPARE(reader.read(body).list.sessions, decodeSessionList(body).sessions);
    }
};

QTEST_GUILESS_MAIN(TestSessionListReader)
#include "tst_sessionlistreader.moc"
