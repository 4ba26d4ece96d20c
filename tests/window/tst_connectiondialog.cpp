#include "tests/window/namelesscontrols.h"
#include "tests/window/widgetfinder.h"
#include "ui/connectiondialog.h"
#include "ui/controlkind.h"
#include "ui/removeconnectiondialog.h"
#include "ui/resultbox.h"

#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QUuid>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Color = Connection::Color;
using Guard = Connection::Guard;
using Kind = Connection::Kind;
using Store = SecretReference::Store;

namespace {

const QString local = u"Local, browsers of this machine"_s;
const QString service = u"Sessions service"_s;
const QString anchor = u"Anchor API"_s;
const QString grid = u"Selenium Grid"_s;
const QString devTools = u"DevTools endpoint of a browser"_s;

Connection staging()
{
    Connection connection;
    connection.id = u"7"_s;
    connection.name = u"Anchor staging"_s;
    connection.badge = u"ST"_s;
    connection.kind = Kind::Anchor;
    connection.baseUrl = QUrl(u"https://api.example"_s);
    connection.pollInterval = 1500ms;
    connection.color = Color::Pink;
    connection.guard = Guard::WatchOnly;
    connection.enabled = false;
    connection.secret = {Store::Keychain, {}};
    return connection;
}

} // namespace

class TestConnectionDialog : public QObject
{
    Q_OBJECT

    // The dialog on screen, with its controls by the names that a screen reader reads.
    struct Form
    {
        ConnectionDialog dialog;
        QLineEdit *name = controlNamed<QLineEdit>(dialog, u"Name"_s);
        QLineEdit *badge = controlNamed<QLineEdit>(dialog, u"Badge, two letters"_s);
        QLineEdit *address = controlNamed<QLineEdit>(dialog, u"Address"_s);
        QLineEdit *user = controlNamed<QLineEdit>(dialog, u"User"_s);
        QLineEdit *variable = controlNamed<QLineEdit>(dialog, u"Environment variable"_s);
        QComboBox *store = controlNamed<QComboBox>(dialog, u"Where it is kept"_s);
        QSpinBox *interval = controlNamed<QSpinBox>(dialog, u"Ask every, in seconds"_s);
        QCheckBox *expose = dialog.findChild<QCheckBox *>();
        ResultBox *result = dialog.findChild<ResultBox *>();
        QAbstractButton *test = buttonNamed(dialog, u"Test"_s);
        QAbstractButton *cancel = buttonNamed(dialog, u"Cancel"_s);
        QAbstractButton *save = nullptr;
        QSignalSpy accepted{&dialog, &QDialog::accepted};
        QSignalSpy tested{&dialog, &ConnectionDialog::testRequested};
        QSignalSpy dropped{&dialog, &ConnectionDialog::testDropped};

        explicit Form(const Connection &edited = {})
            : dialog(edited)
        {
            save = buttonNamed(dialog, edited.id.isEmpty() ? u"Add connection"_s : u"Save"_s);
            dialog.open();
            [[maybe_unused]] const bool active = QTest::qWaitForWindowActive(&dialog);
        }

        [[nodiscard]] QLineEdit *secret() const
        {
            QLineEdit *key = controlNamed<QLineEdit>(dialog, u"API key"_s);
            return key ? key : controlNamed<QLineEdit>(dialog, u"Password"_s);
        }
        void choose(const QString &button) { click(buttonNamed(dialog, button)); }
        static void click(QAbstractButton *button) { QTest::mouseClick(button, Qt::LeftButton); }
        static void type(QLineEdit *field, const QString &text)
        {
            field->setFocus();
            field->selectAll();
            QTest::keyClick(field, Qt::Key_Delete);
            QTest::keyClicks(field, text);
        }
        void keep(Store where)
        {
            store->setCurrentIndex(store->findData(QVariant::fromValue(where)));
        }
        // Everything that an Anchor connection needs.
        void fillAnchor(const QString &where = u"https://api.example"_s)
        {
            choose(anchor);
            type(name, u"Anchor production"_s);
            type(address, where);
            type(secret(), u"canary-key"_s);
        }
        [[nodiscard]] QString texts() const { return visibleTexts(dialog).join(u'\n'); }
    };

private slots:
    void kindDecidesWhatIsAsked_data()
    {
        QTest::addColumn<QString>("button");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QString>("address"); // "-": none is asked for
        QTest::addColumn<bool>("user");
        QTest::addColumn<bool>("secret");
        QTest::addColumn<int>("seconds");
        QTest::newRow("local") << local << Kind::Local << u"-"_s << false << false << 2;
        QTest::newRow("service") << service << Kind::Service << QString() << false << false << 2;
        QTest::newRow("anchor") << anchor << Kind::Anchor << u"https://api.anchorbrowser.io"_s
                                << false << true << 5;
        QTest::newRow("grid") << grid << Kind::Grid << u"http://127.0.0.1:4444"_s << true << true
                              << 2;
        QTest::newRow("devtools") << devTools << Kind::DevTools << u"http://127.0.0.1:9222"_s
                                  << false << false << 2;
    }
    void kindDecidesWhatIsAsked()
    {
        QFETCH(QString, button);
        QFETCH(Kind, kind);
        QFETCH(QString, address);
        Form form;
        form.choose(button);
        QCOMPARE(form.dialog.connection().kind, kind);
        QCOMPARE(form.address->isVisible(), address != u"-"_s);
        if (form.address->isVisible())
            QCOMPARE(form.address->text(), address);
        QTEST(form.user->isVisible(), "user");
        QTEST(form.secret()->isVisible(), "secret");
        QTEST(form.interval->value(), "seconds");
    }

    void typedAddressStaysWhenTheKindChanges()
    {
        Form form;
        form.choose(grid);
        form.type(form.address, u"http://grid.example:4444"_s);
        form.choose(devTools);
        QCOMPARE(form.address->text(), u"http://grid.example:4444"_s);
    }

    void keyboardChoosesTheKind()
    {
        Form form;
        QAbstractButton *button = buttonNamed(form.dialog, anchor);
        button->setFocus(Qt::TabFocusReason);
        QTest::keyClick(button, Qt::Key_Right);
        QCOMPARE(form.dialog.connection().kind, Kind::Grid);
        QVERIFY(buttonNamed(form.dialog, grid)->hasFocus());
    }

    void connectionIsWhatTheFieldsSay()
    {
        Form form;
        form.choose(grid);
        form.type(form.name, u" Nightly grid "_s);
        form.type(form.address, u"grid.example:4444/wd"_s);
        form.type(form.user, u"me"_s);
        form.type(form.secret(), u"pass word"_s);
        form.choose(u"Green"_s);
        form.choose(u"Protected"_s);
        form.interval->setValue(30);
        form.click(form.save);
        QCOMPARE(form.accepted.size(), 1);
        const Connection connection = form.dialog.connection();
        QCOMPARE(connection.name, u"Nightly grid"_s);
        QCOMPARE(connection.badge, u"NG"_s);
        QCOMPARE(connection.kind, Kind::Grid);
        QCOMPARE(connection.baseUrl, QUrl(u"https://grid.example:4444/wd"_s));
        QCOMPARE(connection.user, u"me"_s);
        QCOMPARE(connection.color, Color::Green);
        QCOMPARE(connection.guard, Guard::Protected);
        QCOMPARE(connection.pollInterval, 30000ms);
        QCOMPARE(connection.secret, (SecretReference{Store::Keychain, {}}));
        QVERIFY(connection.enabled);
        QCOMPARE(form.dialog.secret(), u"pass word"_s);
        QVERIFY(form.dialog.secretChanged());
    }

    void newConnectionHasANewId()
    {
        const Form one;
        const Form other;
        const QString id = one.dialog.connection().id;
        QVERIFY(!QUuid::fromString(id).isNull());
        QVERIFY(!id.contains(u'{'));
        QCOMPARE(one.dialog.connection().id, id);
        QVERIFY(other.dialog.connection().id != id);
    }

    void badgeFollowsTheNameUntilItIsTyped()
    {
        Form form;
        form.choose(anchor);
        form.type(form.name, u"Anchor staging"_s);
        QCOMPARE(form.badge->text(), u"ST"_s);
        form.type(form.badge, u"q7"_s);
        QCOMPARE(form.badge->text(), u"Q7"_s);
        form.type(form.name, u"Another"_s);
        QCOMPARE(form.badge->text(), u"Q7"_s);
        form.badge->selectAll();
        QTest::keyClick(form.badge, Qt::Key_Delete); // empty: by itself again
        form.type(form.name, u"Third one"_s);
        QCOMPARE(form.badge->text(), u"TO"_s);
    }

    void colorIsOfTheKindUntilItIsChosen()
    {
        Form form;
        form.choose(anchor);
        QCOMPARE(form.dialog.connection().color, Color::Teal);
        form.choose(u"Red"_s);
        form.choose(grid);
        QCOMPARE(form.dialog.connection().color, Color::Red);
    }

    void colorsAreReachedByKeyboard()
    {
        Form form;
        form.choose(local);
        QAbstractButton *slate = buttonNamed(form.dialog, u"Slate"_s);
        slate->setFocus(Qt::TabFocusReason);
        QTest::keyClick(slate, Qt::Key_Right);
        QCOMPARE(form.dialog.connection().color, Color::Blue);
    }

    void nameIsNeeded()
    {
        Form form;
        form.choose(local);
        form.type(form.name, u" "_s);
        form.click(form.save);
        QVERIFY(form.texts().contains(u"Give the connection a name."_s));
        QCOMPARE(fieldState(form.name), FieldState::Wrong);
        QCOMPARE(form.accepted.size(), 0);
        QCOMPARE(form.dialog.focusWidget(), form.name);
        form.type(form.name, u"Local"_s);
        QVERIFY(!form.texts().contains(u"Give the connection a name."_s));
        form.click(form.save);
        QCOMPARE(form.accepted.size(), 1);
    }

    // Before it is shown, too: it would come up cut off.
    void dialogIsHighEnoughForEachKind()
    {
        ConnectionDialog dialog;
        QHash<QString, int> heights;
        for (const QString &kind : {local, devTools, anchor, grid}) {
            buttonNamed(dialog, kind)->click();
            heights.insert(kind, dialog.height());
        }
        QVERIFY(heights.value(local) < heights.value(devTools));
        QVERIFY(heights.value(devTools) < heights.value(anchor));
        QVERIFY(heights.value(anchor) < heights.value(grid));
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        const auto fields = dialog.findChildren<QLineEdit *>();
        for (const QLineEdit *field : fields)
            QVERIFY(!field->isVisible() || field->parentWidget()->inherits("QAbstractSpinBox")
                    || field->height() >= field->sizeHint().height());
    }

    void badAddressIsSaidUnderTheField()
    {
        Form form;
        form.choose(devTools);
        form.type(form.name, u"Browser"_s);
        form.type(form.address, u"http://me:canary@a"_s);
        QVERIFY(!form.texts().contains(u"must not be part"_s));
        QTest::keyClick(form.address, Qt::Key_Tab);
        QVERIFY(form.texts().contains(u"must not be part"_s));
        QCOMPARE(fieldState(form.address), FieldState::Wrong);
        form.click(form.save);
        form.click(form.test);
        QCOMPARE(form.accepted.size(), 0);
        QCOMPARE(form.tested.size(), 0);
        QCOMPARE(form.dialog.focusWidget(), form.address);
        form.type(form.address, u"a.example"_s);
        QCOMPARE(fieldState(form.address), FieldState::Sound);
        QVERIFY(form.texts().contains(u"https:// is added"_s));
    }

    void addressOfAnotherKindIsNotCheckedForLocal()
    {
        Form form;
        form.choose(devTools);
        form.type(form.address, u"nonsense://"_s);
        form.choose(local);
        form.type(form.name, u"Local"_s);
        form.click(form.save);
        QCOMPARE(form.accepted.size(), 1);
        QVERIFY(form.dialog.connection().baseUrl.isEmpty());
    }

    void guardSaysWhatItDoes()
    {
        Form form;
        QVERIFY(form.texts().contains(u"Terminating asks first."_s));
        form.choose(u"Protected"_s);
        QVERIFY(form.texts().contains(u"asks for the count to be typed."_s));
        form.choose(u"Watch only"_s);
        QVERIFY(form.texts().contains(u"Nothing is offered"_s));
        QCOMPARE(form.dialog.connection().guard, Guard::WatchOnly);
    }

    // Secrets

    void keyIsNeededAndNeverReadable()
    {
        Form form;
        form.choose(anchor);
        form.type(form.name, u"Anchor"_s);
        form.click(form.save);
        QVERIFY(form.texts().contains(u"Type the API key."_s));
        QCOMPARE(form.accepted.size(), 0);
        QCOMPARE(form.dialog.focusWidget(), form.secret());
        form.type(form.secret(), u" canary-key "_s);
        QCOMPARE(form.secret()->echoMode(), QLineEdit::Password);
        QAccessibleInterface *read = QAccessible::queryAccessibleInterface(form.secret());
        QVERIFY(!read->text(QAccessible::Value).contains(u"canary"_s));
        QVERIFY(form.texts().contains(u"Kept in the desktop keychain"_s));
        form.click(form.save);
        QCOMPARE(form.dialog.secret(), u"canary-key"_s);
        QCOMPARE(form.dialog.connection().secret.store, Store::Keychain);
    }

    void anchorOnThisMachineNeedsNoKey()
    {
        Form form;
        form.choose(anchor);
        form.type(form.name, u"Offline"_s);
        form.type(form.address, u"http://127.0.0.1:4000"_s);
        form.click(form.save);
        QCOMPARE(form.accepted.size(), 1);
        QCOMPARE(form.dialog.connection().secret, SecretReference());
        QVERIFY(!form.dialog.secretChanged());
    }

    void keyThatNoHeaderTakesIsRefused()
    {
        Form form;
        form.fillAnchor();
        form.secret()->setText(u"schlüssel"_s);
        form.click(form.save);
        QVERIFY(form.texts().contains(u"ASCII"_s));
        QCOMPARE(form.accepted.size(), 0);
    }

    void otherPlacesCanBeChosen()
    {
        Form form;
        form.fillAnchor();
        QVERIFY(!form.store->isVisible());
        form.choose(u"Keep elsewhere"_s);
        QVERIFY(form.store->isVisible());
        form.keep(Store::ThisRun);
        QVERIFY(form.texts().contains(u"Never written to disk"_s));
        QCOMPARE(form.dialog.connection().secret, (SecretReference{Store::ThisRun, {}}));
        QCOMPARE(form.dialog.secret(), u"canary-key"_s);
        form.keep(Store::Environment);
        QVERIFY(form.variable->isVisible());
        QVERIFY(!form.secret()->isVisible());
        QCOMPARE(form.variable->text(), u"ANCHOR_API_KEY"_s);
        form.type(form.variable, u"MY_KEY"_s);
        QCOMPARE(form.dialog.connection().secret,
                 (SecretReference{Store::Environment, u"MY_KEY"_s}));
        QCOMPARE(form.dialog.secret(), QString());
        QVERIFY(form.dialog.secretChanged());
    }

    void variableNeedsAName_data()
    {
        QTest::addColumn<QString>("variable");
        QTest::addColumn<QString>("problem");
        QTest::newRow("none") << QString() << u"Name the variable."_s;
        QTest::newRow("spaces") << u"MY KEY"_s << u"letters, digits and underscores"_s;
        QTest::newRow("digit first") << u"1KEY"_s << u"begins with no digit"_s;
        QTest::newRow("value") << u"KEY=canary"_s << u"letters, digits and underscores"_s;
    }
    void variableNeedsAName()
    {
        QFETCH(QString, variable);
        QFETCH(QString, problem);
        Form form;
        form.fillAnchor();
        form.choose(u"Keep elsewhere"_s);
        form.keep(Store::Environment);
        form.type(form.variable, variable);
        form.click(form.save);
        QCOMPARE(form.accepted.size(), 0);
        QVERIFY2(form.texts().contains(problem), qPrintable(form.texts()));
        QCOMPARE(fieldState(form.variable), FieldState::Wrong);
    }

    // Fault matrix: W26
    void withoutKeychainAPlaceHasToBeChosen()
    {
        Form form;
        form.dialog.setKeychainProblem(u"There is no D-Bus session."_s);
        form.fillAnchor();
        QVERIFY(form.texts().contains(u"cannot be used: There is no D-Bus session."_s));
        QVERIFY(form.store->isVisible());
        QCOMPARE(form.store->count(), 2);
        QCOMPARE(form.store->findData(QVariant::fromValue(Store::Keychain)), -1);
        QCOMPARE(form.dialog.connection().secret.store, Store::ThisRun);
        form.click(form.save);
        QCOMPARE(form.accepted.size(), 1);
    }

    void gridWithAUserNeedsAPasswordAndWarns()
    {
        Form form;
        form.choose(grid);
        form.type(form.name, u"Grid"_s);
        QVERIFY(!form.texts().contains(u"WebSockets"_s));
        form.type(form.user, u"me"_s);
        QVERIFY(form.texts().contains(u"can open its WebSockets"_s));
        form.click(form.save);
        QVERIFY(form.texts().contains(u"Type the password."_s));
        form.type(form.user, QString());
        form.click(form.save);
        QCOMPARE(form.accepted.size(), 1);
        QCOMPARE(form.dialog.connection().secret, SecretReference());
    }

    void passwordNeedsAUser()
    {
        Form form;
        form.choose(grid);
        form.type(form.name, u"Grid"_s);
        form.type(form.secret(), u"canary"_s);
        form.click(form.save);
        QVERIFY(form.texts().contains(u"A password needs a user name."_s));
        form.type(form.user, u"a:b"_s);
        form.click(form.save);
        QVERIFY(form.texts().contains(u"cannot have a colon"_s));
        QCOMPARE(form.accepted.size(), 0);
    }

    // Plain http

    // Fault matrix: W17
    void keyOverPlainHttpNeedsAYes()
    {
        Form form;
        form.fillAnchor(u"http://api.example"_s);
        QVERIFY(form.expose->isVisible());
        QVERIFY(form.texts().contains(u"on the way to api.example can read"_s));
        QVERIFY(!form.save->isEnabled());
        QVERIFY(!form.test->isEnabled());
        QTest::keyClick(form.expose, Qt::Key_Space);
        QVERIFY(form.save->isEnabled());
        QVERIFY(form.test->isEnabled());
        // The yes was for that address.
        form.type(form.address, u"http://other.example"_s);
        QVERIFY(!form.expose->isChecked());
        QVERIFY(!form.save->isEnabled());
        form.type(form.address, u"https://other.example"_s);
        QVERIFY(!form.expose->isVisible());
        QVERIFY(form.save->isEnabled());
    }

    void plainHttpWithoutASecretOrOnThisMachineIsFine()
    {
        Form form;
        form.fillAnchor(u"http://localhost:4000"_s);
        QVERIFY(form.save->isEnabled());
        form.choose(devTools);
        form.type(form.address, u"http://far.example:9222"_s);
        QVERIFY(form.save->isEnabled());
        form.choose(grid);
        QVERIFY(form.save->isEnabled());
        form.type(form.user, u"me"_s);
        QVERIFY(!form.save->isEnabled());
    }

    // Editing

    void editingShowsEverythingButTheSecret()
    {
        Form form(staging());
        QCOMPARE(form.dialog.windowTitle(), u"Edit connection"_s);
        QCOMPARE(form.name->text(), u"Anchor staging"_s);
        QCOMPARE(form.secret()->text(), QString());
        QCOMPARE(form.secret()->placeholderText(), u"Kept, unchanged"_s);
        QCOMPARE(form.dialog.connection(), staging());
        QVERIFY(!form.dialog.secretChanged());
        form.click(form.save);
        QCOMPARE(form.accepted.size(), 1);
    }

    void editingTakesAnotherSecret()
    {
        Form form(staging());
        form.type(form.secret(), u"canary"_s);
        QVERIFY(form.dialog.secretChanged());
        QCOMPARE(form.dialog.secret(), u"canary"_s);
        QCOMPARE(form.dialog.connection(), staging());
    }

    // Fault matrix: W17
    void keptSecretIsForItsAddressAlone()
    {
        Form form(staging());
        form.type(form.address, u"https://api.example/path"_s);
        QCOMPARE(form.secret()->placeholderText(), u"Kept, unchanged"_s);
        form.type(form.address, u"https://elsewhere.example"_s);
        QCOMPARE(form.secret()->placeholderText(), QString());
        form.click(form.test);
        form.click(form.save);
        QCOMPARE(form.accepted.size(), 0);
        QCOMPARE(form.tested.size(), 0);
        QVERIFY(form.texts().contains(u"the kept one is for another address"_s));
        form.type(form.secret(), u"canary"_s);
        form.click(form.save);
        QCOMPARE(form.accepted.size(), 1);
    }

    // Fault matrix: W26
    void keptSecretStaysWhereTheKeychainCannotBeUsedNow()
    {
        Form form(staging());
        form.dialog.setKeychainProblem(u"It is locked."_s);
        QCOMPARE(form.dialog.connection(), staging());
        form.type(form.secret(), u"canary"_s);
        form.click(form.save);
        QVERIFY(form.texts().contains(u"Choose another place."_s));
        form.keep(Store::ThisRun);
        form.click(form.save);
        QCOMPARE(form.accepted.size(), 1);
        QCOMPARE(form.dialog.connection().secret.store, Store::ThisRun);
    }

    void droppingTheUserDropsThePassword()
    {
        Connection edited = staging();
        edited.kind = Kind::Grid;
        edited.user = u"me"_s;
        Form form(edited);
        QVERIFY(!form.dialog.secretChanged());
        form.type(form.user, QString());
        QVERIFY(form.dialog.secretChanged());
        QCOMPARE(form.dialog.secret(), QString());
        QCOMPARE(form.dialog.connection().secret.store, Store::None);
    }

    // Testing

    void testAsksAndShowsWhatCameOfIt()
    {
        Form form;
        form.fillAnchor();
        form.click(form.test);
        QCOMPARE(form.tested.size(), 1);
        QCOMPARE(form.tested.at(0).at(0).value<Connection>(), form.dialog.connection());
        QCOMPARE(form.tested.at(0).at(1).toString(), u"canary-key"_s);
        QVERIFY(form.texts().contains(u"Asking api.example…"_s));
        QVERIFY(!form.test->isEnabled());
        form.dialog.showTestResult(true, u"Reached in 142 ms"_s, u"<b>34</b> live sessions."_s);
        QVERIFY(form.texts().contains(u"Reached in 142 ms\n<b>34</b> live sessions."_s));
        QCOMPARE(form.test->text(), u"Test again"_s);
        QVERIFY(form.test->isEnabled());
        QCOMPARE(form.result->accessibleName(), u"Reached in 142 ms <b>34</b> live sessions."_s);
        QAccessibleInterface *box = QAccessible::queryAccessibleInterface(form.result);
        QCOMPARE(box->role(), QAccessible::AlertMessage);
        form.click(form.test);
        form.dialog.showTestResult(false, u"The key was refused"_s, {});
        QVERIFY(form.texts().contains(u"The key was refused"_s));
        QCOMPARE(form.dropped.size(), 0);
    }

    void resultForOlderInputIsDropped()
    {
        Form form;
        form.fillAnchor();
        form.click(form.test);
        form.type(form.address, u"https://other.example"_s);
        QVERIFY(!form.result->isVisible());
        QCOMPARE(form.dropped.size(), 1);
        form.dialog.showTestResult(true, u"Reached in 142 ms"_s, {});
        QVERIFY(!form.result->isVisible());
        QCOMPARE(form.test->text(), u"Test"_s);
        QVERIFY(form.test->isEnabled());
    }

    void resultGoesWhenWhatItSpeaksOfChanges_data()
    {
        QTest::addColumn<QString>("change");
        QTest::addColumn<bool>("goes");
        QTest::newRow("address") << u"address"_s << true;
        QTest::newRow("key") << u"key"_s << true;
        QTest::newRow("kind") << u"kind"_s << true;
        QTest::newRow("name") << u"name"_s << false;
        QTest::newRow("guard") << u"guard"_s << false;
    }
    void resultGoesWhenWhatItSpeaksOfChanges()
    {
        QFETCH(QString, change);
        QFETCH(bool, goes);
        Form form;
        form.fillAnchor();
        form.click(form.test);
        form.dialog.showTestResult(true, u"Reached in 142 ms"_s, {});
        if (change == u"address"_s)
            QTest::keyClicks(form.address, u"x"_s);
        else if (change == u"key"_s)
            QTest::keyClicks(form.secret(), u"x"_s);
        else if (change == u"kind"_s)
            form.choose(grid);
        else if (change == u"name"_s)
            QTest::keyClicks(form.name, u"x"_s);
        else
            form.choose(u"Protected"_s);
        QCOMPARE(form.result->isVisible(), !goes);
    }

    void leavingDropsTheTest()
    {
        Form form;
        form.fillAnchor();
        form.click(form.test);
        form.click(form.cancel);
        QCOMPARE(form.dropped.size(), 1);
        QVERIFY(!form.dialog.isVisible());
    }

    void cancelWorksOnTheFirstClickWithABadAddress()
    {
        Form form;
        QSignalSpy rejected(&form.dialog, &QDialog::rejected);
        form.type(form.address, u"ftp://x"_s);
        QTest::mousePress(form.cancel, Qt::LeftButton);
        form.cancel->setFocus(Qt::MouseFocusReason);
        const int height = form.dialog.height();
        QTest::mouseRelease(form.cancel, Qt::LeftButton);
        QCOMPARE(rejected.size(), 1);
        QCOMPARE(form.dialog.height(), height);
    }

    void enterAdds()
    {
        Form form;
        form.fillAnchor();
        QTest::keyClick(form.name, Qt::Key_Return);
        QCOMPARE(form.accepted.size(), 1);
    }

    void tabGoesThroughTheFormInOrder()
    {
        Form form;
        form.choose(grid);
        form.type(form.user, u"me"_s);
        QWidget *first = buttonNamed(form.dialog, grid);
        first->setFocus();
        QStringList visited;
        for (int step = 0; step < 11; ++step) {
            QTest::keyClick(form.dialog.focusWidget(), Qt::Key_Tab);
            visited.append(QAccessible::queryAccessibleInterface(form.dialog.focusWidget())
                               ->text(QAccessible::Name));
        }
        const QStringList order{u"Name"_s,
                                u"Badge, two letters"_s,
                                u"Address"_s,
                                u"User"_s,
                                u"Password"_s,
                                u"Keep elsewhere"_s,
                                u"Violet"_s,
                                u"Normal"_s,
                                u"Ask every, in seconds"_s,
                                u"Test"_s,
                                u"Cancel"_s};
        QCOMPARE(visited, order);
    }

    void everyControlHasAName_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("local") << local;
        QTest::newRow("anchor") << anchor;
        QTest::newRow("grid") << grid;
    }
    void everyControlHasAName()
    {
        QFETCH(QString, kind);
        Form form;
        form.dialog.setKeychainProblem(u"There is none."_s);
        form.choose(kind);
        QCOMPARE(namelessControls(form.dialog), QStringList());
    }

    // Fault matrix: W28
    void nothingOfTheSecretIsShown()
    {
        Form form;
        form.fillAnchor();
        form.click(form.test);
        QVERIFY(!form.texts().contains(u"canary"_s));
        const auto widgets = form.dialog.findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            QVERIFY(!widget->toolTip().contains(u"canary"_s));
            QVERIFY(!widget->accessibleName().contains(u"canary"_s));
            QVERIFY(!widget->accessibleDescription().contains(u"canary"_s));
        }
    }

    // Removing

    void removingSaysWhatStays_data()
    {
        QTest::addColumn<int>("live");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("none") << 0 << u"Sessions that it holds keep running"_s;
        QTest::newRow("one") << 1 << u"Its session keeps running"_s;
        QTest::newRow("several") << 38 << u"Its 38 sessions keep running"_s;
    }
    void removingSaysWhatStays()
    {
        QFETCH(int, live);
        QFETCH(QString, sentence);
        RemoveConnectionDialog dialog(staging(), live);
        dialog.open();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        const QString texts = visibleTexts(dialog).join(u'\n');
        QVERIFY(texts.contains(u"Remove Anchor staging?"_s));
        QVERIFY2(texts.contains(sentence), qPrintable(texts));
        QVERIFY(texts.contains(u"taken out of the desktop keychain"_s));
        auto *cancel = qobject_cast<QPushButton *>(buttonNamed(dialog, u"Cancel"_s));
        QVERIFY(cancel->isDefault());
        QCOMPARE(dialog.focusWidget(), cancel);
        const QSignalSpy accepted(&dialog, &QDialog::accepted);
        QTest::mouseClick(buttonNamed(dialog, u"Remove connection"_s), Qt::LeftButton);
        QCOMPARE(accepted.size(), 1);
        QCOMPARE(namelessControls(dialog), QStringList());
    }

    void removingSaysNothingOfASecretThatIsNotKept()
    {
        Connection connection = staging();
        connection.secret = {Store::Environment, u"KEY"_s};
        const RemoveConnectionDialog dialog(connection, 1);
        QVERIFY(!visibleTexts(dialog).join(u'\n').contains(u"keychain"_s));
    }
};

QTEST_MAIN(TestConnectionDialog)
#include "tst_connectiondialog.moc"
