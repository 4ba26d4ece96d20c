#include "network/http/httpserver.h"
#include "network/service/sessionsapi.h"
#include "tests/fakes/samplesession.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QTest>

#include <memory>
#include <optional>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Answers everything with the one session, or with the fault. Holds back what it is told
// to.
class OneAnswerProvider : public SessionProvider
{
public:
    using SessionProvider::SessionProvider;

    std::optional<Fault> fault;
    QList<SessionRequest> requests;
    QStringList terminated;
    QStringList closed;
    QPointer<TerminateReply> heldEnd;
    QList<SessionReply *> heldCreations;
    bool holdsEnds = false;
    bool holdsCreations = false;
    bool tellsOfNoChange = false;
    QString listedId = u"one"_s;
    QString refusal; // of everything

    QString createRefusal() const override { return {}; }
    QString terminateRefusal() const override { return refusal; }
    QString profileRefusal() const override { return refusal; }
    QString timeoutRefusal() const override { return refusal; }

    ListReply *list() override
    {
        auto *reply = new ListReply(this);
        reply->unchanged = tellsOfNoChange;
        if (!tellsOfNoChange)
            reply->sessions = {sampleSession(listedId)};
        return answered(reply);
    }
    SessionReply *get(const QString &id) override
    {
        auto *reply = new SessionReply(this);
        reply->session = sampleSession(id);
        return answered(reply);
    }
    SessionReply *create(const SessionRequest &request) override
    {
        requests.append(request);
        auto *reply = new SessionReply(this);
        reply->session = sampleSession(u"new-%1"_s.arg(requests.size()));
        if (holdsCreations) {
            heldCreations.append(reply);
            return reply;
        }
        return answered(reply);
    }
    CloseTabReply *closeTab(const QString &id, int tab) override
    {
        closed.append(u"%1 %2"_s.arg(id).arg(tab));
        return answered(new CloseTabReply(this));
    }
    TerminateReply *terminate(const QString &id) override
    {
        terminated.append(id);
        auto *reply = new TerminateReply(this);
        if (holdsEnds) {
            heldEnd = reply;
            return reply;
        }
        return answered(reply);
    }

private:
    template<class Reply>
    Reply *answered(Reply *reply)
    {
        if (fault)
            reply->fail(*fault);
        else
            reply->succeed();
        return reply;
    }
};

struct Answer
{
    int status = 0;
    QJsonObject json;
    QByteArray retryAfter;
    QByteArray tag;
};

} // namespace

class TestSessionsApi : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void listsSessions();
    void listsThemAgainWhenNothingHasChanged();
    void sendsNoListThatTheClientHas();
    void describesOneSession();
    void createsASession();
    void terminatesASession();
    void closesATab();
    void startsOneSessionForOneKey();
    void completesTheRequest();
    void mapsFaults_data();
    void mapsFaults();
    void saysHowLongToWait();
    void saysWhatWasKept();
    void saysWhatTheServiceBehindSaid_data();
    void saysWhatTheServiceBehindSaid();
    void saysWhatAProviderCannotDo();
    void namesTheFieldAProviderRefuses();
    void namesEveryFieldThatIsWrong();
    void neverPassesOnAWordForAll_data();
    void neverPassesOnAWordForAll();
    void outlivesAClientThatLeft();

private:
    Answer ask(const QByteArray &method, const QString &path = {}, const QByteArray &body = {});
    QNetworkReply *send(const QByteArray &method, const QString &path, const QByteArray &body);

    QByteArray m_knownTags; // sent as If-None-Match

    QNetworkAccessManager m_network;
    std::unique_ptr<OneAnswerProvider> m_provider;
    std::unique_ptr<SessionsApi> m_api;
    std::unique_ptr<HttpServer> m_server;
};

void TestSessionsApi::init()
{
    m_network.setProxy(QNetworkProxy::NoProxy);
    m_knownTags.clear();
    m_provider = std::make_unique<OneAnswerProvider>();
    m_api = std::make_unique<SessionsApi>(*m_provider);
    m_server = std::make_unique<HttpServer>();
    m_api->addRoutes(*m_server);
    QVERIFY(m_server->listen(QHostAddress::LocalHost, 0));
}

void TestSessionsApi::cleanup()
{
    m_server.reset();
    m_api.reset();
    m_provider.reset();
}

QNetworkReply *TestSessionsApi::send(const QByteArray &method, const QString &path,
                                     const QByteArray &body)
{
    QNetworkRequest request(
        QUrl(u"http://127.0.0.1:%1/api/browser-automation/sessions%2"_s.arg(m_server->serverPort())
                 .arg(path)));
    if (!body.isEmpty())
        request.setRawHeader("Content-Type", "application/json");
    if (!m_knownTags.isEmpty())
        request.setRawHeader("If-None-Match", m_knownTags);
    return m_network.sendCustomRequest(request, method, body);
}

Answer TestSessionsApi::ask(const QByteArray &method, const QString &path, const QByteArray &body)
{
    QNetworkReply *reply = send(method, path, body);
    if (!QTest::qWaitFor([reply] { return reply->isFinished(); }))
        return {};
    reply->deleteLater();
    return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
            QJsonDocument::fromJson(reply->readAll()).object(), reply->rawHeader("Retry-After"),
            reply->rawHeader("ETag")};
}

void TestSessionsApi::listsSessions()
{
    const Answer answer = ask("GET");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json.value("count"_L1).toInt(), 1);
    QCOMPARE(answer.json.value("sessions"_L1).toArray().at(0)["id"_L1].toString(), u"one"_s);
}

void TestSessionsApi::listsThemAgainWhenNothingHasChanged()
{
    const Answer before = ask("GET");
    m_provider->tellsOfNoChange = true;
    const Answer after = ask("GET");
    QCOMPARE(after.status, 200);
    QCOMPARE(after.json, before.json);
    QCOMPARE(after.json.value("sessions"_L1).toArray().size(), 1);
}

void TestSessionsApi::sendsNoListThatTheClientHas()
{
    const Answer first = ask("GET");
    QVERIFY(first.tag.startsWith('"') && first.tag.endsWith('"'));
    for (const QByteArray &known : {first.tag, "W/" + first.tag, "\"other\", " + first.tag}) {
        m_knownTags = known;
        const Answer again = ask("GET");
        QCOMPARE(again.status, 304);
        QCOMPARE(again.json, QJsonObject());
        QCOMPARE(again.tag, first.tag);
    }
    m_knownTags = "\"other\"";
    QCOMPARE(ask("GET").status, 200);
    m_knownTags = first.tag;
    m_provider->listedId = u"two"_s; // another list
    const Answer other = ask("GET");
    QCOMPARE(other.status, 200);
    QVERIFY(other.tag != first.tag);
}

void TestSessionsApi::describesOneSession()
{
    const Answer answer = ask("GET", u"/abc"_s);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json.value("session"_L1)["id"_L1].toString(), u"abc"_s);
    QCOMPARE(answer.json.value("session"_L1)["status"_L1].toString(), u"running"_s);
}

void TestSessionsApi::createsASession()
{
    const Answer answer = ask("POST", {}, "{}");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json.value("success"_L1).toBool(), true);
    QCOMPARE(answer.json.value("session"_L1)["id"_L1].toString(), u"new-1"_s);
}

void TestSessionsApi::startsOneSessionForOneKey()
{
    m_provider->holdsCreations = true;
    const auto post = [this](const QByteArray &key) {
        QNetworkRequest request(QUrl(
            u"http://127.0.0.1:%1/api/browser-automation/sessions"_s.arg(m_server->serverPort())));
        request.setRawHeader("Content-Type", "application/json");
        request.setRawHeader("Idempotency-Key", key);
        return m_network.post(request, QByteArray("{}"));
    };
    QNetworkReply *first = post("one");
    QNetworkReply *again = post("one");
    QNetworkReply *other = post("two");
    QTRY_COMPARE(m_provider->requests.size(), 2);
    for (SessionReply *creation : std::as_const(m_provider->heldCreations))
        creation->succeed();
    for (QNetworkReply *reply : {first, again, other})
        QTRY_VERIFY(reply->isFinished());
    const QByteArray answer = first->readAll();
    QVERIFY2(answer.contains("new-"), answer.constData());
    QCOMPARE(again->readAll(), answer);
    QVERIFY(other->readAll() != answer);
    QNetworkReply *late = post("one");
    QTRY_VERIFY(late->isFinished());
    QCOMPARE(late->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 200);
    QCOMPARE(late->readAll(), answer);
    QCOMPARE(m_provider->requests.size(), 2);
    for (QNetworkReply *reply : {first, again, other, late})
        reply->deleteLater();
}

void TestSessionsApi::terminatesASession()
{
    const Answer answer = ask("DELETE", u"/abc"_s);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json,
             (QJsonObject{{"success"_L1, true}, {"message"_L1, u"Session terminated"_s}}));
    QCOMPARE(m_provider->terminated, QStringList{u"abc"_s});
}

void TestSessionsApi::closesATab()
{
    const Answer answer = ask("DELETE", u"/abc/tabs/3"_s);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json, (QJsonObject{{"success"_L1, true}, {"message"_L1, u"Tab closed"_s}}));
    QCOMPARE(m_provider->closed, QStringList{u"abc 3"_s});
    QVERIFY(m_provider->terminated.isEmpty());
}

void TestSessionsApi::completesTheRequest()
{
    QCOMPARE(ask("POST", {}, R"({"initialUrl":"example.com","profileName":"p",
                                 "createNewProfile":true,"unknown":1,
                                 "config":{"timeout":{"maxDuration":60,"idleTimeout":1}}})")
                 .status,
             200);
    const SessionRequest request = m_provider->requests.value(0);
    QCOMPARE(request.initialUrl, u"https://example.com"_s);
    QCOMPARE(request.profileName, u"p"_s);
    QVERIFY(request.persists());
    QCOMPARE(request.maxDurationMinutes, 60);
    QCOMPARE(request.idleTimeoutMinutes, 1);
}

void TestSessionsApi::mapsFaults_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<Fault::Kind>("kind");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("error");
    const QByteArray get("GET");
    const QByteArray post("POST");
    const QByteArray remove("DELETE");
    QTest::newRow("list, failing")
        << get << QString() << Fault::Kind::ServiceError << 500 << u"Failed to list sessions"_s;
    QTest::newRow("list, upstream hangs")
        << get << QString() << Fault::Kind::TimedOut << 500 << u"Failed to list sessions"_s;
    QTest::newRow("get, unknown") << get << u"/a"_s << Fault::Kind::NotFound << 404
                                  << u"Session not found"_s;
    QTest::newRow("get, failing") << get << u"/a"_s << Fault::Kind::Unreachable << 500
                                  << u"Failed to get session"_s;
    QTest::newRow("terminate, unknown")
        << remove << u"/a"_s << Fault::Kind::NotFound << 404 << u"Session not found"_s;
    QTest::newRow("terminate, failing") << remove << u"/a"_s << Fault::Kind::ServiceError << 500
                                        << u"Failed to terminate session"_s;
    QTest::newRow("close a tab, unknown")
        << remove << u"/a/tabs/1"_s << Fault::Kind::NotFound << 404 << u"no luck"_s;
    QTest::newRow("close the last tab")
        << remove << u"/a/tabs/1"_s << Fault::Kind::BadRequest << 409 << u"no luck"_s;
    QTest::newRow("close a tab, failing")
        << remove << u"/a/tabs/1"_s << Fault::Kind::ServiceError << 500 << u"Failed to close tab"_s;
    QTest::newRow("close a tab where there are none")
        << remove << u"/a/tabs/1"_s << Fault::Kind::Refused << 400 << u"no luck"_s;
    QTest::newRow("create, not as asked")
        << post << QString() << Fault::Kind::BadRequest << 400 << u"no luck"_s;
    QTest::newRow("create, failing") << post << QString() << Fault::Kind::ServiceError << 500
                                     << u"Failed to create session: no luck"_s;
    QTest::newRow("create, too many")
        << post << QString() << Fault::Kind::TooMany << 429 << u"no luck"_s;
}

// Fault matrix: D21
void TestSessionsApi::mapsFaults()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    QFETCH(Fault::Kind, kind);
    QFETCH(int, status);
    QFETCH(QString, error);
    m_provider->fault = Fault{kind, u"no luck"_s, {}, {}};
    const Answer answer = ask(method, path, method == "POST" ? "{}" : QByteArray());
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.json.value("error"_L1).toString(), error);
}

void TestSessionsApi::saysHowLongToWait()
{
    m_provider->fault = Fault{Fault::Kind::TooMany, u"full"_s, {}, 1500ms};
    QCOMPARE(ask("POST", {}, "{}").retryAfter, QByteArray("2"));
}

void TestSessionsApi::saysWhatWasKept()
{
    m_provider->fault = Fault{Fault::Kind::ServiceError, u"no luck"_s, u"kept in /k"_s, {}};
    QCOMPARE(ask("DELETE", u"/a"_s).json.value("message"_L1).toString(), u"kept in /k"_s);
}

void TestSessionsApi::saysWhatTheServiceBehindSaid_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::newRow("list") << QByteArray("GET") << QString();
    QTest::newRow("get") << QByteArray("GET") << u"/a"_s;
    QTest::newRow("create") << QByteArray("POST") << QString();
    QTest::newRow("terminate") << QByteArray("DELETE") << u"/a"_s;
}

void TestSessionsApi::saysWhatTheServiceBehindSaid()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    m_provider->fault = Fault{Fault::Kind::BadAnswer, u"no luck"_s, u"a proxy's page"_s, {}};
    const Answer answer = ask(method, path, method == "POST" ? "{}" : QByteArray());
    QCOMPARE(answer.status, 500);
    QCOMPARE(answer.json.value("message"_L1).toString(), u"a proxy's page"_s);
}

void TestSessionsApi::saysWhatAProviderCannotDo()
{
    m_provider->refusal = u"It cannot."_s;
    const Answer creation = ask("POST", {}, R"({"profileName":"p","persist":true,
                                     "config":{"timeout":{"maxDuration":1,"idleTimeout":1}}})");
    QCOMPARE(creation.status, 400);
    const QJsonObject details = creation.json.value("details"_L1).toObject();
    QCOMPARE(details.keys(), (QStringList{u"config.timeout.idleTimeout"_s,
                                          u"config.timeout.maxDuration"_s, u"profileName"_s}));
    QCOMPARE(details.value("profileName"_L1).toString(), u"It cannot."_s);
    QVERIFY(m_provider->requests.isEmpty());

    const Answer end = ask("DELETE", u"/a"_s);
    QCOMPARE(end.status, 400);
    QCOMPARE(end.json.value("error"_L1).toString(), u"It cannot."_s);
    QVERIFY(m_provider->terminated.isEmpty());
}

void TestSessionsApi::namesTheFieldAProviderRefuses()
{
    m_provider->fault = Fault{Fault::Kind::BadRequest, u"taken"_s, u"profileName"_s, {}};
    const Answer answer = ask("POST", {}, "{}");
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.json.value("details"_L1).toObject(),
             (QJsonObject{{"profileName"_L1, u"taken"_s}}));
}

void TestSessionsApi::namesEveryFieldThatIsWrong()
{
    const Answer answer =
        ask("POST", {}, R"({"initialUrl":"file:///x","config":{"timeout":{"maxDuration":0}}})");
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.json.value("details"_L1).toObject().keys(),
             (QStringList{u"config.timeout.maxDuration"_s, u"initialUrl"_s}));
    QVERIFY(m_provider->requests.isEmpty());
}

void TestSessionsApi::neverPassesOnAWordForAll_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("all") << u"/all"_s;
    QTest::newRow("ALL") << u"/ALL"_s;
    QTest::newRow("release") << u"/release"_s;
    QTest::newRow("encoded slash") << u"/a%2Fb"_s;
    QTest::newRow("parent") << u"/%2e%2e"_s;
    QTest::newRow("none") << u"/"_s;
}

// Fault matrix: D6
void TestSessionsApi::neverPassesOnAWordForAll()
{
    QFETCH(QString, path);
    const int status = ask("DELETE", path).status;
    QVERIFY2(status == 404 || status == 405, qPrintable(QString::number(status)));
    QVERIFY(m_provider->terminated.isEmpty());
}

void TestSessionsApi::outlivesAClientThatLeft()
{
    m_provider->holdsEnds = true;
    QNetworkReply *left = send("DELETE", u"/abc"_s, {});
    QTRY_VERIFY(m_provider->heldEnd);
    left->abort();
    left->deleteLater();
    QCOMPARE(ask("GET").status, 200);
    m_provider->heldEnd->succeed();
    QTRY_VERIFY(!m_provider->heldEnd);
    QCOMPARE(ask("GET").status, 200);
}

QTEST_GUILESS_MAIN(TestSessionsApi)
#include "tst_sessionsapi.moc"
