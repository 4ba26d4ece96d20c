#include "seleniumgrid.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTcpServer>
#include <QTest>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int longestStartMs = 180'000;
constexpr int mostTries = 3;
const QString loopback = u"127.0.0.1"_s;

// Free a moment ago; whoever takes one meanwhile costs another try.
QList<quint16> freePorts(int count)
{
    std::vector<std::unique_ptr<QTcpServer>> servers;
    QList<quint16> ports;
    for (int i = 0; i < count; ++i) {
        servers.push_back(std::make_unique<QTcpServer>());
        if (servers.back()->listen(QHostAddress::LocalHost))
            ports.append(servers.back()->serverPort());
    }
    return ports;
}

QString uriOf(quint16 port)
{
    return u"http://%1:%2"_s.arg(loopback).arg(port);
}

// Starts quickly rather than running fast; without a file that a killed one leaves in /tmp.
QStringList javaArguments()
{
    return {u"-Xmx256m"_s,
            u"-XX:TieredStopAtLevel=1"_s,
            u"-XX:+UseSerialGC"_s,
            u"-XX:-UsePerfData"_s,
            u"-Djava.io.tmpdir=t"_s,
            u"-Dwebdriver.chrome.driver="_s + QStringLiteral(CHROMEDRIVER),
            u"-jar"_s,
            QStringLiteral(SELENIUM_JAR)};
}

QStringList addressArguments(quint16 port)
{
    return {u"--host"_s, loopback, u"--port"_s, QString::number(port)};
}

QStringList browserOffer(int most)
{
    const QString number = QString::number(most);
    return {u"--selenium-manager"_s,
            u"false"_s,
            u"--detect-drivers"_s,
            u"false"_s,
            u"--override-max-sessions"_s,
            u"true"_s,
            u"--max-sessions"_s,
            number,
            u"--driver-configuration"_s,
            u"display-name=chromium"_s,
            u"max-sessions="_s + number,
            u"webdriver-path="_s + QStringLiteral(CHROMEDRIVER),
            u"stereotype={\"browserName\":\"chrome\",\"platformName\":\"linux\"}"_s};
}

} // namespace

QByteArray GridLogin::header() const
{
    return "Basic " + (user + u':' + password).toUtf8().toBase64();
}

bool SeleniumGrid::startStandalone(int most, const GridLogin &login)
{
    for (int i = 0; i < mostTries; ++i) {
        if (tryStandalone(most, login))
            return true;
    }
    return false;
}

bool SeleniumGrid::tryStandalone(int most, const GridLogin &login)
{
    m_servers.clear();
    const quint16 port = freePorts(1).value(0);
    m_url = QUrl(uriOf(port) + "/wd"_L1);
    m_api = std::make_unique<ApiClient>(m_url);
    m_api->setCommonHeaders({{"Authorization", login.header()}});
    startServer(uriOf(port), QStringList{u"standalone"_s} + addressArguments(port)
                                 + browserOffer(most)
                                 + QStringList{u"--sub-path"_s, u"/wd"_s, u"--username"_s,
                                               login.user, u"--password"_s, login.password});
    return awaitNodes(1);
}

bool SeleniumGrid::startHub(int nodes)
{
    for (int i = 0; i < mostTries; ++i) {
        if (tryHub(nodes))
            return true;
    }
    return false;
}

bool SeleniumGrid::tryHub(int nodes)
{
    m_servers.clear();
    const QList<quint16> ports = freePorts(3 + nodes);
    const QStringList bus{u"--publish-events"_s, u"tcp://127.0.0.1:%1"_s.arg(ports.value(1)),
                          u"--subscribe-events"_s, u"tcp://127.0.0.1:%1"_s.arg(ports.value(2))};
    m_url = QUrl(uriOf(ports.value(0)));
    m_api = std::make_unique<ApiClient>(m_url);
    // A lost node is noticed soon, and not forgotten while a test looks at it.
    startServer(m_url.toString(), QStringList{u"hub"_s} + addressArguments(ports.value(0)) + bus
                                      + QStringList{u"--healthcheck-interval"_s, u"5"_s,
                                                    u"--purge-nodes-interval"_s, u"600"_s});
    for (int i = 0; i < nodes; ++i) {
        const quint16 port = ports.value(3 + i);
        startServer(uriOf(port), QStringList{u"node"_s} + addressArguments(port) + bus
                                     + browserOffer(1)
                                     + QStringList{u"--grid-url"_s, m_url.toString(),
                                                   u"--heartbeat-period"_s, u"5"_s});
    }
    return awaitNodes(nodes);
}

void SeleniumGrid::startServer(const QString &uri, const QStringList &arguments)
{
    m_servers.push_back({uri, std::make_unique<ForeignProcess>()});
    m_servers.back().process->start(QStringLiteral(JAVA), javaArguments() + arguments);
}

bool SeleniumGrid::awaitNodes(int count)
{
    bool failed = false;
    (void)QTest::qWaitFor(
        [&] {
            failed = std::any_of(m_servers.cbegin(), m_servers.cend(),
                                 [](const Server &server) { return !server.process->isRunning(); });
            return failed || nodes().size() == count;
        },
        longestStartMs);
    return !failed && nodes().size() == count;
}

// Those that are up.
QJsonArray SeleniumGrid::nodes()
{
    QJsonArray up;
    const QJsonObject value = m_api->get(pathOf(u"/status"_s)).json.value("value"_L1).toObject();
    for (const QJsonValue &node : value.value("nodes"_L1).toArray()) {
        if (node["availability"_L1].toString() == "UP"_L1)
            up.append(node);
    }
    return up;
}

bool SeleniumGrid::end()
{
    return std::all_of(m_servers.cbegin(), m_servers.cend(),
                       [](const Server &server) { return server.process->end(); });
}

// The first is the hub.
QStringList SeleniumGrid::nodeUris() const
{
    QStringList uris;
    for (const Server &server : m_servers)
        uris.append(server.uri);
    return uris.mid(1);
}

bool SeleniumGrid::killNode(const QString &uri)
{
    const auto node = std::find_if(m_servers.cbegin(), m_servers.cend(),
                                   [&uri](const Server &server) { return server.uri == uri; });
    return node != m_servers.cend() && node->process->end();
}

QByteArray SeleniumGrid::log() const
{
    QByteArray log;
    for (const Server &server : m_servers)
        log += server.uri.toLatin1() + ":\n" + server.process->log();
    return log;
}

QJsonObject SeleniumGrid::capabilitiesOf(const QString &sessionId)
{
    for (const QJsonValue &node : nodes()) {
        for (const QJsonValue &slot : node["slots"_L1].toArray()) {
            const QJsonValue session = slot["session"_L1];
            if (session["sessionId"_L1].toString() == sessionId)
                return session["capabilities"_L1].toObject();
        }
    }
    return {};
}

QString SeleniumGrid::createByWebDriver(const QString &name)
{
    const QJsonObject options{{"binary"_L1, QStringLiteral(CHROMIUM)},
                              {"args"_L1, QJsonArray::fromStringList(browserArguments())}};
    const QJsonObject wanted{
        {"browserName"_L1, u"chrome"_s}, {"se:name"_L1, name}, {"goog:chromeOptions"_L1, options}};
    const QJsonObject body{{"capabilities"_L1, QJsonObject{{"alwaysMatch"_L1, wanted}}}};
    const ApiAnswer answer = m_api->post(pathOf(u"/session"_s), QJsonDocument(body).toJson(),
                                         "application/json; charset=utf-8");
    return answer.json.value("value"_L1)["sessionId"_L1].toString();
}

QStringList SeleniumGrid::browserArguments()
{
    return {u"--headless"_s, u"--no-sandbox"_s, u"--disable-gpu"_s};
}

QString SeleniumGrid::pathOf(const QString &path) const
{
    return m_url.path() + path;
}

} // namespace Anchorwatch
