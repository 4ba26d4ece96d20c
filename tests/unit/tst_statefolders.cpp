#include "network/statefolders.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestStateFolders : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void xdgFoldersAreUsed();
    void defaultsAreUnderHome();
    void relativeXdgFolderIsIgnored();
    void ourOwnFolderHoldsAll();
    void ourOwnFolderIsMadeAbsolute();
    void withoutHomeTheUserDatabaseKnows();
    void nothingIsMade();
};

void TestStateFolders::init()
{
    for (const char *name :
         {"ANCHORWATCH_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"})
        qunsetenv(name);
    qputenv("HOME", "/home/ada");
}

void TestStateFolders::xdgFoldersAreUsed()
{
    qputenv("XDG_CONFIG_HOME", "/x/config");
    qputenv("XDG_DATA_HOME", "/x/data/");
    qputenv("XDG_STATE_HOME", "/x/state");
    QCOMPARE(configFolder(), u"/x/config/anchorwatch"_s);
    QCOMPARE(dataFolder(), u"/x/data/anchorwatch"_s);
    QCOMPARE(stateFolder(), u"/x/state/anchorwatch"_s);
}

void TestStateFolders::defaultsAreUnderHome()
{
    QCOMPARE(configFolder(), u"/home/ada/.config/anchorwatch"_s);
    QCOMPARE(dataFolder(), u"/home/ada/.local/share/anchorwatch"_s);
    QCOMPARE(stateFolder(), u"/home/ada/.local/state/anchorwatch"_s);
}

void TestStateFolders::relativeXdgFolderIsIgnored()
{
    qputenv("XDG_DATA_HOME", "data");
    QCOMPARE(dataFolder(), u"/home/ada/.local/share/anchorwatch"_s);
}

void TestStateFolders::ourOwnFolderHoldsAll()
{
    qputenv("ANCHORWATCH_HOME", "/trial/");
    qputenv("XDG_DATA_HOME", "/x/data");
    QCOMPARE(configFolder(), u"/trial/config"_s);
    QCOMPARE(dataFolder(), u"/trial/data"_s);
    QCOMPARE(stateFolder(), u"/trial/state"_s);
}

void TestStateFolders::ourOwnFolderIsMadeAbsolute()
{
    qputenv("ANCHORWATCH_HOME", "trial");
    QCOMPARE(dataFolder(), QDir::currentPath() + u"/trial/data"_s);
}

// Fault matrix: D22
void TestStateFolders::withoutHomeTheUserDatabaseKnows()
{
    qunsetenv("HOME");
    const QString folder = dataFolder();
    QVERIFY2(QDir::isAbsolutePath(folder), qPrintable(folder));
    QVERIFY2(folder.endsWith(u"/.local/share/anchorwatch"_s), qPrintable(folder));
}

void TestStateFolders::nothingIsMade()
{
    const QTemporaryDir trial;
    qputenv("ANCHORWATCH_HOME", QFile::encodeName(trial.path()));
    QVERIFY(!configFolder().isEmpty() && !dataFolder().isEmpty() && !stateFolder().isEmpty());
    QVERIFY(QDir(trial.path()).isEmpty());
}

QTEST_GUILESS_MAIN(TestStateFolders)
#include "tst_statefolders.moc"
