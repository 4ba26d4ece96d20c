#include "tests/window/namelesscontrols.h"
#include "tests/window/widgetfinder.h"
#include "ui/controlkind.h"
#include "ui/newsessiondialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestNewSessionDialog : public QObject
{
    Q_OBJECT

    // The dialog on screen, with its controls by the names that a screen reader reads.
    struct Form
    {
        NewSessionDialog dialog{{u"checkout-buyer"_s, u"mail-test"_s}};
        QLineEdit *page = controlNamed<QLineEdit>(dialog, u"Start page"_s);
        QComboBox *kind = controlNamed<QComboBox>(dialog, u"Profile"_s);
        QLineEdit *name = controlNamed<QLineEdit>(dialog, u"Name of the profile"_s);
        QCheckBox *persist = dialog.findChild<QCheckBox *>();
        QSpinBox *after = controlNamed<QSpinBox>(dialog, u"Ends after, in minutes"_s);
        QSpinBox *unused = controlNamed<QSpinBox>(dialog, u"Ends when unused for, in minutes"_s);
        QAbstractButton *start = buttonNamed(dialog, u"Start session"_s);
        QAbstractButton *cancel = buttonNamed(dialog, u"Cancel"_s);
        QSignalSpy submitted{&dialog, &NewSessionDialog::submitted};

        Form()
        {
            dialog.open();
            [[maybe_unused]] const bool active = QTest::qWaitForWindowActive(&dialog);
        }

        void choose(const QString &profileKind) { kind->setCurrentText(profileKind); }
        [[nodiscard]] QString texts() const { return visibleTexts(dialog).join(u'\n'); }
        [[nodiscard]] SessionRequest request() const
        {
            return submitted.value(0).value(1).value<SessionRequest>();
        }
    };

private slots:
    void asksForNothingByDefault()
    {
        Form form;
        QTest::mouseClick(form.start, Qt::LeftButton);
        QCOMPARE(form.submitted.size(), 1);
        QCOMPARE(form.request(), SessionRequest());
    }

    void asksWhereOnlyWhenThereIsAChoice()
    {
        Form form;
        auto *place = controlNamed<QComboBox>(form.dialog, u"Connection"_s);
        QVERIFY(!place->isVisible());
        form.dialog.setPlaces({{u"one"_s, u"Local"_s, {}}}, {});
        QVERIFY(!place->isVisible());
        form.dialog.setPlaces({{u"one"_s, u"Local"_s, {}}, {u"two"_s, u"Grid"_s, {}}}, u"two"_s);
        QVERIFY(place->isVisible());
        QCOMPARE(place->currentText(), u"Grid"_s);
        QTest::mouseClick(form.start, Qt::LeftButton);
        QCOMPARE(form.submitted.value(0).value(0).toString(), u"two"_s);
    }

    void whatThatServiceCannotDoIsNotAskedFor()
    {
        Form form;
        ServiceAbilities grid;
        grid.profileRefusal = u"A Grid keeps no profiles."_s;
        grid.timeoutRefusal = u"A Grid has one time limit for all."_s;
        form.choose(u"New profile"_s);
        form.after->setValue(10);
        form.dialog.setPlaces({{u"one"_s, u"Local"_s, {}}, {u"two"_s, u"Grid"_s, grid}}, {});
        QVERIFY(form.kind->isEnabled());
        controlNamed<QComboBox>(form.dialog, u"Connection"_s)->setCurrentIndex(1);
        QVERIFY(!form.kind->isEnabled());
        QVERIFY(!form.after->isEnabled());
        QVERIFY(form.texts().contains(grid.profileRefusal + u' ' + grid.timeoutRefusal));
        QTest::mouseClick(form.start, Qt::LeftButton);
        QCOMPARE(form.request(), SessionRequest());
    }

    void startPageHasTheFocusAndEnterStarts()
    {
        Form form;
        QCOMPARE(form.dialog.focusWidget(), form.page);
        QVERIFY(qobject_cast<QPushButton *>(form.start)->isDefault());
        QTest::keyClicks(form.page, u"shop.example.com"_s);
        QTest::keyClick(form.page, Qt::Key_Return);
        QCOMPARE(form.request().initialUrl, u"https://shop.example.com"_s);
    }

    void saysWhenASchemeIsAdded_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<bool>("added");
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("host") << u"shop.example.com"_s << true;
        QTest::newRow("host and port") << u"localhost:3000"_s << true;
        QTest::newRow("http") << u"http://shop.example.com"_s << false;
        QTest::newRow("blank page") << u"about:blank"_s << false;
    }

    void saysWhenASchemeIsAdded()
    {
        QFETCH(QString, page);
        QFETCH(bool, added);
        Form form;
        QTest::keyClicks(form.page, page);
        QCOMPARE(form.texts().contains(u"https:// is added"_s), added);
    }

    void badPageIsSaidUnderTheFieldAndNotSubmitted()
    {
        Form form;
        QTest::keyClicks(form.page, u"file:///etc/passwd"_s);
        QVERIFY(!form.texts().contains(u"Only http"_s));
        QTest::keyClick(form.page, Qt::Key_Return);
        QVERIFY(form.texts().contains(u"Only http, https and about:blank can be opened."_s));
        QCOMPARE(fieldState(form.page), FieldState::Wrong);
        QVERIFY(!form.start->isEnabled());
        QCOMPARE(form.submitted.size(), 0);
        QCOMPARE(form.page->text(), u"file:///etc/passwd"_s);
    }

    void correctedPageClearsItsError()
    {
        Form form;
        QTest::keyClicks(form.page, u"ftp://x"_s);
        QTest::keyClick(form.page, Qt::Key_Tab);
        QVERIFY(form.texts().contains(u"Only http"_s));
        form.page->setFocus();
        form.page->selectAll();
        QTest::keyClicks(form.page, u"x.example"_s);
        QVERIFY(!form.texts().contains(u"Only http"_s));
        QCOMPARE(fieldState(form.page), FieldState::Sound);
        QVERIFY(form.start->isEnabled());
    }

    void cancelWorksOnTheFirstClickWithABadPage()
    {
        Form form;
        QSignalSpy rejected(&form.dialog, &QDialog::rejected);
        QTest::keyClicks(form.page, u"ftp://x"_s);
        QTest::mousePress(form.cancel, Qt::LeftButton);
        form.cancel->setFocus(Qt::MouseFocusReason);
        const int height = form.dialog.height();
        QTest::mouseRelease(form.cancel, Qt::LeftButton);
        QCOMPARE(rejected.size(), 1);
        QCOMPARE(form.dialog.height(), height);
    }

    void kindOfProfileDecidesWhatCanBeSaid_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<bool>("named");
        QTest::addColumn<bool>("persists");
        QTest::newRow("none") << u"No profile"_s << false << false;
        QTest::newRow("existing") << u"Existing profile"_s << true << false;
        QTest::newRow("new") << u"New profile"_s << true << true;
    }

    void kindOfProfileDecidesWhatCanBeSaid()
    {
        QFETCH(QString, kind);
        QFETCH(bool, named);
        QFETCH(bool, persists);
        Form form;
        form.choose(kind);
        QCOMPARE(form.name->isEnabled(), named);
        QCOMPARE(form.persist->isEnabled(), named);
        QCOMPARE(form.persist->isChecked(), persists);
    }

    void newProfileIsAskedFor()
    {
        Form form;
        form.choose(u"New profile"_s);
        QTest::keyClicks(form.name, u"nightly"_s);
        QTest::mouseClick(form.start, Qt::LeftButton);
        SessionRequest expected;
        expected.profileName = u"nightly"_s;
        expected.createNewProfile = true;
        expected.persist = true;
        QCOMPARE(form.request(), expected);
    }

    void choiceToSaveByHandOutlivesAChangeOfKind()
    {
        Form form;
        form.choose(u"Existing profile"_s);
        QTest::mouseClick(form.persist, Qt::LeftButton, {}, QPoint(8, form.persist->height() / 2));
        QVERIFY(form.persist->isChecked());
        form.choose(u"No profile"_s);
        QVERIFY(!form.persist->isChecked());
        form.choose(u"Existing profile"_s);
        QVERIFY(form.persist->isChecked());
    }

    void badNameIsSaidWhileTyping()
    {
        Form form;
        form.choose(u"New profile"_s);
        QTest::keyClicks(form.name, u"check out/2"_s);
        QVERIFY(form.texts().contains(u"Space and slash are not allowed."_s));
        QCOMPARE(fieldState(form.name), FieldState::Wrong);
        QCOMPARE(form.name->accessibleDescription(), profileNameProblem(u"check out/2"_s));
        QVERIFY(!form.start->isEnabled());
    }

    void missingNameIsSaidOnStart()
    {
        Form form;
        form.choose(u"Existing profile"_s);
        QVERIFY(form.start->isEnabled());
        QTest::mouseClick(form.start, Qt::LeftButton);
        QVERIFY(form.texts().contains(u"Give the profile a name."_s));
        QCOMPARE(form.dialog.focusWidget(), form.name);
        QCOMPARE(form.submitted.size(), 0);
    }

    void nameOutlivesAChangeOfKindAndDoesNotHinder()
    {
        Form form;
        form.choose(u"New profile"_s);
        QTest::keyClicks(form.name, u"a b"_s);
        form.choose(u"No profile"_s);
        QVERIFY(form.start->isEnabled());
        QTest::mouseClick(form.start, Qt::LeftButton);
        QCOMPARE(form.request(), SessionRequest());
        QCOMPARE(form.name->text(), u"a b"_s);
    }

    void knownNamesAreOfferedForExistingProfiles()
    {
        Form form;
        form.choose(u"Existing profile"_s);
        QVERIFY(form.name->completer());
        QTest::keyClicks(form.name, u"mail"_s);
        QCOMPARE(form.name->completer()->currentCompletion(), u"mail-test"_s);
        form.choose(u"New profile"_s);
        QVERIFY(!form.name->completer());
    }

    void takenNameIsHintedAt()
    {
        Form form;
        form.choose(u"New profile"_s);
        QTest::keyClicks(form.name, u"mail-test"_s);
        QVERIFY(form.texts().contains(u"A session uses a profile of this name already."_s));
        QVERIFY(form.start->isEnabled());
    }

    void limitsAreThoseOfTheContract()
    {
        Form form;
        QCOMPARE(form.after->maximum(), maxMaxDurationMinutes);
        QCOMPARE(form.unused->maximum(), maxIdleTimeoutMinutes);
        QCOMPARE(form.after->text(), u"no limit"_s);
        form.after->setFocus();
        QTest::keyClick(form.after, Qt::Key_Up);
        QCOMPARE(form.after->text(), u"1 min"_s);
        form.unused->setValue(5);
        QTest::mouseClick(form.start, Qt::LeftButton);
        QCOMPARE(form.request().maxDurationMinutes, std::optional(1));
        QCOMPARE(form.request().idleTimeoutMinutes, std::optional(5));
    }

    void busyKeepsEverythingAndCancelWorks()
    {
        Form form;
        QTest::keyClicks(form.page, u"shop.example.com"_s);
        form.dialog.setBusy();
        QVERIFY(!form.start->isEnabled());
        QCOMPARE(form.start->text(), u"Starting…"_s);
        QVERIFY(!form.page->isEnabled());
        QSignalSpy rejected(&form.dialog, &QDialog::rejected);
        QTest::mouseClick(form.cancel, Qt::LeftButton);
        QCOMPARE(rejected.size(), 1);
    }

    void faultIsSaidWithEverythingAsTyped()
    {
        Form form;
        QTest::keyClicks(form.page, u"shop.example.com"_s);
        form.choose(u"New profile"_s);
        QTest::keyClicks(form.name, u"nightly"_s);
        QTest::mouseClick(form.start, Qt::LeftButton);
        const SessionRequest first = form.request();
        form.dialog.setBusy();
        form.dialog.showFault(
            {Fault::Kind::ServiceError, u"The service failed."_s, u"<b>no</b> space"_s, {}});
        QVERIFY(form.texts().contains(u"The service failed. <b>no</b> space"_s));
        QVERIFY(form.dialog.isVisible());
        QVERIFY(form.start->isEnabled());
        form.submitted.clear();
        QTest::mouseClick(form.start, Qt::LeftButton);
        QCOMPARE(form.request(), first);
    }

    void faultGoesWhenSomethingIsChanged()
    {
        Form form;
        form.dialog.setBusy();
        form.dialog.showFault({Fault::Kind::ServiceError, u"The service failed."_s, {}, {}});
        QTest::keyClicks(form.page, u"x"_s);
        QVERIFY(!form.texts().contains(u"The service failed."_s));
    }

    void tabGoesThroughTheFormInOrder()
    {
        Form form;
        form.choose(u"New profile"_s);
        form.page->setFocus();
        QList<QWidget *> visited;
        for (int step = 0; step < 7; ++step) {
            QTest::keyClick(form.dialog.focusWidget(), Qt::Key_Tab);
            visited.append(form.dialog.focusWidget());
        }
        const QList<QWidget *> order{form.kind,   form.name,   form.persist, form.after,
                                     form.unused, form.cancel, form.start};
        QCOMPARE(visited, order);
    }

    void everyControlHasAName()
    {
        const Form form;
        QCOMPARE(namelessControls(form.dialog), QStringList());
    }
};

QTEST_MAIN(TestNewSessionDialog)
#include "tst_newsessiondialog.moc"
