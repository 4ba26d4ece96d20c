#include "network/service/datafolder.h"

#include <QFileInfo>
#include <QFuture>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QtConcurrent>

#include <memory>
#include <sys/stat.h>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestDataFolder : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_root;

    QString path() const { return m_root->filePath(u"data"_s); }
    QString lockFile() const { return path() + "/lock"_L1; }

    // Holds the lock until its input is closed, in the name of that process.
    bool holdLock(QProcess &holder, qint64 owner) const
    {
        holder.start(u"flock"_s,
                     {lockFile(), u"sh"_s, u"-c"_s,
                      u"echo %1 > '%2'; echo held; read line"_s.arg(owner).arg(lockFile())});
        return QTest::qWaitFor([&holder] { return holder.canReadLine(); }, 30'000);
    }
    static qint64 deadProcess()
    {
        QProcess process;
        process.start(u"true"_s, QStringList());
        const qint64 pid = process.waitForStarted() ? process.processId() : 0;
        process.waitForFinished();
        return pid;
    }

private slots:
    void init()
    {
        m_root = std::make_unique<QTemporaryDir>();
        DataFolder made;
        QCOMPARE(made.open(path()), QString());
    }

    // Fault matrix: D22
    void isPrivate()
    {
        m_root = std::make_unique<QTemporaryDir>();
        const mode_t before = ::umask(0); // whatever is left to others is theirs
        DataFolder made;
        const QString problem = made.open(path());
        ::umask(before);
        QCOMPARE(problem, QString());
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
                            | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
        for (const char *inside : {"", "/profiles", "/sessions", "/work", "/kept"})
            QCOMPARE(QFile::permissions(path() + QLatin1StringView(inside)) & others, 0);
        QCOMPARE(QFile::permissions(lockFile()) & others, 0);
    }

    void isForOneAtATime()
    {
        auto first = std::make_unique<DataFolder>();
        QCOMPARE(first->open(path()), QString());
        DataFolder second;
        QVERIFY(second.open(path()).contains("in use by another anchorwatchd"_L1));
        first.reset();
        DataFolder third;
        QCOMPARE(third.open(path()), QString());
    }

    // Fault matrix: D17
    void isRefusedWhileItsOwnerLives()
    {
        QProcess holder;
        QVERIFY(holdLock(holder, QCoreApplication::applicationPid()));
        DataFolder folder;
        QVERIFY(folder.open(path()).contains("in use by another anchorwatchd"_L1));
        holder.closeWriteChannel();
        QTRY_COMPARE_WITH_TIMEOUT(holder.state(), QProcess::NotRunning, 30'000);
    }

    // The browsers that a killed service was just starting hold its lock for a moment.
    void waitsForWhatAKilledOwnerLeftBehind()
    {
        QProcess holder;
        QVERIFY(holdLock(holder, deadProcess()));
        QFuture<QString> opened = QtConcurrent::run([path = path()] {
            DataFolder folder;
            return folder.open(path);
        });
        holder.closeWriteChannel();
        QTRY_VERIFY_WITH_TIMEOUT(opened.isFinished(), 30'000);
        QCOMPARE(opened.result(), QString());
        QTRY_COMPARE_WITH_TIMEOUT(holder.state(), QProcess::NotRunning, 30'000);
    }

    void aFolderThatIsNoneIsSaid()
    {
        QFile file(m_root->filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        DataFolder folder;
        QVERIFY(folder.open(file.fileName()).contains("is not a folder"_L1));
    }
};

QTEST_GUILESS_MAIN(TestDataFolder)
#include "tst_datafolder.moc"
