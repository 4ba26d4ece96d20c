#include "app/settingsfile.h"
#include "tests/fakes/fulldisk.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_SettingsFile : public QObject
{
    Q_OBJECT

private slots:
    void whatWasSavedIsLoaded();
    void movedColumnsStayWhereTheyAre();
    void firstRunHasNoProblem();
    void damagedFileIsKeptAside();
    void unknownAndWrongValuesAreDefaults();
    void folderThatCannotBeWrittenIsSaid();
    void aFullDiskLeavesTheFileWhole();
    void onlyTheUserCanReadIt();
};

namespace {

Settings sample()
{
    Settings settings;
    settings.window.geometry = {10, 20, 800, 600};
    settings.window.isMaximized = true;
    settings.window.table.columns = {{u"page"_s, 300, 0, true}, {u"age"_s, 78, 1, false}};
    settings.window.table.sortColumn = u"page"_s;
    settings.window.table.sortOrder = Qt::DescendingOrder;
    settings.window.filter = u"status:idle \"zwei Wörter\""_s;
    settings.window.showsDetails = false;
    settings.window.detailsPlace = WindowState::DetailsPlace::Right;
    settings.window.confirmsSingle = false;
    settings.window.wall.geometry = {30, 40, 1000, 700};
    settings.window.wall.columns = 4;
    settings.window.wall.every = std::chrono::seconds(10);
    settings.window.viewer = {{900, 600}, true};
    return settings;
}

} // namespace

void tst_SettingsFile::whatWasSavedIsLoaded()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"new/settings.json"_s);
    QVERIFY(SettingsFile(path).save(sample()));
    SettingsFile file(path);
    QCOMPARE(file.load(), sample());
    QCOMPARE(file.problem(), QString());
}

void tst_SettingsFile::movedColumnsStayWhereTheyAre()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.json"_s);
    Settings settings = sample();
    settings.window.table.columns = {{u"page"_s, 0, 1, true}, {u"age"_s, 0, 0, true}};
    QVERIFY(SettingsFile(path).save(settings));
    QCOMPARE(SettingsFile(path).load().window.table.columns,
             (QList<ColumnLayout>{{u"age"_s, 0, 0, true}, {u"page"_s, 0, 1, true}}));
}

void tst_SettingsFile::firstRunHasNoProblem()
{
    QTemporaryDir folder;
    SettingsFile file(folder.filePath(u"settings.json"_s));
    QCOMPARE(file.load(), Settings());
    QCOMPARE(file.problem(), QString());
}

// Fault matrix: W25
void tst_SettingsFile::damagedFileIsKeptAside()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.json"_s);
    QFile damaged(path);
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write("{\"window\": {\"filter");
    damaged.close();

    SettingsFile file(path);
    QCOMPARE(file.load(), Settings());
    QVERIFY2(file.problem().contains(path + u".damaged"_s), qPrintable(file.problem()));
    QVERIFY(!QFile::exists(path));
    QFile aside(path + u".damaged"_s);
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), "{\"window\": {\"filter");
}

// Fault matrix: W25
void tst_SettingsFile::unknownAndWrongValuesAreDefaults()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.json"_s);
    QFile newer(path);
    QVERIFY(newer.open(QIODevice::WriteOnly));
    newer.write(R"({"version":99,"intervalMs":-5,"window":{"filter":7,"detailsPlace":"Ceiling",
                    "geometry":[1,2],"table":{"columns":"none"}},"more":{}})");
    newer.close();

    SettingsFile file(path);
    QCOMPARE(file.load(), Settings());
    QCOMPARE(file.problem(), QString());
}

// Fault matrix: W25
void tst_SettingsFile::folderThatCannotBeWrittenIsSaid()
{
    QTemporaryDir folder;
    QFile inTheWay(folder.filePath(u"file"_s));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    SettingsFile file(folder.filePath(u"file/settings.json"_s));
    QVERIFY(!file.save(sample()));
    QVERIFY(file.problem().contains(u"file/settings.json"_s));
}

// Fault matrix: W25
void tst_SettingsFile::aFullDiskLeavesTheFileWhole()
{
    FullDisk::prepare();
    QTemporaryDir folder;
    SettingsFile file(folder.filePath(u"settings.json"_s));
    QVERIFY(file.save(sample()));
    {
        const FullDisk full(0);
        QVERIFY(!file.save(Settings()));
    }
    QVERIFY2(file.problem().contains(u"settings.json"_s), qPrintable(file.problem()));
    QCOMPARE(file.load(), sample());
}

void tst_SettingsFile::onlyTheUserCanReadIt()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.json"_s);
    QVERIFY(SettingsFile(path).save(sample()));
    QVERIFY(!(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther)));
}

QTEST_GUILESS_MAIN(tst_SettingsFile)
#include "tst_settingsfile.moc"
