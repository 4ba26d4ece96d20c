#include "network/service/datafolder.h"
#include "network/service/profilestore.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestProfileStore : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_root.reset(); }

    void aProfileExistsOnceItWasSaved();
    void copyOfNoneIsEmpty();
    void copyHoldsWhatWasSaved();
    void theSecondSaveReplacesTheFirst();
    void theLastOfTwoSavesIsNoMix();
    void savingTakesTheWorkingCopyAway();
    void leavesOutWhatTheBrowserMakesAnew();
    void leavesLinksOut();
    void keepsAnExtensionsOwnCacheFolder();
    void aFileInTheWayLosesNothing();
    void aLinkInTheWayIsNotFollowed();
    void theNewestGenerationCountsAfterACrash();
    void removesOldGenerationsAfterACrash();

private:
    QString path(const QString &name) const { return m_root->filePath(name); }
    QString makeCopy(const QString &name, const QByteArray &content);
    static void write(const QString &file, const QByteArray &content);
    static QByteArray read(const QString &file);
    QByteArray savedContent();

    std::unique_ptr<QTemporaryDir> m_root;
    std::unique_ptr<ProfileStore> m_store;
};

void TestProfileStore::init()
{
    m_root = std::make_unique<QTemporaryDir>();
    QDir(m_root->path()).mkdir(u"profiles"_s);
    m_store = std::make_unique<ProfileStore>(path(u"profiles"_s));
}

void TestProfileStore::write(const QString &file, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(file).path());
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(content);
}

QByteArray TestProfileStore::read(const QString &file)
{
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray("(none)");
}

QString TestProfileStore::makeCopy(const QString &name, const QByteArray &content)
{
    write(browserFolder(path(name)) + "/Default/Cookies"_L1, content);
    write(cookieFile(path(name)), content);
    return path(name);
}

QByteArray TestProfileStore::savedContent()
{
    const QString copy = path(u"look"_s);
    QDir(copy).removeRecursively();
    QDir().mkdir(copy);
    if (!m_store->copyTo(u"p"_s, copy).isEmpty())
        return "(failed)";
    return read(browserFolder(copy) + "/Default/Cookies"_L1) + ' ' + read(cookieFile(copy));
}

void TestProfileStore::aProfileExistsOnceItWasSaved()
{
    QVERIFY(!m_store->exists(u"p"_s));
    QCOMPARE(m_store->save(u"p"_s, makeCopy(u"w"_s, "one")), QString());
    QVERIFY(m_store->exists(u"p"_s));
}

void TestProfileStore::copyOfNoneIsEmpty()
{
    QDir().mkdir(path(u"w"_s));
    QCOMPARE(m_store->copyTo(u"p"_s, path(u"w"_s)), QString());
    QVERIFY(QDir(browserFolder(path(u"w"_s))).isEmpty());
    QVERIFY(!m_store->exists(u"p"_s));
}

void TestProfileStore::copyHoldsWhatWasSaved()
{
    QCOMPARE(m_store->save(u"p"_s, makeCopy(u"w"_s, "one")), QString());
    QCOMPARE(savedContent(), QByteArray("one one"));
}

void TestProfileStore::theSecondSaveReplacesTheFirst()
{
    QCOMPARE(m_store->save(u"p"_s, makeCopy(u"w"_s, "one")), QString());
    QCOMPARE(m_store->save(u"p"_s, makeCopy(u"w"_s, "two")), QString());
    QCOMPARE(savedContent(), QByteArray("two two"));
    QCOMPARE(QDir(path(u"profiles/p"_s)).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
}

// Of two sessions that began with the same profile.
// Fault matrix: D15
void TestProfileStore::theLastOfTwoSavesIsNoMix()
{
    const QString first = makeCopy(u"first"_s, "one");
    const QString second = makeCopy(u"second"_s, "two");
    write(browserFolder(first) + "/Default/History"_L1, "one");
    QCOMPARE(m_store->save(u"p"_s, first), QString());
    QCOMPARE(m_store->save(u"p"_s, second), QString());
    QCOMPARE(savedContent(), QByteArray("two two"));
    QVERIFY(!QFile::exists(browserFolder(path(u"look"_s)) + "/Default/History"_L1));
}

void TestProfileStore::savingTakesTheWorkingCopyAway()
{
    QCOMPARE(m_store->save(u"p"_s, makeCopy(u"w"_s, "one")), QString());
    QVERIFY(!QFile::exists(path(u"w"_s)));
}

void TestProfileStore::leavesOutWhatTheBrowserMakesAnew()
{
    const QString copy = makeCopy(u"w"_s, "one");
    for (const QString &name : {u"/SingletonLock"_s, u"/DevToolsActivePort"_s,
                                u"/Default/Cache/data_0"_s, u"/ShaderCache/data_0"_s})
        write(browserFolder(copy) + name, "x");
    QCOMPARE(m_store->save(u"p"_s, copy), QString());
    QDir().mkdir(path(u"look"_s));
    QCOMPARE(m_store->copyTo(u"p"_s, path(u"look"_s)), QString());
    const QDir saved(browserFolder(path(u"look"_s)));
    QCOMPARE(saved.entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList{u"Default"_s});
    QVERIFY(!saved.exists(u"Default/Cache"_s));
}

// Fault matrix: D8
void TestProfileStore::leavesLinksOut()
{
    write(path(u"secret"_s), "secret");
    const QString copy = makeCopy(u"w"_s, "one");
    QVERIFY(QFile::link(path(u"secret"_s), browserFolder(copy) + "/Default/Link"_L1));
    QCOMPARE(m_store->save(u"p"_s, copy), QString());
    QCOMPARE(savedContent(), QByteArray("one one"));
    QVERIFY(!QFile::exists(browserFolder(path(u"look"_s)) + "/Default/Link"_L1));
}

void TestProfileStore::keepsAnExtensionsOwnCacheFolder()
{
    const QString copy = makeCopy(u"w"_s, "one");
    const QString file = u"/Default/Extensions/abc/1.0/Cache/data"_s;
    write(browserFolder(copy) + file, "x");
    QCOMPARE(m_store->save(u"p"_s, copy), QString());
    (void)savedContent();
    QCOMPARE(read(browserFolder(path(u"look"_s)) + file), QByteArray("x"));
}

// Fault matrix: D14
void TestProfileStore::aFileInTheWayLosesNothing()
{
    write(path(u"profiles/p"_s), "in the way");
    const QString copy = makeCopy(u"w"_s, "one");
    QVERIFY(!m_store->save(u"p"_s, copy).isEmpty());
    QCOMPARE(read(cookieFile(copy)), QByteArray("one"));
    QCOMPARE(read(path(u"profiles/p"_s)), QByteArray("in the way"));
}

// Fault matrix: D8
void TestProfileStore::aLinkInTheWayIsNotFollowed()
{
    QDir(m_root->path()).mkdir(u"outside"_s);
    QVERIFY(QFile::link(path(u"outside"_s), path(u"profiles/p"_s)));
    const QString copy = makeCopy(u"w"_s, "one");
    QVERIFY(m_store->isObstructed(u"p"_s));
    QVERIFY(!m_store->save(u"p"_s, copy).isEmpty());
    QVERIFY(QDir(path(u"outside"_s)).isEmpty());
    write(path(u"outside/g000001/cookies.json"_s), "theirs");
    QVERIFY(!m_store->exists(u"p"_s));
}

// Killed after the new generation was moved in, before the old one was removed.
// Fault matrix: D13
void TestProfileStore::theNewestGenerationCountsAfterACrash()
{
    QCOMPARE(m_store->save(u"p"_s, makeCopy(u"w"_s, "one")), QString());
    makeCopy(u"profiles/p/g000002"_s, "two");
    QCOMPARE(savedContent(), QByteArray("two two"));
}

// Fault matrix: D13
void TestProfileStore::removesOldGenerationsAfterACrash()
{
    QCOMPARE(m_store->save(u"p"_s, makeCopy(u"w"_s, "one")), QString());
    makeCopy(u"profiles/p/g000002"_s, "two");
    m_store->removeOldGenerations();
    QCOMPARE(QDir(path(u"profiles/p"_s)).entryList(QDir::Dirs | QDir::NoDotAndDotDot),
             QStringList{u"g000002"_s});
    QCOMPARE(savedContent(), QByteArray("two two"));
}

QTEST_GUILESS_MAIN(TestProfileStore)
#include "tst_profilestore.moc"
