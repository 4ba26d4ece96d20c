#include "network/anchor/anchorprovider.h"
#include "network/devtools/devtoolsprovider.h"
#include "network/gatewayprovider.h"
#include "network/grid/gridprovider.h"
#include "network/sessioncodec.h"
#include "tests/fakes/captures.h"
#include "tests/fakes/faultproxy.h"
#include "tests/fakes/replyoutcome.h"
#include "tests/fakes/samplesession.h"

#include <QJsonDocument>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = Connection::Kind;
using Group = ProxyFault::Group;

namespace {

const QString key = u"sk-canary-7b21e4"_s;
constexpr qint64 mostBytes = qint64(1024) * 1024;

// The JSON of a raw string that moc does not stumble over.
QByteArray quoted(QByteArray text)
{
    return text.replace('\'', '"');
}

QString idAt(Kind kind)
{
    switch (kind) {
    case Kind::Grid:
        return u"41a5ff21291b65282f582884e3b8afed"_s;
    case Kind::DevTools:
        return u"253D3B5EA7C942A1C2814CC19DF9B517"_s;
    case Kind::Local:
    case Kind::Service:
    case Kind::Anchor:
        break;
    }
    return u"session-1"_s;
}

ScriptedAnswer ofGateway(const RecordedRequest &request)
{
    const Session session = sampleSession(idAt(Kind::Service));
    if (request.method == "DELETE")
        return ScriptedAnswer::of(200, quoted("{'success':true}"));
    if (request.method == "GET" && request.target.endsWith("/sessions"))
        return ScriptedAnswer::of(200, encodeSessionList({session}));
    const QByteArray json = QJsonDocument(sessionToJson(session)).toJson(QJsonDocument::Compact);
    return ScriptedAnswer::of(200, "{\"success\":true,\"session\":" + json + '}');
}

ScriptedAnswer ofAnchor(const RecordedRequest &request)
{
    if (request.target.endsWith("/all/status"))
        return ScriptedAnswer::of(
            200, quoted("{'data':{'count':1,'items':[{'session_id':'session-1',"
                        "'status':'running','created_at':'2026-11-25T10:00:00Z'}]}}"));
    if (request.target.endsWith("/pages"))
        return ScriptedAnswer::of(200, "[]");
    if (request.method == "GET")
        return ScriptedAnswer::of(200,
                                  quoted("{'data':{'session_id':'session-1','status':'running'}}"));
    if (request.method == "POST")
        return ScriptedAnswer::of(200,
                                  quoted("{'data':{'id':'session-1',"
                                         "'cdp_url':'wss://connect.example?sessionId=session-1',"
                                         "'live_view_url':'https://live.example/'}}"));
    return ScriptedAnswer::of(200, quoted("{'data':{'status':'success'}}"));
}

ScriptedAnswer ofGrid(const RecordedRequest &request)
{
    if (request.method == "DELETE")
        return ScriptedAnswer::of(200, quoted("{'value':null}"));
    if (request.target == "/session")
        return ScriptedAnswer::of(200, capture(u"selenium/post_session_named_200.json"_s));
    if (request.target == "/graphql")
        return ScriptedAnswer::of(200, capture(u"selenium/graphql_all.json"_s));
    return ScriptedAnswer::of(200, capture(u"selenium/status_one_session.json"_s));
}

ScriptedAnswer ofDevTools(const RecordedRequest &request)
{
    if (request.target == "/json/version")
        return ScriptedAnswer::of(200, capture(u"chrome/json_version.json"_s));
    if (request.target == "/json/list")
        return ScriptedAnswer::of(200, capture(u"chrome/json_list.json"_s));
    if (request.target.startsWith("/json/new"))
        return ScriptedAnswer::of(200, capture(u"chrome/json_new.json"_s));
    return ScriptedAnswer::of(200, "Target is closing");
}

ScriptedServer::Script serviceOf(Kind kind)
{
    switch (kind) {
    case Kind::Anchor:
        return ofAnchor;
    case Kind::Grid:
        return ofGrid;
    case Kind::DevTools:
        return ofDevTools;
    case Kind::Local:
    case Kind::Service:
        break;
    }
    return ofGateway;
}

std::unique_ptr<SessionProvider> providerOf(Kind kind, QNetworkAccessManager &manager,
                                            const QUrl &url, const HttpBounds &bounds)
{
    Connection connection;
    connection.id = u"one"_s;
    connection.kind = kind;
    connection.baseUrl = url;
    const auto bounded = [&](auto provider) -> std::unique_ptr<SessionProvider> {
        provider->setBounds(bounds);
        return provider;
    };
    switch (kind) {
    case Kind::Anchor: {
        auto anchor = std::make_unique<AnchorProvider>(manager, connection);
        anchor->setKey(key);
        anchor->setLookPause(10ms);
        return bounded(std::move(anchor));
    }
    case Kind::Grid: {
        auto grid = std::make_unique<GridProvider>(manager, connection);
        grid->setCredentials(u"me"_s, key);
        return bounded(std::move(grid));
    }
    case Kind::DevTools:
        return bounded(std::make_unique<DevToolsProvider>(manager, connection));
    case Kind::Local:
    case Kind::Service:
        break;
    }
    return bounded(std::make_unique<GatewayProvider>(manager, connection));
}

// What a client may make of a list that goes wrong so.
QList<Fault::Kind> kindsOf(const ProxyFault &fault)
{
    switch (fault.group) {
    case Group::Late:
        return {};
    case Group::Endless:
        return {Fault::Kind::TimedOut};
    case Group::Cut:
        return {Fault::Kind::Unreachable, Fault::Kind::BadAnswer};
    case Group::Foreign:
    case Group::Elsewhere:
    case Group::TooMuch:
        return {Fault::Kind::BadAnswer};
    case Group::Status:
        break;
    }
    switch (fault.status) {
    case 401:
    case 403:
        return {Fault::Kind::Refused};
    case 404: // of a list: there is no such service here
        return {Fault::Kind::NotFound, Fault::Kind::BadAnswer};
    case 409:
        return {Fault::Kind::BadRequest};
    case 429:
        return {Fault::Kind::TooMany};
    default:
        return {Fault::Kind::ServiceError};
    }
}

const QList<Group> everyGroup{Group::Late,      Group::Endless, Group::Cut,   Group::Foreign,
                              Group::Elsewhere, Group::TooMuch, Group::Status};

QString textOf(const Fault &fault)
{
    return QStringList{fault.what, fault.detail}.join(u' ');
}

} // namespace

// Every kind of service behind a network that is bad in every way it can be: whatever happens, the
// question ends, says why without a secret, and changes nothing that it was not asked to.
class TestProviderFaults : public QObject
{
    Q_OBJECT

private slots:
    void rightWithoutAFault_data();
    void rightWithoutAFault();
    void everyFaultEndsInWords_data() { addFaults(everyGroup); }
    void everyFaultEndsInWords();
    void theLastGoodListIsBackAfterwards_data()
    {
        addFaults({Group::Late, Group::Foreign, Group::Elsewhere});
    }
    void theLastGoodListIsBackAfterwards();
    void theKeyGoesNowhereElse_data();
    void theKeyGoesNowhereElse();
    void aTerminationNeverNamesAnother_data() { addFaults({Group::Endless, Group::Cut}); }
    void aTerminationNeverNamesAnother();

private:
    static void addKinds();
    static void addFaults(const QList<Group> &groups);
};

void TestProviderFaults::addKinds()
{
    QTest::addColumn<Kind>("kind");
    QTest::newRow("sessions service") << Kind::Service;
    QTest::newRow("Anchor") << Kind::Anchor;
    QTest::newRow("Grid") << Kind::Grid;
    QTest::newRow("DevTools") << Kind::DevTools;
}

void TestProviderFaults::rightWithoutAFault_data()
{
    addKinds();
}

// Or the faults would show nothing.
void TestProviderFaults::rightWithoutAFault()
{
    QFETCH(Kind, kind);
    ScriptedServer service;
    service.setScript(serviceOf(kind));
    FaultProxy proxy(service.url());
    QNetworkAccessManager manager;
    const auto provider = providerOf(kind, manager, proxy.url(), {10min});
    const ListOutcome list = finished(provider->list());
    QVERIFY2(!list.fault, qPrintable(list.fault ? textOf(*list.fault) : QString()));
    QCOMPARE(list.sessions.size(), 1);
    QCOMPARE(list.sessions.constFirst().id, idAt(kind));
    QVERIFY(!finished(provider->get(idAt(kind))).fault);
    QVERIFY(!finished(provider->create({})).fault);
    QVERIFY(!finished(provider->terminate(idAt(kind))));
}

void TestProviderFaults::addFaults(const QList<Group> &groups)
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<int>("fault");
    const std::pair<const char *, Kind> kinds[] = {{"sessions service", Kind::Service},
                                                   {"Anchor", Kind::Anchor},
                                                   {"Grid", Kind::Grid},
                                                   {"DevTools", Kind::DevTools}};
    for (const auto &[name, kind] : kinds) {
        for (int i = 0; i < proxyFaults().size(); ++i) {
            if (!groups.contains(proxyFaults()[i].group))
                continue;
            QTest::addRow("%s: %s", name, proxyFaults()[i].name.constData()) << kind << i;
        }
    }
}

// Fault matrix: W3, W4, W5, W6, W7, W8, W9, W10, W13, W17, W19
void TestProviderFaults::everyFaultEndsInWords()
{
    QFETCH(Kind, kind);
    QFETCH(int, fault);
    const ProxyFault &spoiled = proxyFaults()[fault];
    ScriptedServer service;
    service.setScript(serviceOf(kind));
    FaultProxy proxy(service.url());
    proxy.setFault(spoiled);
    QNetworkAccessManager manager;
    // Only where it is what ends the question.
    const auto deadline = spoiled.group == Group::Endless ? 40ms : 10min;
    const auto provider = providerOf(kind, manager, proxy.url(), {deadline, mostBytes});

    const ListOutcome list = finished(provider->list());
    const SessionOutcome get = finished(provider->get(idAt(kind)));
    const SessionOutcome create = finished(provider->create({}));
    const std::optional<Fault> terminate = finished(provider->terminate(idAt(kind)));
    if (spoiled.group == Group::Late) {
        QVERIFY(!list.fault && !get.fault && !create.fault && !terminate);
        return;
    }
    QVERIFY(list.fault && get.fault && create.fault);
    QVERIFY2(kindsOf(spoiled).contains(list.fault->kind), qPrintable(textOf(*list.fault)));
    // A status of success ends nothing by itself: the session is looked for by its id.
    QVERIFY(terminate || spoiled.group == Group::Foreign || spoiled.group == Group::Cut);
    for (const Fault &one :
         {*list.fault, *get.fault, *create.fault, terminate.value_or(*list.fault)}) {
        QVERIFY(!one.what.isEmpty());
        QVERIFY2(!textOf(one).contains(key), qPrintable(textOf(one)));
    }
}

// Fault matrix: W1, W5
void TestProviderFaults::theLastGoodListIsBackAfterwards()
{
    QFETCH(Kind, kind);
    QFETCH(int, fault);
    const ProxyFault &spoiled = proxyFaults()[fault];
    ScriptedServer service;
    service.setScript(serviceOf(kind));
    FaultProxy proxy(service.url());
    QNetworkAccessManager manager;
    const auto deadline = spoiled.group == Group::Endless ? 200ms : 10min;
    const auto provider = providerOf(kind, manager, proxy.url(), {deadline, mostBytes});
    // On a slow machine a short deadline may pass without a fault.
    const auto isGood = [&] {
        const ListOutcome good = finished(provider->list());
        return !good.fault && (good.unchanged || good.sessions.size() == 1);
    };
    QTRY_VERIFY(isGood());
    proxy.setFault(spoiled);
    const ListOutcome bad = finished(provider->list());
    QVERIFY(bad.fault || spoiled.group == Group::Late);
    QVERIFY(!bad.fault || bad.sessions.isEmpty());
    proxy.clearFault();
    QTRY_VERIFY(isGood());
}

void TestProviderFaults::theKeyGoesNowhereElse_data()
{
    addKinds();
}

// Fault matrix: W17
void TestProviderFaults::theKeyGoesNowhereElse()
{
    QFETCH(Kind, kind);
    ScriptedServer elsewhere;
    elsewhere.setScript(serviceOf(kind));
    ScriptedServer service;
    QNetworkAccessManager manager;
    const auto provider = providerOf(kind, manager, service.url(), {10min});
    for (const int status : {301, 302, 303, 307, 308}) {
        service.setDefault(
            ScriptedAnswer::redirect(status, elsewhere.url().toEncoded() + "/anything"));
        QVERIFY(finished(provider->list()).fault);
        QVERIFY(finished(provider->get(idAt(kind))).fault);
        QVERIFY(finished(provider->create({})).fault);
        QVERIFY(finished(provider->terminate(idAt(kind))));
    }
    QCOMPARE(elsewhere.requests().size(), 0);
}

// Fault matrix: W19, W20
void TestProviderFaults::aTerminationNeverNamesAnother()
{
    QFETCH(Kind, kind);
    QFETCH(int, fault);
    const ProxyFault &spoiled = proxyFaults()[fault];
    ScriptedServer service;
    service.setScript(serviceOf(kind));
    FaultProxy proxy(service.url());
    proxy.setFault(spoiled);
    QNetworkAccessManager manager;
    const auto deadline = spoiled.group == Group::Endless ? 40ms : 10min;
    const auto provider = providerOf(kind, manager, proxy.url(), {deadline, mostBytes});
    (void)finished(provider->terminate(idAt(kind)));
    int ends = 0;
    for (const RecordedRequest &request : proxy.requests()) {
        const bool isEnd = request.method == "DELETE" || request.target.contains("/json/close");
        QVERIFY(isEnd || request.method == "GET");
        QVERIFY2(!isEnd || request.target.endsWith('/' + idAt(kind).toLatin1()),
                 request.target.constData());
        ends += isEnd ? 1 : 0;
    }
    // Up to three times more by QNetworkAccessManager itself (Qt 6.4.2), of the same session.
    QVERIFY2(ends <= 4, qPrintable(QString::number(ends)));
    QVERIFY(ends >= 1 || spoiled.group == Group::Endless);
}

QTEST_GUILESS_MAIN(TestProviderFaults)
#include "tst_providerfaults.moc"
