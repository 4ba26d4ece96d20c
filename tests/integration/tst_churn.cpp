#include "footprint.h"
#include "servicetest.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QRandomGenerator>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>
#include <csignal>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// What caches and the heap's own habits may hold beside what is in use.
constexpr qint64 heapKib = 16 * 1024;

} // namespace

// Makes a session, looks at the list, ends the session, and again.
class ChurningClient : public QObject
{
    Q_OBJECT

public:
    ChurningClient(const QUrl &service, int number)
        : m_service(service)
        , m_profile(u"client%1"_s.arg(number))
    {
        m_network.setProxy(QNetworkProxy::NoProxy);
    }

    void begin() { create(); }
    // No session after this one.
    void stop() { m_isStopping = true; }
    [[nodiscard]] bool isDone() const { return m_isDone; }
    [[nodiscard]] int rounds() const { return m_rounds; }
    [[nodiscard]] const QStringList &problems() const { return m_problems; }

private:
    void create()
    {
        // Every other one keeps what it did.
        QJsonObject request;
        if (m_rounds % 2 == 0)
            request = {{"profileName"_L1, m_profile}, {"persist"_L1, true}};
        QNetworkRequest post = requestFor(sessionPath());
        post.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        then(m_network.post(post, QJsonDocument(request).toJson()),
             [this](const QJsonObject &json) {
                 m_id = json["session"_L1]["id"_L1].toString();
                 list();
             });
    }
    void list()
    {
        then(m_network.get(requestFor(sessionPath())), [this](const QJsonObject &json) {
            const QJsonArray sessions = json["sessions"_L1].toArray();
            const bool listed =
                std::any_of(sessions.begin(), sessions.end(),
                            [this](const auto &one) { return one["id"_L1].toString() == m_id; });
            if (!listed)
                m_problems.append(m_id + " is not listed"_L1);
            end();
        });
    }
    void end()
    {
        then(m_network.deleteResource(requestFor(sessionPath(m_id))), [this](const QJsonObject &) {
            ++m_rounds;
            if (m_isStopping)
                m_isDone = true;
            else
                create();
        });
    }
    void then(QNetworkReply *reply, const std::function<void(const QJsonObject &)> &next)
    {
        connect(reply, &QNetworkReply::finished, this, [this, reply, next] {
            reply->deleteLater();
            const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
            const QByteArray body = reply->readAll();
            if (status != 200) {
                m_problems.append(u"%1: %2"_s.arg(status).arg(QString::fromUtf8(body)));
                m_isDone = true;
                return;
            }
            next(QJsonDocument::fromJson(body).object());
        });
    }
    [[nodiscard]] QNetworkRequest requestFor(const QString &path) const
    {
        return QNetworkRequest(m_service.resolved(QUrl(path)));
    }

    QUrl m_service;
    QString m_profile;
    QNetworkAccessManager m_network;
    QString m_id;
    QStringList m_problems;
    int m_rounds = 0;
    bool m_isStopping = false;
    bool m_isDone = false;
};

// Clients that make and end sessions at once, for a round each, or for as long as
// ANCHORWATCH_SOAK_MINUTES says (./test.sh --soak MINUTES), then with browsers that are killed and
// stopped and clients that talk nonsense: nothing grows, nothing is left.
class TestChurn : public ServiceTest
{
    Q_OBJECT

private:
    using Clients = std::vector<std::unique_ptr<ChurningClient>>;
    static constexpr int clientCount = 8;

    [[nodiscard]] static std::chrono::milliseconds soakTime()
    {
        return std::chrono::minutes(qEnvironmentVariableIntValue("ANCHORWATCH_SOAK_MINUTES"));
    }

    [[nodiscard]] Clients begin()
    {
        Clients clients;
        for (int number = 0; number < clientCount; ++number) {
            clients.push_back(std::make_unique<ChurningClient>(service().url(), number));
            clients.back()->begin();
        }
        return clients;
    }
    [[nodiscard]] static bool finish(const Clients &clients)
    {
        for (const auto &client : clients)
            client->stop();
        return QTest::qWaitFor(
            [&] {
                return std::all_of(clients.begin(), clients.end(),
                                   [](const auto &client) { return client->isDone(); });
            },
            120'000);
    }
    [[nodiscard]] static QStringList problemsOf(const Clients &clients)
    {
        QStringList problems;
        for (const auto &client : clients)
            problems += client->problems();
        return problems;
    }
    [[nodiscard]] static int roundsOf(const Clients &clients)
    {
        int rounds = 0;
        for (const auto &client : clients)
            rounds += client->rounds();
        return rounds;
    }

    [[nodiscard]] bool nothingIsLeft() const
    {
        // The service itself is one of them.
        return processesOf(m_root).size() == 1 && entriesOf(m_data + "/work"_L1).isEmpty()
               && entriesOf(m_data + "/sessions"_L1).isEmpty()
               && entriesOf(m_data + "/kept"_L1).isEmpty();
    }
    [[nodiscard]] Footprint footprint() { return footprintOf(static_cast<pid_t>(service().pid())); }

    // One of the browsers that run is killed or stopped, one client leaves in the middle, one talks
    // nonsense.
    void doHarm()
    {
        const QString work = m_data + "/work"_L1;
        const QStringList ids = entriesOf(work);
        if (!ids.isEmpty()) {
            const int browser =
                browserPidOf(ids.at(QRandomGenerator::global()->bounded(ids.size())));
            if (browser > 0)
                ::kill(browser, ++m_harms % 4 == 0 ? SIGSTOP : SIGKILL);
        }
        for (const char *bytes :
             {"GET /api/browser-automation/sess", "\x16\x03\x01nonsense\r\n\r\n"}) {
            auto *socket = new QTcpSocket(this);
            connect(socket, &QTcpSocket::connected, socket,
                    [socket, bytes] { socket->write(bytes); });
            connect(socket, &QTcpSocket::bytesWritten, socket, &QTcpSocket::disconnectFromHost);
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            socket->connectToHost(QHostAddress::LocalHost,
                                  static_cast<quint16>(service().url().port()));
        }
    }

    QString m_root;
    QString m_data;
    int m_harms = 0;

private slots:
    // Fault matrix: D18
    void nothingGrowsAndNothingIsLeft()
    {
        QVERIFY(startService());
        m_root = service().root();
        m_data = service().dataFolder();
        int rounds = 0;
        {
            const Clients warmingUp = begin();
            QVERIFY(finish(warmingUp));
            QCOMPARE(problemsOf(warmingUp), QStringList());
            rounds += roundsOf(warmingUp);
        }
        QTRY_VERIFY_WITH_TIMEOUT(nothingIsLeft(), 60'000);
        const Footprint before = footprint();
        {
            const Clients clients = begin();
            QTimer harm;
            connect(&harm, &QTimer::timeout, this, &TestChurn::doHarm);
            QDeadlineTimer end(soakTime());
            if (soakTime() > 0ms)
                harm.start(1500ms);
            QTRY_VERIFY_WITH_TIMEOUT(end.hasExpired() || !problemsOf(clients).isEmpty(),
                                     static_cast<int>(soakTime().count()) + 60'000);
            harm.stop();
            QVERIFY(finish(clients));
            QCOMPARE(problemsOf(clients), QStringList());
            rounds += roundsOf(clients);
        }
        QTRY_VERIFY_WITH_TIMEOUT(nothingIsLeft(), 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(footprint().descriptors <= before.descriptors, 60'000);
        const Footprint after = footprint();
        qInfo().noquote() << rounds << "sessions. Before:" << before.text()
                          << "- after:" << after.text() << "- no process and no folder is left";
        QVERIFY(after.threads <= before.threads);
        QVERIFY(after.residentKib <= before.residentKib + heapKib);
        QVERIFY(endsCleanly());
    }
};

QTEST_GUILESS_MAIN(TestChurn)
#include "tst_churn.moc"
