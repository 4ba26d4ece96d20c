#include "models/sessiontablemodel.h"
#include "tests/fakes/fakeclock.h"
#include "tests/fakes/samplesession.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Phase = Termination::Phase;
using Proof = Termination::Proof;
using State = RowState::Kind;

namespace {

const QString local = u"local"_s;

SessionKey keyOf(const QString &id)
{
    return {local, id};
}

} // namespace

// The model with a poller's memory: each poll is a whole list, as a service would answer it.
class TestSessionTableModel : public QObject
{
    Q_OBJECT

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<SessionTableModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    SessionSnapshot m_snapshot;

    void poll(const SessionList &list) { answer(list, ask()); }

    // A list is asked for now, and answered with answer().
    std::chrono::milliseconds ask()
    {
        m_clock->advance(1s);
        return m_clock->elapsed();
    }
    void answer(const SessionList &list, std::chrono::milliseconds askedAt)
    {
        m_clock->advance(10ms);
        SessionDelta delta = deltaBetween(m_snapshot, list);
        delta.connectionId = local;
        delta.askedAt = askedAt;
        m_snapshot = SessionSnapshot(list);
        m_model->applyDelta(delta);
    }

    void setPhase(const QString &id, Phase phase, Termination::Proofs proofs = {})
    {
        m_clock->advance(10ms);
        m_model->setTerminations({{keyOf(id), {phase, proofs, {}, 2s, {}}}});
    }

    const SessionRow &row(const QString &id) const { return *m_model->find(keyOf(id)); }
    State stateOf(const QString &id) const { return row(id).state(); }
    bool hasLeft(const QString &id) const
    {
        return row(id).termination.proofs.testFlag(Proof::LeftList);
    }

    QStringList timelineOf(const QString &id) const
    {
        QStringList texts;
        for (const StatusMoment &moment : row(id).timeline)
            texts.append(moment.text);
        return texts;
    }

    static SessionList samples(const QStringList &ids)
    {
        SessionList list;
        for (const QString &id : ids)
            list.append(sampleSession(id));
        return list;
    }

private slots:
    void init()
    {
        m_snapshot.clear();
        m_clock = std::make_unique<FakeClock>();
        m_model = std::make_unique<SessionTableModel>(*m_clock);
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        connect(m_model.get(), &QAbstractItemModel::modelReset, this,
                [] { qFatal("a poll never resets the model"); });
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    static Connection connectionNamed(const QString &id, const QString &name)
    {
        Connection connection;
        connection.id = id;
        connection.name = name;
        return connection;
    }

    void rowsKnowTheirConnection()
    {
        const QString ours = keyOf(u"a"_s).connectionId;
        m_model->setConnections({connectionNamed(ours, u"Staging"_s)});
        poll(samples({u"a"_s}));
        const QModelIndex cell = m_model->indexOf(keyOf(u"a"_s), SessionColumn::Connection);
        QCOMPARE(cell.data().toString(), u"Staging"_s);
        QCOMPARE(cell.data(SessionTableModel::ConnectionRole).value<Connection>().id, ours);

        QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
        m_model->setConnections({connectionNamed(ours, u"Staging"_s)});
        QCOMPARE(changed.size(), 0);
        m_model->setConnections({connectionNamed(ours, u"Production"_s)});
        QCOMPARE(cell.data().toString(), u"Production"_s);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed[0][0].toModelIndex(), cell);
        QCOMPARE(changed[0][1].toModelIndex(), cell);
    }

    void watchOnlyRefusesToTerminate()
    {
        Connection connection = connectionNamed(keyOf(u"a"_s).connectionId, u"Production"_s);
        connection.guard = Connection::Guard::WatchOnly;
        m_model->setConnections({connection});
        poll(samples({u"a"_s}));
        QCOMPARE(row(u"a"_s).terminateRefusal(), u"Production is set to watch only."_s);
    }

    void rowsOfAConnectionThatIsNoMoreGo()
    {
        const QString ours = keyOf(u"a"_s).connectionId;
        m_model->setConnections(
            {connectionNamed(ours, u"One"_s), connectionNamed(u"other"_s, u"Two"_s)});
        poll(samples({u"a"_s, u"b"_s}));
        m_model->updateSession(u"other"_s, sampleSession(u"a"_s));
        QCOMPARE(m_model->liveCounts(), (QHash<QString, int>{{ours, 2}, {u"other"_s, 1}}));
        m_model->setConnections({connectionNamed(u"other"_s, u"Two"_s)});
        QCOMPARE(m_model->rowCount(), 1);
        QVERIFY(m_model->find({u"other"_s, u"a"_s}));
        QVERIFY(!m_model->find(keyOf(u"a"_s)));
    }

    void pollsInsertRowsAndFindThemByKey()
    {
        const QSignalSpy counts(m_model.get(), &SessionTableModel::countsChanged);
        poll(samples({u"a"_s, u"b"_s}));
        QCOMPARE(m_model->rowCount(), 2);
        QCOMPARE(m_model->columnCount(), sessionColumnCount);
        QCOMPARE(m_model->liveCount(), 2);
        QCOMPARE(counts.size(), 1);
        QCOMPARE(row(u"b"_s).session, sampleSession(u"b"_s));
        const QModelIndex index = m_model->indexOf(keyOf(u"b"_s), SessionColumn::Page);
        QCOMPARE(index.column(), static_cast<int>(SessionColumn::Page));
        QCOMPARE(index.data(SessionTableModel::KeyRole).value<SessionKey>(), keyOf(u"b"_s));
        QVERIFY(!m_model->find(keyOf(u"c"_s)));
        QVERIFY(!m_model->indexOf(keyOf(u"c"_s)).isValid());
    }

    void oneIdOfTwoConnectionsIsTwoRows()
    {
        poll(samples({u"a"_s}));
        SessionDelta other;
        other.connectionId = u"other"_s;
        other.added = samples({u"a"_s});
        m_model->applyDelta(other);
        QCOMPARE(m_model->rowCount(), 2);

        poll({});
        QCOMPARE(stateOf(u"a"_s), State::Gone);
        QCOMPARE(m_model->find({u"other"_s, u"a"_s})->state(), State::Running);
    }

    void aBrowserThatIsEndingKeepsTheNameOfItsLastPage()
    {
        poll(samples({u"a"_s}));
        Session ending = sampleSession(u"a"_s);
        ending.title.clear();
        ending.currentUrl.clear();
        poll({ending});
        QCOMPARE(row(u"a"_s).session.title, sampleSession(u"a"_s).title);
        QCOMPARE(row(u"a"_s).session.currentUrl, sampleSession(u"a"_s).currentUrl);

        ending.currentUrl = u"about:blank"_s; // another page, which has no title yet
        poll({ending});
        QCOMPARE(row(u"a"_s).session.title, QString());
    }

    void aPollOfUnchangedDataEmitsNothing()
    {
        poll(samples({u"a"_s, u"b"_s, u"c"_s}));
        const QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
        const QSignalSpy removed(m_model.get(), &QAbstractItemModel::rowsRemoved);
        const QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
        const QSignalSpy layout(m_model.get(), &QAbstractItemModel::layoutChanged);
        const QSignalSpy rows(m_model.get(), &SessionTableModel::rowChanged);
        const QSignalSpy counts(m_model.get(), &SessionTableModel::countsChanged);
        poll(samples({u"c"_s, u"a"_s, u"b"_s}));
        for (const QSignalSpy *spy : {&inserted, &removed, &changed, &layout, &rows, &counts})
            QCOMPARE(spy->size(), 0);
    }

    void oneChangedCellEmitsOneDataChangedForIt_data()
    {
        QTest::addColumn<SessionColumn>("column");
        QTest::addColumn<Session>("after");
        const auto add = [](const char *name, SessionColumn column, const auto &change) {
            Session session = sampleSession(u"b"_s);
            change(session);
            QTest::newRow(name) << column << session;
        };
        add("status", SessionColumn::Status,
            [](Session &s) { s.status = SessionStatus::Kind::Idle; });
        add("tags", SessionColumn::Tags, [](Session &s) { s.tags = {u"ci"_s}; });
        add("a figure", SessionColumn::Steps, [](Session &s) {
            s.figures = {{SessionFigure::Kind::Steps, 3}};
        });
        add("title", SessionColumn::Page, [](Session &s) { s.title = u"Other"_s; });
        add("URL", SessionColumn::Page, [](Session &s) { s.currentUrl = u"https://b.example"_s; });
        add("profile", SessionColumn::Profile, [](Session &s) { s.profileName = u"ci"_s; });
        add("creation", SessionColumn::Age,
            [](Session &s) { s.createdAt = s.createdAt.addSecs(60); });
        add("creation, by a millisecond", SessionColumn::Age,
            [](Session &s) { s.createdAt = s.createdAt.addMSecs(1); });
        add("CDP URL", SessionColumn::Cdp, [](Session &s) { s.cdpUrl = u"ws://x.example"_s; });
        add("masked part of the CDP URL", SessionColumn::Cdp,
            [](Session &s) { s.cdpUrl += u"?k=1"_s; });
        add("live view URL", SessionColumn::LiveView,
            [](Session &s) { s.liveViewUrl = u"http://x.example"_s; });
    }
    void oneChangedCellEmitsOneDataChangedForIt()
    {
        QFETCH(SessionColumn, column);
        QFETCH(Session, after);
        SessionList list = samples({u"a"_s, u"b"_s, u"c"_s});
        poll(list);
        const QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
        const QSignalSpy rows(m_model.get(), &SessionTableModel::rowChanged);
        list[1] = after;
        poll(list);
        QCOMPARE(changed.size(), 1);
        const QModelIndex cell = m_model->indexOf(keyOf(u"b"_s), column);
        QCOMPARE(changed[0][0].toModelIndex(), cell);
        QCOMPARE(changed[0][1].toModelIndex(), cell);
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows[0][0].value<SessionKey>(), keyOf(u"b"_s));
    }

    void manyEndsAreToldTogether()
    {
        poll(samples({u"a"_s, u"b"_s, u"c"_s, u"d"_s}));
        const QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
        const QSignalSpy rows(m_model.get(), &SessionTableModel::rowChanged);
        const QSignalSpy settled(m_model.get(), &SessionTableModel::settled);
        Termination asked;
        asked.phase = Phase::Terminating;
        m_model->setTerminations({{keyOf(u"d"_s), asked},
                                  {keyOf(u"b"_s), asked},
                                  {keyOf(u"a"_s), asked},
                                  {keyOf(u"none"_s), asked}});
        QCOMPARE(changed.size(), 2); // a and b, d
        QCOMPARE(changed[0][0].toModelIndex(), m_model->index(0, 0));
        QCOMPARE(changed[0][1].toModelIndex(), m_model->index(1, sessionColumnCount - 1));
        QCOMPARE(changed[1][0].toModelIndex(), m_model->index(3, 0));
        QCOMPARE(rows.size(), 3);
        QCOMPARE(settled.size(), 1);
        QCOMPARE(stateOf(u"b"_s), State::Terminating);
        QVERIFY(stateOf(u"c"_s) != State::Terminating);
    }

    void whatNoCellShowsChangesNoCell()
    {
        SessionList list = samples({u"a"_s});
        poll(list);
        const QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
        const QSignalSpy rows(m_model.get(), &SessionTableModel::rowChanged);
        list[0].actionCount = 7;
        poll(list);
        QCOMPARE(changed.size(), 0);
        QCOMPARE(rows.size(), 1);
        QCOMPARE(row(u"a"_s).session.actionCount, 7);
    }

    void addressesThatTheListLeavesOutAreKept()
    {
        Session listed = sampleSession(u"a"_s);
        listed.cdpUrl.clear();
        listed.liveViewUrl.clear();
        poll({listed});
        m_model->updateSession(local, sampleSession(u"a"_s));
        listed.title = u"Other"_s;
        poll({listed});
        QCOMPARE(row(u"a"_s).session.title, u"Other"_s);
        QCOMPARE(row(u"a"_s).session.cdpUrl, sampleSession(u"a"_s).cdpUrl);
        QCOMPARE(row(u"a"_s).session.liveViewUrl, sampleSession(u"a"_s).liveViewUrl);
    }

    void aSessionThatLeavesTheListIsGoneAndStays()
    {
        poll(samples({u"a"_s, u"b"_s}));
        poll(samples({u"b"_s}));
        QCOMPARE(m_model->rowCount(), 2);
        QCOMPARE(stateOf(u"a"_s), State::Gone);
        QCOMPARE(row(u"a"_s).endedAt, m_clock->nowUtc());
        QCOMPARE(m_model->liveCount(), 1);
    }

    void oneThatComesBackLivesAgain()
    {
        poll(samples({u"a"_s}));
        poll({});
        poll(samples({u"a"_s}));
        QCOMPARE(m_model->rowCount(), 1);
        QCOMPARE(stateOf(u"a"_s), State::Running);
        QVERIFY(!row(u"a"_s).endedAt.isValid());
        QCOMPARE(timelineOf(u"a"_s), (QStringList{u"Running"_s, u"Gone"_s, u"Running"_s}));
    }

    void terminatedSessionLeavesTheListAfterItsEnd()
    {
        poll(samples({u"a"_s}));
        setPhase(u"a"_s, Phase::Terminating);
        QCOMPARE(stateOf(u"a"_s), State::Terminating);
        setPhase(u"a"_s, Phase::Gone, Proof::IdUnknown);
        QCOMPARE(stateOf(u"a"_s), State::Gone);
        QVERIFY(!hasLeft(u"a"_s));
        const QDateTime end = row(u"a"_s).endedAt;
        poll({});
        QCOMPARE(stateOf(u"a"_s), State::Gone);
        QCOMPARE(row(u"a"_s).termination.proofs, Proof::IdUnknown | Proof::LeftList);
        QCOMPARE(row(u"a"_s).endedAt, end);
    }

    // Fault matrix: W19
    void leavingTheListAloneDoesNotEndATermination()
    {
        poll(samples({u"a"_s}));
        setPhase(u"a"_s, Phase::Terminating);
        poll({});
        QCOMPARE(stateOf(u"a"_s), State::Terminating);
        setPhase(u"a"_s, Phase::Gone, Proof::IdUnknown);
        QCOMPARE(row(u"a"_s).termination.proofs, Proof::IdUnknown | Proof::LeftList);
    }

    void aSecondReportOfTheEndProvesNoMoreThanItSays()
    {
        poll(samples({u"a"_s}));
        setPhase(u"a"_s, Phase::Gone, Proof::IdUnknown);
        const QDateTime end = row(u"a"_s).endedAt;
        setPhase(u"a"_s, Phase::Gone, Proof::IdUnknown | Proof::ProcessTreeGone);
        QCOMPARE(row(u"a"_s).termination.proofs, Proof::IdUnknown | Proof::ProcessTreeGone);
        QCOMPARE(row(u"a"_s).endedAt, end);
    }

    // Fault matrix: W19
    void oneThatALaterListStillHasIsStillRunning()
    {
        poll(samples({u"a"_s}));
        setPhase(u"a"_s, Phase::Gone, Proof::IdUnknown);
        const QSignalSpy counts(m_model.get(), &SessionTableModel::countsChanged);
        poll(samples({u"a"_s}));
        QCOMPARE(stateOf(u"a"_s), State::StillRunning);
        QCOMPARE(row(u"a"_s).termination.proofs, Termination::Proofs());
        QVERIFY(!row(u"a"_s).note().isEmpty());
        QVERIFY(!row(u"a"_s).endedAt.isValid());
        QCOMPARE(m_model->liveCount(), 1);
        QCOMPARE(counts.size(), 1);
    }

    // Fault matrix: W19
    void oneThatIsListedAgainIsStillRunning()
    {
        poll(samples({u"a"_s}));
        setPhase(u"a"_s, Phase::Gone, Proof::IdUnknown);
        poll({});
        poll(samples({u"a"_s}));
        QCOMPARE(stateOf(u"a"_s), State::StillRunning);
    }

    void oneThatStaysListedAsStoppedIsGone()
    {
        SessionList list = samples({u"a"_s});
        poll(list);
        setPhase(u"a"_s, Phase::Gone, Proof::Stopped);
        list[0].status = SessionStatus::Kind::Stopped;
        poll(list);
        poll(list);
        QCOMPARE(stateOf(u"a"_s), State::Gone);
    }

    // Fault matrix: W20
    void anAnswerAskedBeforeTheEndChangesNothing()
    {
        SessionList list = samples({u"a"_s});
        poll(list);
        const auto askedAt = ask();
        setPhase(u"a"_s, Phase::Gone, Proof::IdUnknown);
        const SessionRow before = row(u"a"_s);
        list[0].title = u"Late"_s;
        answer(list, askedAt);
        QCOMPARE(row(u"a"_s), before);
        m_model->updateSession(local, list[0]);
        QCOMPARE(row(u"a"_s), before);
    }

    void aLateDescriptionDoesNotBringBackWhatLeft()
    {
        poll(samples({u"a"_s, u"b"_s}));
        setPhase(u"a"_s, Phase::Gone, Proof::IdUnknown);
        poll({});
        m_model->updateSession(local, sampleSession(u"a"_s));
        m_model->updateSession(local, sampleSession(u"b"_s));
        QCOMPARE(stateOf(u"a"_s), State::Gone);
        QCOMPARE(stateOf(u"b"_s), State::Gone);
    }

    void stillRunningCanLeaveTheList()
    {
        poll(samples({u"a"_s}));
        setPhase(u"a"_s, Phase::StillRunning);
        QCOMPARE(stateOf(u"a"_s), State::StillRunning);
        poll({});
        QCOMPARE(stateOf(u"a"_s), State::Gone);
        poll(samples({u"a"_s}));
        QCOMPARE(stateOf(u"a"_s), State::StillRunning);
    }

    void refusedAfterItLeftTheListIsGone()
    {
        poll(samples({u"a"_s}));
        setPhase(u"a"_s, Phase::Terminating);
        poll({});
        setPhase(u"a"_s, Phase::StillRunning);
        QCOMPARE(stateOf(u"a"_s), State::Gone);
        setPhase(u"a"_s, Phase::Terminating);
        QCOMPARE(stateOf(u"a"_s), State::Terminating);
    }

    void unknownKeysAreIgnored()
    {
        const QSignalSpy counts(m_model.get(), &SessionTableModel::countsChanged);
        setPhase(u"a"_s, Phase::Gone);
        QCOMPARE(m_model->rowCount(), 0);
        QCOMPARE(counts.size(), 0);
    }

    void aCreatedSessionIsOneRowWithTheListedOne()
    {
        const QSignalSpy counts(m_model.get(), &SessionTableModel::countsChanged);
        m_model->updateSession(local, sampleSession(u"a"_s));
        QCOMPARE(counts.size(), 1);
        poll(samples({u"a"_s}));
        QCOMPARE(m_model->rowCount(), 1);
        QCOMPARE(stateOf(u"a"_s), State::Running);
    }

    void aCreatedSessionSurvivesAListAskedBefore()
    {
        const auto askedAt = ask();
        m_model->updateSession(local, sampleSession(u"a"_s));
        answer({}, askedAt);
        QCOMPARE(stateOf(u"a"_s), State::Running);
    }

    void aCreatedSessionThatNoListEverHasIsOver()
    {
        m_model->updateSession(local, sampleSession(u"a"_s));
        poll({});
        QCOMPARE(stateOf(u"a"_s), State::Gone);
    }

    void aCreatedSessionThatEndsUnlistedIsGone()
    {
        m_model->updateSession(local, sampleSession(u"a"_s));
        setPhase(u"a"_s, Phase::Gone, Proof::IdUnknown);
        poll({});
        QCOMPARE(stateOf(u"a"_s), State::Gone);
        QVERIFY(hasLeft(u"a"_s));
    }

    void expiredRowsGoButTheHeldOnes()
    {
        poll(samples({u"a"_s, u"b"_s, u"c"_s, u"d"_s}));
        setPhase(u"d"_s, Phase::Gone, Proof::IdUnknown); // and as far as we know, still listed
        poll(samples({u"c"_s}));
        m_clock->advance(58s);
        m_model->expireEnded(60s, {keyOf(u"a"_s)});
        QCOMPARE(m_model->rowCount(), 4);
        m_clock->advance(2s);
        const QSignalSpy counts(m_model.get(), &SessionTableModel::countsChanged);
        m_model->expireEnded(60s, {keyOf(u"a"_s)});
        QVERIFY(m_model->find(keyOf(u"a"_s)));
        QVERIFY(!m_model->find(keyOf(u"b"_s)));
        QVERIFY(m_model->find(keyOf(u"c"_s)));
        QVERIFY(!m_model->find(keyOf(u"d"_s)));
        QCOMPARE(counts.size(), 1);
        for (int i = 0; i < m_model->rowCount(); ++i) // the keys still lead to their rows
            QCOMPARE(m_model->indexOf(m_model->rows()[i].key).row(), i);
    }

    void aGoneRowIsKeptUntilAListConfirmsIt()
    {
        poll(samples({u"a"_s}));
        setPhase(u"a"_s, Phase::Gone, Proof::IdUnknown);
        m_clock->advance(1h);
        m_model->expireEnded(60s, {});
        QVERIFY(m_model->find(keyOf(u"a"_s)));
        poll({});
        m_model->expireEnded(60s, {});
        QVERIFY(!m_model->find(keyOf(u"a"_s)));
    }

    void anExpiredSessionThatIsListedAgainIsANewRow()
    {
        poll(samples({u"a"_s, u"b"_s}));
        setPhase(u"a"_s, Phase::Gone, Proof::IdUnknown);
        poll(samples({u"b"_s}));
        m_clock->advance(1h);
        m_model->expireEnded(60s, {});
        poll(samples({u"a"_s, u"b"_s}));
        QCOMPARE(stateOf(u"a"_s), State::Running);
        QCOMPARE(stateOf(u"b"_s), State::Running);
    }

    void timelineTellsEachStateOnce()
    {
        SessionList list = samples({u"a"_s});
        list[0].status = SessionStatus::Kind::Starting;
        poll(list);
        poll(list);
        list[0].status = SessionStatus::Kind::Running;
        poll(list);
        const QDateTime firstSeenRunning = m_clock->nowUtc();
        list[0].title = u"Other"_s;
        poll(list);
        setPhase(u"a"_s, Phase::Terminating);
        setPhase(u"a"_s, Phase::Gone, Proof::IdUnknown);
        QCOMPARE(timelineOf(u"a"_s),
                 (QStringList{u"Starting"_s, u"Running"_s, u"Terminating…"_s, u"Gone"_s}));
        QCOMPARE(row(u"a"_s).timeline[0].at, list[0].createdAt);
        QCOMPARE(row(u"a"_s).timeline[1].at, firstSeenRunning);
        QCOMPARE(row(u"a"_s).timeline[1].state, State::Running);
    }

    void timelineIsBounded()
    {
        SessionList list = samples({u"a"_s});
        for (int i = 0; i < 200; ++i) {
            list[0].status = i % 2 == 0 ? SessionStatus::Kind::Running : SessionStatus::Kind::Idle;
            poll(list);
        }
        QCOMPARE(row(u"a"_s).timeline.size(), 40);
        QCOMPARE(row(u"a"_s).timeline.constLast().text, u"Idle"_s);
    }

    // Fault matrix: W1
    void staleRowsAreOldNewsUntilTheConnectionAnswers()
    {
        SessionDelta other;
        other.connectionId = u"other"_s;
        other.added = samples({u"a"_s});
        m_model->applyDelta(other);
        poll(samples({u"a"_s}));
        const QDateTime since = m_clock->nowUtc();
        const QSignalSpy rows(m_model.get(), &SessionTableModel::rowChanged);
        m_model->setStaleSince(local, since);
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows[0][0].value<SessionKey>(), keyOf(u"a"_s));
        QCOMPARE(stateOf(u"a"_s), State::Stale);
        QCOMPARE(row(u"a"_s).staleSince, since);
        QCOMPARE(m_model->find({u"other"_s, u"a"_s})->state(), State::Running);

        m_model->updateSession(local, sampleSession(u"b"_s));
        QCOMPARE(stateOf(u"b"_s), State::Stale);

        const QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
        m_model->setStaleSince(local, since);
        QCOMPARE(changed.size(), 0);
        m_model->setStaleSince(local, {});
        QCOMPARE(stateOf(u"a"_s), State::Running);
        QCOMPARE(timelineOf(u"a"_s), QStringList{u"Running"_s});
    }

    void goingStaleIsOneSignalForEachRunOfRows()
    {
        poll(samples({u"a"_s, u"b"_s}));
        SessionDelta other;
        other.connectionId = u"other"_s;
        other.added = samples({u"c"_s});
        m_model->applyDelta(other);
        poll(samples({u"a"_s, u"b"_s, u"d"_s}));
        const QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
        m_model->setStaleSince(local, m_clock->nowUtc());
        QCOMPARE(changed.size(), 2);
        QCOMPARE(changed[0][0].toModelIndex(), m_model->index(0, 0));
        QCOMPARE(changed[0][1].toModelIndex(), m_model->index(1, sessionColumnCount - 1));
        QCOMPARE(changed[1][0].toModelIndex(), m_model->index(3, 0));
        QCOMPARE(changed[1][1].toModelIndex(), m_model->index(3, sessionColumnCount - 1));
    }

    // Fault matrix: W14
    void hostileTextStaysText()
    {
        SessionList list = samples({u"a"_s});
        list[0].title = u"<img src=\"http://evil.example\">\x1b"_s;
        poll(list);
        const QModelIndex page = m_model->indexOf(keyOf(u"a"_s), SessionColumn::Page);
        QCOMPARE(page.data().toString(), u"<img src=\"http://evil.example\">␛"_s);
        QVERIFY(!page.data(Qt::ToolTipRole).toString().contains("<img"_L1));
    }

    void rolesOfACell()
    {
        SessionList list = samples({u"a"_s});
        list[0].profileName = u"ci"_s;
        list[0].persist = true;
        poll(list);
        const auto data = [this](SessionColumn column, int role) {
            return m_model->indexOf(keyOf(u"a"_s), column).data(role);
        };
        QCOMPARE(data(SessionColumn::Cdp, SessionTableModel::UrlRole).toString(), list[0].cdpUrl);
        QCOMPARE(data(SessionColumn::LiveView, SessionTableModel::UrlRole).toString(),
                 list[0].liveViewUrl);
        QCOMPARE(data(SessionColumn::Page, SessionTableModel::UrlRole).toString(), QString());
        QCOMPARE(data(SessionColumn::LiveView, SessionTableModel::OpenRefusalRole).toString(),
                 QString());
        QCOMPARE(data(SessionColumn::Page, SessionTableModel::SecondaryTextRole).toString(),
                 u"example.com/a"_s);
        QCOMPARE(data(SessionColumn::Profile, SessionTableModel::PersistRole).toBool(), true);
        QCOMPARE(data(SessionColumn::Status, SessionTableModel::StateRole).value<State>(),
                 State::Running);
        QVERIFY(!data(SessionColumn::Status, Qt::AccessibleTextRole).toString().isEmpty());
        QCOMPARE(m_model->headerData(0, Qt::Horizontal).toString(), u"Status"_s);
    }

    void randomPollsKeepTheModelWhole()
    {
        quint32 seed = 7;
        const auto random = [&seed](quint32 below) { // the same series everywhere
            seed = seed * 1664525u + 1013904223u;
            return (seed >> 16) % below;
        };
        for (int round = 0; round < 300; ++round) {
            SessionList list;
            for (int id = 0; id < 12; ++id) {
                if (random(3) == 0)
                    continue;
                Session session = sampleSession(QString::number(id));
                session.status =
                    random(2) ? SessionStatus::Kind::Running : SessionStatus::Kind::Idle;
                list.append(session);
            }
            poll(list);
            setPhase(QString::number(random(14)), static_cast<Phase>(random(4)));
            if (random(4) == 0)
                m_model->updateSession(local, sampleSession(QString::number(random(14))));
            if (random(8) == 0) {
                m_clock->advance(30s);
                m_model->expireEnded(20s, {keyOf(u"3"_s)});
            }
            for (int i = 0; i < m_model->rowCount(); ++i)
                QCOMPARE(m_model->indexOf(m_model->rows()[i].key).row(), i);
            for (const Session &session : list)
                QVERIFY(m_model->find(keyOf(session.id)));
        }
    }
};

QTEST_GUILESS_MAIN(TestSessionTableModel)
#include "tst_sessiontablemodel.moc"
