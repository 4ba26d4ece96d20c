#include "footprint.h"
#include "servicetest.h"
#include "tests/fakes/rawhttpclient.h"

#include <algorithm>
#include <memory>
#include <sys/resource.h>
#include <vector>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

// What a server may grow by for good while it is attacked. Each attack sends several times as much.
constexpr qint64 flatKib = 24 * 1024;
constexpr qint64 attackBytes = 96 * 1024 * 1024;

const QByteArray listTarget = "GET /api/browser-automation/sessions";
const QByteArray createTarget = "POST /api/browser-automation/sessions";
const QByteArray json = "Content-Type: application/json\r\n";

} // namespace

// Clients that mean the service no good: its memory stays flat, and others are served.
class TestHostileClients : public ServiceTest
{
    Q_OBJECT

private:
    using Client = std::unique_ptr<RawHttpClient>;

    [[nodiscard]] Client client()
    {
        return std::make_unique<RawHttpClient>(static_cast<quint16>(service().url().port()));
    }
    [[nodiscard]] qint64 residentKib()
    {
        return footprintOf(static_cast<pid_t>(service().pid())).residentKib;
    }
    [[nodiscard]] bool isServed() { return driver().api().get(sessionPath()).status == 200; }

    // Sends the piece over and over until the service has had enough, or all has gone out.
    [[nodiscard]] static bool pour(RawHttpClient &client, const QByteArray &piece)
    {
        constexpr qint64 mostWaiting = 1024 * 1024;
        qint64 sent = 0;
        return QTest::qWaitFor(
            [&] {
                while (sent < attackBytes && !client.isClosed()
                       && client.socket.bytesToWrite() < mostWaiting) {
                    client.send(piece);
                    sent += piece.size();
                }
                return client.isClosed() || sent >= attackBytes;
            },
            60'000);
    }

private slots:
    void memoryStaysFlat_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QByteArray>("piece");
        QTest::addColumn<int>("status");
        const QByteArray large(64 * 1024, 'x');
        QTest::newRow("a header without end") << listTarget << QByteArray("X-A: ") << large << 431;
        QTest::newRow("headers without end")
            << listTarget << QByteArray() << QByteArray("X-A: b\r\n").repeated(1000) << 431;
        QTest::newRow("a body of 100 GB")
            << createTarget << json + "Content-Length: 100000000000\r\n\r\n"
            << large << 413;
        QTest::newRow("chunks without end")
            << createTarget << json + "Transfer-Encoding: chunked\r\n\r\n"
            << QByteArray("1000\r\n" + QByteArray(4096, ' ') + "\r\n") << 413;
        QTest::newRow("chunks of a byte")
            << createTarget << json + "Transfer-Encoding: chunked\r\n\r\n"
            << QByteArray("1\r\n \r\n").repeated(5000) << 413;
    }
    // Fault matrix: D4
    void memoryStaysFlat()
    {
        QFETCH(const QByteArray, line);
        QFETCH(const QByteArray, headers);
        QFETCH(const QByteArray, piece);
        QFETCH(const int, status);
        QVERIFY(startService());
        QVERIFY(isServed());
        const qint64 before = residentKib();
        std::vector<Client> attackers;
        for (int i = 0; i < 2; ++i) {
            attackers.push_back(client());
            attackers.back()->send(line + " HTTP/1.1\r\nHost: " + attackers.back()->host() + "\r\n"
                                   + headers);
            QVERIFY(pour(*attackers.back(), piece));
        }
        QVERIFY2(residentKib() < before + flatKib, qPrintable(QString::number(residentKib())));
        // The reset that follows a refusal may overtake it, so that not each of them hears it.
        for (const Client &attacker : attackers) {
            QTRY_VERIFY_WITH_TIMEOUT(attacker->isClosed(), 30'000);
            for (const auto &answer : attacker->answers())
                QCOMPARE(answer.status, status);
        }
        QVERIFY(isServed());
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D4
    void whoDoesNotReadCostsLittle()
    {
        QVERIFY(startService());
        QVERIFY(isServed());
        const qint64 before = residentKib();
        std::vector<Client> deaf;
        for (int i = 0; i < 10; ++i) {
            deaf.push_back(client());
            deaf.back()->stopReading();
            for (int request = 0; request < 1000; ++request)
                deaf.back()->request("GET /live/live.js");
        }
        for (const Client &one : deaf)
            QTRY_VERIFY_WITH_TIMEOUT(one->socket.bytesAvailable() > 0, 30'000);
        QVERIFY(isServed());
        QVERIFY2(residentKib() < before + flatKib, qPrintable(QString::number(residentKib())));
        QVERIFY(endsCleanly());
    }

    void oneRequestIsNotTakenForTwo_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QByteArray>("rest");
        const QByteArray hidden = "GET /live/live.css HTTP/1.1\r\nHost: x\r\n\r\n";
        QTest::newRow("length and chunks")
            << QByteArray("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n")
            << "0\r\n\r\n" + hidden;
        QTest::newRow("two lengths")
            << QByteArray("Content-Length: 0\r\nContent-Length: 50\r\n") << hidden;
        QTest::newRow("coding spelt otherwise")
            << QByteArray("Transfer-Encoding: xchunked\r\n") << "0\r\n\r\n" + hidden;
        QTest::newRow("blank before the colon") << QByteArray("Content-Length : 60\r\n") << hidden;
        QTest::newRow("frames behind an upgrade that is refused") << QByteArray(
            "Upgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            "Origin: https://evil.example\r\n") << "\x81\x05hello" + hidden;
    }
    // Fault matrix: D4
    void oneRequestIsNotTakenForTwo()
    {
        QFETCH(const QByteArray, headers);
        QFETCH(const QByteArray, rest);
        QVERIFY(startService());
        const Client smuggler = client();
        smuggler->request(createTarget, json + headers, rest);
        QTRY_VERIFY_WITH_TIMEOUT(smuggler->isClosed(), 30'000);
        QCOMPARE(smuggler->answers().size(), 1);
        QVERIFY(smuggler->answers().first().status >= 400);
        QVERIFY(isServed());
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D5
    void slowSocketsLeaveOthersServed()
    {
        constexpr rlim_t needed = 2048;
        rlimit limit{};
        ::getrlimit(RLIMIT_NOFILE, &limit);
        limit.rlim_cur = std::min(std::max(limit.rlim_cur, needed), limit.rlim_max);
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &limit), 0);
        QVERIFY(startService());
        QVERIFY(isServed());

        std::vector<Client> slow;
        for (int i = 0; i < 1000; ++i) {
            slow.push_back(client());
            slow.back()->send("GET /api/browser-automation/sessions HTTP/1.1\r\nX-A: ");
        }
        const auto isToldOff = [](const Client &one) { return one->received.contains(" 408 "); };
        // A pooled client and ones that come for a single question, all answered long before the
        // deadline of the slow ones (10 s): nobody waits for it.
        for (int i = 0; i < 40; ++i) {
            for (const Client &one : slow)
                one->send("x");
            QVERIFY(isServed());
            const Client passing = client();
            passing->request(listTarget);
            QTRY_COMPARE(passing->answers().size(), 1);
            QCOMPARE(passing->answers().first().status, 200);
        }
        QVERIFY(std::none_of(slow.begin(), slow.end(), isToldOff));
        slow.clear();
        QVERIFY(isServed());
        QVERIFY(endsCleanly());
    }
};

QTEST_GUILESS_MAIN(TestHostileClients)
#include "tst_hostileclients.moc"
