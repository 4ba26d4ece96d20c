#include "tests/fakes/fakeclock.h"
#include "tests/fakes/samplesession.h"
#include "tests/window/namelesscontrols.h"
#include "tests/window/widgetfinder.h"
#include "ui/controlkind.h"
#include "ui/noteline.h"
#include "ui/terminatedialog.h"
#include "ui/terminationlist.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestTerminateDialog : public QObject
{
    Q_OBJECT

    static SessionRow rowOf(const QString &id)
    {
        SessionRow row;
        row.session = sampleSession(id);
        row.key = {u"local"_s, id};
        return row;
    }

    static SessionRow withProfile(const QString &id, const QString &profile, bool persist)
    {
        SessionRow row = rowOf(id);
        row.session.profileName = profile;
        row.session.persist = persist;
        return row;
    }

    SessionRow ended(SessionRow row) const
    {
        row.endedAt = m_clock.nowUtc();
        return row;
    }

    static bool says(const TerminateDialog &dialog, const QString &text)
    {
        return visibleTexts(dialog).join(u'\n').contains(text);
    }

    static QString rowText(const TerminateDialog &dialog, int row)
    {
        const auto *list = dialog.findChild<TerminationList *>();
        return list->model()->index(row, 0).data(Qt::AccessibleTextRole).toString();
    }

    // The strokes of an icon are thin: hardly a pixel has its colour alone.
    static bool containsRed(const QImage &image)
    {
        constexpr int much = 80;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QColor color = image.pixelColor(x, y);
                if (color.red() - color.green() > much && color.red() - color.blue() > much)
                    return true;
            }
        }
        return false;
    }

    FakeClock m_clock;

private slots:
    void oneIsNamedInQuestionAndButton()
    {
        TerminateDialog dialog({rowOf(u"session-number-1"_s)}, m_clock);
        QVERIFY(says(dialog, u"Terminate session sess…er-1?"_s));
        QVERIFY(buttonNamed(dialog, u"Terminate session"_s));
    }

    // A row on a connection with that guard.
    static SessionRow guarded(const QString &id, Connection::Guard guard)
    {
        Connection connection;
        connection.name = u"Production"_s;
        connection.guard = guard;
        SessionRow row = rowOf(id);
        row.connection = QSharedPointer<const Connection>::create(connection);
        return row;
    }

    void aProtectedConnectionWantsTheCountTyped()
    {
        TerminateDialog dialog({rowOf(u"a"_s), guarded(u"b"_s, Connection::Guard::Protected)},
                               m_clock);
        dialog.open();
        QAbstractButton *terminate = buttonNamed(dialog, u"Terminate 2 sessions"_s);
        auto *typed = dialog.findChild<QLineEdit *>(u"typedToConfirm"_s);
        QVERIFY(typed->isVisible());
        QVERIFY(says(dialog, u"1 session is on Production, a protected connection. "
                             "Type 2 to go on."_s));
        // Only the lock is loud.
        auto *note = typed->parentWidget()->findChild<NoteLine *>();
        QCOMPARE(note->findChild<QLabel *>()->palette().color(QPalette::WindowText),
                 Theme::light().text2);
        QVERIFY(containsRed(note->grab().toImage()));
        QVERIFY(!terminate->isEnabled());
        QTest::keyClicks(typed, u"3"_s);
        QVERIFY(!terminate->isEnabled());
        QTest::keyClick(typed, Qt::Key_Backspace);
        QTest::keyClicks(typed, u"2"_s);
        QVERIFY(terminate->isEnabled());
        // One ends meanwhile: what was typed counted two.
        dialog.updateRow(ended(rowOf(u"a"_s)));
        QVERIFY(!terminate->isEnabled());
    }

    void oneOnAProtectedConnectionWantsItsNameTyped()
    {
        TerminateDialog dialog({guarded(u"a"_s, Connection::Guard::Protected)}, m_clock);
        dialog.open();
        QAbstractButton *terminate = buttonNamed(dialog, u"Terminate session"_s);
        auto *typed = dialog.findChild<QLineEdit *>(u"typedToConfirm"_s);
        QVERIFY(!terminate->isEnabled());
        QVERIFY(!dialog.findChild<QCheckBox *>()); // it is asked every time
        QTest::keyClicks(typed, u"Production"_s);
        QVERIFY(terminate->isEnabled());
    }

    void aProtectedConnectionWithoutANameWantsTheCount()
    {
        SessionRow row = guarded(u"a"_s, Connection::Guard::Protected);
        Connection nameless = *row.connection;
        nameless.name = u" "_s;
        row.connection = QSharedPointer<const Connection>::create(nameless);
        TerminateDialog dialog({row}, m_clock);
        dialog.open();
        QAbstractButton *terminate = buttonNamed(dialog, u"Terminate session"_s);
        QVERIFY(!terminate->isEnabled());
        QTest::keyClicks(dialog.findChild<QLineEdit *>(u"typedToConfirm"_s), u"1"_s);
        QVERIFY(terminate->isEnabled());
    }

    void othersAskForNoTyping()
    {
        TerminateDialog dialog({guarded(u"a"_s, Connection::Guard::Normal)}, m_clock);
        dialog.open();
        QVERIFY(!dialog.findChild<QLineEdit *>(u"typedToConfirm"_s)->isVisible());
        QVERIFY(buttonNamed(dialog, u"Terminate session"_s)->isEnabled());
        QVERIFY(rowText(dialog, 0).startsWith(u"Production, "_s));
    }

    void severalAreCountedInQuestionAndButton()
    {
        TerminateDialog dialog({rowOf(u"a"_s), rowOf(u"b"_s), rowOf(u"c"_s)}, m_clock);
        QVERIFY(says(dialog, u"Terminate 3 sessions?"_s));
        QVERIFY(buttonNamed(dialog, u"Terminate 3 sessions"_s));
    }

    void eachRowNamesTitleIdFateAgeAndState()
    {
        TerminateDialog dialog({rowOf(u"a"_s), withProfile(u"b"_s, u"mail-test"_s, true),
                                withProfile(u"c"_s, u"ops-desk"_s, false)},
                               m_clock);
        QCOMPARE(rowText(dialog, 0),
                 u"Title of a, a, No profile, nothing is kept, 30 min, Running"_s);
        QCOMPARE(rowText(dialog, 1),
                 u"Title of b, b, Profile mail-test is saved, 30 min, Running"_s);
        QCOMPARE(rowText(dialog, 2),
                 u"Title of c, c, Profile ops-desk stays as it was, 30 min, Running"_s);
    }

    // Fault matrix: W14
    void markupInATitleIsText()
    {
        SessionRow row = withProfile(u"a"_s, u"<b>x</b>"_s, true);
        row.session.title = u"<img src=x>"_s;
        TerminateDialog dialog({row}, m_clock);
        QVERIFY(rowText(dialog, 0).startsWith(u"<img src=x>"_s));
        QVERIFY(says(dialog, u"replace profile <b>x</b>."_s));
        for (const QLabel *label : dialog.findChildren<QLabel *>())
            QCOMPARE(label->textFormat(), Qt::PlainText);
    }

    void cancelIsDefaultAndFocused()
    {
        TerminateDialog dialog({rowOf(u"a"_s)}, m_clock);
        dialog.open();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        auto *cancel = qobject_cast<QPushButton *>(buttonNamed(dialog, u"Cancel"_s));
        QVERIFY(cancel->isDefault());
        QCOMPARE(dialog.focusWidget(), cancel);
        QCOMPARE(controlKind(buttonNamed(dialog, u"Terminate session"_s)), ControlKind::Danger);
    }

    void enterAndEscCancel_data()
    {
        QTest::addColumn<int>("key");
        QTest::newRow("Enter") << int(Qt::Key_Return);
        QTest::newRow("Space") << int(Qt::Key_Space);
        QTest::newRow("Esc") << int(Qt::Key_Escape);
    }

    void enterAndEscCancel()
    {
        QFETCH(int, key);
        TerminateDialog dialog({rowOf(u"a"_s)}, m_clock);
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        QSignalSpy rejected(&dialog, &QDialog::rejected);
        dialog.open();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        QTest::keyClick(dialog.focusWidget(), Qt::Key(key));
        QCOMPARE(rejected.size(), 1);
        QCOMPARE(accepted.size(), 0);
    }

    void clickOnTerminateAccepts()
    {
        TerminateDialog dialog({rowOf(u"a"_s), rowOf(u"b"_s)}, m_clock);
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        dialog.open();
        QTest::mouseClick(buttonNamed(dialog, u"Terminate 2 sessions"_s), Qt::LeftButton);
        QCOMPARE(accepted.size(), 1);
        const QList<SessionKey> both{{u"local"_s, u"a"_s}, {u"local"_s, u"b"_s}};
        QCOMPARE(dialog.keysToTerminate(), both);
    }

    // Fault matrix: W21
    void oneThatEndsMeanwhileIsLeftOut()
    {
        TerminateDialog dialog({withProfile(u"a"_s, u"mail-test"_s, true), rowOf(u"b"_s)}, m_clock);
        dialog.open();
        dialog.updateRow(ended(withProfile(u"a"_s, u"mail-test"_s, true)));
        QVERIFY(rowText(dialog, 0).contains(u"Left out: It has ended meanwhile."_s));
        QVERIFY(says(dialog, u"Terminate 1 session?"_s));
        QVERIFY(says(dialog, u"1 session is left out; its row says why."_s));
        QVERIFY(!says(dialog, u"mail-test"_s));
        QCOMPARE(dialog.keysToTerminate(), (QList<SessionKey>{{u"local"_s, u"b"_s}}));
    }

    void oneWhoseBrowserStopsMeanwhileIsLeftOut()
    {
        TerminateDialog dialog({rowOf(u"a"_s), rowOf(u"b"_s)}, m_clock);
        SessionRow stopped = rowOf(u"a"_s);
        stopped.session.status = SessionStatus::Kind::Stopped;
        dialog.updateRow(stopped);
        QCOMPARE(dialog.keysToTerminate(), (QList<SessionKey>{{u"local"_s, u"b"_s}}));
    }

    void oneThatHadStoppedBeforeIsTakenOffTheList()
    {
        SessionRow stopped = withProfile(u"a"_s, u"mail-test"_s, true);
        stopped.session.status = SessionStatus::Kind::Stopped;
        TerminateDialog dialog({stopped}, m_clock);
        QVERIFY(says(dialog, u"The session is taken off the list."_s));
        QVERIFY(!says(dialog, u"replace profile"_s));
        QCOMPARE(dialog.keysToTerminate().size(), 1);
    }

    void noneLeftDisablesTerminate()
    {
        TerminateDialog dialog({rowOf(u"a"_s)}, m_clock);
        dialog.open();
        QAbstractButton *terminate = buttonNamed(dialog, u"Terminate session"_s);
        QVERIFY(terminate->isEnabled());
        dialog.updateRow(ended(rowOf(u"a"_s)));
        QVERIFY(!terminate->isEnabled());
        QVERIFY(says(dialog, u"There is nothing to terminate any more: It has ended meanwhile."_s));
        QVERIFY(dialog.keysToTerminate().isEmpty());
    }

    void oneThatMustNotBeEndedIsLeftOutWithTheReason()
    {
        TerminateDialog dialog({rowOf(u"all"_s), rowOf(u"b"_s)}, m_clock);
        QVERIFY(rowText(dialog, 0).contains(u"Left out: Its id is a word"_s));
        QVERIFY(buttonNamed(dialog, u"Terminate session"_s));
        QCOMPARE(dialog.keysToTerminate(), (QList<SessionKey>{{u"local"_s, u"b"_s}}));
    }

    // Fault matrix: W21
    void rowsOfOthersAreIgnored()
    {
        TerminateDialog dialog({rowOf(u"a"_s)}, m_clock);
        dialog.updateRow(ended(rowOf(u"b"_s)));
        QCOMPARE(dialog.keysToTerminate().size(), 1);
    }

    void profilesThatAreSavedAreNamed()
    {
        TerminateDialog dialog({withProfile(u"a"_s, u"mail-test"_s, true),
                                withProfile(u"b"_s, u"checkout"_s, true),
                                withProfile(u"c"_s, u"ops-desk"_s, false)},
                               m_clock);
        QVERIFY(says(dialog, u"2 profiles are saved: checkout, mail-test."_s));
    }

    void twoThatSaveTheSameProfileAreWarnedOf()
    {
        TerminateDialog dialog(
            {withProfile(u"a"_s, u"mail-test"_s, true), withProfile(u"b"_s, u"mail-test"_s, true)},
            m_clock);
        QVERIFY(says(dialog, u"1 profile is saved: mail-test."_s));
        QVERIFY(says(dialog, u"2 of them save profile mail-test"_s));
    }

    void dontAskAgainIsOfferedForOneOnly()
    {
        TerminateDialog several({rowOf(u"a"_s), rowOf(u"b"_s)}, m_clock);
        QVERIFY(!several.findChild<QCheckBox *>());
        QVERIFY(!several.dontAskAgain());
        TerminateDialog one({rowOf(u"a"_s)}, m_clock);
        one.open();
        QVERIFY(!one.dontAskAgain());
        QTest::mouseClick(one.findChild<QCheckBox *>(), Qt::LeftButton, {}, QPoint(8, 8));
        QVERIFY(one.dontAskAgain());
    }

    void moreThanSixRowsScroll()
    {
        const auto heightFor = [this](int count) {
            QList<SessionRow> rows;
            for (int number = 0; number < count; ++number)
                rows.append(rowOf(QString::number(number)));
            TerminateDialog dialog(rows, m_clock);
            return dialog.findChild<TerminationList *>()->sizeHint().height();
        };
        QVERIFY(heightFor(6) > heightFor(5));
        QCOMPARE(heightFor(7), heightFor(6));
    }

    void terminateIsNotUnderThePointer()
    {
        QWidget window;
        window.setGeometry(200, 200, 900, 600);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QPoint usual;
        {
            TerminateDialog dialog({rowOf(u"a"_s)}, m_clock, &window);
            QCursor::setPos(0, 0);
            dialog.open();
            const auto *button = buttonNamed(dialog, u"Terminate session"_s);
            usual = button->mapToGlobal(button->rect().center());
        }
        QCursor::setPos(usual);
        QCOMPARE(QCursor::pos(), usual);
        TerminateDialog dialog({rowOf(u"a"_s)}, m_clock, &window);
        dialog.open();
        const auto *button = buttonNamed(dialog, u"Terminate session"_s);
        QVERIFY(!button->rect().contains(button->mapFromGlobal(usual)));
    }

    void everyControlHasAName()
    {
        TerminateDialog dialog({rowOf(u"a"_s)}, m_clock);
        QCOMPARE(namelessControls(dialog), QStringList());
    }
};

QTEST_MAIN(TestTerminateDialog)
#include "tst_terminatedialog.moc"
