#include "network/liveclient.h"
#include "network/livecodec.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QWebSocketServer>
#include <QtEndian>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = LiveState::Kind;

namespace {

QByteArray pictureMessage(quint32 serial, const QByteArray &jpeg, quint8 flags = 0)
{
    QByteArray message(16, '\0');
    message[0] = 1;
    message[1] = char(flags);
    qToBigEndian<quint16>(3, message.data() + 2);
    qToBigEndian<quint32>(serial, message.data() + 4);
    qToBigEndian<quint16>(1280, message.data() + 8);
    qToBigEndian<quint16>(800, message.data() + 10);
    qToBigEndian<quint32>(40, message.data() + 12);
    return message + jpeg;
}

// A live view that says what a test has it say.
class Service
{
public:
    Service()
        : server(u"live"_s, QWebSocketServer::NonSecureMode)
    {
        server.listen(QHostAddress::LocalHost);
        QObject::connect(&server, &QWebSocketServer::newConnection, &server, [this] {
            socket = server.nextPendingConnection();
            QObject::connect(socket, &QWebSocket::textMessageReceived, &server,
                             [this](const QString &text) { heard.append(text); });
            paths.append(socket->requestUrl().path());
            origins.append(socket->origin());
        });
    }
    [[nodiscard]] QString link() const
    {
        return u"http://127.0.0.1:%1/live/s1/secretcapability"_s.arg(server.serverPort());
    }
    [[nodiscard]] QJsonObject last() const
    {
        return heard.isEmpty() ? QJsonObject()
                               : QJsonDocument::fromJson(heard.constLast().toUtf8()).object();
    }

    QWebSocketServer server;
    QWebSocket *socket = nullptr;
    QStringList heard;
    QStringList paths;
    QStringList origins;
};

// Answers every request over HTTP and closes.
class Refuser
{
public:
    explicit Refuser(const QByteArray &status)
    {
        server.listen(QHostAddress::LocalHost);
        QObject::connect(&server, &QTcpServer::newConnection, &server, [this, status] {
            ++asked;
            QTcpSocket *socket = server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket, status] {
                socket->write("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
                socket->disconnectFromHost();
            });
        });
    }
    [[nodiscard]] QString link() const
    {
        return u"http://127.0.0.1:%1/live/s1/secretcapability"_s.arg(server.serverPort());
    }

    QTcpServer server;
    int asked = 0;
};

constexpr LiveTimes quick{10s, 10ms, 40ms};

Kind lastState(const QSignalSpy &states)
{
    return states.isEmpty() ? Kind::Connecting
                            : states.constLast().constFirst().value<LiveState>().kind;
}

} // namespace

class tst_LiveClient : public QObject
{
    Q_OBJECT

private slots:
    void asksTheLinksPathWithoutOrigin();
    void readsWhatTheServiceSays_data();
    void readsWhatTheServiceSays();
    void dropsWhatMakesNoSense_data();
    void dropsWhatMakesNoSense();
    void readsPictures();
    void dropsDuplicatesAndLatePictures();
    void saysWhatTheProtocolSays_data();
    void saysWhatTheProtocolSays();
    void aWatcherSendsNothingThatActs();
    void silenceIsALoss();
    void aClosedSocketIsTriedAgain();
    void refusalIsFinal_data();
    void refusalIsFinal();
    void aFaultOfTheServiceIsTriedAgain();
    void noServiceIsALoss();
    void endedIsTheLastWord();
    void noTextHoldsTheCapability();
};

void tst_LiveClient::asksTheLinksPathWithoutOrigin()
{
    Service service;
    LiveClient client(service.link() + u"#tab=4"_s, LiveRole::Watch, nullptr, quick);
    client.setDemand({640, true, 2s});
    client.open();
    QTRY_COMPARE(service.heard.size(), 2);
    QCOMPARE(service.paths, QStringList{u"/live/s1/secretcapability"_s});
    QCOMPARE(service.origins, QStringList{QString()});
    QCOMPARE(QJsonDocument::fromJson(service.heard.at(0).toUtf8()).object(),
             encode(LiveDemand{640, true, 2s}));
    QCOMPARE(service.last(), (QJsonObject{{"t"_L1, "watch"_L1}, {"tab"_L1, 4}}));
}

void tst_LiveClient::readsWhatTheServiceSays_data()
{
    QTest::addColumn<QByteArray>("signal");
    QTest::addColumn<QString>("message");
    QTest::newRow("state") << QByteArray("stateChanged")
                           << u"{\"t\":\"state\",\"state\":\"quiet\",\"at\":5}"_s;
    QTest::newRow("tabs") << QByteArray("tabsChanged")
                          << u"{\"t\":\"tabs\",\"watching\":1,\"tabs\":[{\"tab\":1}]}"_s;
    QTest::newRow("page") << QByteArray("pageChanged") << u"{\"t\":\"page\",\"tab\":1}"_s;
    QTest::newRow("viewers") << QByteArray("viewersChanged")
                             << u"{\"t\":\"viewers\",\"watching\":2,\"inControl\":1}"_s;
    QTest::newRow("dialog") << QByteArray("dialogOpened")
                            << u"{\"t\":\"dialog\",\"id\":\"d\",\"kind\":\"prompt\"}"_s;
    QTest::newRow("dialog closed")
        << QByteArray("dialogClosed") << u"{\"t\":\"dialogClosed\",\"id\":\"d\",\"by\":\"you\"}"_s;
    QTest::newRow("select")
        << QByteArray("selectOpened")
        << u"{\"t\":\"select\",\"id\":\"s\",\"options\":[{\"text\":\"A\"}],\"chosen\":[0]}"_s;
    QTest::newRow("field") << QByteArray("fieldOpened")
                           << u"{\"t\":\"field\",\"id\":\"f\",\"kind\":\"color\"}"_s;
    QTest::newRow("chooser") << QByteArray("chooserOpened")
                             << u"{\"t\":\"chooser\",\"id\":\"c\",\"multiple\":true}"_s;
    QTest::newRow("download") << QByteArray("downloadChanged")
                              << u"{\"t\":\"download\",\"id\":\"l\",\"state\":\"completed\"}"_s;
    QTest::newRow("selection") << QByteArray("copied") << u"{\"t\":\"selection\",\"text\":\"x\"}"_s;
    QTest::newRow("refused") << QByteArray("refused") << u"{\"t\":\"refused\",\"reason\":\"no\"}"_s;
}

void tst_LiveClient::readsWhatTheServiceSays()
{
    QFETCH(QByteArray, signal);
    QFETCH(QString, message);
    Service service;
    LiveClient client(service.link(), LiveRole::Control, nullptr, quick);
    const QMetaObject &meta = LiveFeed::staticMetaObject;
    QMetaMethod method;
    for (int i = meta.methodOffset(); i < meta.methodCount(); ++i) {
        if (meta.method(i).name() == signal)
            method = meta.method(i);
    }
    QVERIFY(method.isValid());
    QSignalSpy spy(&client, method);
    client.open();
    QTRY_VERIFY(service.socket);
    service.socket->sendTextMessage(message);
    QTRY_COMPARE(spy.size(), 1);
    QCOMPARE(client.dropped(), 0);
}

void tst_LiveClient::dropsWhatMakesNoSense_data()
{
    QTest::addColumn<QString>("message");
    QTest::newRow("no JSON") << u"hello"_s;
    QTest::newRow("no kind") << u"{\"state\":\"live\"}"_s;
    QTest::newRow("an array") << u"[1,2]"_s;
    QTest::newRow("unknown state") << u"{\"t\":\"state\",\"state\":\"fine\"}"_s;
    QTest::newRow("tab zero") << u"{\"t\":\"tabs\",\"tabs\":[{\"tab\":0}]}"_s;
    QTest::newRow("tabs no list") << u"{\"t\":\"tabs\",\"tabs\":7}"_s;
    QTest::newRow("page number") << u"{\"t\":\"page\",\"tab\":1e99}"_s;
    QTest::newRow("viewers negative") << u"{\"t\":\"viewers\",\"watching\":-1,\"inControl\":0}"_s;
    QTest::newRow("dialog without id") << u"{\"t\":\"dialog\",\"kind\":\"alert\"}"_s;
    QTest::newRow("dialog of no kind") << u"{\"t\":\"dialog\",\"id\":\"d\",\"kind\":\"x\"}"_s;
    QTest::newRow("chosen of none")
        << u"{\"t\":\"select\",\"id\":\"s\",\"options\":[],\"chosen\":[3]}"_s;
    QTest::newRow("field of no kind") << u"{\"t\":\"field\",\"id\":\"f\",\"kind\":\"file\"}"_s;
    QTest::newRow("download state") << u"{\"t\":\"download\",\"id\":\"f\",\"state\":\"x\"}"_s;
    QTest::newRow("chooser without id") << u"{\"t\":\"chooser\"}"_s;
}

void tst_LiveClient::dropsWhatMakesNoSense()
{
    QFETCH(QString, message);
    Service service;
    LiveClient client(service.link(), LiveRole::Watch, nullptr, quick);
    QSignalSpy pages(&client, &LiveFeed::pageChanged);
    client.open();
    QTRY_VERIFY(service.socket);
    service.socket->sendTextMessage(message);
    service.socket->sendTextMessage(u"{\"t\":\"page\",\"tab\":1,\"title\":\"after\"}"_s);
    QTRY_COMPARE(pages.size(), 1);
    QCOMPARE(pages.constFirst().constFirst().value<LivePage>().title, u"after"_s);
    QCOMPARE(client.dropped(), 1);
}

void tst_LiveClient::readsPictures()
{
    Service service;
    LiveClient client(service.link(), LiveRole::Watch, nullptr, quick);
    QSignalSpy pictures(&client, &LiveFeed::pictureCame);
    client.open();
    QTRY_VERIFY(service.socket);
    service.socket->sendBinaryMessage("short");
    service.socket->sendBinaryMessage(pictureMessage(9, "jpeg", 3));
    QTRY_COMPARE(pictures.size(), 1);
    const LivePicture expected{"jpeg", 9, 3, {1280, 800}, true, true, 40ms};
    QCOMPARE(pictures.constFirst().constFirst().value<LivePicture>(), expected);
    QCOMPARE(client.dropped(), 1);
}

void tst_LiveClient::dropsDuplicatesAndLatePictures()
{
    Service service;
    LiveClient client(service.link(), LiveRole::Watch, nullptr, quick);
    QSignalSpy pictures(&client, &LiveFeed::pictureCame);
    client.open();
    QTRY_VERIFY(service.socket);
    for (const quint32 serial : {5U, 5U, 4U, 6U})
        service.socket->sendBinaryMessage(pictureMessage(serial, "jpeg"));
    QTRY_COMPARE(pictures.size(), 2);
    QCOMPARE(pictures.at(1).constFirst().value<LivePicture>().serial, 6U);
    QCOMPARE(client.dropped(), 2);
}

using Act = std::function<void(LiveFeed &)>;

void tst_LiveClient::saysWhatTheProtocolSays_data()
{
    QTest::addColumn<Act>("act");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const Act &act, const QString &message) {
        QTest::newRow(name) << act << message;
    };
    row(
        "ack", [](LiveFeed &f) { f.acknowledge(7); }, u"{\"t\":\"ack\",\"seq\":7}"_s);
    row(
        "watch", [](LiveFeed &f) { f.watchTab(2); }, u"{\"t\":\"watch\",\"tab\":2}"_s);
    row(
        "view",
        [](LiveFeed &f) {
            f.setDemand({512, true, 2s});
        },
        u"{\"t\":\"view\",\"w\":512,\"visible\":true,\"every\":2000}"_s);
    row(
        "take", [](LiveFeed &f) { f.takeControl(); }, u"{\"t\":\"control\",\"take\":true}"_s);
    row(
        "give", [](LiveFeed &f) { f.giveControlBack(); }, u"{\"t\":\"control\",\"take\":false}"_s);
    row(
        "text", [](LiveFeed &f) { f.sendText(u"日本語"_s); },
        u"{\"t\":\"text\",\"text\":\"日本語\"}"_s);
    row(
        "compose", [](LiveFeed &f) { f.sendComposition(u"に"_s, 1); },
        u"{\"t\":\"compose\",\"text\":\"に\",\"start\":1,\"end\":1}"_s);
    row(
        "copy", [](LiveFeed &f) { f.copy(); }, u"{\"t\":\"copy\",\"cut\":false}"_s);
    row(
        "cut", [](LiveFeed &f) { f.cut(); }, u"{\"t\":\"copy\",\"cut\":true}"_s);
    row(
        "reload", [](LiveFeed &f) { f.navigate(LiveNavigation::Reload); },
        u"{\"t\":\"nav\",\"op\":\"reload\"}"_s);
    row(
        "go", [](LiveFeed &f) { f.goTo(u"https://a.example/"_s); },
        u"{\"t\":\"nav\",\"op\":\"go\",\"url\":\"https://a.example/\"}"_s);
    row(
        "activate", [](LiveFeed &f) { f.activateTab(2); },
        u"{\"t\":\"tab\",\"op\":\"activate\",\"tab\":2}"_s);
    row(
        "close", [](LiveFeed &f) { f.closeTab(2); },
        u"{\"t\":\"tab\",\"op\":\"close\",\"tab\":2}"_s);
    row(
        "new", [](LiveFeed &f) { f.openTab(); }, u"{\"t\":\"tab\",\"op\":\"new\"}"_s);
    row(
        "dialog", [](LiveFeed &f) { f.answerDialog(u"d"_s, true, u"x"_s); },
        u"{\"t\":\"dialog\",\"id\":\"d\",\"accept\":true,\"text\":\"x\"}"_s);
    row(
        "select",
        [](LiveFeed &f) {
            f.answerSelect(u"s"_s, QList<int>{1, 2});
        },
        u"{\"t\":\"select\",\"id\":\"s\",\"chosen\":[1,2]}"_s);
    row(
        "select dismissed", [](LiveFeed &f) { f.answerSelect(u"s"_s, {}); },
        u"{\"t\":\"select\",\"id\":\"s\"}"_s);
    row(
        "field", [](LiveFeed &f) { f.answerField(u"f"_s, u"#ff0000"_s); },
        u"{\"t\":\"field\",\"id\":\"f\",\"value\":\"#ff0000\"}"_s);
    row(
        "field dismissed", [](LiveFeed &f) { f.answerField(u"f"_s, {}); },
        u"{\"t\":\"field\",\"id\":\"f\"}"_s);
    row(
        "chooser",
        [](LiveFeed &f) {
            f.answerChooser(u"c"_s, QList<LiveFile>{{u"a.txt"_s, "hi"}});
        },
        u"{\"t\":\"chooser\",\"id\":\"c\",\"files\":[{\"name\":\"a.txt\",\"data\":\"aGk=\"}]}"_s);
    row(
        "chooser cancelled", [](LiveFeed &f) { f.answerChooser(u"c"_s, {}); },
        u"{\"t\":\"chooser\",\"id\":\"c\"}"_s);
    row(
        "mouse",
        [](LiveFeed &f) {
            f.sendMouse({LiveMouse::Kind::Down, {10, 20.5}, u"left"_s, 1, 2, {}, 8, {1280, 800}});
        },
        u"{\"t\":\"mouse\",\"k\":\"down\",\"x\":10,\"y\":20.5,\"button\":\"left\",\"buttons\":1,"
        "\"n\":2,\"dx\":0,\"dy\":0,\"mods\":8,\"w\":1280,\"h\":800}"_s);
    row(
        "key",
        [](LiveFeed &f) {
            f.sendKey({true, u"a"_s, u"KeyA"_s, 65, u"a"_s, false, 0});
        },
        u"{\"t\":\"key\",\"k\":\"down\",\"key\":\"a\",\"code\":\"KeyA\",\"vk\":65,\"text\":\"a\","
        "\"repeat\":false,\"location\":0,\"mods\":0}"_s);
}

void tst_LiveClient::saysWhatTheProtocolSays()
{
    QFETCH(Act, act);
    QFETCH(QString, message);
    Service service;
    LiveClient client(service.link(), LiveRole::Control, nullptr, quick);
    QSignalSpy pages(&client, &LiveFeed::pageChanged);
    client.open();
    QTRY_VERIFY(service.socket);
    service.socket->sendTextMessage(u"{\"t\":\"page\",\"tab\":1}"_s);
    QTRY_COMPARE(pages.size(), 1);
    act(client);
    QTRY_COMPARE(service.heard.size(), 1);
    QCOMPARE(service.last(), QJsonDocument::fromJson(message.toUtf8()).object());
}

void tst_LiveClient::aWatcherSendsNothingThatActs()
{
    Service service;
    LiveClient client(service.link(), LiveRole::Watch, nullptr, quick);
    QSignalSpy pages(&client, &LiveFeed::pageChanged);
    client.open();
    QTRY_VERIFY(service.socket);
    service.socket->sendTextMessage(u"{\"t\":\"page\",\"tab\":1}"_s);
    QTRY_COMPARE(pages.size(), 1);
    QVERIFY(!client.mayControl());
    client.takeControl();
    client.sendText(u"x"_s);
    client.openTab();
    client.acknowledge(1);
    QTRY_COMPARE(service.heard.size(), 1);
    QCOMPARE(service.last().value("t"_L1).toString(), u"ack"_s);
}

void tst_LiveClient::silenceIsALoss()
{
    Service service;
    LiveClient client(service.link(), LiveRole::Watch, nullptr, {100ms, 10ms, 40ms});
    QSignalSpy states(&client, &LiveFeed::stateChanged);
    client.open();
    QTRY_COMPARE(lastState(states), Kind::Lost);
    QTRY_VERIFY(service.paths.size() >= 2); // and it is tried again
}

void tst_LiveClient::aClosedSocketIsTriedAgain()
{
    Service service;
    LiveClient client(service.link(), LiveRole::Watch, nullptr, quick);
    client.setDemand({640, true, 0ms});
    QSignalSpy states(&client, &LiveFeed::stateChanged);
    client.open();
    QTRY_COMPARE(service.heard.size(), 1);
    service.socket->close();
    QTRY_COMPARE(lastState(states), Kind::Lost);
    QTRY_COMPARE(service.heard.size(), 2); // what was wanted is wanted again
    service.socket->sendTextMessage(u"{\"t\":\"hello\",\"v\":1}"_s);
    service.socket->sendBinaryMessage(pictureMessage(1, "jpeg"));
    QTRY_COMPARE(lastState(states), Kind::Connecting);
}

void tst_LiveClient::refusalIsFinal_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::newRow("unknown") << QByteArray("404 Not Found");
    QTest::newRow("foreign") << QByteArray("403 Forbidden");
    QTest::newRow("a page, no live view") << QByteArray("200 OK");
}

void tst_LiveClient::refusalIsFinal()
{
    QFETCH(QByteArray, status);
    Refuser refuser(status);
    LiveClient client(refuser.link(), LiveRole::Watch, nullptr, quick);
    QSignalSpy states(&client, &LiveFeed::stateChanged);
    client.open();
    QTRY_COMPARE(lastState(states), Kind::Refused);
    client.open();
    QCOMPARE(refuser.asked, 1);
    QCOMPARE(states.size(), 1);
}

void tst_LiveClient::aFaultOfTheServiceIsTriedAgain()
{
    Refuser refuser("503 Service Unavailable");
    LiveClient client(refuser.link(), LiveRole::Watch, nullptr, quick);
    QSignalSpy states(&client, &LiveFeed::stateChanged);
    client.open();
    QTRY_VERIFY(refuser.asked >= 2);
    QCOMPARE(lastState(states), Kind::Lost);
    QCOMPARE(states.size(), 1); // said once
}

void tst_LiveClient::noServiceIsALoss()
{
    QTcpServer gone;
    gone.listen(QHostAddress::LocalHost);
    const quint16 port = gone.serverPort();
    gone.close();
    LiveClient client(u"http://127.0.0.1:%1/live/404/secret"_s.arg(port), LiveRole::Watch, nullptr,
                      quick);
    QSignalSpy states(&client, &LiveFeed::stateChanged);
    client.open();
    QTRY_COMPARE(lastState(states), Kind::Lost);
}

void tst_LiveClient::endedIsTheLastWord()
{
    Service service;
    LiveClient client(service.link(), LiveRole::Watch, nullptr, quick);
    QSignalSpy states(&client, &LiveFeed::stateChanged);
    QSignalSpy pictures(&client, &LiveFeed::pictureCame);
    client.open();
    QTRY_VERIFY(service.socket);
    QSignalSpy closed(service.socket, &QWebSocket::disconnected);
    service.socket->sendTextMessage(u"{\"t\":\"state\",\"state\":\"ended\",\"at\":1000}"_s);
    service.socket->sendBinaryMessage(pictureMessage(1, "jpeg"));
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(states.size(), 1);
    QCOMPARE(lastState(states), Kind::Ended);
    QCOMPARE(states.constFirst().constFirst().value<LiveState>().since.toMSecsSinceEpoch(), 1000);
    client.open();
    QVERIFY(pictures.isEmpty());
    QCOMPARE(service.paths.size(), 1);
}

void tst_LiveClient::noTextHoldsTheCapability()
{
    Refuser refuser("404 Not Found");
    LiveClient client(refuser.link(), LiveRole::Watch, nullptr, quick);
    QSignalSpy states(&client, &LiveFeed::stateChanged);
    client.open();
    QTRY_COMPARE(states.size(), 1);
    const auto state = states.constFirst().constFirst().value<LiveState>();
    QVERIFY(!state.reason.contains("secret"_L1));
}

} // namespace Anchorwatch

QTEST_MAIN(Anchorwatch::tst_LiveClient)
#include "tst_liveclient.moc"
