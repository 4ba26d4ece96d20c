#include "models/urltext.h"

#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestUrlText : public QObject
{
    Q_OBJECT

private slots:
    void secretsOfAUrlAreMasked_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("masked");

        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("nothing to hide")
            << u"https://example.com/a/b"_s << u"https://example.com/a/b"_s;
        QTest::newRow("user info")
            << u"https://me:canary@example.com/"_s << u"https://••••@example.com/"_s;
        QTest::newRow("user info with an @")
            << u"https://me:can@ry@example.com/"_s << u"https://••••@example.com/"_s;
        QTest::newRow("user info without a scheme")
            << u"me:canary@example.com"_s << u"••••@example.com"_s;
        QTest::newRow("query values") << u"wss://example.com?apiKey=canary&sessionId=canary"_s
                                      << u"wss://example.com?apiKey=••••&sessionId=••••"_s;
        QTest::newRow("query value with an =")
            << u"https://example.com/?key=canary=="_s << u"https://example.com/?key=••••"_s;
        QTest::newRow("query without a name")
            << u"https://example.com/?canary"_s << u"https://example.com/?••••"_s;
        QTest::newRow("query with a semicolon")
            << u"https://example.com/?a=1;key=canary"_s << u"https://example.com/?a=••••"_s;
        QTest::newRow("URL in the query") << u"example.com/?key=canary&next=https://b.example"_s
                                          << u"example.com/?key=••••&next=••••"_s;
        QTest::newRow("query with a second ?")
            << u"https://example.com/?a=b?canary"_s << u"https://example.com/?a=••••"_s;
        QTest::newRow("fragment") << u"https://example.com/#access_token=canary"_s
                                  << u"https://example.com/#••••"_s;
        QTest::newRow("fragment with a ?")
            << u"https://example.com#a?b=canary"_s << u"https://example.com#••••"_s;
        QTest::newRow("capability")
            << u"http://127.0.0.1:9222/live/3f2a8f0e/Zm9vYmFyYmF6cXV4MTIzNA"_s
            << u"http://127.0.0.1:9222/live/3f2a8f0e/••••"_s;
        QTest::newRow("browser id")
            << u"ws://127.0.0.1:40001/devtools/browser/3f2a8f0e-7c1d-4b5a-9e6f-00112233c9d1"_s
            << u"ws://127.0.0.1:40001/devtools/browser/••••"_s;
        QTest::newRow("19 characters stay") << u"https://example.com/"_s + QString(19, u'a')
                                            << u"https://example.com/"_s + QString(19, u'a');
        QTest::newRow("control characters")
            << u"https://example.com/\x1b[31m"_s << u"https://example.com/␛[31m"_s;
    }
    // Fault matrix: W28
    void secretsOfAUrlAreMasked()
    {
        QFETCH(QString, url);
        QTEST(maskedUrl(url), "masked");
    }

    void urlsInATextAreMasked_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("masked");

        QTest::newRow("no URL") << u"Connection refused"_s << u"Connection refused"_s;
        QTest::newRow("in the middle")
            << u"Error transferring https://example.com/?key=canary - server replied: Bad"_s
            << u"Error transferring https://example.com/?key=•••• - server replied: Bad"_s;
        QTest::newRow("in quotes") << u"cannot open \"wss://me:canary@example.com/\""_s
                                   << u"cannot open \"wss://••••@example.com/\""_s;
        QTest::newRow("apostrophe in the secret")
            << u"no https://example.com/?key=can'ary!"_s << u"no https://example.com/?key=••••"_s;
        QTest::newRow("two") << u"http://a.example/#canary or http://b.example/#canary"_s
                             << u"http://a.example/#•••• or http://b.example/#••••"_s;
        QTest::newRow("control characters")
            << u"bad\nhttps://example.com/"_s << u"bad␊https://example.com/"_s;
    }
    // Fault matrix: W28
    void urlsInATextAreMasked()
    {
        QFETCH(QString, text);
        QTEST(maskedText(text), "masked");
    }

    void schemesOfTheWebAreDropped()
    {
        QCOMPARE(withoutScheme(u"https://example.com"_s), u"example.com"_s);
        QCOMPARE(withoutScheme(u"WSS://example.com"_s), u"example.com"_s);
        QCOMPARE(withoutScheme(u"file:///etc"_s), u"file:///etc"_s);
        QCOMPARE(withoutScheme({}), QString());
    }

    void ordinaryTextIsUntouched_data()
    {
        QTest::addColumn<QString>("text");

        QTest::newRow("empty") << QString();
        QTest::newRow("ASCII") << u"Sign in – Example (2) <b>&amp;"_s;
        QTest::newRow("Chinese") << u"登录 – 示例"_s;
        QTest::newRow("rare Chinese, two units") << u"𠮷野家"_s;
        QTest::newRow("Japanese") << u"ログイン"_s;
        QTest::newRow("Korean") << u"로그인"_s;
        QTest::newRow("Arabic") << u"تسجيل الدخول"_s;
        QTest::newRow("Hebrew") << u"התחברות"_s;
        QTest::newRow("Persian with a non-joiner") << u"می\u200Cخواهم"_s;
        QTest::newRow("Hindi with a joiner") << u"क्\u200Dष"_s;
        QTest::newRow("emoji") << u"🚀 done"_s;
        QTest::newRow("emoji family") << u"👩\u200D👩\u200D👧"_s;
        QTest::newRow("combining accents") << u"e\u0301"_s;
        QTest::newRow("no-break space") << u"10\u00A0km"_s;
    }
    void ordinaryTextIsUntouched()
    {
        QFETCH(QString, text);
        QCOMPARE(visibleText(text), text);
    }

    void hiddenCharactersAreShown_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");

        QTest::newRow("NUL") << u"a\0b"_s << u"a␀b"_s;
        QTest::newRow("new line, tab") << u"a\r\n\tb"_s << u"a␍␊␉b"_s;
        QTest::newRow("ANSI") << u"\x1b[2Jred"_s << u"␛[2Jred"_s;
        QTest::newRow("delete") << u"a\x7f"_s << u"a␡"_s;
        QTest::newRow("C1 control") << u"a\u009Bb"_s << u"a[U+009B]b"_s;
        QTest::newRow("right-to-left override") << u"exe.\u202Egnp"_s << u"exe.[U+202E]gnp"_s;
        QTest::newRow("isolate") << u"\u2066a\u2069"_s << u"[U+2066]a[U+2069]"_s;
        QTest::newRow("direction mark") << u"a\u200Fb"_s << u"a[U+200F]b"_s;
        QTest::newRow("zero-width space") << u"pay\u200Bpal"_s << u"pay[U+200B]pal"_s;
        QTest::newRow("soft hyphen") << u"pay\u00ADpal"_s << u"pay[U+00AD]pal"_s;
        QTest::newRow("byte order mark") << u"\uFEFFa"_s << u"[U+FEFF]a"_s;
        QTest::newRow("line separator") << u"a\u2028b"_s << u"a[U+2028]b"_s;
        QTest::newRow("tag character") << u"a\U000E0041"_s << u"a[U+E0041]"_s;
        QTest::newRow("high surrogate alone")
            << QString(u"a"_s + QChar(0xD83D) + u"b"_s) << u"a\uFFFDb"_s;
        QTest::newRow("low surrogate alone") << QString(u"a"_s + QChar(0xDE80)) << u"a\uFFFD"_s;
    }
    // Fault matrix: W14
    void hiddenCharactersAreShown()
    {
        QFETCH(QString, text);
        QTEST(visibleText(text), "shown");
    }

    void lengthIsBounded()
    {
        QCOMPARE(visibleText(QString(4096, u'a')), QString(4096, u'a'));
        QCOMPARE(visibleText(QString(100'000, u'a')), QString(QString(4096, u'a') + u'…'));
    }

    void theBoundCutsNoCharacter()
    {
        const QString text = QString(4095, u'a') + u"🚀🚀"_s;
        QCOMPARE(visibleText(text), QString(QString(4095, u'a') + u'…'));
    }

    void addressesThatAreOpened_data()
    {
        QTest::addColumn<QString>("url");

        QTest::newRow("http") << u"http://127.0.0.1:9222/live/a/b"_s;
        QTest::newRow("https") << u"https://example.com/?a=b#c"_s;
        QTest::newRow("capitals") << u"HTTPS://EXAMPLE.COM/"_s;
        QTest::newRow("IPv6") << u"http://[::1]:9222/"_s;
        QTest::newRow("@ in the path") << u"https://example.com/@me"_s;
        QTest::newRow("longer than what is shown")
            << QString("https://example.com/"_L1 + QString(6000, u'a'));
    }
    // Fault matrix: W16
    void addressesThatAreOpened()
    {
        QFETCH(QString, url);
        QCOMPARE(openUrlRefusal(url), QString());
    }

    void addressesThatAreNotOpened_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("says");

        QTest::newRow("empty") << QString() << u"no address"_s;
        QTest::newRow("file:") << u"file:///etc/passwd"_s << u"http"_s;
        QTest::newRow("javascript:") << u"javascript:alert(1)"_s << u"http"_s;
        QTest::newRow("smb:") << u"smb://host/share"_s << u"http"_s;
        QTest::newRow("data:") << u"data:text/html,hello"_s << u"http"_s;
        QTest::newRow("wss:") << u"wss://example.com/"_s << u"http"_s;
        QTest::newRow("begins like http") << u"httpx://example.com/"_s << u"http"_s;
        QTest::newRow("user and password") << u"https://user:pass@host/"_s << u"user name"_s;
        QTest::newRow("user") << u"https://user@host/"_s << u"user name"_s;
        QTest::newRow("empty user") << u"https://@host/"_s << u"user name"_s;
        QTest::newRow("CR LF") << u"https://example.com/\r\nX: y"_s << u"hidden"_s;
        QTest::newRow("NUL") << u"https://example.com/\0"_s << u"hidden"_s;
        QTest::newRow("override") << u"https://example.com/\u202Egnp"_s << u"hidden"_s;
        QTest::newRow("64 kB") << QString("https://example.com/"_L1 + QString(64 * 1024, u'a'))
                               << u"too long"_s;
        QTest::newRow("relative") << u"/live/a"_s << u"complete"_s;
        QTest::newRow("without a scheme") << u"example.com/a"_s << u"complete"_s;
        QTest::newRow("scheme-relative") << u"//example.com/a"_s << u"complete"_s;
        QTest::newRow("no host") << u"https:///a"_s << u"host"_s;
        QTest::newRow("opaque") << u"https:example.com"_s << u"host"_s;
        QTest::newRow("backslash before an @")
            << u"https://a.example\\@b.example/"_s << u"complete"_s;
        QTest::newRow("blank") << u"https://example.com/a b"_s << u"complete"_s;
        QTest::newRow("option of a program") << u"--help"_s << u"complete"_s;
    }
    // Fault matrix: W16
    void addressesThatAreNotOpened()
    {
        QFETCH(QString, url);
        QFETCH(QString, says);
        const QString refusal = openUrlRefusal(url);
        QVERIFY2(refusal.contains(says), qPrintable(refusal));
    }
};

QTEST_GUILESS_MAIN(TestUrlText)
#include "tst_urltext.moc"
