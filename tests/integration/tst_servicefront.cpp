#include "servicetest.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

// What a web page in somebody's browser could send, and requests that are wrong: none of them may
// act.
class TestServiceFront : public ServiceTest
{
    Q_OBJECT

private:
    bool nothingWasStarted()
    {
        return driver().api().get(sessionPath()).json.value("count"_L1) == QJsonValue(0);
    }

private slots:
    void refusesForeignPages_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("origin of another site")
            << QByteArray("Origin") << QByteArray("https://evil.example");
        QTest::newRow("origin null") << QByteArray("Origin") << QByteArray("null");
        QTest::newRow("host of another name") << QByteArray("Host") << QByteArray("evil.example");
        QTest::newRow("host that looks like ours")
            << QByteArray("Host") << QByteArray("127.0.0.1.evil.example");
    }
    // Fault matrix: D1, D2
    void refusesForeignPages()
    {
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, value);
        QVERIFY(startService());
        QCOMPARE(driver().api().get(sessionPath(), {{header, value}}).status, 403);
        QVERIFY(endsCleanly());
    }

    void answersToAConfiguredName()
    {
        QVERIFY(startService({u"--allow-host"_s, u"box.example"_s}));
        const QByteArray host = "box.example:" + QByteArray::number(service().url().port());
        QCOMPARE(driver().api().get(sessionPath(), {{"Host", host}}).status, 200);
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D3
    void refusesAFormPost()
    {
        QVERIFY(startService());
        QCOMPARE(driver().api().post(sessionPath(), "{}", "text/plain").status, 415);
        QVERIFY(nothingWasStarted());
        QVERIFY(endsCleanly());
    }

    void namesTheFieldThatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("field");
        QTest::newRow("not JSON") << QByteArray("{") << u"body"_s;
        QTest::newRow("not an object") << QByteArray("[]") << u"body"_s;
        QTest::newRow("address of a file")
            << QByteArray("{\"initialUrl\":\"file:///etc/passwd\"}") << u"initialUrl"_s;
        QTest::newRow("script") << QByteArray("{\"initialUrl\":\"javascript:alert(1)\"}")
                                << u"initialUrl"_s;
        QTest::newRow("page of the browser")
            << QByteArray("{\"initialUrl\":\"chrome://crash\"}") << u"initialUrl"_s;
        QTest::newRow("data") << QByteArray("{\"initialUrl\":\"data:text/html,x\"}")
                              << u"initialUrl"_s;
        QTest::newRow("address of 100 kB")
            << "{\"initialUrl\":\"http://a/" + QByteArray(100 * 1000, 'a') + "\"}"
            << u"initialUrl"_s;
        // As long as a body can hold.
        QTest::newRow("address of 1 MB")
            << "{\"initialUrl\":\"http://a/" + QByteArray(1000 * 1000, 'a') + "\"}"
            << u"initialUrl"_s;
        QTest::newRow("address is a number") << QByteArray("{\"initialUrl\":5}") << u"initialUrl"_s;
        QTest::newRow("persist is a text")
            << QByteArray("{\"profileName\":\"a\",\"persist\":\"yes\"}") << u"persist"_s;
        QTest::newRow("persist without profile")
            << QByteArray("{\"persist\":true}") << u"profileName"_s;
        QTest::newRow("new without profile")
            << QByteArray("{\"createNewProfile\":true}") << u"profileName"_s;
        QTest::newRow("duration too long")
            << QByteArray("{\"config\":{\"timeout\":{\"maxDuration\":61}}}")
            << u"config.timeout.maxDuration"_s;
        QTest::newRow("idle time too short")
            << QByteArray("{\"config\":{\"timeout\":{\"idleTimeout\":0}}}")
            << u"config.timeout.idleTimeout"_s;
        QTest::newRow("duration not whole")
            << QByteArray("{\"config\":{\"timeout\":{\"maxDuration\":1.5}}}")
            << u"config.timeout.maxDuration"_s;
        QTest::newRow("config is a list") << QByteArray("{\"config\":[]}") << u"config"_s;
    }
    // Fault matrix: D7, D9
    void namesTheFieldThatIsWrong()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, field);
        QVERIFY(startService());
        const ApiAnswer answer = driver().api().post(sessionPath(), body);
        QCOMPARE(answer.status, 400);
        QVERIFY(!answer.json.value("error"_L1).toString().isEmpty());
        QCOMPARE(answer.json.value("details"_L1).toObject().keys(), QStringList{field});
        QVERIFY(nothingWasStarted());
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D7
    void ignoresFieldsThatItDoesNotKnow()
    {
        QVERIFY(startService());
        QVERIFY(!driver().createRunning({{"colour"_L1, u"blue"_s}}).isEmpty());
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D6
    void neverEndsEverySession()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning();
        QCOMPARE(driver().terminate(u"all"_s).status, 404);
        QCOMPARE(driver().session(id).value("status"_L1).toString(), u"running"_s);
        QVERIFY(endsCleanly());
    }
};

QTEST_GUILESS_MAIN(TestServiceFront)
#include "tst_servicefront.moc"
