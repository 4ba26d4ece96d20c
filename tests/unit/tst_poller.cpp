#include "network/poller.h"
#include "tests/fakes/fakeclock.h"
#include "tests/fakes/fakeprovider.h"
#include "tests/fakes/samplesession.h"

#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Fault faultOf(Fault::Kind kind, std::optional<std::chrono::milliseconds> retryAfter = std::nullopt)
{
    Fault fault;
    fault.kind = kind;
    fault.what = u"It did not work."_s;
    fault.retryAfter = retryAfter;
    return fault;
}

// A poller, the provider that it asks, and all that it said. Its interval is so long that only the
// test makes it ask; what it would wait is read from nextTry().
struct Polling
{
    Polling()
    {
        QObject::connect(poller.get(), &Poller::polled, &context,
                         [this](const PollResult &result) { results.append(result); });
        QObject::connect(poller.get(), &Poller::failed, &context,
                         [this](const PollFailure &failure) { failures.append(failure); });
        poller->setRandom([this] { return random; });
        poller->setInterval(1h);
    }

    // From now; nothing when none is armed.
    [[nodiscard]] std::optional<std::chrono::milliseconds> untilNextTry() const
    {
        const auto next = poller->nextTry();
        return next ? std::optional(*next - clock.elapsed()) : std::nullopt;
    }

    void succeed(const SessionList &sessions)
    {
        const qsizetype before = results.size();
        poller->pollNow();
        provider.answerList(sessions);
        QTRY_COMPARE(results.size(), before + 1);
    }

    void fail(const Fault &fault)
    {
        const qsizetype before = failures.size();
        poller->pollNow();
        provider.lists.constLast()->fail(fault);
        QTRY_COMPARE(failures.size(), before + 1);
    }

    // Fails that often in a row at an interval of 2 s; what would be waited after each.
    [[nodiscard]] QList<std::chrono::milliseconds> waitsAfterFailures(int count)
    {
        QList<std::chrono::milliseconds> waits;
        poller->setInterval(2s);
        provider.onList = [&](ListReply &reply) {
            if (waits.size() < count)
                reply.fail(faultOf(Fault::Kind::Unreachable));
        };
        const auto connection = QObject::connect(poller.get(), &Poller::failed, &context, [&] {
            waits.append(untilNextTry().value_or(0ms));
            poller->pollNow(); // at once, so that the wait is not waited
        });
        poller->pollNow();
        (void)QTest::qWaitFor([&] { return waits.size() >= count; });
        QObject::disconnect(connection);
        provider.onList = nullptr;
        return waits;
    }

    FakeClock clock;
    FakeProvider provider;
    std::unique_ptr<Poller> poller = std::make_unique<Poller>(provider, u"local"_s, clock);
    double random = 0.5; // no jitter of the interval
    QList<PollResult> results;
    QList<PollFailure> failures;
    QObject context;
};

QStringList idsOf(const SessionList &sessions)
{
    QStringList ids;
    for (const Session &session : sessions)
        ids.append(session.id);
    return ids;
}

} // namespace

class TestPoller : public QObject
{
    Q_OBJECT

private slots:
    void asksNothingBeforeTheFirstPollNow();
    void asksOneQuestionAtATime();
    void pollNowDuringAQuestionAsksOnceMore();
    void pollNowWhileComparingAsksOnceMore();
    void pollNowFromAListenerAsksOnce();
    void pollNowFromAListenerOfAFailureAsksOnce();
    void paceChangeKeepsTheFollowUp();
    void intervalIsJittered_data();
    void intervalIsJittered();
    void backgroundIsSlower();
    void newIntervalCounts();
    void newIntervalLeavesABackoffAlone();
    void senselessIntervalIsASecond();
    void backoffDoublesUpToAMinute();
    void backoffIsFullyJittered();
    void backoffIsNeverNothing();
    void retryAfterIsTheLeast_data();
    void retryAfterIsTheLeast();
    void tooManyIsSlower();
    void refusalStopsUntilPollNow();
    void firstGoodAnswerClearsMisses();
    void failureTellsTheLastGood();
    void lastGoodAndNextTry();
    void firstListIsAllAdded();
    void deltaIsAgainstTheListBefore();
    void failureKeepsTheListBefore();
    void equalListIsAnEmptyDelta();
    void unchangedReplyIsAnEmptyDelta();
    void idsBecomeDistinct();
    void deltaSaysWhenItWasAsked();
    void costsArePassedOn();
    void lateAnswerIsDropped();
    void lateFailureIsDropped();
    void comparisonIsDropped();
};

void TestPoller::asksNothingBeforeTheFirstPollNow()
{
    Polling polling;
    polling.poller->setInterval(5ms);
    polling.poller->setPace(Poller::Pace::Background);
    QVERIFY(!polling.poller->nextTry());
    QVERIFY(polling.provider.lists.isEmpty());
}

// Fault matrix: W3
void TestPoller::asksOneQuestionAtATime()
{
    Polling polling;
    polling.poller->setInterval(1ms);
    int answers = 0;
    polling.provider.onList = [&](ListReply &reply) {
        ++answers;
        QMetaObject::invokeMethod(polling.poller.get(), &Poller::pollNow, Qt::QueuedConnection);
        reply.sessions = {sampleSession(u"s%1"_s.arg(answers))};
        reply.succeed();
    };
    QObject::connect(polling.poller.get(), &Poller::polled, &polling.context,
                     [&] { polling.poller->pollNow(); });
    polling.poller->pollNow();
    QTRY_VERIFY(polling.results.size() >= 100);
    QCOMPARE(polling.provider.mostListsAtOnce, 1);
}

void TestPoller::pollNowDuringAQuestionAsksOnceMore()
{
    Polling polling;
    polling.poller->pollNow();
    polling.poller->pollNow();
    polling.poller->pollNow();
    QCOMPARE(polling.provider.lists.size(), 1);
    polling.provider.answerList({});
    QTRY_COMPARE(polling.provider.lists.size(), 2);
    polling.provider.answerList({});
    QTRY_COMPARE(polling.results.size(), 2);
    QCOMPARE(polling.untilNextTry(), 1h);
    QCOMPARE(polling.provider.lists.size(), 2);
}

void TestPoller::pollNowWhileComparingAsksOnceMore()
{
    Polling polling;
    polling.poller->pollNow();
    // Connected after the poller's own connection, so that the comparison has begun.
    QObject::connect(polling.provider.lists.constLast(), &ProviderReply::finished, &polling.context,
                     [&] { polling.poller->pollNow(); });
    polling.provider.answerList({sampleSession(u"one"_s)});
    QTRY_COMPARE(polling.provider.lists.size(), 2);
    QCOMPARE(polling.results.size(), 1);
    QCOMPARE(polling.provider.mostListsAtOnce, 1);
}

void TestPoller::pollNowFromAListenerAsksOnce()
{
    Polling polling;
    polling.poller->setInterval(1ms);
    const auto connection = QObject::connect(polling.poller.get(), &Poller::polled,
                                             &polling.context, [&] { polling.poller->pollNow(); });
    polling.succeed({});
    QCOMPARE(polling.provider.lists.size(), 2);
    QVERIFY2(!polling.poller->nextTry(), "a second question is armed beside the one in flight");
    QObject::disconnect(connection);
    polling.provider.answerList({});
    QTRY_COMPARE(polling.results.size(), 2);
    QCOMPARE(polling.provider.mostListsAtOnce, 1);
}

void TestPoller::pollNowFromAListenerOfAFailureAsksOnce()
{
    Polling polling;
    polling.poller->setInterval(1ms);
    QObject::connect(polling.poller.get(), &Poller::failed, &polling.context,
                     [&] { polling.poller->pollNow(); });
    polling.fail(faultOf(Fault::Kind::Unreachable));
    QCOMPARE(polling.provider.lists.size(), 2);
    QVERIFY(!polling.poller->nextTry());
    QCOMPARE(polling.provider.mostListsAtOnce, 1);
}

void TestPoller::paceChangeKeepsTheFollowUp()
{
    Polling polling;
    polling.poller->pollNow();
    polling.poller->pollNow();
    // Queued: after the next question was armed, and before it is sent.
    std::optional<std::chrono::milliseconds> untilNextTry;
    QObject::connect(
        polling.poller.get(), &Poller::polled, &polling.context,
        [&] {
            polling.poller->setInterval(2h);
            untilNextTry = polling.untilNextTry();
        },
        Qt::QueuedConnection);
    polling.provider.answerList({});
    QTRY_VERIFY(untilNextTry);
    QCOMPARE(untilNextTry, 0ms);
    QTRY_COMPARE(polling.provider.lists.size(), 2);
}

void TestPoller::intervalIsJittered_data()
{
    QTest::addColumn<double>("random");
    QTest::addColumn<qint64>("milliseconds");
    QTest::newRow("shortest") << 0.0 << qint64(54 * 60 * 1000);
    QTest::newRow("middle") << 0.5 << qint64(60 * 60 * 1000);
    QTest::newRow("longest") << 1.0 << qint64(66 * 60 * 1000);
}

void TestPoller::intervalIsJittered()
{
    QFETCH(double, random);
    QFETCH(qint64, milliseconds);
    Polling polling;
    polling.random = random;
    polling.succeed({});
    QCOMPARE(polling.untilNextTry(), std::chrono::milliseconds(milliseconds));
}

void TestPoller::backgroundIsSlower()
{
    Polling polling;
    polling.poller->setPace(Poller::Pace::Background);
    polling.succeed({});
    QCOMPARE(polling.untilNextTry(), 5h);
    polling.poller->setPace(Poller::Pace::Watched);
    QCOMPARE(polling.untilNextTry(), 1h);
}

void TestPoller::newIntervalCounts()
{
    Polling polling;
    polling.succeed({});
    polling.poller->setInterval(2h);
    QCOMPARE(polling.poller->interval(), 2h);
    QCOMPARE(polling.untilNextTry(), 2h);
}

void TestPoller::newIntervalLeavesABackoffAlone()
{
    Polling polling;
    polling.fail(faultOf(Fault::Kind::ServiceError, 40s));
    polling.poller->setInterval(1s);
    polling.poller->setPace(Poller::Pace::Background);
    QCOMPARE(polling.untilNextTry(), 40s);
}

void TestPoller::senselessIntervalIsASecond()
{
    Polling polling;
    polling.poller->setInterval(-5ms);
    QCOMPARE(polling.poller->interval(), 1s);
    polling.poller->setInterval(0ms);
    QCOMPARE(polling.poller->interval(), 1s);
}

// Fault matrix: W1, W6
void TestPoller::backoffDoublesUpToAMinute()
{
    Polling polling;
    polling.random = 1.0; // the upper bound
    const QList<std::chrono::milliseconds> waits = polling.waitsAfterFailures(80);
    QCOMPARE(waits.first(8),
             (QList<std::chrono::milliseconds>{2s, 4s, 8s, 16s, 32s, 60s, 60s, 60s}));
    QCOMPARE(waits.constLast(), 60s);
    QCOMPARE(polling.failures.constFirst().nextTry, 2s);
    QCOMPARE(polling.failures.constLast().nextTry, 60s);
    QCOMPARE(polling.failures.constLast().misses, 80);
}

// Fault matrix: W6
void TestPoller::backoffIsFullyJittered()
{
    Polling polling;
    polling.random = 0.25;
    QCOMPARE(polling.waitsAfterFailures(7),
             (QList<std::chrono::milliseconds>{500ms, 1s, 2s, 4s, 8s, 15s, 15s}));
}

void TestPoller::backoffIsNeverNothing()
{
    Polling polling;
    polling.random = 0.0;
    QCOMPARE(polling.waitsAfterFailures(3),
             (QList<std::chrono::milliseconds>{200ms, 200ms, 200ms}));
}

void TestPoller::retryAfterIsTheLeast_data()
{
    QTest::addColumn<qint64>("retryAfter");
    QTest::addColumn<qint64>("expected");
    QTest::newRow("longer than the backoff") << qint64(45'000) << qint64(45'000);
    QTest::newRow("longer than the cap of the backoff") << qint64(600'000) << qint64(600'000);
    QTest::newRow("shorter than the backoff") << qint64(100) << qint64(30'000);
    QTest::newRow("a day is an hour") << qint64(86'400'000) << qint64(3'600'000);
}

// Fault matrix: W6, W7
void TestPoller::retryAfterIsTheLeast()
{
    QFETCH(qint64, retryAfter);
    QFETCH(qint64, expected);
    Polling polling; // the backoff is half a minute
    polling.fail(faultOf(Fault::Kind::ServiceError, std::chrono::milliseconds(retryAfter)));
    QCOMPARE(polling.untilNextTry(), std::chrono::milliseconds(expected));
    QCOMPARE(polling.failures.constLast().fault.retryAfter, std::chrono::milliseconds(retryAfter));
}

// Fault matrix: W7
void TestPoller::tooManyIsSlower()
{
    Polling polling;
    polling.random = 0.0;
    polling.fail(faultOf(Fault::Kind::TooMany));
    QCOMPARE(polling.untilNextTry(), 2h);
    polling.poller->setInterval(20s);
    polling.fail(faultOf(Fault::Kind::TooMany, 10min));
    QCOMPARE(polling.untilNextTry(), 10min);
    polling.random = 0.5;
    polling.succeed({});
    QCOMPARE(polling.untilNextTry(), 20s);
}

// Fault matrix: W8
void TestPoller::refusalStopsUntilPollNow()
{
    Polling polling;
    polling.fail(faultOf(Fault::Kind::Refused));
    QVERIFY(!polling.poller->nextTry());
    QCOMPARE(polling.failures.constLast().nextTry, 0ms);
    polling.poller->setInterval(1ms);
    polling.poller->setPace(Poller::Pace::Background);
    QVERIFY2(!polling.poller->nextTry(), "a changed pace must not ask a service that refused us");
    polling.poller->setInterval(1h);
    polling.succeed({});
    QVERIFY(polling.poller->nextTry());
}

// Fault matrix: W1
void TestPoller::firstGoodAnswerClearsMisses()
{
    Polling polling;
    polling.fail(faultOf(Fault::Kind::Unreachable));
    polling.fail(faultOf(Fault::Kind::Unreachable));
    QCOMPARE(polling.failures.constLast().misses, 2);
    polling.succeed({});
    polling.fail(faultOf(Fault::Kind::Unreachable));
    QCOMPARE(polling.failures.constLast().misses, 1);
}

// Fault matrix: W1
void TestPoller::failureTellsTheLastGood()
{
    Polling polling;
    polling.fail(faultOf(Fault::Kind::BadAnswer));
    QVERIFY(!polling.failures.constLast().lastGood.isValid());
    QCOMPARE(polling.failures.constLast().fault, faultOf(Fault::Kind::BadAnswer));
    polling.clock.advance(5s);
    polling.succeed({});
    const QDateTime good = polling.clock.nowUtc();
    polling.clock.advance(7s);
    polling.fail(faultOf(Fault::Kind::BadAnswer));
    QCOMPARE(polling.failures.constLast().lastGood, good);
}

void TestPoller::lastGoodAndNextTry()
{
    Polling polling;
    QVERIFY(!polling.poller->lastGood());
    polling.clock.advance(3s);
    polling.succeed({});
    QCOMPARE(polling.poller->lastGood(), 3s);
    QCOMPARE(polling.poller->nextTry(), 1h + 3s);
    polling.poller->pollNow();
    QVERIFY2(!polling.poller->nextTry(), "while a question is in flight no other is armed");
    polling.clock.advance(1s);
    polling.provider.lists.constLast()->fail(faultOf(Fault::Kind::TimedOut));
    QTRY_COMPARE(polling.failures.size(), 1);
    QCOMPARE(polling.poller->lastGood(), 3s);
    QCOMPARE(polling.poller->nextTry(), 34s); // the backoff is half a minute
}

void TestPoller::firstListIsAllAdded()
{
    Polling polling;
    polling.succeed({sampleSession(u"b"_s), sampleSession(u"a"_s)});
    const SessionDelta &delta = polling.results.constLast().delta;
    QCOMPARE(idsOf(delta.added), (QStringList{u"b"_s, u"a"_s}));
    QCOMPARE(delta.connectionId, u"local"_s);
    QVERIFY(delta.removed.isEmpty());
    QVERIFY(delta.changed.isEmpty());
    QCOMPARE(polling.results.constLast().sessions, 2);
}

void TestPoller::deltaIsAgainstTheListBefore()
{
    Polling polling;
    polling.succeed({sampleSession(u"a"_s), sampleSession(u"b"_s), sampleSession(u"c"_s)});
    Session changed = sampleSession(u"c"_s);
    changed.title = u"Another page"_s;
    polling.succeed({sampleSession(u"a"_s), changed, sampleSession(u"d"_s)});
    const SessionDelta &second = polling.results.constLast().delta;
    QCOMPARE(idsOf(second.added), QStringList{u"d"_s});
    QCOMPARE(second.removed, QStringList{u"b"_s});
    QCOMPARE(second.changed, SessionList{changed});
    polling.succeed({sampleSession(u"b"_s)});
    const SessionDelta &third = polling.results.constLast().delta;
    QCOMPARE(idsOf(third.added), QStringList{u"b"_s});
    QCOMPARE(QSet<QString>(third.removed.cbegin(), third.removed.cend()),
             (QSet<QString>{u"a"_s, u"c"_s, u"d"_s}));
    QVERIFY(third.changed.isEmpty());
}

// Fault matrix: W5
void TestPoller::failureKeepsTheListBefore()
{
    Polling polling;
    polling.succeed({sampleSession(u"a"_s)});
    polling.fail(faultOf(Fault::Kind::BadAnswer));
    polling.succeed({sampleSession(u"a"_s), sampleSession(u"b"_s)});
    QCOMPARE(idsOf(polling.results.constLast().delta.added), QStringList{u"b"_s});
}

void TestPoller::equalListIsAnEmptyDelta()
{
    Polling polling;
    polling.succeed({sampleSession(u"a"_s), sampleSession(u"b"_s)});
    polling.succeed({sampleSession(u"b"_s), sampleSession(u"a"_s)});
    QVERIFY(polling.results.constLast().delta.isEmpty());
    QCOMPARE(polling.results.constLast().sessions, 2);
}

void TestPoller::unchangedReplyIsAnEmptyDelta()
{
    Polling polling;
    polling.succeed({sampleSession(u"a"_s), sampleSession(u"b"_s)});
    polling.clock.advance(4s);
    polling.poller->pollNow();
    polling.provider.lists.constLast()->unchanged = true;
    polling.provider.lists.constLast()->succeed();
    QTRY_COMPARE(polling.results.size(), 2);
    QVERIFY(polling.results.constLast().delta.isEmpty());
    QCOMPARE(polling.results.constLast().sessions, 2);
    QCOMPARE(polling.poller->lastGood(), 4s);
    // It still counts as the list before.
    polling.succeed({sampleSession(u"a"_s)});
    QCOMPARE(polling.results.constLast().delta.removed, QStringList{u"b"_s});
}

// Fault matrix: W12
void TestPoller::idsBecomeDistinct()
{
    Polling polling;
    Session nameless = sampleSession({});
    polling.succeed({sampleSession(u"a"_s), sampleSession(u"a"_s), nameless});
    const SessionDelta &delta = polling.results.constLast().delta;
    QCOMPARE(idsOf(delta.added), (QStringList{u"a"_s, u"?1"_s}));
    QVERIFY(!delta.added.first().malformed.isEmpty());
    QVERIFY(!delta.added.last().malformed.isEmpty());
    QCOMPARE(polling.results.constLast().sessions, 2);
    polling.succeed({sampleSession(u"a"_s), sampleSession(u"a"_s), nameless});
    QVERIFY(polling.results.constLast().delta.isEmpty());
}

void TestPoller::deltaSaysWhenItWasAsked()
{
    Polling polling;
    polling.clock.advance(2s);
    polling.poller->pollNow();
    polling.clock.advance(1s);
    polling.provider.answerList({});
    QTRY_COMPARE(polling.results.size(), 1);
    QCOMPARE(polling.results.constLast().delta.askedAt, 2s);
    QCOMPARE(polling.poller->lastGood(), 3s);
}

void TestPoller::costsArePassedOn()
{
    Polling polling;
    polling.poller->pollNow();
    ListReply *reply = polling.provider.lists.constLast();
    reply->bytes = 1234;
    reply->fetchMs = 5.5;
    reply->decodeMs = 2.5;
    reply->succeed();
    QTRY_COMPARE(polling.results.size(), 1);
    QCOMPARE(polling.results.constLast().bytes, 1234);
    QCOMPARE(polling.results.constLast().fetchMs, 5.5);
    QVERIFY(polling.results.constLast().decodeMs >= 2.5);
}

// Fault matrix: W22
void TestPoller::lateAnswerIsDropped()
{
    Polling polling;
    polling.poller->pollNow();
    const QPointer<ListReply> reply = polling.provider.lists.constLast();
    polling.poller.reset();
    polling.provider.answerList({sampleSession(u"late"_s)});
    QTRY_VERIFY(reply.isNull());
    QVERIFY(polling.results.isEmpty());
    QVERIFY(polling.failures.isEmpty());
}

// Fault matrix: W22
void TestPoller::lateFailureIsDropped()
{
    Polling polling;
    polling.poller->pollNow();
    const QPointer<ListReply> reply = polling.provider.lists.constLast();
    reply->fail(faultOf(Fault::Kind::TimedOut));
    polling.poller.reset();
    QTRY_VERIFY(reply.isNull());
    QVERIFY(polling.failures.isEmpty());
}

// Fault matrix: W22
void TestPoller::comparisonIsDropped()
{
    Polling polling;
    SessionList many;
    for (int i = 0; i < 20'000; ++i)
        many.append(sampleSession(u"session-%1"_s.arg(i)));
    polling.poller->pollNow();
    // Connected after the poller's own connection, so that the comparison has begun.
    QObject::connect(polling.provider.lists.constLast(), &ProviderReply::finished, &polling.context,
                     [&] { polling.poller.reset(); });
    polling.provider.answerList(many);
    QTRY_VERIFY(!polling.poller);
    QVERIFY(QThreadPool::globalInstance()->waitForDone());
    QCoreApplication::sendPostedEvents();
    QVERIFY(polling.results.isEmpty());
}

QTEST_GUILESS_MAIN(TestPoller)
#include "tst_poller.moc"
