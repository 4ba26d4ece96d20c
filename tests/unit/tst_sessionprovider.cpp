#include "network/sessionprovider.h"
#include "tests/fakes/fakeprovider.h"
#include "tests/fakes/samplesession.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

Fault serviceError()
{
    Fault fault;
    fault.what = u"It broke."_s;
    return fault;
}

} // namespace

class TestSessionProvider : public QObject
{
    Q_OBJECT

private slots:
    void answersAfterTheCallHasReturned();
    void answersOnce();
    void firstAnswerStands();
    void failureHasItsFault();
    void replyDeletesItself();
    void abortIsSilent();
    void abortAfterTheAnswerIsSilent();
    void abortWhenFinishedDoesNothing();
    void abortTellsTheProviderOnce();
    void destroyedProviderTakesItsReplies();
};

void TestSessionProvider::answersAfterTheCallHasReturned()
{
    FakeProvider provider;
    provider.onGet = [](const QString &id, SessionReply &reply) {
        FakeProvider::answer(reply, sampleSession(id));
    };
    SessionReply *reply = provider.get(u"a"_s);
    QSignalSpy finished(reply, &ProviderReply::finished);
    QVERIFY(!reply->isFinished());
    Session seen;
    connect(reply, &ProviderReply::finished, this, [&] { seen = reply->session; });
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(seen, sampleSession(u"a"_s));
}

void TestSessionProvider::answersOnce()
{
    FakeProvider provider;
    const QPointer<ListReply> reply = provider.list();
    QSignalSpy finished(reply, &ProviderReply::finished);
    reply->succeed();
    reply->succeed();
    QTRY_VERIFY(reply.isNull());
    QCOMPARE(finished.size(), 1);
}

void TestSessionProvider::firstAnswerStands()
{
    FakeProvider provider;
    const QPointer<ListReply> good = provider.list();
    const QPointer<ListReply> bad = provider.list();
    bool goodFailed = true;
    bool badFailed = false;
    connect(good, &ProviderReply::finished, this, [&] { goodFailed = good->fault().has_value(); });
    connect(bad, &ProviderReply::finished, this, [&] { badFailed = bad->fault().has_value(); });
    good->succeed();
    good->fail(serviceError());
    bad->fail(serviceError());
    bad->succeed();
    QTRY_VERIFY(good.isNull() && bad.isNull());
    QVERIFY(!goodFailed);
    QVERIFY(badFailed);
}

void TestSessionProvider::failureHasItsFault()
{
    FakeProvider provider;
    TerminateReply *reply = provider.terminate(u"a"_s);
    std::optional<Fault> seen;
    connect(reply, &ProviderReply::finished, this, [&] { seen = reply->fault(); });
    reply->fail(serviceError());
    QTRY_COMPARE(seen, serviceError());
}

void TestSessionProvider::replyDeletesItself()
{
    FakeProvider provider;
    const QPointer<ListReply> reply = provider.list();
    bool wasFinished = false;
    connect(reply, &ProviderReply::finished, this, [&] { wasFinished = reply->isFinished(); });
    reply->succeed();
    QTRY_VERIFY(reply.isNull());
    QVERIFY(wasFinished);
}

void TestSessionProvider::abortIsSilent()
{
    FakeProvider provider;
    const QPointer<ListReply> reply = provider.list();
    QSignalSpy finished(reply, &ProviderReply::finished);
    reply->abort();
    reply->succeed();
    QTRY_VERIFY(reply.isNull());
    QCOMPARE(finished.size(), 0);
}

void TestSessionProvider::abortAfterTheAnswerIsSilent()
{
    FakeProvider provider;
    const QPointer<ListReply> reply = provider.list();
    QSignalSpy finished(reply, &ProviderReply::finished);
    reply->succeed();
    reply->abort();
    QTRY_VERIFY(reply.isNull());
    QCOMPARE(finished.size(), 0);
}

void TestSessionProvider::abortWhenFinishedDoesNothing()
{
    FakeProvider provider;
    const QPointer<ListReply> reply = provider.list();
    QSignalSpy aborted(reply, &ProviderReply::aborted);
    connect(reply, &ProviderReply::finished, this, [&] { reply->abort(); });
    reply->succeed();
    QTRY_VERIFY(reply.isNull());
    QCOMPARE(aborted.size(), 0);
}

void TestSessionProvider::abortTellsTheProviderOnce()
{
    FakeProvider provider;
    const QPointer<ListReply> reply = provider.list();
    QSignalSpy aborted(reply, &ProviderReply::aborted);
    reply->abort();
    reply->abort();
    QTRY_VERIFY(reply.isNull());
    QCOMPARE(aborted.size(), 1);
}

void TestSessionProvider::destroyedProviderTakesItsReplies()
{
    auto provider = std::make_unique<FakeProvider>();
    const QPointer<ListReply> waiting = provider->list();
    const QPointer<ListReply> answered = provider->list();
    QSignalSpy waitingFinished(waiting, &ProviderReply::finished);
    QSignalSpy answeredFinished(answered, &ProviderReply::finished);
    answered->succeed();
    provider.reset();
    QVERIFY(waiting.isNull());
    QVERIFY(answered.isNull());
    QCoreApplication::sendPostedEvents();
    QCOMPARE(waitingFinished.size(), 0);
    QCOMPARE(answeredFinished.size(), 0);
}

QTEST_GUILESS_MAIN(TestSessionProvider)
#include "tst_sessionprovider.moc"
