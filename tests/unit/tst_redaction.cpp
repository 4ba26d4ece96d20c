#include "models/knownsecrets.h"
#include "models/redaction.h"
#include "models/urltext.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestRedaction : public QObject
{
    Q_OBJECT

private slots:
    void secretsGo_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");

        for (const char *name : {"apiKey", "api-key", "api_key", "APIKEY", "token", "sessionId",
                                 "rt", "signingKey", "access_token", "key", "password"}) {
            const QString parameter = QString::fromLatin1(name);
            QTest::addRow("%s", name)
                << u"GET https://h/?a=b&"_s + parameter + u"=canary&c=d failed"_s
                << u"GET https://h/?a=b&"_s + parameter + u"=••••&c=d failed"_s;
        }
        QTest::newRow("first of the query")
            << u"wss://h?apiKey=canary"_s << u"wss://h?apiKey=••••"_s;
        QTest::newRow("request target")
            << u"GET /?apiKey=canary HTTP/1.1"_s << u"GET /?apiKey=•••• HTTP/1.1"_s;
        QTest::newRow("after a semicolon")
            << u"https://h/?a=1;key=canary"_s << u"https://h/?a=1;key=••••"_s;
        QTest::newRow("fragment") << u"https://h/#access_token=canary&a=b"_s
                                  << u"https://h/#access_token=••••&a=b"_s;
        QTest::newRow("in quotes") << u"cannot open \"wss://h/?token=canary\""_s
                                   << u"cannot open \"wss://h/?token=••••\""_s;
        QTest::newRow("apostrophe in it")
            << u"https://h/?key=can'ary"_s << u"https://h/?key=••••"_s;
        QTest::newRow("URL in a URL")
            << u"https://h/inspector?ws=wss%3A%2F%2Fh%2F%3Fa%3Db%26apiKey%3Dcanary"_s
            << u"https://h/inspector?ws=wss%3A%2F%2Fh%2F%3Fa%3Db%26apiKey%3D••••"_s;
        QTest::newRow("URL in a URL in a URL")
            << u"https://h/?u=x%253FapiKey%253Dcanary"_s << u"https://h/?u=x%253FapiKey%253D••••"_s;
        QTest::newRow("user info")
            << u"see https://me:canary@h/a, please"_s << u"see https://••••@h/a, please"_s;
        QTest::newRow("user info with an @") << u"https://me:can@ry@h/"_s << u"https://••••@h/"_s;
        QTest::newRow("URL in the path of another")
            << u"http://p/https://me:canary@h/"_s << u"http://p/https://••••@h/"_s;
        QTest::newRow("scheme twice")
            << u"http://https://me:canary@h/"_s << u"http://https://••••@h/"_s;
        QTest::newRow("two URLs") << u"http://canary@a.example/ http://canary@b.example/"_s
                                  << u"http://••••@a.example/ http://••••@b.example/"_s;
        QTest::newRow("lines stay")
            << u"a\nhttps://h/?key=canary\nb"_s << u"a\nhttps://h/?key=••••\nb"_s;
    }
    // Fault matrix: W28
    void secretsGo()
    {
        QFETCH(QString, text);
        QTEST(redacted(text), "says");
    }

    void theRestStays_data()
    {
        QTest::addColumn<QString>("text");

        QTest::newRow("empty") << QString();
        QTest::newRow("words") << u"The key=value pairs; a token = none. mail me@example.com"_s;
        QTest::newRow("path") << u"file:///usr/lib/x86_64-linux-gnu-and-more/libQt6Core.so.6.4.2"_s;
        QTest::newRow("session id")
            << u"http://127.0.0.1:4000/sessions/3f2a8f0e-7c1d-4b5a-9e6f-00112233c9d1"_s;
        QTest::newRow("other values") << u"https://h/?page=2&monkey=no&sort=up#top"_s;
        QTest::newRow("no value") << u"https://h/?key=&a=b"_s;
        QTest::newRow("@ behind the host") << u"https://h/@me/a?b=c@d"_s;
    }
    void theRestStays()
    {
        QFETCH(QString, text);
        QCOMPARE(redacted(text), text);
    }

    // One rule: what the log hides, the screen hides too.
    void theScreenHidesNoLess_data() { secretsGo_data(); }
    void theScreenHidesNoLess()
    {
        QFETCH(QString, text);
        // A request target is not recognised as a URL there, but shown by none.
        if (!text.contains("://"_L1))
            return;
        const QString shown = maskedText(text);
        QVERIFY2(!shown.contains(u"canary"_s), qPrintable(shown));
        QVERIFY2(!shown.contains(u"ry@"_s), qPrintable(shown));
    }

    void hiddenSecretsGoOnEveryPath_data()
    {
        QTest::addColumn<QString>("text");

        QTest::newRow("words") << u"the service says qwertz-canary is wrong"_s;
        QTest::newRow("a value with another name") << u"https://h/?note=qwertz-canary"_s;
        QTest::newRow("path") << u"https://h/qwertz-canary/a"_s;
        QTest::newRow("host") << u"https://qwertz-canary.example/"_s;
        QTest::newRow("one that ends a URL") << u"https://h/?key=sand\"canary-in-quotes"_s;
        QTest::newRow("at the cut of long texts") << QString(4090, u'-') + u"qwertz-canary"_s;
    }
    // Fault matrix: W28
    void hiddenSecretsGoOnEveryPath()
    {
        hideSecret(u"qwertz-canary"_s);
        hideSecret(u"sand\"canary-in-quotes"_s);
        QFETCH(QString, text);
        for (const QString &shown :
             {redacted(text), maskedText(text), maskedUrl(text), visibleText(text)}) {
            QVERIFY2(shown.contains(u"••••"_s), qPrintable(shown));
            QVERIFY2(!shown.contains(u"qwertz"_s), qPrintable(shown));
            QVERIFY2(!shown.contains(u"canary-in"_s), qPrintable(shown));
        }
    }

    void longTextsStayFast_data()
    {
        QTest::addColumn<QString>("piece");

        QTest::newRow("URLs") << u"https://me:canary@h/?apiKey=canary&a=b "_s;
        QTest::newRow("one URL") << u"&key=canary"_s;
        QTest::newRow("beginnings of one") << u"://"_s;
        QTest::newRow("no end of a user") << u"a@"_s;
        QTest::newRow("percent signs") << u"%25"_s;
        QTest::newRow("names") << u"&token-"_s;
    }
    void longTextsStayFast()
    {
        QFETCH(QString, piece);
        constexpr qsizetype size = qsizetype(4) * 1024 * 1024;
        QElapsedTimer taken;
        taken.start();
        const QString text = redacted(u"https://"_s + piece.repeated(size / piece.size()));
        QVERIFY(!text.contains(u"canary"_s));
        QVERIFY2(taken.elapsed() < 20'000, qPrintable(QString::number(taken.elapsed())));
    }
};

QTEST_GUILESS_MAIN(TestRedaction)
#include "tst_redaction.moc"
