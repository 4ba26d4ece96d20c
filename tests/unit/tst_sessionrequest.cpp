#include "models/sessionrequest.h"

#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestSessionRequest : public QObject
{
    Q_OBJECT

private slots:
    void persistFollowsCreateUnlessSaid()
    {
        SessionRequest request;
        QVERIFY(!request.persists());
        request.createNewProfile = true;
        QVERIFY(request.persists());
        request.persist = false;
        QVERIFY(!request.persists());
    }

    void goodProfileNames_data()
    {
        QTest::addColumn<QString>("name");

        QTest::newRow("one letter") << u"a"_s;
        QTest::newRow("all that is allowed") << u"Team-7_main.v2"_s;
        QTest::newRow("64 characters") << QString(64, u'a');
        QTest::newRow("begins like a device") << u"console"_s;
        QTest::newRow("com without a digit") << u"com"_s;
    }
    void goodProfileNames()
    {
        QFETCH(QString, name);
        QCOMPARE(profileNameProblem(name), QString());
    }

    void badProfileNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("says");

        QTest::newRow("empty") << QString() << u"Give"_s;
        QTest::newRow("dot") << u"."_s << u"dot"_s;
        QTest::newRow("two dots") << u".."_s << u"dot"_s;
        QTest::newRow("hidden") << u".ssh"_s << u"dot"_s;
        QTest::newRow("dot at the end") << u"a."_s << u"dot"_s;
        QTest::newRow("slash") << u"a/b"_s << u"slash"_s;
        QTest::newRow("backslash") << u"a\\b"_s << u"letters"_s;
        QTest::newRow("blank") << u"my profile"_s << u"Space"_s;
        QTest::newRow("new line at the end") << u"a\n"_s << u"letters"_s;
        QTest::newRow("NUL") << u"a\0"_s << u"letters"_s;
        QTest::newRow("not ASCII") << u"zürich"_s << u"letters"_s;
        QTest::newRow("65 characters") << QString(65, u'a') << u"64"_s;
        QTest::newRow("300 characters") << QString(300, u'a') << u"64"_s;
        QTest::newRow("device") << u"con"_s << u"device"_s;
        QTest::newRow("device in capitals") << u"NUL"_s << u"device"_s;
        QTest::newRow("device with a suffix") << u"com1.txt"_s << u"device"_s;
    }
    void badProfileNames()
    {
        QFETCH(QString, name);
        QFETCH(QString, says);
        const QString problem = profileNameProblem(name);
        QVERIFY2(problem.contains(says), qPrintable(problem));
    }

    void startPageIsCompleted_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("opened");

        QTest::newRow("none") << QString() << QString();
        QTest::newRow("blanks are none") << u"  "_s << QString();
        QTest::newRow("host") << u"example.com"_s << u"https://example.com"_s;
        QTest::newRow("host and path") << u" example.com/a:b "_s << u"https://example.com/a:b"_s;
        QTest::newRow("host and port") << u"localhost:3000"_s << u"https://localhost:3000"_s;
        QTest::newRow("address") << u"127.0.0.1:80/x"_s << u"https://127.0.0.1:80/x"_s;
        QTest::newRow("http stays") << u"http://example.com"_s << u"http://example.com"_s;
        QTest::newRow("capitals stay") << u"HTTPS://example.com"_s << u"HTTPS://example.com"_s;
        QTest::newRow("about:blank stays") << u"about:blank"_s << u"about:blank"_s;
        QTest::newRow("other schemes stay") << u"javascript:alert(1)"_s << u"javascript:alert(1)"_s;
    }
    void startPageIsCompleted()
    {
        QFETCH(QString, typed);
        QTEST(completedInitialUrl(typed), "opened");
    }

    void startPagesThatCanBeOpened_data()
    {
        QTest::addColumn<QString>("typed");

        QTest::newRow("none") << QString();
        QTest::newRow("about:blank") << u"about:blank"_s;
        QTest::newRow("host") << u"example.com"_s;
        QTest::newRow("host and port") << u"localhost:3000"_s;
        QTest::newRow("everything") << u"https://example.com:8443/a/b?c=d&e=%20#f"_s;
        QTest::newRow("IPv6") << u"http://[::1]:8080/"_s;
        QTest::newRow("international") << u"https://bücher.example/straße?q=ü"_s;
        QTest::newRow("capitals") << u"HTTP://EXAMPLE.COM"_s;
        QTest::newRow("8 KiB") << QString("https://example.com/"_L1 + QString(8 * 1024 - 20, u'a'));
    }
    void startPagesThatCanBeOpened()
    {
        QFETCH(QString, typed);
        QCOMPARE(initialUrlProblem(typed), QString());
    }

    void startPagesThatCannotBeOpened_data()
    {
        QTest::addColumn<QString>("typed");

        QTest::newRow("file:") << u"file:///etc/passwd"_s;
        QTest::newRow("file: on a host") << u"file://host/etc/passwd"_s;
        QTest::newRow("javascript:") << u"javascript:alert(1)"_s;
        QTest::newRow("javascript: with a host") << u"javascript://example.com/%0Aalert(1)"_s;
        QTest::newRow("javascript: in capitals") << u"JavaScript:alert(1)"_s;
        QTest::newRow("broken by a tab") << u"java\tscript:alert(1)"_s;
        QTest::newRow("chrome:") << u"chrome://settings"_s;
        QTest::newRow("chrome: without slashes") << u"chrome:settings"_s;
        QTest::newRow("data:") << u"data:text/html,hello"_s;
        QTest::newRow("view-source:") << u"view-source:https://example.com"_s;
        QTest::newRow("about: another page") << u"about:config"_s;
        QTest::newRow("no host") << u"https://"_s;
        QTest::newRow("no host, three slashes") << u"https:///path"_s;
        QTest::newRow("bad port") << u"https://example.com:99999/"_s;
        QTest::newRow("blank inside") << u"hello world"_s;
        QTest::newRow("1 MB") << QString("https://example.com/"_L1 + QString(1'000'000, u'a'));
    }
    void startPagesThatCannotBeOpened()
    {
        QFETCH(QString, typed);
        QVERIFY(!initialUrlProblem(typed).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSessionRequest)
#include "tst_sessionrequest.moc"
