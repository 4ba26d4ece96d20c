#include "models/connectionwords.h"

#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Condition = ConnectionCondition;
using Guard = Connection::Guard;
using Kind = Connection::Kind;

Q_DECLARE_METATYPE(Anchorwatch::ConnectionCondition)

namespace {

ConnectionState fresh(Kind kind = Kind::Anchor)
{
    ConnectionState state;
    state.connection.id = u"a"_s;
    state.connection.name = u"Anchor staging"_s;
    state.connection.kind = kind;
    state.connection.baseUrl = QUrl(u"https://api.example"_s);
    state.health.lastGood = QDateTime({2026, 5, 1}, {14, 2, 9}, Qt::UTC);
    state.health.lastGoodElapsed = 10s;
    state.hasList = true;
    state.liveCount = 38;
    return state;
}

ConnectionState connecting()
{
    ConnectionState state = fresh();
    state.health = {};
    state.hasList = false;
    state.liveCount = 0;
    return state;
}

ConnectionState failing(ConnectionState state, Fault::Kind kind, int misses = 2)
{
    state.health.fault = Fault{kind, u"api.example said no."_s, {}, {}};
    state.health.misses = misses;
    return state;
}

ConnectionState lackingSecret(const ConnectionState &state)
{
    ConnectionState lacking = failing(state, Fault::Kind::Refused, 1);
    lacking.health.fault->lacksSecret = true;
    return lacking;
}

ConnectionState guarded(ConnectionState state, Guard guard)
{
    state.connection.guard = guard;
    return state;
}

} // namespace

class TestConnectionWords : public QObject
{
    Q_OBJECT

private slots:
    void conditionAndLine_data()
    {
        QTest::addColumn<ConnectionState>("state");
        QTest::addColumn<Condition>("condition");
        QTest::addColumn<QString>("full");
        QTest::addColumn<QString>("brief");
        const auto row = [](const char *name, const ConnectionState &state, Condition condition,
                            const QString &full, const QString &brief = {}) {
            QTest::newRow(name) << state << condition << full << (brief.isEmpty() ? full : brief);
        };
        ConnectionState off = fresh();
        off.connection.enabled = false;
        row("off", off, Condition::Off, u"Off"_s);
        row("off whatever was wrong", failing(off, Fault::Kind::Refused), Condition::Off, u"Off"_s);
        row("connecting", connecting(), Condition::Connecting, u"Connecting…"_s);
        row("connecting, protected", guarded(connecting(), Guard::Protected), Condition::Connecting,
            u"Protected, connecting…"_s, u"Connecting…"_s);
        row("fresh", fresh(), Condition::Fresh, u"Updated 2 s ago"_s);
        row("protected", guarded(fresh(), Guard::Protected), Condition::Fresh,
            u"Protected, updated 2 s ago"_s, u"Updated 2 s ago"_s);
        row("watch only", guarded(fresh(), Guard::WatchOnly), Condition::Fresh,
            u"Watch only, updated 2 s ago"_s, u"Updated 2 s ago"_s);
        ConnectionState noted = fresh(Kind::Grid);
        noted.note = u"3 of 8 slots, 0 waiting"_s;
        row("note", noted, Condition::Fresh, u"3 of 8 slots, 0 waiting"_s);
        row("a note is no news when stale", failing(noted, Fault::Kind::Unreachable),
            Condition::Stale, u"Not answering since 14:02"_s);
        row("one miss", failing(fresh(), Fault::Kind::TimedOut, 1), Condition::Fresh,
            u"Updated 2 s ago"_s);
        row("unreachable", failing(fresh(), Fault::Kind::Unreachable), Condition::Stale,
            u"Not answering since 14:02"_s);
        row("never reached", failing(connecting(), Fault::Kind::Unreachable, 1), Condition::Stale,
            u"Not answering"_s);
        row("answers, but wrongly", failing(fresh(), Fault::Kind::BadAnswer), Condition::Stale,
            u"No list since 14:02"_s);
        row("too often", failing(fresh(), Fault::Kind::TooMany), Condition::Stale,
            u"Asked too often since 14:02"_s);
        row("key", failing(fresh(), Fault::Kind::Refused, 1), Condition::Refused, u"Key refused"_s);
        row("password", failing(fresh(Kind::Grid), Fault::Kind::Refused, 1), Condition::Refused,
            u"Password refused"_s);
        row("no key", lackingSecret(fresh()), Condition::Refused, u"Key needed"_s);
        row("no password", lackingSecret(fresh(Kind::Grid)), Condition::Refused,
            u"Password needed"_s);
        row("access", failing(fresh(Kind::Service), Fault::Kind::Refused, 1), Condition::Refused,
            u"Access refused"_s);
        ConnectionState stopped = failing(fresh(Kind::Local), Fault::Kind::Refused);
        stopped.health.serviceStopped = u"It ended by itself."_s;
        row("stopped", stopped, Condition::Stale, u"Stopped, starting it again"_s);
    }
    void conditionAndLine()
    {
        QFETCH(ConnectionState, state);
        QFETCH(QString, full);
        QFETCH(QString, brief);
        QTEST(connectionCondition(state), "condition");
        QCOMPARE(connectionLine(state, 12s).full, full);
        QCOMPARE(connectionLine(state, 12s).brief, brief);
    }

    void sentenceSaysCountStateAndGuard_data()
    {
        QTest::addColumn<ConnectionState>("state");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("fresh") << fresh() << u"Anchor staging, 38 sessions, up to date"_s;
        ConnectionState single = guarded(fresh(), Guard::Protected);
        single.liveCount = 1;
        single.note = u"1 of 8 slots"_s;
        QTest::newRow("guarded, with a note")
            << single << u"Anchor staging, 1 session, up to date, 1 of 8 slots, protected"_s;
        QTest::newRow("no count before a list") << guarded(connecting(), Guard::WatchOnly)
                                                << u"Anchor staging, Connecting…, watch only"_s;
        QTest::newRow("stale") << failing(fresh(), Fault::Kind::Unreachable)
                               << u"Anchor staging, 38 sessions, Not answering since 14:02"_s;
        ConnectionState off = fresh();
        off.connection.enabled = false;
        QTest::newRow("off") << off << u"Anchor staging, Off"_s;
    }
    void sentenceSaysCountStateAndGuard()
    {
        QFETCH(ConnectionState, state);
        QTEST(connectionSentence(state), "sentence");
    }

    void toolTipSaysWhereAndWhatIsWrong()
    {
        QCOMPARE(connectionToolTip(fresh()), u"Anchor staging\nhttps://api.example"_s);
        QCOMPARE(connectionToolTip(failing(fresh(), Fault::Kind::Unreachable)),
                 u"Anchor staging\nhttps://api.example\nNot answering since 14:02\n"
                 "api.example said no."_s);
        ConnectionState odd = fresh();
        odd.connection.baseUrl = QUrl(u"https://me:canary@api.example/?k=canary"_s);
        QVERIFY(!connectionToolTip(odd).contains(u"canary"_s));
    }

    void badgeIsSuggested_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QString>("badge");
        QTest::newRow("one word") << u"Local"_s << Kind::Local << u"LO"_s;
        QTest::newRow("two words") << u"Selenium Grid"_s << Kind::Grid << u"SG"_s;
        QTest::newRow("kind before the name") << u"Anchor staging"_s << Kind::Anchor << u"ST"_s;
        QTest::newRow("kind alone") << u"anchor"_s << Kind::Anchor << u"AN"_s;
        QTest::newRow("signs") << u"(team) #2"_s << Kind::Service << u"T2"_s;
        QTest::newRow("one letter") << u"x"_s << Kind::Service << u"X"_s;
        QTest::newRow("nothing") << u" - "_s << Kind::Service << QString();
        QTest::newRow("other scripts") << u"äpfel öl"_s << Kind::Service << u"ÄÖ"_s;
        QTest::newRow("beyond 16 bits")
            << u"\U0001D400\U0001D401"_s << Kind::Service << u"\U0001D400\U0001D401"_s;
    }
    void badgeIsSuggested()
    {
        QFETCH(QString, name);
        QFETCH(Kind, kind);
        QTEST(suggestedBadge(name, kind), "badge");
    }
};

QTEST_GUILESS_MAIN(TestConnectionWords)
#include "tst_connectionwords.moc"
