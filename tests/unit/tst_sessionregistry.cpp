#include "network/service/sessionregistry.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestSessionRegistry : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_folder.reset(); }

    void readsWhatItWrote_data();
    void readsWhatItWrote();
    void keepsLimitsBeyondTheContract();
    void readsLimitsOfAnEarlierVersion();
    void writesPrivateFiles();
    void forgetsWhatWasRemoved();
    void keepsAsideWhatItCannotRead_data();
    void keepsAsideWhatItCannotRead();
    void saysWhenItCannotWrite();

private:
    static SessionRecord sample();
    QString fileOf(const QString &id) const { return m_folder->filePath(id + ".json"_L1); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SessionRegistry> m_registry;
};

void TestSessionRegistry::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<SessionRegistry>(m_folder->path());
}

SessionRecord TestSessionRegistry::sample()
{
    SessionRecord record;
    record.id = u"0123456789abcdef"_s;
    record.capability = u"fedcba9876543210"_s;
    record.request.initialUrl = u"https://example.com/"_s;
    record.request.profileName = u"work"_s;
    record.request.persist = true;
    record.request.maxDurationMinutes = 30;
    record.tags = {u"nightly"_s, u"a, b"_s};
    record.createdAt = QDateTime(QDate(2026, 2, 3), QTime(4, 5, 6, 789), Qt::UTC);
    record.stage = SessionRecord::Stage::Running;
    record.endpoint = {40001, u"/devtools/browser/00000000-0000-0000-0000-000000000000"_s};
    record.workingCopy = u"/data/work/0123456789abcdef"_s;
    return record;
}

void TestSessionRegistry::readsWhatItWrote_data()
{
    QTest::addColumn<SessionRecord::Stage>("stage");
    QTest::newRow("starting") << SessionRecord::Stage::Starting;
    QTest::newRow("running") << SessionRecord::Stage::Running;
    QTest::newRow("ending") << SessionRecord::Stage::Ending;
    QTest::newRow("stopped") << SessionRecord::Stage::Stopped;
    QTest::newRow("failed") << SessionRecord::Stage::Failed;
}

void TestSessionRegistry::readsWhatItWrote()
{
    QFETCH(SessionRecord::Stage, stage);
    SessionRecord record = sample();
    record.stage = stage;
    if (stage == SessionRecord::Stage::Stopped || stage == SessionRecord::Stage::Failed) {
        record.error = u"It ended."_s;
        record.overSince = record.createdAt.addSecs(60);
    }
    QCOMPARE(m_registry->write(record), QString());
    const SessionRegistry::Loaded loaded = m_registry->load();
    QVERIFY(loaded.unreadable.isEmpty());
    QCOMPARE(loaded.records.size(), 1);
    QVERIFY(loaded.records.first() == record);
}

void TestSessionRegistry::keepsLimitsBeyondTheContract()
{
    SessionRecord record = sample();
    record.request.maxDurationMinutes = 600;
    record.request.idleTimeoutMinutes.reset();
    QCOMPARE(m_registry->write(record), QString());
    QVERIFY(m_registry->load().records.value(0) == record);
}

void TestSessionRegistry::readsLimitsOfAnEarlierVersion()
{
    QFile file(fileOf(u"x"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        R"({"version":1,"id":"x","capability":"c","createdAt":"2026-01-01T00:00:00Z","stage":"Running",
            "request":{"config":{"timeout":{"maxDuration":7}}}})");
    file.close();
    QCOMPARE(m_registry->load().records.value(0).request.maxDurationMinutes, 7);
}

void TestSessionRegistry::writesPrivateFiles()
{
    QCOMPARE(m_registry->write(sample()), QString());
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(fileOf(sample().id)) & others));
}

void TestSessionRegistry::forgetsWhatWasRemoved()
{
    QCOMPARE(m_registry->write(sample()), QString());
    m_registry->remove(sample().id);
    QVERIFY(m_registry->load().records.isEmpty());
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void TestSessionRegistry::keepsAsideWhatItCannotRead_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("half written") << QByteArray("{\"version\":1,\"id\":\"0123");
    QTest::newRow("not JSON") << QByteArray("\x00\xff\x01", 3);
    QTest::newRow("list") << QByteArray("[]");
    QTest::newRow("newer version") << QByteArray(
        R"({"version":2,"id":"x","capability":"c","createdAt":"2026-01-01T00:00:00Z","stage":"Running"})");
    QTest::newRow("unknown stage") << QByteArray(
        R"({"version":1,"id":"x","capability":"c","createdAt":"2026-01-01T00:00:00Z","stage":"Dancing"})");
    QTest::newRow("no capability") << QByteArray(
        R"({"version":1,"id":"x","createdAt":"2026-01-01T00:00:00Z","stage":"Running"})");
    QTest::newRow("id of another") << QByteArray(
        R"({"version":1,"id":"y","capability":"c","createdAt":"2026-01-01T00:00:00Z","stage":"Running"})");
    QTest::newRow("profile outside") << QByteArray(
        R"({"version":1,"id":"x","capability":"c","createdAt":"2026-01-01T00:00:00Z","stage":"Running","request":{"profileName":"../x"}})");
}

// Fault matrix: D16
void TestSessionRegistry::keepsAsideWhatItCannotRead()
{
    QFETCH(QByteArray, content);
    QFile file(fileOf(u"x"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    QCOMPARE(m_registry->write(sample()), QString());

    const SessionRegistry::Loaded loaded = m_registry->load();
    QCOMPARE(loaded.unreadable, QStringList{u"x"_s});
    QCOMPARE(loaded.records.size(), 1);
    QFile aside(fileOf(u"x"_s) + ".unreadable"_L1);
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), content);
    QVERIFY(m_registry->load().unreadable.isEmpty());
}

void TestSessionRegistry::saysWhenItCannotWrite()
{
    const SessionRegistry nowhere(m_folder->filePath(u"missing"_s));
    QVERIFY(!nowhere.write(sample()).isEmpty());
}

QTEST_GUILESS_MAIN(TestSessionRegistry)
#include "tst_sessionregistry.moc"
