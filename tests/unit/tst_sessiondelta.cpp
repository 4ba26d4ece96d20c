#include "models/sessiondelta.h"
#include "tests/fakes/samplesession.h"

#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestSessionDelta : public QObject
{
    Q_OBJECT

    static SessionList samples(std::initializer_list<const char *> ids)
    {
        SessionList sessions;
        for (const char *id : ids)
            sessions.append(sampleSession(QString::fromLatin1(id)));
        return sessions;
    }

    static QStringList idsOf(const SessionList &sessions)
    {
        QStringList ids;
        for (const Session &session : sessions)
            ids.append(session.id);
        return ids;
    }

private slots:
    void firstListIsAllAdded()
    {
        const SessionList list = samples({"b", "a", "c"});
        const SessionDelta delta = deltaBetween({}, list);
        QCOMPARE(delta.added, list);
        QVERIFY(delta.removed.isEmpty());
        QVERIFY(delta.changed.isEmpty());
    }

    void sameListInAnyOrderIsNoChange()
    {
        const SessionSnapshot before = SessionSnapshot(samples({"a", "b", "c"}));
        QVERIFY(deltaBetween(before, samples({"c", "a", "b"})).isEmpty());
    }

    void addedRemovedAndChangedAreToldApart()
    {
        const SessionSnapshot before = SessionSnapshot(samples({"a", "b", "c"}));
        SessionList after = samples({"d", "b", "c"});
        after[1].status = SessionStatus::Kind::Idle;
        const SessionDelta delta = deltaBetween(before, after);
        QCOMPARE(idsOf(delta.added), QStringList{u"d"_s});
        QCOMPARE(delta.removed, QStringList{u"a"_s});
        QCOMPARE(delta.changed, SessionList{after[1]});
    }

    void emptyListRemovesAll()
    {
        QStringList removed = deltaBetween(SessionSnapshot(samples({"a", "b"})), {}).removed;
        removed.sort();
        QCOMPARE(removed, (QStringList{u"a"_s, u"b"_s}));
    }

    void everyFieldCounts_data()
    {
        QTest::addColumn<Session>("changed");
        const auto row = [](const char *name, const auto &change) {
            Session session = sampleSession(u"a"_s);
            change(session);
            QTest::newRow(name) << session;
        };
        row("status", [](Session &s) { s.status = SessionStatus::Kind::Idle; });
        row("word of the status", [](Session &s) { s.status = SessionStatus::fromWord(u"x"_s); });
        row("CDP URL", [](Session &s) { s.cdpUrl = u"ws://x"_s; });
        row("live view URL", [](Session &s) { s.liveViewUrl = u"http://x"_s; });
        row("title", [](Session &s) { s.title = u"x"_s; });
        row("current URL", [](Session &s) { s.currentUrl = u"http://x"_s; });
        row("profile", [](Session &s) { s.profileName = u"x"_s; });
        row("persist", [](Session &s) { s.persist = false; });
        row("creation", [](Session &s) { s.createdAt = s.createdAt.addMSecs(1); });
        row("actions", [](Session &s) { s.actionCount = 0; });
        row("error", [](Session &s) { s.error = u"x"_s; });
        row("tags", [](Session &s) { s.tags = {u"x"_s}; });
        row("flaw", [](Session &s) { s.malformed = u"x"_s; });
    }
    void everyFieldCounts()
    {
        QFETCH(Session, changed);
        const SessionSnapshot before = SessionSnapshot(samples({"a"}));
        QCOMPARE(deltaBetween(before, {changed}).changed, SessionList{changed});
    }

    void soundListsKeepTheirOrder()
    {
        const SessionList list = samples({"b", "a", "c"});
        QCOMPARE(withDistinctIds(list), list);
    }

    // Fault matrix: W12
    void firstOfSeveralWithOneIdStaysAndIsFlagged()
    {
        SessionList list = samples({"a", "b", "a", "a"});
        list[2].title = u"impostor"_s;
        const SessionList distinct = withDistinctIds(list);
        QCOMPARE(idsOf(distinct), (QStringList{u"a"_s, u"b"_s}));
        QCOMPARE(distinct[0].title, u"Title of a"_s);
        QVERIFY(!distinct[0].malformed.isEmpty());
        QVERIFY(distinct[1].malformed.isEmpty());
    }

    // Fault matrix: W11
    void sessionsWithoutAnIdAreShownAndNeverAddressed()
    {
        const SessionList distinct = withDistinctIds(samples({"", "  ", "a"}));
        QCOMPARE(distinct.size(), 3);
        QVERIFY(distinct[0].id != distinct[1].id);
        for (int i = 0; i < 2; ++i) {
            QVERIFY(isStandInId(distinct[i].id));
            QVERIFY(!distinct[i].malformed.isEmpty());
            QVERIFY(!terminateRefusal(distinct[i].id).isEmpty());
        }
        QVERIFY(!isStandInId(distinct[2].id));
    }

    void flawsThatWereFoundBeforeAreKept()
    {
        Session session;
        session.malformed = u"The status is a number"_s;
        QCOMPARE(withDistinctIds({session})[0].malformed, session.malformed);
    }

    void onlyAMarkAndANumberStandIn()
    {
        QVERIFY(isStandInId(u"?12"_s));
        for (const QString &id : {QString(), u"?"_s, u"?x1"_s, u"12"_s, u"?1a"_s})
            QVERIFY2(!isStandInId(id), qPrintable(id));
    }
};

QTEST_GUILESS_MAIN(TestSessionDelta)
#include "tst_sessiondelta.moc"
