#include "network/service/anchorapi.h"
#include "network/service/datafolder.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

struct Answer
{
    int status = 0;
    QJsonObject json;

    [[nodiscard]] QJsonValue error() const { return json.value("error"_L1); }
};

} // namespace

// The routes of the Anchor API on a service without a browser: who is let in, and what is answered
// when there is nothing. tests/integration has the rest.
class TestAnchorApi : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanup();

    void asksForTheKey_data();
    void asksForTheKey();
    void letsInWhoHasTheKey_data();
    void letsInWhoHasTheKey();
    void takesAnyKeyWhenThereIsNone();
    void answersWhenThereIsNothing_data();
    void answersWhenThereIsNothing();
    void refusesAConnection_data();
    void refusesAConnection();
    void saysWhyNoSessionStarts();
    void listsSavedProfiles();
    void keepsTheRulesOfTheGate_data();
    void keepsTheRulesOfTheGate();

private:
    void start(const QByteArray &key = {});
    Answer ask(const QByteArray &method, const QString &path, const QByteArray &body = {},
               const HttpHeaders &headers = {});

    QNetworkAccessManager m_network;
    std::unique_ptr<QTemporaryDir> m_root;
    std::unique_ptr<DataFolder> m_folder;
    std::unique_ptr<LocalBrowserProvider> m_provider;
    std::unique_ptr<AnchorApi> m_api;
    std::unique_ptr<HttpServer> m_server;
};

void TestAnchorApi::initTestCase()
{
    m_network.setProxy(QNetworkProxy::NoProxy);
}

void TestAnchorApi::cleanup()
{
    m_server.reset();
    m_api.reset();
    m_provider.reset();
    m_folder.reset();
    m_root.reset();
}

void TestAnchorApi::start(const QByteArray &key)
{
    m_root = std::make_unique<QTemporaryDir>();
    m_folder = std::make_unique<DataFolder>();
    QCOMPARE(m_folder->open(m_root->filePath(u"data"_s)), QString());
    LocalBrowserOptions options;
    options.browser = m_root->filePath(u"no-browser"_s);
    m_provider = std::make_unique<LocalBrowserProvider>(options, *m_folder);
    m_api = std::make_unique<AnchorApi>(*m_provider, key);
    m_server = std::make_unique<HttpServer>();
    m_api->addRoutes(*m_server);
    QVERIFY(m_server->listen(QHostAddress::LocalHost, 0));
}

Answer TestAnchorApi::ask(const QByteArray &method, const QString &path, const QByteArray &body,
                          const HttpHeaders &headers)
{
    QNetworkRequest request(QUrl(u"http://127.0.0.1:%1%2"_s.arg(m_server->serverPort()).arg(path)));
    if (!body.isEmpty())
        request.setRawHeader("Content-Type", "application/json");
    for (const auto &[name, value] : headers)
        request.setRawHeader(name, value);
    QNetworkReply *reply = m_network.sendCustomRequest(request, method, body);
    if (!QTest::qWaitFor([reply] { return reply->isFinished(); }))
        return {};
    reply->deleteLater();
    return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
            QJsonDocument::fromJson(reply->readAll()).object()};
}

void TestAnchorApi::asksForTheKey_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    const QByteArray get("GET");
    const QByteArray post("POST");
    const QByteArray remove("DELETE");
    QTest::newRow("create") << post << u"/v1/sessions"_s << QByteArray("{}");
    QTest::newRow("list") << get << u"/v1/sessions/all/status"_s << QByteArray();
    QTest::newRow("end all") << remove << u"/v1/sessions/all"_s << QByteArray();
    QTest::newRow("get") << get << u"/v1/sessions/x"_s << QByteArray();
    QTest::newRow("end") << remove << u"/v1/sessions/x"_s << QByteArray();
    QTest::newRow("pages") << get << u"/v1/sessions/x/pages"_s << QByteArray();
    QTest::newRow("picture") << get << u"/v1/sessions/x/screenshot"_s << QByteArray();
    QTest::newRow("goto") << post << u"/v1/sessions/x/goto"_s
                          << QByteArray(R"({"url":"http://a"})");
    QTest::newRow("profiles") << get << u"/v1/profiles"_s << QByteArray();
}

void TestAnchorApi::asksForTheKey()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    start("sk-right");
    for (const HttpHeaders &headers : {HttpHeaders{}, HttpHeaders{{"anchor-api-key", "sk-wrong"}},
                                       HttpHeaders{{"anchor-api-key", "sk-right-and-more"}},
                                       HttpHeaders{{"Authorization", "Bearer sk-right"}}}) {
        const Answer answer = ask(method, path, body, headers);
        QCOMPARE(answer.status, 401);
        QCOMPARE(answer.error()["code"_L1].toInt(), 401);
        QVERIFY(!answer.error()["message"_L1].toString().isEmpty());
    }
    QVERIFY(ask(method, path, body, {{"anchor-api-key", "sk-right"}}).status != 401);
}

void TestAnchorApi::letsInWhoHasTheKey_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("status");
    QTest::newRow("no key") << u"/?sessionId=x"_s << 404; // an id is enough
    QTest::newRow("wrong key") << u"/?apiKey=sk-wrong&sessionId=x"_s << 401;
    // Let in, and then there is no such session.
    QTest::newRow("right key") << u"/?apiKey=sk%2Dright&sessionId=x"_s << 404;
}

void TestAnchorApi::letsInWhoHasTheKey()
{
    QFETCH(QString, path);
    QFETCH(int, status);
    start("sk-right");
    const HttpHeaders upgrade{{"Connection", "Upgrade"}, {"Upgrade", "websocket"}};
    QCOMPARE(ask("GET", path, {}, upgrade).status, status);
}

void TestAnchorApi::takesAnyKeyWhenThereIsNone()
{
    start();
    QCOMPARE(ask("GET", u"/v1/sessions/all/status"_s).status, 200);
    QCOMPARE(ask("GET", u"/v1/sessions/all/status"_s, {}, {{"anchor-api-key", "x"}}).status, 200);
}

void TestAnchorApi::answersWhenThereIsNothing_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("answer");
    const QByteArray get("GET");
    const QByteArray remove("DELETE");
    const QByteArray none;
    const QByteArray unknown = R"({"error":{"code":404,"message":"Session not found"}})";
    QTest::newRow("list") << get << u"/v1/sessions/all/status"_s << none << 200
                          << QByteArray(R"({"data":{"count":0,"items":[]}})");
    QTest::newRow("end all") << remove << u"/v1/sessions/all"_s << none << 200
                             << QByteArray(R"({"data":{"status":"success"}})");
    QTest::newRow("get") << get << u"/v1/sessions/x"_s << none << 404 << unknown;
    QTest::newRow("end") << remove << u"/v1/sessions/x"_s << none << 404 << unknown;
    QTest::newRow("end another word for all")
        << remove << u"/v1/sessions/ALL"_s << none << 404 << unknown;
    QTest::newRow("pages") << get << u"/v1/sessions/x/pages"_s << none << 404 << unknown;
    QTest::newRow("picture") << get << u"/v1/sessions/x/screenshot"_s << none << 404 << unknown;
    QTest::newRow("goto") << QByteArray("POST") << u"/v1/sessions/x/goto"_s
                          << QByteArray(R"({"url":"http://a"})") << 404 << unknown;
    QTest::newRow("profiles") << get << u"/v1/profiles"_s << none << 200
                              << QByteArray(R"({"data":{"count":0,"items":[]}})");
}

void TestAnchorApi::answersWhenThereIsNothing()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QByteArray, answer);
    start();
    const Answer got = ask(method, path, body);
    QCOMPARE(got.status, status);
    QCOMPARE(got.json, QJsonDocument::fromJson(answer).object());
}

void TestAnchorApi::refusesAConnection_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("status");
    QTest::newRow("unknown session") << u"/?sessionId=x"_s << 404;
    QTest::newRow("with a key") << u"/?apiKey=any&sessionId=x"_s << 404;
    QTest::newRow("no session") << u"/?apiKey=any"_s << 400;
    QTest::newRow("nothing") << u"/"_s << 400;
    QTest::newRow("another place") << u"/devtools?sessionId=x"_s << 404;
}

void TestAnchorApi::refusesAConnection()
{
    QFETCH(QString, path);
    QFETCH(int, status);
    start();
    const HttpHeaders upgrade{{"Connection", "Upgrade"}, {"Upgrade", "websocket"}};
    QCOMPARE(ask("GET", path, {}, upgrade).status, status);
}

void TestAnchorApi::saysWhyNoSessionStarts()
{
    start();
    const Answer noBrowser = ask("POST", u"/v1/sessions"_s, "{}");
    QCOMPARE(noBrowser.status, 500);
    QVERIFY(noBrowser.error()["message"_L1].toString().contains("no-browser"_L1));
    const Answer badBody =
        ask("POST", u"/v1/sessions"_s, R"({"session":{"timeout":{"max_duration":0}}})");
    QCOMPARE(badBody.status, 400);
    QVERIFY(badBody.error()["message"_L1].toString().contains("max_duration"_L1));
    const Answer badPlace = ask("POST", u"/v1/sessions/x/goto"_s, R"({"url":"file:///x"})");
    QCOMPARE(badPlace.status, 400);
}

void TestAnchorApi::listsSavedProfiles()
{
    start();
    const QString copy = m_root->filePath(u"copy"_s);
    for (const QString &name : {u"work"_s, u"home"_s}) {
        QVERIFY(QDir().mkpath(copy + "/browser"_L1));
        QCOMPARE(m_provider->profiles().save(name, copy), QString());
    }
    const QJsonValue data = ask("GET", u"/v1/profiles"_s).json.value("data"_L1);
    QCOMPARE(data["count"_L1].toInt(), 2);
    QCOMPARE(data["items"_L1].toArray().at(0)["name"_L1].toString(), u"home"_s);
    const QJsonValue work = data["items"_L1].toArray().at(1);
    QCOMPARE(work["name"_L1].toString(), u"work"_s);
    const auto savedAt = QDateTime::fromString(work["created_at"_L1].toString(), Qt::ISODateWithMs);
    QVERIFY(qAbs(savedAt.secsTo(QDateTime::currentDateTimeUtc())) < 60);
}

void TestAnchorApi::keepsTheRulesOfTheGate_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("status");
    const QByteArray get("GET");
    const QString list = u"/v1/sessions/all/status"_s;
    QTest::newRow("another site asks")
        << get << list << QByteArray("Origin") << QByteArray("https://evil.example") << 403;
    QTest::newRow("another name") << get << list << QByteArray("Host") << QByteArray("evil.example")
                                  << 403;
    QTest::newRow("another site connects") << get << u"/?sessionId=x"_s << QByteArray("Origin")
                                           << QByteArray("https://evil.example") << 403;
    QTest::newRow("a form") << QByteArray("POST") << u"/v1/sessions"_s << QByteArray("Content-Type")
                            << QByteArray("text/plain") << 415;
    QTest::newRow("no such method")
        << QByteArray("PUT") << u"/v1/sessions/all"_s << QByteArray("Content-Type")
        << QByteArray("application/json") << 405;
    QTest::newRow("encoded id") << get << u"/v1/sessions/%61ll"_s << QByteArray("Accept")
                                << QByteArray("*/*") << 404;
}

void TestAnchorApi::keepsTheRulesOfTheGate()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, value);
    QFETCH(int, status);
    start();
    QCOMPARE(ask(method, path, {}, {{header, value}}).status, status);
}

QTEST_GUILESS_MAIN(TestAnchorApi)
#include "tst_anchorapi.moc"
