#include "tests/window/namelesscontrols.h"
#include "tests/window/widgetfinder.h"
#include "ui/controlkind.h"
#include "ui/filterbox.h"
#include "ui/filterproblem.h"

#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestFilterBox : public QObject
{
    Q_OBJECT

    struct Window
    {
        QWidget window;
        FilterBox *box = new FilterBox(&window);
        QSignalSpy changed{box, &FilterBox::filterChanged};
        QSignalSpy escaped{box, &FilterBox::escapeToTable};

        Window()
        {
            window.resize(500, 200);
            box->setGeometry(100, 7, 320, 30);
            window.show();
            [[maybe_unused]] const bool active = QTest::qWaitForWindowActive(&window);
            box->takeFocus();
        }

        [[nodiscard]] bool showsProblem() const
        {
            const auto *problem = window.findChild<FilterProblem *>();
            return problem && problem->isVisible();
        }
    };

private slots:
    void goodExpressionIsAppliedWhileTyping()
    {
        Window test;
        QTest::keyClicks(test.box, u"ci"_s);
        QCOMPARE(test.changed.size(), 2);
        QCOMPARE(test.box->shownExpression(), u"ci"_s);
        QVERIFY(!test.changed.constLast().constFirst().value<SessionFilter>().isEmpty());
    }

    void blanksAroundChangeNothing()
    {
        Window test;
        QTest::keyClicks(test.box, u"c  "_s);
        QCOMPARE(test.changed.size(), 1);
    }

    void badExpressionKeepsTheLastGoodOne()
    {
        Window test;
        test.box->setText(u"age<4h"_s);
        test.changed.clear();
        test.box->setText(u"status:runing"_s);
        QCOMPARE(test.changed.size(), 0);
        QCOMPARE(test.box->shownExpression(), u"age<4h"_s);
    }

    void badExpressionExplainsItselfWhenTypingStops()
    {
        Window test;
        test.box->setText(u"age<4h"_s);
        test.box->selectAll();
        test.box->insert(u"status:runing"_s); // as when it is pasted
        QTRY_VERIFY(test.showsProblem());
        QCOMPARE(fieldState(test.box), FieldState::Wrong);
        const QStringList texts = visibleTexts(*test.window.findChild<FilterProblem *>());
        const QStringList expected{u"\"status:\" has no \"runing\""_s,
                                   u"Did you mean running? The list still shows age<4h."_s};
        QCOMPARE(texts, expected);
        QVERIFY(test.box->accessibleDescription().contains(u"has no \"runing\""_s));
        QVERIFY(test.box->hasFocus());
    }

    void unfinishedWordIsNotCalledWrong()
    {
        Window test;
        QTest::keyClicks(test.box, u"status:"_s);
        QVERIFY(!test.showsProblem());
        QTest::keyClicks(test.box, u"idle"_s);
        QVERIFY(!test.showsProblem());
        QCOMPARE(fieldState(test.box), FieldState::Sound);
        QCOMPARE(test.box->shownExpression(), u"status:idle"_s);
    }

    void correctedExpressionClearsTheProblem()
    {
        Window test;
        test.box->setText(u"age>x"_s);
        QTest::keyClick(test.box, Qt::Key_Return);
        QVERIFY(test.showsProblem());
        QTest::keyClick(test.box, Qt::Key_Backspace);
        QTest::keyClicks(test.box, u"5m"_s);
        QVERIFY(!test.showsProblem());
        QCOMPARE(fieldState(test.box), FieldState::Sound);
    }

    void problemNamesWholeListWithoutAGoodFilter()
    {
        Window test;
        test.box->setText(u"age>x"_s);
        QTest::keyClick(test.box, Qt::Key_Return);
        const QString texts = visibleTexts(*test.window.findChild<FilterProblem *>()).join(u'\n');
        QVERIFY(texts.contains(u"The list still shows all sessions."_s));
    }

    void problemIsPlainText()
    {
        Window test;
        test.box->setText(u"status:<b>x</b>"_s);
        QTest::keyClick(test.box, Qt::Key_Return);
        const auto *problem = test.window.findChild<FilterProblem *>();
        for (const QLabel *label : problem->findChildren<QLabel *>())
            QCOMPARE(label->textFormat(), Qt::PlainText);
        QVERIFY(visibleTexts(*problem).join(u'\n').contains(u"<b>x</b>"_s));
    }

    void problemStandsUnderTheFieldAndMovesWithIt()
    {
        Window test;
        test.box->setText(u"age>x"_s);
        QTest::keyClick(test.box, Qt::Key_Return);
        const auto *problem = test.window.findChild<FilterProblem *>();
        QVERIFY(problem->y() > test.box->geometry().bottom());
        QCOMPARE(problem->geometry().right(), test.box->geometry().right());
        test.box->move(150, 7);
        QCOMPARE(problem->geometry().right(), test.box->geometry().right());
    }

    void firstEscClearsSecondGoesToTheTable()
    {
        Window test;
        QTest::keyClicks(test.box, u"ci"_s);
        QTest::keyClick(test.box, Qt::Key_Escape);
        QCOMPARE(test.box->text(), QString());
        QCOMPARE(test.escaped.size(), 0);
        QVERIFY(test.changed.constLast().constFirst().value<SessionFilter>().isEmpty());
        QTest::keyClick(test.box, Qt::Key_Escape);
        QCOMPARE(test.escaped.size(), 1);
    }

    void downAndReturnGoToTheTable_data()
    {
        QTest::addColumn<int>("key");
        QTest::newRow("Down") << int(Qt::Key_Down);
        QTest::newRow("Return") << int(Qt::Key_Return);
        QTest::newRow("Enter") << int(Qt::Key_Enter);
    }

    void downAndReturnGoToTheTable()
    {
        QFETCH(int, key);
        Window test;
        QTest::keyClicks(test.box, u"ci"_s);
        QTest::keyClick(test.box, Qt::Key(key));
        QCOMPARE(test.escaped.size(), 1);
        QCOMPARE(test.box->text(), u"ci"_s);
    }

    void returnOnABadExpressionStays()
    {
        Window test;
        QTest::keyClicks(test.box, u"age>x"_s);
        QTest::keyClick(test.box, Qt::Key_Return);
        QCOMPARE(test.escaped.size(), 0);
        QVERIFY(test.showsProblem());
    }

    void delDeletesALetter()
    {
        Window test;
        QTest::keyClicks(test.box, u"ci"_s);
        QTest::keyClick(test.box, Qt::Key_Home);
        QTest::keyClick(test.box, Qt::Key_Delete);
        QCOMPARE(test.box->text(), u"i"_s);
    }

    void clearButtonIsThereWhenThereIsSomethingToClear()
    {
        Window test;
        QAbstractButton *clear = buttonNamed(*test.box, u"Clear the filter"_s);
        QVERIFY(!clear->isVisible());
        QTest::keyClicks(test.box, u"ci"_s);
        QVERIFY(clear->isVisible());
        QTest::mouseClick(clear, Qt::LeftButton);
        QCOMPARE(test.box->text(), QString());
        QVERIFY(test.box->hasFocus());
    }

    void countsAreSaid()
    {
        Window test;
        test.box->setCounts(12, 80);
        QCOMPARE(test.box->accessibleDescription(), u"12 of 80 sessions are shown"_s);
    }

    void countsLeaveRoomForText()
    {
        Window test;
        QTest::keyClicks(test.box, u"ci"_s);
        const int without = test.box->textMargins().right();
        test.box->setCounts(12, 80);
        QVERIFY(test.box->textMargins().right() > without);
    }

    void takingTheFocusSelectsAll()
    {
        Window test;
        test.box->setText(u"ci"_s);
        test.box->takeFocus();
        QCOMPARE(test.box->selectedText(), u"ci"_s);
    }

    void everyControlHasAName()
    {
        const Window test;
        QCOMPARE(namelessControls(test.window), QStringList());
    }
};

QTEST_MAIN(TestFilterBox)
#include "tst_filterbox.moc"
