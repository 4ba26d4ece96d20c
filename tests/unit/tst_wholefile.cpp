#include "network/wholefile.h"
#include "tests/fakes/fulldisk.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestWholeFile : public QObject
{
    Q_OBJECT

private slots:
    void replacesTheContentForItsOwnerAlone()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"file"_s);
        QCOMPARE(writeWholeFile(path, "a longer one"), QString());
        QCOMPARE(writeWholeFile(path, "new"), QString());
        QCOMPARE(contentOf(path), QByteArray("new"));
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
                            | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
        QVERIFY((QFile::permissions(path) & others) == QFile::Permissions());
    }

    void aFullDiskLeavesTheOldContent_data()
    {
        QTest::addColumn<qsizetype>("size");
        QTest::newRow("in one buffer") << qsizetype(100);
        QTest::newRow("more than a buffer") << qsizetype(100'000);
    }
    void aFullDiskLeavesTheOldContent()
    {
        QFETCH(const qsizetype, size);
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"file"_s);
        QCOMPARE(writeWholeFile(path, "old"), QString());
        FullDisk::prepare();
        QString problem;
        {
            const FullDisk disk(0, 50);
            problem = writeWholeFile(path, QByteArray(size, 'x'));
        }
        QVERIFY(!problem.isEmpty());
        QCOMPARE(contentOf(path), QByteArray("old"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"file"_s});
    }

    void saysThatThereIsNoFolder()
    {
        const QTemporaryDir folder;
        QVERIFY(!writeWholeFile(folder.filePath(u"missing/file"_s), "new").isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestWholeFile)
#include "tst_wholefile.moc"
