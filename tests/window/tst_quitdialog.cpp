#include "tests/fakes/samplesession.h"
#include "tests/window/namelesscontrols.h"
#include "tests/window/widgetfinder.h"
#include "ui/quitdialog.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestQuitDialog : public QObject
{
    Q_OBJECT

    static QList<SessionRow> running(int count)
    {
        QList<SessionRow> rows;
        for (int number = 0; number < count; ++number) {
            SessionRow row;
            row.session = sampleSession(QString::number(number));
            row.key = {u"local"_s, row.session.id};
            rows.append(row);
        }
        return rows;
    }

private slots:
    void questionCounts_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<QString>("question");
        QTest::newRow("one") << 1 << u"1 browser is still running on this machine."_s;
        QTest::newRow("three") << 3 << u"3 browsers are still running on this machine."_s;
    }

    void questionCounts()
    {
        QFETCH(int, count);
        QFETCH(QString, question);
        QuitDialog dialog(running(count));
        QVERIFY(visibleTexts(dialog).contains(question));
    }

    void profilesThatEndingSavesAreNamed()
    {
        QList<SessionRow> rows = running(3);
        rows[0].session.profileName = u"<i>mail</i>"_s;
        rows[0].session.persist = true;
        rows[1].session.profileName = u"ops-desk"_s;
        rows[1].session.persist = false;
        QuitDialog dialog(rows);
        const QString texts = visibleTexts(dialog).join(u'\n');
        QVERIFY(texts.contains(u"When they end: 1 profile is saved: <i>mail</i>."_s));
        QVERIFY(!texts.contains(u"ops-desk"_s));
        for (const QLabel *label : dialog.findChildren<QLabel *>())
            QCOMPARE(label->textFormat(), Qt::PlainText);
    }

    void eachButtonSaysItsChoiceOnce_data()
    {
        QTest::addColumn<QString>("button");
        QTest::addColumn<QuitChoice>("choice");
        QTest::newRow("end") << u"End them"_s << QuitChoice::EndThem;
        QTest::newRow("leave") << u"Leave them running"_s << QuitChoice::LeaveRunning;
        QTest::newRow("cancel") << u"Cancel"_s << QuitChoice::Cancel;
    }

    void eachButtonSaysItsChoiceOnce()
    {
        QFETCH(QString, button);
        QFETCH(QuitChoice, choice);
        QuitDialog dialog(running(2));
        QSignalSpy chosen(&dialog, &QuitDialog::chosen);
        dialog.open();
        QTest::mouseClick(buttonNamed(dialog, button), Qt::LeftButton);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.constFirst().constFirst().value<QuitChoice>(), choice);
        QVERIFY(!dialog.isVisible());
    }

    void escIsCancel()
    {
        QuitDialog dialog(running(2));
        QSignalSpy chosen(&dialog, &QuitDialog::chosen);
        dialog.open();
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.constFirst().constFirst().value<QuitChoice>(), QuitChoice::Cancel);
    }

    void closingIsCancel()
    {
        QuitDialog dialog(running(2));
        QSignalSpy chosen(&dialog, &QuitDialog::chosen);
        dialog.open();
        dialog.close();
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.constFirst().constFirst().value<QuitChoice>(), QuitChoice::Cancel);
    }

    void cancelIsDefaultAndFocused()
    {
        QuitDialog dialog(running(2));
        dialog.open();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        auto *cancel = qobject_cast<QPushButton *>(buttonNamed(dialog, u"Cancel"_s));
        QVERIFY(cancel->isDefault());
        QCOMPARE(dialog.focusWidget(), cancel);
    }

    void protectedOnesWantTheCountTyped()
    {
        Connection local;
        local.name = u"Local"_s;
        local.guard = Connection::Guard::Protected;
        QList<SessionRow> rows = running(3);
        rows[1].connection = QSharedPointer<const Connection>::create(local);
        QuitDialog dialog(rows);
        QVERIFY(visibleTexts(dialog).contains(
            u"1 session is on Local, a protected connection. Type 3 to go on."_s));
        QAbstractButton *end = buttonNamed(dialog, u"End them"_s);
        QVERIFY(!end->isEnabled());
        QVERIFY(buttonNamed(dialog, u"Leave them running"_s)->isEnabled());
        auto *typed = dialog.findChild<QLineEdit *>();
        QTest::keyClicks(typed, u"3"_s);
        QVERIFY(end->isEnabled());
        QTest::keyClicks(typed, u"0"_s);
        QVERIFY(!end->isEnabled());
        QCOMPARE(namelessControls(dialog), QStringList());
    }

    void whatIsOnlyWatchedDoesNotEnd()
    {
        Connection watched;
        watched.guard = Connection::Guard::WatchOnly;
        QList<SessionRow> rows = running(2);
        rows[0].connection = QSharedPointer<const Connection>::create(watched);
        QuitDialog dialog(rows);
        QVERIFY(buttonNamed(dialog, u"End them"_s)->isEnabled());
    }

    void everyControlHasAName()
    {
        QuitDialog dialog(running(2));
        QCOMPARE(namelessControls(dialog), QStringList());
    }
};

QTEST_MAIN(TestQuitDialog)
#include "tst_quitdialog.moc"
