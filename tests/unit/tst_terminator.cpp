#include "network/gatewayprovider.h"
#include "network/terminator.h"
#include "tests/fakes/fakeclock.h"
#include "tests/fakes/fakeprovider.h"
#include "tests/fakes/fakesessionsservice.h"
#include "tests/fakes/samplesession.h"

#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Phase = Termination::Phase;

namespace {

constexpr EndingPace patient{1h, 1ms, 1ms, 1ms};
constexpr EndingPace impatient{1ms, 1ms, 1ms, 1ms};

Connection localConnection()
{
    Connection connection;
    connection.id = u"local"_s;
    return connection;
}

Fault faultOf(Fault::Kind kind, const QString &detail = {})
{
    Fault fault;
    fault.kind = kind;
    fault.what = u"What happened."_s;
    fault.detail = detail;
    return fault;
}

SessionList sessionsOf(int count)
{
    SessionList sessions;
    for (int i = 0; i < count; ++i)
        sessions.append(sampleSession(u"s%1"_s.arg(i)));
    return sessions;
}

// A terminator and all that it said.
struct Terminating
{
    explicit Terminating(SessionProvider &provider, const EndingPace &pace = patient,
                         const Connection &connection = localConnection())
        : terminator(std::make_unique<Terminator>(provider, connection, clock))
    {
        terminator->setPace(pace);
        QObject::connect(terminator.get(), &Terminator::progressed, &context,
                         [this](const TerminationReports &told) {
                             for (const TerminationReport &report : told)
                                 reports[report.key].append(report.termination);
                         });
        QObject::connect(terminator.get(), &Terminator::batchFinished, &context,
                         [this](const TerminationSummary &summary) { summaries.append(summary); });
    }

    // The last report of that session.
    [[nodiscard]] Termination last(const QString &id) const
    {
        const QList<Termination> all = reports.value({u"local"_s, id});
        return all.isEmpty() ? Termination{} : all.constLast();
    }
    [[nodiscard]] Phase phase(const QString &id) const { return last(id).phase; }

    FakeClock clock;
    std::unique_ptr<Terminator> terminator;
    QHash<SessionKey, QList<Termination>> reports;
    QList<TerminationSummary> summaries;
    QObject context;
};

// Every id is known to the service until the test forgets it.
struct Known
{
    explicit Known(FakeProvider &provider)
    {
        provider.onGet = [this](const QString &id, SessionReply &reply) {
            if (gone.contains(id))
                reply.fail(faultOf(Fault::Kind::NotFound));
            else
                FakeProvider::answer(reply, sampleSession(id));
        };
    }

    QSet<QString> gone;
};

} // namespace

class TestTerminator : public QObject
{
    Q_OBJECT

private slots:
    void endsExactlyTheNamedOnes();
    void asksAtMostFourAtOnce();
    void sameSessionTwiceIsAskedOnce();
    void sameSessionTwiceInOneCallIsAskedOnce();
    void refusedIdsNeverLeave_data();
    void refusedIdsNeverLeave();
    void soundOnesEndBesideRefusedOnes();
    void batchIsFinishedOnce();
    void batchCountsProfilesNotSaved();
    void sessionsAddedLaterBelongToTheBatch();
    void lateEndIsReportedAfterTheBatch();
    void nothingIsNoBatch();
    void retryAsksThatIdOnly();
    void retryThatWentWhileItWaited();
    void retryWhileUnansweredIsReported();
    void idThatCameBackIsEndedAnew();
    void isBusyUntilDecided();
    void destroyedInMidFlight();
    void realServiceEnds_data();
    void realServiceEnds();
    void changedListDoesNotMatter();
};

// Fault matrix: W20
void TestTerminator::endsExactlyTheNamedOnes()
{
    FakeProvider provider;
    Known known(provider);
    Terminating terminating(provider);
    terminating.terminator->terminate({sampleSession(u"s1"_s), sampleSession(u"s3"_s)});
    QCOMPARE(provider.terminatedIds(), (QStringList{u"s1"_s, u"s3"_s}));
    QCOMPARE(terminating.phase(u"s1"_s), Phase::Terminating);
    QCOMPARE(terminating.reports.size(), 2);
    QVERIFY2(provider.lists.isEmpty(), "a terminator reads no list");
}

void TestTerminator::asksAtMostFourAtOnce()
{
    FakeProvider provider;
    Known known(provider);
    Terminating terminating(provider);
    terminating.terminator->terminate(sessionsOf(10));
    QCOMPARE(provider.terminates.size(), 4);
    for (int i = 0; i < 10; ++i)
        QCOMPARE(terminating.phase(u"s%1"_s.arg(i)), Phase::Terminating);
    for (int answered = 0; answered < 10; ++answered) {
        QTRY_VERIFY(provider.terminates.size() > answered);
        known.gone.insert(provider.terminates.at(answered).id);
        provider.terminates.at(answered).reply->succeed();
    }
    QTRY_COMPARE(terminating.summaries.size(), 1);
    QCOMPARE(terminating.summaries.constFirst().gone, 10);
    QCOMPARE(provider.mostTerminatesAtOnce, 4);
    QCOMPARE(provider.terminates.size(), 10);
}

// Fault matrix: W20
void TestTerminator::sameSessionTwiceIsAskedOnce()
{
    FakeProvider provider;
    Known known(provider);
    Terminating terminating(provider);
    terminating.terminator->terminate({sampleSession(u"a"_s)});
    terminating.terminator->terminate({sampleSession(u"a"_s)}); // while it is asked
    provider.terminates.constLast().reply->succeed();
    QTRY_VERIFY(provider.gets.size() > 2);
    terminating.terminator->terminate({sampleSession(u"a"_s)}); // while it is looked at
    known.gone.insert(u"a"_s);
    QTRY_COMPARE(terminating.summaries.size(), 1);
    QCOMPARE(provider.terminatedIds(), QStringList{u"a"_s});
    QCOMPARE(terminating.summaries.constFirst().gone, 1);
}

// Fault matrix: W20
void TestTerminator::sameSessionTwiceInOneCallIsAskedOnce()
{
    FakeProvider provider;
    Terminating terminating(provider);
    SessionList twice = sessionsOf(6);
    twice.append(sessionsOf(6)); // the last two of each wait in the queue
    provider.onTerminate = [](const QString &, TerminateReply &reply) {
        reply.fail(faultOf(Fault::Kind::NotFound));
    };
    terminating.terminator->terminate(twice);
    QTRY_COMPARE(terminating.summaries.size(), 1);
    QCOMPARE(provider.terminates.size(), 6);
    QCOMPARE(terminating.summaries.constFirst().gone, 6);
}

void TestTerminator::refusedIdsNeverLeave_data()
{
    QTest::addColumn<QString>("id");
    QTest::newRow("all") << u"all"_s;
    QTest::newRow("ALL") << u"ALL"_s;
    QTest::newRow("release") << u"release"_s;
    QTest::newRow("history") << u"history"_s;
    QTest::newRow("here") << u"."_s;
    QTest::newRow("up") << u".."_s;
    QTest::newRow("empty") << QString();
    QTest::newRow("blank") << u" "_s;
    QTest::newRow("slash") << u"a/b"_s;
    QTest::newRow("encoded slash") << u"a%2Fb"_s;
    QTest::newRow("query") << u"a?b"_s;
    QTest::newRow("all with a query") << u"all?x"_s;
    QTest::newRow("fragment") << u"a#b"_s;
    QTest::newRow("backslash") << u"a\\b"_s;
    QTest::newRow("newline") << u"a\n"_s;
    QTest::newRow("line break and header") << u"a\r\nX: y"_s;
    QTest::newRow("nul") << u"a"_s + QChar(u'\0');
    QTest::newRow("letter beyond ASCII") << u"\u00fc"_s;
    QTest::newRow("4 kB") << QString(4096, u'a');
    QTest::newRow("stand-in for a missing id") << u"?1"_s;
}

// Fault matrix: W15
void TestTerminator::refusedIdsNeverLeave()
{
    QFETCH(QString, id);
    FakeProvider provider;
    Terminating terminating(provider);
    terminating.terminator->terminate({sampleSession(id)});
    QVERIFY(provider.terminates.isEmpty());
    QVERIFY(provider.gets.isEmpty());
    QCOMPARE(terminating.phase(id), Phase::StillRunning);
    QVERIFY(!terminating.last(id).reason.isEmpty());
    QCOMPARE(terminating.summaries.size(), 1);
    QCOMPARE(terminating.summaries.constFirst().stillRunning, 1);
    QVERIFY(!terminating.terminator->isBusy());
}

// Fault matrix: W15
void TestTerminator::soundOnesEndBesideRefusedOnes()
{
    FakeProvider provider;
    Known known(provider);
    known.gone = {u"a"_s};
    Terminating terminating(provider);
    terminating.terminator->terminate(
        {sampleSession(u"all"_s), sampleSession(u"a"_s), sampleSession(u".."_s)});
    QCOMPARE(provider.terminatedIds(), QStringList{u"a"_s});
    QVERIFY(terminating.summaries.isEmpty());
    provider.terminates.constLast().reply->succeed();
    QTRY_COMPARE(terminating.summaries.size(), 1);
    QCOMPARE(terminating.summaries.constFirst().gone, 1);
    QCOMPARE(terminating.summaries.constFirst().stillRunning, 2);
}

void TestTerminator::batchIsFinishedOnce()
{
    FakeProvider provider;
    Known known(provider);
    known.gone = {u"s0"_s, u"s2"_s};
    provider.onTerminate = [](const QString &id, TerminateReply &reply) {
        if (id == u"s1"_s)
            reply.fail(faultOf(Fault::Kind::ServiceError, u"No."_s));
        else
            reply.succeed();
    };
    Terminating terminating(provider);
    terminating.terminator->terminate(sessionsOf(3));
    QTRY_COMPARE(terminating.summaries.size(), 1);
    QCOMPARE(terminating.summaries.constFirst().gone, 2);
    QCOMPARE(terminating.summaries.constFirst().stillRunning, 1);
    QCOMPARE(terminating.summaries.constFirst().profilesNotSaved, 0);
    QCOMPARE(terminating.last(u"s1"_s).reason, u"No."_s);
    const qsizetype looks = provider.gets.size();
    QTRY_VERIFY(provider.gets.size() > looks + 3); // it is looked at on
    QCOMPARE(terminating.summaries.size(), 1);
}

void TestTerminator::batchCountsProfilesNotSaved()
{
    FakeProvider provider;
    Known known(provider);
    known.gone = {u"a"_s, u"b"_s};
    provider.onTerminate = [](const QString &id, TerminateReply &reply) {
        if (id == u"a"_s)
            reply.fail(faultOf(Fault::Kind::ServiceError, u"Copy kept."_s));
        else
            reply.succeed();
    };
    SessionList sessions{sampleSession(u"a"_s), sampleSession(u"b"_s)};
    for (Session &session : sessions) {
        session.profileName = u"shop"_s;
        session.persist = true;
    }
    Terminating terminating(provider);
    terminating.terminator->terminate(sessions);
    QTRY_COMPARE(terminating.summaries.size(), 1);
    QCOMPARE(terminating.summaries.constFirst().gone, 2);
    QCOMPARE(terminating.summaries.constFirst().profilesNotSaved, 1);
}

void TestTerminator::sessionsAddedLaterBelongToTheBatch()
{
    FakeProvider provider;
    Known known(provider);
    known.gone = {u"a"_s, u"b"_s};
    Terminating terminating(provider);
    terminating.terminator->terminate({sampleSession(u"a"_s)});
    terminating.terminator->terminate({sampleSession(u"b"_s)});
    provider.terminates.constFirst().reply->succeed();
    QTRY_COMPARE(terminating.phase(u"a"_s), Phase::Gone);
    QVERIFY(terminating.summaries.isEmpty());
    provider.terminates.constLast().reply->succeed();
    QTRY_COMPARE(terminating.summaries.size(), 1);
    QCOMPARE(terminating.summaries.constFirst().gone, 2);
}

void TestTerminator::lateEndIsReportedAfterTheBatch()
{
    FakeProvider provider;
    Known known(provider);
    Terminating terminating(provider, impatient);
    terminating.terminator->terminate({sampleSession(u"a"_s)});
    provider.terminates.constLast().reply->succeed();
    QTRY_COMPARE(terminating.summaries.size(), 1);
    QCOMPARE(terminating.summaries.constFirst().stillRunning, 1);
    QCOMPARE(terminating.phase(u"a"_s), Phase::StillRunning);
    known.gone.insert(u"a"_s);
    QTRY_COMPARE(terminating.phase(u"a"_s), Phase::Gone);
    QCOMPARE(terminating.summaries.size(), 1);
}

void TestTerminator::nothingIsNoBatch()
{
    FakeProvider provider;
    Terminating terminating(provider);
    terminating.terminator->terminate({});
    QVERIFY(terminating.summaries.isEmpty());
    QVERIFY(!terminating.terminator->isBusy());
}

void TestTerminator::retryAsksThatIdOnly()
{
    FakeProvider provider;
    Known known(provider);
    provider.onTerminate = [](const QString &, TerminateReply &reply) {
        reply.fail(faultOf(Fault::Kind::ServiceError, u"Busy."_s));
    };
    Terminating terminating(provider);
    terminating.terminator->terminate(sessionsOf(3));
    QTRY_COMPARE(terminating.summaries.size(), 1);
    provider.onTerminate = nullptr;
    terminating.terminator->terminate({sampleSession(u"s1"_s)});
    QCOMPARE(terminating.phase(u"s1"_s), Phase::Terminating);
    QCOMPARE(provider.terminates.size(), 4);
    QCOMPARE(provider.terminates.constLast().id, u"s1"_s);
    known.gone.insert(u"s1"_s);
    provider.terminates.constLast().reply->succeed();
    QTRY_COMPARE(terminating.summaries.size(), 2);
    QCOMPARE(terminating.summaries.constLast().gone, 1);
    QCOMPARE(terminating.summaries.constLast().stillRunning, 0);
    QCOMPARE(provider.terminates.size(), 4);
}

void TestTerminator::retryThatWentWhileItWaited()
{
    FakeProvider provider;
    Known known(provider);
    provider.onTerminate = [](const QString &, TerminateReply &reply) {
        reply.fail(faultOf(Fault::Kind::ServiceError, u"Busy."_s));
    };
    Terminating terminating(provider);
    terminating.terminator->terminate({sampleSession(u"a"_s)});
    QTRY_COMPARE(terminating.phase(u"a"_s), Phase::StillRunning);

    provider.onTerminate = nullptr;
    terminating.terminator->terminate(sessionsOf(4)); // takes all four places
    terminating.terminator->terminate({sampleSession(u"a"_s)});
    QCOMPARE(provider.terminates.size(), 5);
    known.gone = {u"a"_s, u"s0"_s, u"s1"_s, u"s2"_s, u"s3"_s};
    QTRY_COMPARE(terminating.phase(u"a"_s), Phase::Gone);
    for (qsizetype i = 1; i < 5; ++i)
        provider.terminates.at(i).reply->succeed();
    QTRY_COMPARE(terminating.summaries.size(), 2);
    QCOMPARE(terminating.summaries.constLast().gone, 5);
    QCOMPARE(provider.terminates.size(), 5);
}

void TestTerminator::retryWhileUnansweredIsReported()
{
    FakeProvider provider;
    Known known(provider);
    Terminating terminating(provider, impatient);
    terminating.terminator->terminate(sessionsOf(4)); // all places hang
    QTRY_COMPARE(terminating.summaries.size(), 1);
    QCOMPARE(terminating.summaries.constLast().stillRunning, 4);
    terminating.terminator->terminate({sampleSession(u"s2"_s)});
    QCOMPARE(terminating.phase(u"s2"_s), Phase::Terminating);
    known.gone.insert(u"s2"_s);
    provider.terminates.at(2).reply->succeed();
    QTRY_COMPARE(terminating.phase(u"s2"_s), Phase::Gone);
    QCOMPARE(terminating.summaries.size(), 2);
    QCOMPARE(provider.terminates.size(), 4);
}

// Fault matrix: W20
void TestTerminator::idThatCameBackIsEndedAnew()
{
    FakeProvider provider;
    Known known(provider);
    known.gone = {u"a"_s};
    Terminating terminating(provider);
    for (int round = 1; round <= 2; ++round) {
        terminating.terminator->terminate({sampleSession(u"a"_s)});
        QCOMPARE(provider.terminates.size(), round);
        provider.terminates.constLast().reply->succeed();
        QTRY_COMPARE(terminating.summaries.size(), round);
    }
}

void TestTerminator::isBusyUntilDecided()
{
    FakeProvider provider;
    Known known(provider);
    Terminating terminating(provider);
    QVERIFY(!terminating.terminator->isBusy());
    terminating.terminator->terminate({sampleSession(u"a"_s)});
    QVERIFY(terminating.terminator->isBusy());
    known.gone = {u"a"_s};
    provider.terminates.constLast().reply->succeed();
    QTRY_COMPARE(terminating.phase(u"a"_s), Phase::Gone);
    QVERIFY(!terminating.terminator->isBusy());
}

// Fault matrix: W22
void TestTerminator::destroyedInMidFlight()
{
    FakeProvider provider;
    Known known(provider);
    Terminating terminating(provider);
    terminating.terminator->terminate(sessionsOf(10));
    provider.terminates.at(0).reply->succeed();
    QTRY_COMPARE(provider.terminates.size(), 5); // one is looked at, four asked, five wait
    terminating.terminator.reset();
    terminating.reports.clear();
    const QPointer<TerminateReply> reply = provider.terminates.at(1).reply;
    QVERIFY2(!reply->isFinished(), "the service's work is not called off");
    reply->succeed();
    QTRY_VERIFY(reply.isNull());
    QVERIFY(terminating.reports.isEmpty());
    QCOMPARE(provider.terminates.size(), 5);
}

void TestTerminator::realServiceEnds_data()
{
    QTest::addColumn<FakeSessionsService::Ending>("ending");
    QTest::addColumn<int>("patienceMs");
    QTest::addColumn<Phase>("phase");
    QTest::addColumn<QString>("reason");
    constexpr int aDay = 86'400'000;
    const QString kept = u"Failed to terminate session; The working copy is kept in copies/7"_s;
    using Ending = FakeSessionsService::Ending;
    QTest::newRow("200 and gone") << Ending::Works << aDay << Phase::Gone << QString();
    QTest::newRow("404") << Ending::AlreadyGone << aDay << Phase::Gone << QString();
    QTest::newRow("500 and still there") << Ending::Fails << aDay << Phase::StillRunning << kept;
    QTest::newRow("500 and gone") << Ending::NotSaved << aDay << Phase::Gone << kept;
    QTest::newRow("401") << Ending::Refused << aDay << Phase::StillRunning << u"Unauthorized"_s;
    QTest::newRow("200 and stopped") << Ending::Stops << aDay << Phase::Gone << QString();
    QTest::newRow("late") << Ending::Slow << aDay << Phase::Gone << QString();
    QTest::newRow("hanging") << Ending::Hangs << 100 << Phase::StillRunning
                             << u"no answer after 0 s"_s;
    QTest::newRow("200 and still there")
        << Ending::StaysListed << 100 << Phase::StillRunning << u"still listed after 0 s"_s;
}

void TestTerminator::realServiceEnds()
{
    QFETCH(FakeSessionsService::Ending, ending);
    QFETCH(int, patienceMs);
    QFETCH(Phase, phase);
    QFETCH(QString, reason);
    FakeSessionsService service;
    Session session = sampleSession(u"session-1"_s);
    session.profileName = u"shop"_s;
    session.persist = true;
    service.setSessions({session, sampleSession(u"session-2"_s)});
    service.setEnding(ending);
    service.setSlowness(20ms);
    Connection connection = localConnection();
    connection.baseUrl = service.url();
    QNetworkAccessManager manager;
    GatewayProvider provider(manager, connection);
    Terminating terminating(
        provider, EndingPace{std::chrono::milliseconds(patienceMs), 5ms, 5ms, 5ms}, connection);
    terminating.terminator->terminate({session});
    QTRY_COMPARE(terminating.summaries.size(), 1);
    QCOMPARE(terminating.phase(session.id), phase);
    QTRY_COMPARE(terminating.last(session.id).reason, reason);
    QCOMPARE(service.deletes(), QStringList{session.id});
    QVERIFY(service.contains(u"session-2"_s));
}

// Fault matrix: W21
void TestTerminator::changedListDoesNotMatter()
{
    FakeSessionsService service;
    service.setSessions({sampleSession(u"first"_s), sampleSession(u"second"_s)});
    Connection connection = localConnection();
    connection.baseUrl = service.url();
    QNetworkAccessManager manager;
    GatewayProvider provider(manager, connection);
    Terminating terminating(provider, patient, connection);
    const SessionList captured{service.sessions().constFirst()};
    service.setSessions(
        {sampleSession(u"new"_s), sampleSession(u"second"_s), sampleSession(u"first"_s)});
    terminating.terminator->terminate(captured);
    QTRY_COMPARE(terminating.phase(u"first"_s), Phase::Gone);
    QCOMPARE(service.deletes(), QStringList{u"first"_s});
    QVERIFY(service.contains(u"new"_s) && service.contains(u"second"_s));
}

QTEST_GUILESS_MAIN(TestTerminator)
#include "tst_terminator.moc"
