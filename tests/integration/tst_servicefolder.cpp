#include "servicetest.h"
#include "tests/fakes/fulldisk.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

#include <csignal>
#include <unistd.h>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

// The folder of a service under odd circumstances: rights, owners, links, full disks.
class TestServiceFolder : public ServiceTest
{
    Q_OBJECT

private:
    [[nodiscard]] QString outside() { return service().root() + "/outside"_L1; }
    [[nodiscard]] static bool write(const QString &path, const QByteArray &content)
    {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
    }
    [[nodiscard]] static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
    }
    // Files and folders that anybody else has a right to.
    [[nodiscard]] static QStringList sharedWithOthers(const QString &folder)
    {
        constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
                                | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
        QStringList found;
        QDirIterator it(folder, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
                        QDirIterator::Subdirectories);
        while (it.hasNext()) {
            it.next();
            if (!it.fileInfo().isSymLink() && (it.fileInfo().permissions() & others))
                found.append(it.filePath());
        }
        return found;
    }

private slots:
    // Fault matrix: D22
    void aUmaskOfNothingLeavesNothingToOthers()
    {
        service().setUmask(0);
        QVERIFY(startService());
        const QString id =
            driver().createRunning({{"profileName"_L1, u"work"_s}, {"persist"_L1, true}});
        QVERIFY(!id.isEmpty());
        QCOMPARE(sharedWithOthers(service().dataFolder()), QStringList());
        QCOMPARE(driver().terminate(id).status, 200);
        QCOMPARE(sharedWithOthers(service().dataFolder()), QStringList());
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D22
    void aServiceWithoutAHomeHasSessions()
    {
        service().removeVariable(u"HOME"_s);
        QVERIFY(startService());
        const QString id = driver().createRunning();
        QVERIFY(!id.isEmpty());
        QCOMPARE(driver().terminate(id).status, 200);
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D22
    void aFolderOfAnotherIsRefused()
    {
        // Of root, or, for root, of somebody else.
        QString folder = u"/usr"_s;
        if (::geteuid() == 0) {
            folder = outside();
            constexpr uid_t nobody = 65534;
            QVERIFY(QDir().mkdir(folder));
            QCOMPARE(::chown(QFile::encodeName(folder).constData(), nobody, nobody), 0);
        }
        const QStringList before = entriesOf(folder);
        QCOMPARE(service().run({u"--data-dir"_s, folder}), 2);
        QVERIFY2(service().log().contains("belongs to another user"), service().log().constData());
        QCOMPARE(entriesOf(folder), before);
    }

    // Fault matrix: D14, D22
    void aFolderThatCannotBeMadeIsSaid()
    {
        QCOMPARE(service().run({u"--data-dir"_s, u"/proc/anchorwatch"_s}), 2);
        QVERIFY2(service().log().contains("cannot make /proc/anchorwatch"),
                 service().log().constData());
    }

    // Fault matrix: D16
    void startsOnAFullDisk()
    {
        FullDisk::prepare();
        {
            const FullDisk disk(0);
            // Every file that the service writes is refused; what it says goes into a pipe.
            QVERIFY(startService());
        }
        QCOMPARE(driver().api().get(sessionPath()).status, 200);
        QCOMPARE(driver().api().post(sessionPath(), "{}").status, 500);
        QVERIFY(endsCleanly());
    }

    void aLinkIsNotFollowed_data()
    {
        QTest::addColumn<QString>("place");
        QTest::newRow("working copy") << u"work/stray"_s;
        QTest::newRow("record") << u"sessions/0123.json"_s;
        QTest::newRow("saved profile") << u"profiles/work"_s;
        QTest::newRow("advertisement") << u"service.json"_s;
    }
    // Fault matrix: D8
    void aLinkIsNotFollowed()
    {
        QFETCH(const QString, place);
        QVERIFY(QDir().mkpath(outside() + "/browser"_L1));
        QVERIFY(write(outside() + "/browser/file"_L1, "mine"));
        QVERIFY(startService());
        QCOMPARE(service().terminate(), 0);
        const bool isFile = place.endsWith(".json"_L1);
        QVERIFY(QFile::link(isFile ? outside() + "/browser/file"_L1 : outside(),
                            service().dataFolder() + u'/' + place));
        QVERIFY(startService());
        const QString id = driver().createRunning();
        QCOMPARE(driver().terminate(id).status, 200);
        QCOMPARE(service().terminate(), 0);
        QCOMPARE(read(outside() + "/browser/file"_L1), QByteArray("mine"));
        QCOMPARE(entriesOf(outside()), QStringList{u"browser"_s});
    }

    void aFolderThatIsALinkIsRefused_data()
    {
        QTest::addColumn<QString>("place");
        for (const char *place : {"profiles", "sessions", "work", "kept", "lock"})
            QTest::newRow(place) << QString::fromLatin1(place);
    }
    // Fault matrix: D8
    void aFolderThatIsALinkIsRefused()
    {
        QFETCH(const QString, place);
        QVERIFY(QDir().mkpath(outside()));
        QVERIFY(QDir().mkpath(service().dataFolder()));
        QVERIFY(QFile::link(place == "lock"_L1 ? outside() + "/made"_L1 : outside(),
                            service().dataFolder() + u'/' + place));
        QCOMPARE(service().run({}), 2);
        QCOMPARE(entriesOf(outside()), QStringList());
    }

    // Fault matrix: D8, D16
    void aRecordThatNamesAnotherFolderIsKeptAside()
    {
        QVERIFY(startService());
        const QString id = driver().createRunning();
        service().kill();
        QVERIFY(QDir().mkpath(outside() + "/browser"_L1));
        const QString record = service().dataFolder() + "/sessions/"_L1 + id + ".json"_L1;
        QByteArray content = read(record);
        content.replace(QFile::encodeName(service().dataFolder() + "/work/"_L1 + id),
                        QFile::encodeName(outside()));
        QVERIFY(write(record, content));
        QVERIFY(startService());
        QVERIFY(driver().session(id).isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(browserPidOf(id), 0, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(entriesOf(service().dataFolder() + "/kept"_L1), QStringList{id},
                                  30'000);
        QCOMPARE(service().terminate(), 0);
        QCOMPARE(entriesOf(outside()), QStringList{u"browser"_s});
    }
};

QTEST_GUILESS_MAIN(TestServiceFolder)
#include "tst_servicefolder.moc"
