#include "tests/window/namelesscontrols.h"
#include "ui/keylistdialog.h"

#include <QAction>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestKeyListDialog : public QObject
{
    Q_OBJECT

    // The keys that the dialog shows for something, or "none".
    static QString keysOf(const KeyListDialog &dialog, const QString &what)
    {
        const auto *table = dialog.findChild<QTableWidget *>();
        for (int row = 0; row < table->rowCount(); ++row) {
            if (table->item(row, 0)->text() == what)
                return table->item(row, 1)->text();
        }
        return u"none"_s;
    }

private slots:
    void keysAreThoseOfTheActions()
    {
        QAction refresh(u"&Refresh"_s);
        refresh.setShortcuts({QKeySequence(Qt::Key_F5), QKeySequence(Qt::CTRL | Qt::Key_R)});
        QAction create(u"&New session…"_s);
        create.setShortcut(QKeySequence(Qt::CTRL | Qt::Key_N));
        const KeyListDialog dialog({&refresh, &create});
        QCOMPARE(keysOf(dialog, u"Refresh"_s), u"F5, Ctrl+R"_s);
        QCOMPARE(keysOf(dialog, u"New session…"_s), u"Ctrl+N"_s);
    }

    void actionsWithoutKeysAreLeftOut()
    {
        QAction about(u"About"_s);
        const KeyListDialog dialog({&about});
        QCOMPARE(keysOf(dialog, u"About"_s), u"none"_s);
    }

    void keysOfTheTableAreListed()
    {
        const KeyListDialog dialog({});
        QCOMPARE(keysOf(dialog, u"Table: menu of the current row"_s), u"Menu, Shift+F10"_s);
    }

    void nothingCanBeEdited()
    {
        const KeyListDialog dialog({});
        QCOMPARE(dialog.findChild<QTableWidget *>()->editTriggers(),
                 QAbstractItemView::NoEditTriggers);
    }

    void escAndEnterClose_data()
    {
        QTest::addColumn<int>("key");
        QTest::newRow("Esc") << int(Qt::Key_Escape);
        QTest::newRow("Enter") << int(Qt::Key_Return);
    }

    void escAndEnterClose()
    {
        QFETCH(int, key);
        KeyListDialog dialog({});
        dialog.open();
        QTest::keyClick(&dialog, Qt::Key(key));
        QVERIFY(!dialog.isVisible());
    }

    void everyControlHasAName()
    {
        const KeyListDialog dialog({});
        QCOMPARE(namelessControls(dialog), QStringList());
    }
};

QTEST_MAIN(TestKeyListDialog)
#include "tst_keylistdialog.moc"
