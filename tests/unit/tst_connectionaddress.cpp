#include "models/connectionaddress.h"

#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestConnectionAddress : public QObject
{
    Q_OBJECT

private slots:
    void schemeIsAddedWhereThereIsNone_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("completed");
        QTest::newRow("empty") << u" "_s << QString();
        QTest::newRow("elsewhere") << u"grid.example:4444"_s << u"https://grid.example:4444"_s;
        QTest::newRow("this machine") << u"localhost:4444"_s << u"http://localhost:4444"_s;
        QTest::newRow("this machine by number")
            << u"127.0.0.1:9222"_s << u"http://127.0.0.1:9222"_s;
        QTest::newRow("this machine, IPv6") << u"[::1]:9222"_s << u"http://[::1]:9222"_s;
        QTest::newRow("has one") << u" http://grid.example "_s << u"http://grid.example"_s;
    }
    void schemeIsAddedWhereThereIsNone()
    {
        QFETCH(QString, typed);
        QTEST(completedAddress(typed), "completed");
    }

    void problemsAreSaidInWords_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("part");
        QTest::newRow("good") << u"https://api.example/team"_s << QString();
        QTest::newRow("good, host alone") << u"grid"_s << QString();
        QTest::newRow("empty") << u" "_s << u"Type the address"_s;
        QTest::newRow("space") << u"http://a b"_s << u"not a complete address"_s;
        QTest::newRow("no host") << u"http://"_s << u"not a complete address"_s;
        QTest::newRow("port 0") << u"http://a:0"_s << u"not a complete address"_s;
        QTest::newRow("other port") << u"http://a:99999"_s << u"not a complete address"_s;
        QTest::newRow("WebSocket") << u"wss://a/x"_s << u"Only http and https"_s;
        QTest::newRow("file") << u"file:///etc/passwd"_s << u"Only http and https"_s;
        QTest::newRow("password") << u"http://me:canary@a"_s << u"must not be part"_s;
        QTest::newRow("query") << u"https://a/?apiKey=canary"_s << u"End the address"_s;
        QTest::newRow("fragment") << u"https://a/#canary"_s << u"End the address"_s;
        QTest::newRow("long") << QString(3000, u'a') << u"too long"_s;
    }
    void problemsAreSaidInWords()
    {
        QFETCH(QString, typed);
        QFETCH(QString, part);
        const QString problem = addressProblem(typed);
        QCOMPARE(problem.isEmpty(), part.isEmpty());
        QVERIFY2(problem.contains(part), qPrintable(problem));
        QVERIFY(!problem.contains(u"canary"_s));
    }

    void loopbackIsKnown_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("loopback");
        QTest::newRow("name") << u"http://localhost:1"_s << true;
        QTest::newRow("name below") << u"http://a.localhost"_s << true;
        QTest::newRow("capitals") << u"http://LOCALHOST"_s << true;
        QTest::newRow("number") << u"http://127.3.2.1"_s << true;
        QTest::newRow("IPv6") << u"http://[::1]"_s << true;
        QTest::newRow("name that begins alike") << u"http://127.0.0.1.example"_s << false;
        QTest::newRow("name that ends alike") << u"http://notlocalhost"_s << false;
        QTest::newRow("all interfaces") << u"http://0.0.0.0"_s << false;
        QTest::newRow("neighbour") << u"http://192.168.0.2"_s << false;
        QTest::newRow("nothing") << QString() << false;
    }
    void loopbackIsKnown()
    {
        QFETCH(QString, url);
        QTEST(isLoopback(QUrl(url)), "loopback");
    }

    void originIsSchemeHostAndPort_data()
    {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::addColumn<bool>("same");
        QTest::newRow("path") << u"https://a/x"_s << u"https://a/y"_s << true;
        QTest::newRow("usual port") << u"https://a"_s << u"https://a:443/"_s << true;
        QTest::newRow("capitals") << u"https://A"_s << u"https://a"_s << true;
        QTest::newRow("scheme") << u"https://a"_s << u"http://a"_s << false;
        QTest::newRow("port") << u"https://a:1"_s << u"https://a:2"_s << false;
        QTest::newRow("host") << u"https://a"_s << u"https://b"_s << false;
    }
    void originIsSchemeHostAndPort()
    {
        QFETCH(QString, one);
        QFETCH(QString, other);
        QTEST(isSameOrigin(QUrl(one), QUrl(other)), "same");
    }

    void usualAddressesHaveNoProblem()
    {
        using Kind = Connection::Kind;
        for (const Kind kind : {Kind::Anchor, Kind::Grid, Kind::DevTools}) {
            QVERIFY(!usualAddress(kind).isEmpty());
            QCOMPARE(addressProblem(usualAddress(kind)), QString());
        }
        QVERIFY(usualAddress(Kind::Local).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestConnectionAddress)
#include "tst_connectionaddress.moc"
