#include "models/sessionstatus.h"

#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using Kind = SessionStatus::Kind;

class TestSessionStatus : public QObject
{
    Q_OBJECT

private slots:
    void wordsOfTheContract_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("over");

        QTest::newRow("starting") << u"starting"_s << Kind::Starting << u"Starting"_s << false;
        QTest::newRow("running") << u"running"_s << Kind::Running << u"Running"_s << false;
        QTest::newRow("idle") << u"idle"_s << Kind::Idle << u"Idle"_s << false;
        QTest::newRow("stopped") << u"stopped"_s << Kind::Stopped << u"Stopped"_s << true;
        QTest::newRow("error") << u"error"_s << Kind::Error << u"Error"_s << true;
    }
    void wordsOfTheContract()
    {
        QFETCH(QString, word);
        QFETCH(Kind, kind);
        const SessionStatus status = SessionStatus::fromWord(word);
        QCOMPARE(status.kind(), kind);
        QCOMPARE(status, SessionStatus(kind));
        QCOMPARE(status.word(), word);
        QTEST(status.text(), "text");
        QTEST(status.isOver(), "over");
        QCOMPARE(SessionStatus::fromWord(word.toUpper()), status);
    }

    void otherWordsAreKeptAndNeverMistaken_data()
    {
        QTest::addColumn<QString>("word");

        QTest::newRow("of another service") << u"Active"_s;
        QTest::newRow("begins like a known one") << u"running-late"_s;
        QTest::newRow("with a blank") << u"running "_s;
    }
    void otherWordsAreKeptAndNeverMistaken()
    {
        QFETCH(QString, word);
        const SessionStatus status = SessionStatus::fromWord(word);
        QCOMPARE(status.kind(), Kind::Unknown);
        QCOMPARE(status.word(), word);
        QCOMPARE(status.text(), word);
        QVERIFY(!status.isOver());
    }

    void noWordIsUnknown()
    {
        QCOMPARE(SessionStatus().text(), u"Unknown"_s);
        QCOMPARE(SessionStatus::fromWord({}), SessionStatus());
    }
};

QTEST_GUILESS_MAIN(TestSessionStatus)
#include "tst_sessionstatus.moc"
