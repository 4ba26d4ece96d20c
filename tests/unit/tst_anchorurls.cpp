#include "network/anchor/anchorurls.h"

#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

const QString key = u"sk-canary+4f/9c0e"_s;

} // namespace

class TestAnchorUrls : public QObject
{
    Q_OBJECT

private slots:
    void addressesAreDerived_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("cdp");
        QTest::addColumn<QString>("liveView");
        const auto row = [](const char *name, const QString &base, const QString &id,
                            const QString &cdp, const QString &liveView) {
            QTest::newRow(name) << base << id << cdp << liveView;
        };
        row("Anchor", u"https://api.anchorbrowser.io"_s, u"a-1"_s,
            u"wss://connect.anchorbrowser.io/?sessionId=a-1"_s,
            u"https://live.anchorbrowser.io/?sessionId=a-1"_s);
        row("slash", u"https://api.anchorbrowser.io/"_s, u"a-1"_s,
            u"wss://connect.anchorbrowser.io/?sessionId=a-1"_s,
            u"https://live.anchorbrowser.io/?sessionId=a-1"_s);
        row("port", u"https://api.anchor.example:8443"_s, u"a-1"_s,
            u"wss://connect.anchor.example:8443/?sessionId=a-1"_s,
            u"https://live.anchor.example:8443/?sessionId=a-1"_s);
        row("upper case", u"HTTPS://API.Anchor.example"_s, u"a-1"_s,
            u"wss://connect.anchor.example/?sessionId=a-1"_s,
            u"https://live.anchor.example/?sessionId=a-1"_s);
        row("this machine", u"http://127.0.0.1:8080"_s, u"a-1"_s,
            u"ws://127.0.0.1:8080/?sessionId=a-1"_s, {});
        row("IPv6", u"http://[::1]:8080"_s, u"a-1"_s, u"ws://[::1]:8080/?sessionId=a-1"_s, {});
        row("TLS", u"https://browsers.example"_s, u"a-1"_s,
            u"wss://browsers.example/?sessionId=a-1"_s, {});
        row("path", u"https://browsers.example/anchor/"_s, u"a-1"_s,
            u"wss://browsers.example/anchor/?sessionId=a-1"_s, {});
        row("api inside", u"https://my-api.example"_s, u"a-1"_s,
            u"wss://my-api.example/?sessionId=a-1"_s, {});
        row("secrets go", u"http://me:secret@127.0.0.1:1/?apiKey=secret#secret"_s, u"a-1"_s,
            u"ws://127.0.0.1:1/?sessionId=a-1"_s, {});
        row("strange id", u"http://127.0.0.1:1"_s, u"a&apiKey=b c#d"_s,
            u"ws://127.0.0.1:1/?sessionId=a%26apiKey%3Db%20c%23d"_s, {});
    }
    void addressesAreDerived()
    {
        QFETCH(QString, base);
        QFETCH(QString, id);
        QTEST(derivedCdpUrl(QUrl(base), id), "cdp");
        QTEST(derivedLiveViewUrl(QUrl(base), id), "liveView");
    }

    void keyIsFoundInAnAddress_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("secret");
        QTest::addColumn<bool>("found");
        const QString encoded = QString::fromLatin1(QUrl::toPercentEncoding(key));
        const QString twice = QString::fromLatin1(QUrl::toPercentEncoding(encoded));
        const auto row = [](const char *name, const QString &url, bool found,
                            const QString &secret = key) {
            QTest::newRow(name) << url << secret << found;
        };
        row("raw", u"wss://c.example?apiKey=%1&sessionId=a"_s.arg(key), true);
        row("encoded", "wss://c.example?apiKey="_L1 + encoded, true);
        row("encoded in lower case", "wss://c.example?apiKey="_L1 + encoded.toLower(), true);
        row("inside another address", "https://l.example?wss=wss%3A%2F%2Fc%3FapiKey%3D"_L1 + twice,
            true);
        row("user info", u"wss://me:%1@c.example/"_s.arg(encoded), true);
        row("path", u"wss://c.example/%1/x"_s.arg(encoded), true);
        row("fragment", "wss://c.example/#"_L1 + key, true);
        row("no URL", "key "_L1 + key, true);
        row("other key", u"wss://c.example?apiKey=sk-canary&sessionId=a"_s, false);
        row("session id alone", u"wss://c.example/?sessionId=a"_s, false);
        row("empty address", {}, false);
        row("no key", u"wss://c.example?apiKey=&sessionId=a"_s, false, {});
        row("short key as a value", u"ws://test.example/?apiKey=test"_s, true, u"test"_s);
        row("short key as a word", u"ws://test.example/test?sessionId=a-test"_s, false, u"test"_s);
    }
    void keyIsFoundInAnAddress()
    {
        QFETCH(QString, url);
        QFETCH(QString, secret);
        QTEST(urlHoldsKey(url, secret), "found");
    }

    void keyGoesFromATextWithIt_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("clean");
        const QString encoded = QString::fromLatin1(QUrl::toPercentEncoding(key));
        QTest::newRow("raw") << u"The key \"%1\" is unknown."_s.arg(key)
                             << u"The key \"••••\" is unknown."_s;
        QTest::newRow("twice") << key + key << u"••••••••"_s;
        QTest::newRow("encoded") << "?apiKey="_L1 + encoded + "&x=1"_L1 << u"?apiKey=••••&x=1"_s;
        QTest::newRow("encoded in lower case") << encoded.toLower() << u"••••"_s;
        QTest::newRow("encoded more than needed")
            << u"key=sk%2dcanary%2B4f%2f%39c0e"_s << u"key=••••"_s;
        QTest::newRow("another") << u"100 % of sk-canary"_s << u"100 % of sk-canary"_s;
        QTest::newRow("empty") << QString() << QString();
    }
    void keyGoesFromATextWithIt()
    {
        QFETCH(QString, text);
        QTEST(withoutKey(text, key), "clean");
    }

    void wordThatAnyServiceTakesStays()
    {
        QCOMPARE(withoutKey(u"a test"_s, u"test"_s), u"a test"_s);
        QCOMPARE(withoutKey(u"a test"_s, QString()), u"a test"_s);
    }
};

QTEST_GUILESS_MAIN(TestAnchorUrls)
#include "tst_anchorurls.moc"
