#include "network/rebasedurl.h"

#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestRebasedUrl : public QObject
{
    Q_OBJECT

private slots:
    void pathsGoBelowTheBase_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QByteArray>("url");
        QTest::newRow("plain") << u"http://h:4444"_s << QByteArray("http://h:4444/status");
        QTest::newRow("slash") << u"http://h:4444/"_s << QByteArray("http://h:4444/status");
        QTest::newRow("path") << u"https://h/wd/"_s << QByteArray("https://h/wd/status");
        QTest::newRow("path with a space")
            << u"https://h/a b"_s << QByteArray("https://h/a%20b/status");
        QTest::newRow("secrets") << u"https://me:pass@h/?key=1#x"_s
                                 << QByteArray("https://h/status");
    }
    void pathsGoBelowTheBase()
    {
        QFETCH(QString, base);
        QFETCH(QByteArray, url);
        QCOMPARE(urlBelow(QUrl(base), "/status").toEncoded(), url);
    }

    void addressesAreThoseOfTheBase_data()
    {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("rebased");
        const auto row = [](const char *name, const QString &given, const QString &base,
                            const QString &rebased) {
            QTest::newRow(name) << given << base << rebased;
        };
        row("host and port", u"ws://127.0.0.1:4466/session/a/se/cdp"_s, u"http://grid:4444"_s,
            u"ws://grid:4444/session/a/se/cdp"_s);
        row("no port", u"ws://127.0.0.1:4466/x"_s, u"http://grid"_s, u"ws://grid/x"_s);
        row("TLS", u"ws://10.0.0.2:4444/x"_s, u"https://grid.example"_s, u"wss://grid.example/x"_s);
        row("TLS inside only", u"wss://10.0.0.2/x"_s, u"http://grid:1"_s, u"ws://grid:1/x"_s);
        row("path in front", u"ws://10.0.0.2/session/a"_s, u"https://g/wd"_s,
            u"wss://g/wd/session/a"_s);
        row("path that is there", u"ws://10.0.0.2/wd/session/a"_s, u"https://g/wd/"_s,
            u"wss://g/wd/session/a"_s);
        row("path that only begins so", u"ws://10.0.0.2/wdx/a"_s, u"https://g/wd"_s,
            u"wss://g/wd/wdx/a"_s);
        row("web page", u"http://10.0.0.2:1/x"_s, u"https://g"_s, u"https://g/x"_s);
        row("query", u"ws://h/x?token=a%2Bb"_s, u"http://g"_s, u"ws://g/x?token=a%2Bb"_s);
        row("encoded path", u"ws://h/a%2Fb"_s, u"http://g/wd"_s, u"ws://g/wd/a%2Fb"_s);
        row("IPv6", u"ws://h/x"_s, u"http://[::1]:9222"_s, u"ws://[::1]:9222/x"_s);
        row("user info goes", u"ws://me:secret@h/x"_s, u"http://you:secret@g"_s, u"ws://g/x"_s);
        row("empty", {}, u"http://g"_s, {});
        row("relative", u"session/a"_s, u"http://g"_s, {});
        row("script", u"javascript:alert(1)"_s, u"http://g"_s, {});
        row("file", u"file:///etc/passwd"_s, u"http://g"_s, {});
        row("no host", u"ws:///x"_s, u"http://g"_s, {});
        row("line break", u"ws://h/x\r\ny"_s, u"http://g"_s, {});
        row("bad port", u"ws://h:99999/x"_s, u"http://g"_s, {});
    }
    void addressesAreThoseOfTheBase()
    {
        QFETCH(QString, given);
        QFETCH(QString, base);
        QFETCH(QString, rebased);
        QCOMPARE(rebasedUrl(given, QUrl(base)), rebased);
    }

    void aSocketOfTheOriginIsOne_data()
    {
        QTest::addColumn<QString>("socket");
        QTest::addColumn<QString>("base");
        QTest::addColumn<bool>("isOne");
        const auto row = [](const char *name, const QString &socket, const QString &base,
                            bool isOne) { QTest::newRow(name) << socket << base << isOne; };
        row("same host and port", u"ws://g:4444/x"_s, u"http://g:4444/wd"_s, true);
        row("usual port", u"wss://g/x"_s, u"https://g:443"_s, true);
        row("another port", u"ws://g:4445/x"_s, u"http://g:4444"_s, false);
        row("another host", u"wss://connect.example/x"_s, u"https://api.example"_s, false);
        row("less safe", u"ws://g/x"_s, u"https://g"_s, false);
        row("TLS alone", u"wss://g:80/x"_s, u"http://g"_s, false);
        row("no hosts", u"ws:///x"_s, u"http:///"_s, false);
        row("no socket", u"http://g/x"_s, u"http://g"_s, false);
    }
    void aSocketOfTheOriginIsOne()
    {
        QFETCH(QString, socket);
        QFETCH(QString, base);
        QFETCH(bool, isOne);
        QCOMPARE(isSocketOf(QUrl(socket), QUrl(base)), isOne);
    }
};

QTEST_GUILESS_MAIN(TestRebasedUrl)
#include "tst_rebasedurl.moc"
