#include "network/gatewayprovider.h"
#include "network/poller.h"
#include "tests/fakes/fakeclock.h"
#include "tests/fakes/fakesessionsservice.h"
#include "tests/fakes/samplesession.h"

#include <QNetworkAccessManager>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Connection connectionTo(const FakeSessionsService &service)
{
    Connection connection;
    connection.id = u"fake"_s;
    connection.baseUrl = service.url();
    return connection;
}

// The window's side of a connection without the window: provider and poller over real HTTP.
struct Watching
{
    explicit Watching(const FakeSessionsService &service)
        : provider(manager, connectionTo(service))
        , poller(provider, u"fake"_s, clock)
    {
        QObject::connect(&poller, &Poller::polled, &context,
                         [this](const PollResult &result) { results.append(result); });
        QObject::connect(&poller, &Poller::failed, &context,
                         [this](const PollFailure &failure) { failures.append(failure); });
    }

    QNetworkAccessManager manager;
    FakeClock clock;
    GatewayProvider provider;
    Poller poller;
    QList<PollResult> results;
    QList<PollFailure> failures;
    QObject context;
};

} // namespace

// The fake that other tests lean on, and provider and poller together against it.
class TestFakeSessionsService : public QObject
{
    Q_OBJECT

private slots:
    void changesAreSeen();
    void anUnchangedListChangesNothing();
    void goesAwayAndComesBack();
    void listingFails_data();
    void listingFails();
    void hangingListIsOneRequest();
    void createIsListed();
    void destroyedWithClients();
};

void TestFakeSessionsService::changesAreSeen()
{
    FakeSessionsService service;
    service.setSessions({sampleSession(u"a"_s), sampleSession(u"b"_s)});
    Watching watching(service);
    watching.poller.pollNow();
    QTRY_COMPARE(watching.results.size(), 1);
    QCOMPARE(watching.results.constLast().delta.added.size(), 2);
    Session changed = sampleSession(u"b"_s);
    changed.status = SessionStatus::Kind::Idle;
    service.remove(u"a"_s);
    service.change(changed);
    service.add(sampleSession(u"c"_s));
    watching.poller.pollNow();
    QTRY_COMPARE(watching.results.size(), 2);
    const SessionDelta &delta = watching.results.constLast().delta;
    QCOMPARE(delta.removed, QStringList{u"a"_s});
    QCOMPARE(delta.changed, SessionList{changed});
    QCOMPARE(delta.added, SessionList{sampleSession(u"c"_s)});
    QCOMPARE(service.listCount(), 2);
}

void TestFakeSessionsService::anUnchangedListChangesNothing()
{
    FakeSessionsService service;
    service.setSessions({sampleSession(u"a"_s)});
    Watching watching(service);
    for (int polls = 1; polls <= 2; ++polls) {
        watching.poller.pollNow();
        QTRY_COMPARE(watching.results.size(), polls);
    }
    QVERIFY(watching.results.constLast().delta.isEmpty());
    QCOMPARE(watching.results.constLast().sessions, 1);
}

void TestFakeSessionsService::goesAwayAndComesBack()
{
    FakeSessionsService service;
    service.setSessions({sampleSession(u"a"_s)});
    Watching watching(service);
    watching.poller.pollNow();
    QTRY_COMPARE(watching.results.size(), 1);
    const QUrl url = service.url();
    service.close();
    watching.poller.pollNow();
    QTRY_COMPARE(watching.failures.size(), 1);
    QCOMPARE(watching.failures.constLast().fault.kind, Fault::Kind::Unreachable);
    QVERIFY(watching.failures.constLast().lastGood.isValid());
    service.reopen();
    QCOMPARE(service.url(), url);
    service.add(sampleSession(u"b"_s));
    watching.poller.pollNow();
    QTRY_COMPARE(watching.results.size(), 2);
    QCOMPARE(watching.results.constLast().delta.added, SessionList{sampleSession(u"b"_s)});
}

void TestFakeSessionsService::listingFails_data()
{
    using Listing = FakeSessionsService::Listing;
    using Span = std::optional<std::chrono::milliseconds>;
    QTest::addColumn<Listing>("listing");
    QTest::addColumn<Fault::Kind>("kind");
    QTest::addColumn<Span>("retryAfter");
    QTest::newRow("500") << Listing::Fails << Fault::Kind::ServiceError << Span();
    QTest::newRow("503") << Listing::Busy << Fault::Kind::ServiceError << Span(7s);
    QTest::newRow("429") << Listing::TooMany << Fault::Kind::TooMany << Span(7s);
    QTest::newRow("401") << Listing::Refused << Fault::Kind::Refused << Span();
    QTest::newRow("404") << Listing::Unknown << Fault::Kind::NotFound << Span();
    QTest::newRow("HTML") << Listing::NotJson << Fault::Kind::BadAnswer << Span();
}

void TestFakeSessionsService::listingFails()
{
    QFETCH(FakeSessionsService::Listing, listing);
    QFETCH(Fault::Kind, kind);
    QFETCH(std::optional<std::chrono::milliseconds>, retryAfter);
    FakeSessionsService service;
    service.setListing(listing);
    Watching watching(service);
    watching.poller.pollNow();
    QTRY_COMPARE(watching.failures.size(), 1);
    QCOMPARE(watching.failures.constLast().fault.kind, kind);
    QCOMPARE(watching.failures.constLast().fault.retryAfter, retryAfter);
    QCOMPARE(watching.poller.nextTry().has_value(), kind != Fault::Kind::Refused);
    service.setListing(FakeSessionsService::Listing::Answered);
    watching.poller.pollNow();
    QTRY_COMPARE(watching.results.size(), 1);
}

void TestFakeSessionsService::hangingListIsOneRequest()
{
    FakeSessionsService service;
    service.setListing(FakeSessionsService::Listing::Hangs);
    Watching watching(service);
    HttpBounds bounds;
    bounds.deadline = 100ms;
    watching.provider.setBounds(bounds);
    watching.poller.setInterval(1ms);
    watching.poller.pollNow();
    QTRY_COMPARE(service.listCount(), 1);
    QTRY_COMPARE(watching.failures.size(), 1);
    QCOMPARE(watching.failures.constLast().fault.kind, Fault::Kind::TimedOut);
    QCOMPARE(service.listCount(), 1);
}

void TestFakeSessionsService::createIsListed()
{
    FakeSessionsService service;
    Watching watching(service);
    SessionRequest wanted;
    wanted.profileName = u"shop"_s;
    wanted.createNewProfile = true;
    SessionReply *reply = watching.provider.create(wanted);
    Session created;
    connect(reply, &ProviderReply::finished, this, [&] { created = reply->session; });
    QTRY_VERIFY(!created.id.isEmpty());
    QCOMPARE(created.persist, true);
    QCOMPARE(service.sessions(), SessionList{created});
    QCOMPARE(service.creates(), QList<SessionRequest>{wanted});
}

void TestFakeSessionsService::destroyedWithClients()
{
    auto service = std::make_unique<FakeSessionsService>();
    service->add(sampleSession(u"a"_s));
    service->setListing(FakeSessionsService::Listing::Hangs);
    service->setEnding(FakeSessionsService::Ending::Slow);
    Watching watching(*service);
    watching.poller.pollNow();
    bool ended = false;
    connect(watching.provider.terminate(u"a"_s), &ProviderReply::finished, this,
            [&ended] { ended = true; });
    QTRY_VERIFY(service->listCount() == 1 && service->deletes().size() == 1);
    service.reset();
    QTRY_COMPARE(watching.failures.size(), 1);
    QTRY_VERIFY(ended);
}

QTEST_GUILESS_MAIN(TestFakeSessionsService)
#include "tst_fakesessionsservice.moc"
