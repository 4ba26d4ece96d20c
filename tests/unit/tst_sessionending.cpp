#include "network/sessionending.h"
#include "tests/fakes/fakeclock.h"
#include "tests/fakes/fakeprovider.h"
#include "tests/fakes/samplesession.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Phase = Termination::Phase;
using Profile = Termination::Profile;
using Proof = Termination::Proof;

namespace {

constexpr EndingPace patient{1h, 1ms, 1ms, 1ms};
constexpr EndingPace impatient{1ms, 1ms, 1ms, 1ms};

Connection connectionOf(Connection::Kind kind)
{
    Connection connection;
    connection.id = u"local"_s;
    connection.kind = kind;
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

Session persistingSession()
{
    Session session = sampleSession(u"a"_s);
    session.profileName = u"shop"_s;
    session.persist = true;
    return session;
}

// The ending of one session, and a service that the test plays.
struct Ending
{
    explicit Ending(const EndingPace &pace = patient,
                    const Session &session = sampleSession(u"a"_s),
                    Connection::Kind kind = Connection::Kind::Local)
        : ending(
            std::make_unique<SessionEnding>(provider, connectionOf(kind), session, clock, pace))
    {
    }

    [[nodiscard]] const Termination &termination() const { return ending->termination(); }
    [[nodiscard]] TerminateReply &question() { return *provider.terminates.constLast().reply; }

    // From now on every look finds that.
    void looksFind(const Session &session)
    {
        provider.onGet = [session](const QString &, SessionReply &reply) {
            FakeProvider::answer(reply, session);
        };
    }
    void looksFail(const Fault &fault)
    {
        provider.onGet = [fault](const QString &, SessionReply &reply) { reply.fail(fault); };
    }
    void looksFindNothing() { looksFail(faultOf(Fault::Kind::NotFound)); }

    FakeClock clock;
    FakeProvider provider;
    std::unique_ptr<SessionEnding> ending;
};

} // namespace

class TestSessionEnding : public QObject
{
    Q_OBJECT

private slots:
    void asksOnceAndLooksAtThatId();
    void goneWhenItsIdIsUnknown();
    void processTreeIsProvenOnlyByALocalService();
    void processTreeIsNotProvenByAFailedDelete();
    void alreadyGone();
    void stoppedIsGone();
    void stillThereIsLookedAtAgain();
    void serviceErrorAndStillThere();
    void serviceErrorWithoutWordsSaysWhatHappened();
    void serviceErrorAndGoneWasNotSaved();
    void notSavedWithoutWordsSaysWhatHappened();
    void profileOutcome_data();
    void profileOutcome();
    void otherFaultAndStillThere_data();
    void otherFaultAndStillThere();
    void unclearEndAndGone();
    void stillListedWhenPatienceEnds();
    void lateEndIsGoneAfterAll();
    void noAnswerWhenPatienceEnds();
    void unknownWhenPatienceEnds();
    void failingLooksAreNoProof();
    void askingAgainAsksOnce();
    void askingAgainWhileUnansweredWaitsOn();
    void goneIsNotAskedAgain();
    void tookIsFromTheQuestionToTheProof();
    void destroyedInEveryStepIsSilent();
};

// Fault matrix: W20
void TestSessionEnding::asksOnceAndLooksAtThatId()
{
    Ending ending;
    QSignalSpy answered(ending.ending.get(), &SessionEnding::answered);
    ending.ending->ask();
    QCOMPARE(ending.provider.terminatedIds(), QStringList{u"a"_s});
    QCOMPARE(ending.termination().phase, Phase::Terminating);
    QVERIFY(ending.ending->isAsking());
    QVERIFY2(ending.provider.gets.isEmpty(), "looked before the service answered");
    ending.question().succeed();
    QTRY_COMPARE(ending.provider.gets.size(), 1);
    QCOMPARE(ending.provider.gets.constLast().id, u"a"_s);
    QVERIFY(!ending.ending->isAsking());
    QCOMPARE(answered.size(), 1);
    QCOMPARE(ending.termination().phase, Phase::Terminating);
}

void TestSessionEnding::goneWhenItsIdIsUnknown()
{
    Ending ending;
    ending.looksFindNothing();
    ending.ending->ask();
    ending.question().succeed();
    QTRY_COMPARE(ending.termination().phase, Phase::Gone);
    QVERIFY(ending.termination().proofs.testFlag(Proof::IdUnknown));
    QVERIFY(!ending.termination().proofs.testFlag(Proof::AlreadyGone));
    QCOMPARE(ending.termination().reason, QString());
    QCOMPARE(ending.provider.terminates.size(), 1);
}

void TestSessionEnding::processTreeIsProvenOnlyByALocalService()
{
    for (const auto kind : {Connection::Kind::Local, Connection::Kind::Service}) {
        Ending ending(patient, sampleSession(u"a"_s), kind);
        ending.looksFindNothing();
        ending.ending->ask();
        ending.question().succeed();
        QTRY_COMPARE(ending.termination().phase, Phase::Gone);
        QCOMPARE(ending.termination().proofs.testFlag(Proof::ProcessTreeGone),
                 kind == Connection::Kind::Local);
    }
}

void TestSessionEnding::processTreeIsNotProvenByAFailedDelete()
{
    Ending ending;
    ending.looksFindNothing();
    ending.ending->ask();
    ending.question().fail(faultOf(Fault::Kind::ServiceError));
    QTRY_COMPARE(ending.termination().phase, Phase::Gone);
    QCOMPARE(ending.termination().proofs, Termination::Proofs(Proof::IdUnknown));
}

// Fault matrix: W19
void TestSessionEnding::alreadyGone()
{
    Ending ending;
    ending.ending->ask();
    ending.question().fail(faultOf(Fault::Kind::NotFound));
    QTRY_COMPARE(ending.termination().phase, Phase::Gone);
    QCOMPARE(ending.termination().proofs, Proof::AlreadyGone | Proof::IdUnknown);
    QVERIFY2(ending.provider.gets.isEmpty(), "a session that is gone is not looked at");
}

void TestSessionEnding::stoppedIsGone()
{
    Ending ending(patient, sampleSession(u"a"_s), Connection::Kind::Service);
    Session stopped = sampleSession(u"a"_s);
    stopped.status = SessionStatus::Kind::Stopped;
    ending.looksFind(stopped);
    ending.ending->ask();
    ending.question().succeed();
    QTRY_COMPARE(ending.termination().phase, Phase::Gone);
    QCOMPARE(ending.termination().proofs, Termination::Proofs(Proof::Stopped));
}

void TestSessionEnding::stillThereIsLookedAtAgain()
{
    Ending ending;
    ending.looksFind(sampleSession(u"a"_s));
    ending.ending->ask();
    ending.question().succeed();
    QTRY_VERIFY(ending.provider.gets.size() >= 30);
    QCOMPARE(ending.termination().phase, Phase::Terminating);
    ending.looksFindNothing();
    QTRY_COMPARE(ending.termination().phase, Phase::Gone);
    QCOMPARE(ending.provider.terminates.size(), 1);
}

// Fault matrix: W19
void TestSessionEnding::serviceErrorAndStillThere()
{
    Ending ending;
    ending.looksFind(sampleSession(u"a"_s));
    QSignalSpy progressed(ending.ending.get(), &SessionEnding::progressed);
    ending.ending->ask();
    ending.question().fail(faultOf(Fault::Kind::ServiceError, u"No disk."_s));
    QTRY_COMPARE(ending.termination().phase, Phase::StillRunning);
    QCOMPARE(ending.termination().reason, u"No disk."_s);
    const qsizetype looks = ending.provider.gets.size();
    QTRY_VERIFY(ending.provider.gets.size() > looks + 3);
    QCOMPARE(progressed.size(), 2); // Terminating, StillRunning
    QCOMPARE(ending.provider.terminates.size(), 1);
}

void TestSessionEnding::serviceErrorWithoutWordsSaysWhatHappened()
{
    Ending ending;
    ending.looksFind(sampleSession(u"a"_s));
    ending.ending->ask();
    ending.question().fail(faultOf(Fault::Kind::ServiceError));
    QTRY_COMPARE(ending.termination().phase, Phase::StillRunning);
    QCOMPARE(ending.termination().reason, u"What happened."_s);
}

void TestSessionEnding::serviceErrorAndGoneWasNotSaved()
{
    Ending ending(patient, persistingSession());
    ending.looksFindNothing();
    ending.ending->ask();
    ending.question().fail(faultOf(Fault::Kind::ServiceError, u"The copy is in copies/7."_s));
    QTRY_COMPARE(ending.termination().phase, Phase::Gone);
    QCOMPARE(ending.termination().profile, Profile::NotSaved);
    QCOMPARE(ending.termination().reason, u"The copy is in copies/7."_s);
}

void TestSessionEnding::notSavedWithoutWordsSaysWhatHappened()
{
    Ending ending(patient, persistingSession());
    ending.looksFindNothing();
    ending.ending->ask();
    ending.question().fail(faultOf(Fault::Kind::ServiceError));
    QTRY_COMPARE(ending.termination().profile, Profile::NotSaved);
    QCOMPARE(ending.termination().reason, u"What happened."_s);
}

void TestSessionEnding::profileOutcome_data()
{
    QTest::addColumn<QString>("profile");
    QTest::addColumn<std::optional<bool>>("persist");
    QTest::addColumn<std::optional<Fault::Kind>>("fault");
    QTest::addColumn<Profile>("outcome");
    using MaybeKind = std::optional<Fault::Kind>;
    using MaybeBool = std::optional<bool>;
    QTest::newRow("no profile") << QString() << MaybeBool() << MaybeKind() << Profile::None;
    QTest::newRow("not asked to persist")
        << u"p"_s << MaybeBool() << MaybeKind() << Profile::Unchanged;
    QTest::newRow("does not persist")
        << u"p"_s << MaybeBool(false) << MaybeKind() << Profile::Unchanged;
    QTest::newRow("persists, 200") << u"p"_s << MaybeBool(true) << MaybeKind() << Profile::Saved;
    QTest::newRow("persists, 500")
        << u"p"_s << MaybeBool(true) << MaybeKind(Fault::Kind::ServiceError) << Profile::NotSaved;
    QTest::newRow("persists, 404")
        << u"p"_s << MaybeBool(true) << MaybeKind(Fault::Kind::NotFound) << Profile::Unknown;
    QTest::newRow("persists, no answer")
        << u"p"_s << MaybeBool(true) << MaybeKind(Fault::Kind::TimedOut) << Profile::Unknown;
    QTest::newRow("does not persist, 500")
        << u"p"_s << MaybeBool(false) << MaybeKind(Fault::Kind::ServiceError) << Profile::Unchanged;
}

void TestSessionEnding::profileOutcome()
{
    QFETCH(QString, profile);
    QFETCH(std::optional<bool>, persist);
    QFETCH(std::optional<Fault::Kind>, fault);
    QFETCH(Profile, outcome);
    Session session = sampleSession(u"a"_s);
    session.profileName = profile;
    session.persist = persist;
    Ending ending(patient, session);
    ending.looksFindNothing();
    ending.ending->ask();
    if (fault)
        ending.question().fail(faultOf(*fault));
    else
        ending.question().succeed();
    QTRY_COMPARE(ending.termination().phase, Phase::Gone);
    QCOMPARE(ending.termination().profile, outcome);
}

void TestSessionEnding::otherFaultAndStillThere_data()
{
    QTest::addColumn<Fault::Kind>("kind");
    QTest::newRow("refused") << Fault::Kind::Refused;
    QTest::newRow("unreachable") << Fault::Kind::Unreachable;
    QTest::newRow("timed out") << Fault::Kind::TimedOut;
    QTest::newRow("conflict") << Fault::Kind::BadRequest;
    QTest::newRow("bad answer") << Fault::Kind::BadAnswer;
}

// Fault matrix: W19
void TestSessionEnding::otherFaultAndStillThere()
{
    QFETCH(Fault::Kind, kind);
    Ending ending;
    ending.looksFind(sampleSession(u"a"_s));
    ending.ending->ask();
    ending.question().fail(faultOf(kind));
    QTRY_COMPARE(ending.termination().phase, Phase::StillRunning);
    QCOMPARE(ending.termination().reason, u"What happened."_s);
    QCOMPARE(ending.provider.terminates.size(), 1);
}

// Fault matrix: W19
void TestSessionEnding::unclearEndAndGone()
{
    Ending ending;
    ending.looksFindNothing();
    ending.ending->ask();
    ending.question().fail(faultOf(Fault::Kind::Unreachable));
    QTRY_COMPARE(ending.termination().phase, Phase::Gone);
    QCOMPARE(ending.termination().proofs, Termination::Proofs(Proof::IdUnknown));
}

// Fault matrix: W19
void TestSessionEnding::stillListedWhenPatienceEnds()
{
    Ending ending(EndingPace{20ms, 1ms, 1ms, 1ms});
    ending.looksFind(sampleSession(u"a"_s));
    ending.ending->ask();
    ending.question().succeed();
    QTRY_COMPARE(ending.termination().phase, Phase::StillRunning);
    QVERIFY2(ending.termination().reason.startsWith(u"still listed"_s),
             qPrintable(ending.termination().reason));
}

void TestSessionEnding::lateEndIsGoneAfterAll()
{
    Ending ending(impatient, persistingSession());
    ending.looksFind(persistingSession());
    ending.ending->ask();
    ending.question().succeed();
    QTRY_COMPARE(ending.termination().phase, Phase::StillRunning);
    ending.looksFindNothing();
    QTRY_COMPARE(ending.termination().phase, Phase::Gone);
    QCOMPARE(ending.termination().profile, Profile::Saved);
    QCOMPARE(ending.termination().reason, QString());
    QCOMPARE(ending.provider.terminates.size(), 1);
}

// Fault matrix: W3, W19
void TestSessionEnding::noAnswerWhenPatienceEnds()
{
    Ending ending(impatient);
    ending.looksFindNothing();
    ending.ending->ask();
    QTRY_COMPARE(ending.termination().phase, Phase::StillRunning);
    QVERIFY2(ending.termination().reason.startsWith(u"no answer"_s),
             qPrintable(ending.termination().reason));
    QVERIFY(ending.ending->isAsking());
    ending.question().succeed();
    QTRY_COMPARE(ending.termination().phase, Phase::Gone);
}

void TestSessionEnding::unknownWhenPatienceEnds()
{
    Ending ending(EndingPace{20ms, 1ms, 1ms, 1ms});
    ending.looksFail(faultOf(Fault::Kind::Unreachable));
    ending.ending->ask();
    ending.question().succeed();
    QTRY_COMPARE(ending.termination().phase, Phase::StillRunning);
    QCOMPARE(ending.termination().reason, u"What happened."_s);
}

// Fault matrix: W19
void TestSessionEnding::failingLooksAreNoProof()
{
    Ending ending;
    for (const auto kind : {Fault::Kind::Unreachable, Fault::Kind::Refused, Fault::Kind::BadAnswer,
                            Fault::Kind::ServiceError, Fault::Kind::TooMany}) {
        ending.looksFail(faultOf(kind));
        if (!ending.ending->isAsking() && ending.provider.terminates.isEmpty()) {
            ending.ending->ask();
            ending.question().succeed();
        }
        const qsizetype looks = ending.provider.gets.size();
        QTRY_VERIFY(ending.provider.gets.size() > looks + 2);
        QCOMPARE(ending.termination().phase, Phase::Terminating);
    }
}

// Fault matrix: W20
void TestSessionEnding::askingAgainAsksOnce()
{
    Ending ending;
    ending.looksFind(sampleSession(u"a"_s));
    ending.ending->ask();
    ending.question().fail(faultOf(Fault::Kind::ServiceError, u"Busy."_s));
    QTRY_COMPARE(ending.termination().phase, Phase::StillRunning);
    ending.ending->ask();
    QCOMPARE(ending.termination().phase, Phase::Terminating);
    QCOMPARE(ending.termination().reason, QString());
    QCOMPARE(ending.provider.terminatedIds(), (QStringList{u"a"_s, u"a"_s}));
    ending.looksFindNothing();
    ending.question().succeed();
    QTRY_COMPARE(ending.termination().phase, Phase::Gone);
    QCOMPARE(ending.provider.terminates.size(), 2);
}

void TestSessionEnding::askingAgainWhileUnansweredWaitsOn()
{
    Ending ending(impatient);
    ending.looksFindNothing();
    ending.ending->ask();
    QTRY_COMPARE(ending.termination().phase, Phase::StillRunning);
    ending.ending->ask();
    QCOMPARE(ending.termination().phase, Phase::Terminating);
    QTRY_COMPARE(ending.termination().phase, Phase::StillRunning);
    ending.ending->ask();
    ending.question().succeed();
    QTRY_COMPARE(ending.termination().phase, Phase::Gone);
    QCOMPARE(ending.provider.terminates.size(), 1);
}

void TestSessionEnding::goneIsNotAskedAgain()
{
    Ending ending;
    ending.ending->ask();
    ending.question().fail(faultOf(Fault::Kind::NotFound));
    QTRY_COMPARE(ending.termination().phase, Phase::Gone);
    ending.ending->ask();
    QCOMPARE(ending.provider.terminates.size(), 1);
    QCOMPARE(ending.termination().phase, Phase::Gone);
}

void TestSessionEnding::tookIsFromTheQuestionToTheProof()
{
    Ending ending;
    ending.clock.advance(5s);
    ending.ending->ask();
    ending.clock.advance(2100ms);
    ending.question().fail(faultOf(Fault::Kind::NotFound));
    QTRY_COMPARE(ending.termination().phase, Phase::Gone);
    QCOMPARE(ending.termination().took, 2100ms);
}

// Fault matrix: W22
void TestSessionEnding::destroyedInEveryStepIsSilent()
{
    {
        Ending asking;
        asking.ending->ask();
        asking.ending.reset();
        const QPointer<TerminateReply> reply = asking.provider.terminates.constLast().reply;
        reply->succeed();
        QTRY_VERIFY(reply.isNull());
        QVERIFY(asking.provider.gets.isEmpty());
    }
    Ending looking;
    looking.ending->ask();
    looking.question().succeed();
    QTRY_COMPARE(looking.provider.gets.size(), 1);
    looking.ending.reset();
    const QPointer<SessionReply> reply = looking.provider.gets.constLast().reply;
    FakeProvider::answer(*reply, sampleSession(u"a"_s));
    QTRY_VERIFY(reply.isNull());
    QCOMPARE(looking.provider.gets.size(), 1);
}

QTEST_GUILESS_MAIN(TestSessionEnding)
#include "tst_sessionending.moc"
