#include "tests/fakes/samplesession.h"
#include "tests/window/windowdriver.h"

#include <QAccessible>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

// What a screen reader finds: a name on every control, a sentence in every cell, no secret in
// either.
class tst_Accessibility : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void everyControlOfTheWindowHasAName();
    void everyControlOfADialogHasAName_data();
    void everyControlOfADialogHasAName();
    void everyCellIsASentence();
    void noSecretIsRead();

private:
    std::unique_ptr<WindowDriver> m_driver;
};

namespace {

const auto canary = QStringLiteral("canary-0123456789abcdef-canary");

bool isControl(QAccessible::Role role)
{
    switch (role) {
    case QAccessible::Button:
    case QAccessible::ButtonMenu:
    case QAccessible::CheckBox:
    case QAccessible::ComboBox:
    case QAccessible::EditableText:
    case QAccessible::MenuItem:
    case QAccessible::RadioButton:
    case QAccessible::SpinBox:
    case QAccessible::Table:
        return true;
    default:
        return false;
    }
}

// All that is on screen from here down.
void collect(QAccessibleInterface *from, QList<QAccessibleInterface *> &found)
{
    if (!from || !from->isValid() || from->state().invisible)
        return;
    found.append(from);
    for (int i = 0; i < from->childCount(); ++i)
        collect(from->child(i), found);
}

QList<QAccessibleInterface *> everythingIn(QWidget &widget)
{
    QList<QAccessibleInterface *> found;
    collect(QAccessible::queryAccessibleInterface(&widget), found);
    return found;
}

QStringList namelessControlsIn(QWidget &widget)
{
    QStringList nameless;
    for (const QAccessibleInterface *thing : everythingIn(widget)) {
        if (!isControl(thing->role()) || !thing->text(QAccessible::Name).isEmpty())
            continue;
        // The text field within a spin box or an editable combo box speaks for its owner.
        const auto *parent = thing->parent();
        if (parent && isControl(parent->role()) && parent->role() != QAccessible::Table)
            continue;
        const QObject *object = thing->object();
        nameless.append(object ? QLatin1StringView(object->metaObject()->className()) + u' '
                                     + object->objectName()
                               : u"?"_s);
    }
    return nameless;
}

} // namespace

void tst_Accessibility::init()
{
    QAccessible::setActive(true);
    m_driver = std::make_unique<WindowDriver>();
    Session first = sampleSession(u"first"_s);
    first.cdpUrl = u"wss://example.com/devtools?apiKey="_s + canary;
    first.liveViewUrl = u"https://example.com/live/"_s + canary;
    Session broken = sampleSession(u"broken"_s);
    broken.status = SessionStatus::Kind::Error;
    broken.error = u"no space left on device"_s;
    m_driver->service.setSessions({first, broken});
    QVERIFY(m_driver->start());
    m_driver->clickRow(u"first"_s);
}

void tst_Accessibility::cleanup()
{
    m_driver.reset();
}

void tst_Accessibility::everyControlOfTheWindowHasAName()
{
    const QStringList nameless = namelessControlsIn(m_driver->window);
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u", "_s)));
}

void tst_Accessibility::everyControlOfADialogHasAName_data()
{
    QTest::addColumn<QString>("action");

    QTest::newRow("new session") << u"newSession"_s;
    QTest::newRow("terminate") << u"terminate"_s;
    QTest::newRow("keys") << u"showKeys"_s;
}

void tst_Accessibility::everyControlOfADialogHasAName()
{
    QFETCH(QString, action);

    m_driver->action(action).trigger();
    QTRY_VERIFY(m_driver->dialog());
    const QStringList nameless = namelessControlsIn(*m_driver->dialog());
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u", "_s)));
}

void tst_Accessibility::everyCellIsASentence()
{
    auto *table = QAccessible::queryAccessibleInterface(&m_driver->view());
    QVERIFY(table && table->tableInterface());
    QCOMPARE(table->tableInterface()->rowCount(), 2);
    for (int row = 0; row < 2; ++row) {
        for (int column = 0; column < sessionColumnCount; ++column) {
            auto *cell = table->tableInterface()->cellAt(row, column);
            QVERIFY(cell);
            const QString text = cell->text(QAccessible::Name);
            QVERIFY2(text.contains(u' '),
                     qPrintable(u"%1,%2: %3"_s.arg(row).arg(column).arg(text)));
        }
    }
}

// Fault matrix: W28
void tst_Accessibility::noSecretIsRead()
{
    for (const QAccessibleInterface *thing : everythingIn(m_driver->window)) {
        for (const auto kind : {QAccessible::Name, QAccessible::Description, QAccessible::Value}) {
            const QString text = thing->text(kind);
            QVERIFY2(!text.contains(canary), qPrintable(text));
        }
    }
}

QTEST_MAIN(tst_Accessibility)
#include "tst_accessibility.moc"
