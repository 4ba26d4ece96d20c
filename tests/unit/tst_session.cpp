#include "models/session.h"

#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestSession : public QObject
{
    Q_OBJECT

private slots:
    void longIdsAreShortened_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("shown");

        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("12 stay") << u"abcdefghijkl"_s << u"abcdefghijkl"_s;
        QTest::newRow("13 do not") << u"abcdefghijklm"_s << u"abcd…jklm"_s;
        QTest::newRow("UUID") << u"3f2a8f0e-7c1d-4b5a-9e6f-00112233c9d1"_s << u"3f2a…c9d1"_s;
    }
    void longIdsAreShortened()
    {
        QFETCH(QString, id);
        QTEST(shortId(id), "shown");
    }

    void idsThatMayBeEnded_data()
    {
        QTest::addColumn<QString>("id");

        QTest::newRow("UUID") << u"3f2a8f0e-7c1d-4b5a-9e6f-00112233c9d1"_s;
        QTest::newRow("short") << u"a"_s;
        QTest::newRow("underscore") << u"session_7"_s;
        QTest::newRow("begins with a reserved word") << u"all-7"_s;
        QTest::newRow("128 characters") << QString(128, u'a');
    }
    void idsThatMayBeEnded()
    {
        QFETCH(QString, id);
        QCOMPARE(terminateRefusal(id), QString());
    }

    void idsThatMayMeanSomethingElseAreRefused_data()
    {
        QTest::addColumn<QString>("id");

        for (const char *word : {"all", "async", "history", "release", "debug", "screenshot", "pdf",
                                 "scrape", "pending-interventions"})
            QTest::newRow(word) << QString::fromLatin1(word);
        QTest::newRow("all in capitals") << u"ALL"_s;
        QTest::newRow("empty") << QString();
        QTest::newRow("blank") << u" "_s;
        QTest::newRow("dot") << u"."_s;
        QTest::newRow("two dots") << u".."_s;
        QTest::newRow("slash") << u"a/b"_s;
        QTest::newRow("backslash") << u"a\\b"_s;
        QTest::newRow("encoded slash") << u"a%2Fb"_s;
        QTest::newRow("question mark") << u"a?b"_s;
        QTest::newRow("hash") << u"a#b"_s;
        QTest::newRow("semicolon") << u"a;b"_s;
        QTest::newRow("new line") << u"a\nb"_s;
        QTest::newRow("new line at the end") << u"a\n"_s;
        QTest::newRow("NUL") << u"a\0b"_s;
        QTest::newRow("129 characters") << QString(129, u'a');
        QTest::newRow("4 kB") << QString(4096, u'a');
        QTest::newRow("not Latin") << u"sеssion"_s; // a Cyrillic е
        QTest::newRow("stand-in") << u"?1"_s;
    }
    // Fault matrix: W15
    void idsThatMayMeanSomethingElseAreRefused()
    {
        QFETCH(QString, id);
        QVERIFY(!terminateRefusal(id).isEmpty());
    }
    // Fault matrix: W20
    void anIdThatIsGivenAgainIsAnothersSession()
    {
        Session one;
        one.id = u"a"_s;
        Session other = one;
        QVERIFY(isSameSession(one, other)); // nothing else is known
        one.createdAt = QDateTime({2026, 5, 1}, {12, 0}, Qt::UTC);
        QVERIFY(isSameSession(one, other));
        other.createdAt = one.createdAt.addMSecs(900); // rounded otherwise
        QVERIFY(isSameSession(one, other));
        other.createdAt = one.createdAt.addSecs(2);
        QVERIFY(!isSameSession(one, other));
        other = one;
        other.id = u"b"_s;
        QVERIFY(!isSameSession(one, other));
    }
};

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
