#include "app/connectionsfile.h"
#include "tests/fakes/fulldisk.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMetaEnum>
#include <QTemporaryDir>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// JSON without its quotes escaped. (moc 6.4.2 loses its way in raw strings.)
QByteArray quoted(QByteArray text)
{
    return text.replace('\'', '"');
}

Connection sample()
{
    Connection connection;
    connection.id = u"4f1c"_s;
    connection.name = u"Staging \"ü\""_s;
    connection.kind = Connection::Kind::Grid;
    connection.baseUrl = QUrl(u"https://grid.example:4444/wd/h%20b"_s);
    connection.pollInterval = 7500ms;
    connection.badge = u"ST"_s;
    connection.color = Connection::Color::Teal;
    connection.guard = Connection::Guard::Protected;
    connection.enabled = false;
    connection.user = u"me"_s;
    connection.certificate = u"3A:9F"_s;
    connection.secret = {SecretReference::Store::Environment, u"GRID_PASSWORD"_s};
    return connection;
}

} // namespace

class TestConnectionsFile : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_path;

    void write(const QByteArray &content) const
    {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    [[nodiscard]] QByteArray content() const
    {
        QFile file(m_path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(content()).object(); }

private slots:
    void init() { m_path = m_folder.filePath(u"new/connections.json"_s); }
    void cleanup() { QDir(m_folder.filePath(u"new"_s)).removeRecursively(); }

    void withoutAFileThereIsLocal()
    {
        ConnectionsFile file(m_path);
        const QList<Connection> connections = file.load();
        QCOMPARE(file.problem(), QString());
        QCOMPARE(connections.size(), 1);
        Connection local;
        local.id = u"local"_s;
        local.name = u"Local"_s;
        local.kind = Connection::Kind::Local;
        local.badge = u"LO"_s;
        local.color = Connection::Color::Slate;
        QCOMPARE(connections[0], local);
        QVERIFY(!QFile::exists(m_path));
    }

    void whatWasSavedIsLoaded()
    {
        QList<Connection> connections{sample(), Connection()};
        connections[1].id = u"other"_s;
        QVERIFY(ConnectionsFile(m_path).save(connections));
        ConnectionsFile file(m_path);
        QCOMPARE(file.load(), connections);
        QCOMPARE(file.problem(), QString());
        QVERIFY(file.save({}));
        QCOMPARE(file.load(), QList<Connection>());
    }

    void everyWordIsRead_data()
    {
        QTest::addColumn<Connection>("connection");

        const auto kinds = QMetaEnum::fromType<Connection::Kind>();
        for (int i = 0; i < kinds.keyCount(); ++i) {
            Connection connection = sample();
            connection.kind = static_cast<Connection::Kind>(kinds.value(i));
            QTest::addRow("%s", kinds.key(i)) << connection;
        }
        const auto colors = QMetaEnum::fromType<Connection::Color>();
        for (int i = 0; i < colors.keyCount(); ++i) {
            Connection connection = sample();
            connection.color = static_cast<Connection::Color>(colors.value(i));
            QTest::addRow("%s", colors.key(i)) << connection;
        }
        const auto guards = QMetaEnum::fromType<Connection::Guard>();
        for (int i = 0; i < guards.keyCount(); ++i) {
            Connection connection = sample();
            connection.guard = static_cast<Connection::Guard>(guards.value(i));
            QTest::addRow("%s", guards.key(i)) << connection;
        }
        const auto stores = QMetaEnum::fromType<SecretReference::Store>();
        for (int i = 0; i < stores.keyCount(); ++i) {
            Connection connection = sample();
            connection.secret.store = static_cast<SecretReference::Store>(stores.value(i));
            QTest::addRow("secret in %s", stores.key(i)) << connection;
        }
    }
    void everyWordIsRead()
    {
        QFETCH(Connection, connection);
        QVERIFY(ConnectionsFile(m_path).save({connection}));
        QCOMPARE(ConnectionsFile(m_path).load(), QList{connection});
    }

    void onlyTheUserCanReadIt()
    {
        QVERIFY(ConnectionsFile(m_path).save({sample()}));
        QCOMPARE(
            QFile::permissions(m_path)
                & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
            QFile::Permissions());
    }

    // Fault matrix: W28
    void noSecretIsWritten()
    {
        Connection connection = sample();
        connection.baseUrl = QUrl(u"https://me:canary@grid.example/a?apiKey=canary#canary"_s);
        QVERIFY(ConnectionsFile(m_path).save({connection}));
        QVERIFY2(!content().contains("canary"), content().constData());
        QCOMPARE(ConnectionsFile(m_path).load().constFirst().baseUrl,
                 QUrl(u"https://grid.example/a"_s));
    }

    void aSecretInAnAddressIsDropped_data()
    {
        QTest::addColumn<QByteArray>("url");

        QTest::newRow("password") << QByteArray("https://me:canary@h/a");
        QTest::newRow("name") << QByteArray("https://canary@h/a");
        QTest::newRow("query") << QByteArray("https://h/a?apiKey=canary");
        QTest::newRow("fragment") << QByteArray("https://h/a#canary");
    }
    void aSecretInAnAddressIsDropped()
    {
        QFETCH(QByteArray, url);
        QVERIFY(ConnectionsFile(m_path).save({}));
        write(quoted("{'connections':[{'id':'a','name':'Work','kind':'Service','baseUrl':'") + url
              + quoted("'}]}"));
        ConnectionsFile file(m_path);
        const QList<Connection> connections = file.load();
        QCOMPARE(connections.size(), 1);
        QCOMPARE(connections[0].baseUrl, QUrl(u"https://h/a"_s));
        QVERIFY2(file.problem().contains(u"\"Work\""_s), qPrintable(file.problem()));
        QVERIFY2(!file.problem().contains(u"canary"_s), qPrintable(file.problem()));
        QVERIFY(file.save(connections));
        QVERIFY2(!content().contains("canary"), content().constData());
    }

    void whatANewerVersionWroteSurvives()
    {
        const QByteArray newer =
            quoted("{'version':9,'order':'byName','connections':["
                   "{'id':'a','name':'A','kind':'Steel','baseUrl':'x','orbit':1},"
                   "{'id':'b','name':'B','kind':'Anchor','baseUrl':'https://h','color':'Gold',"
                   "'guard':'FourEyes','secretStore':'Token','region':'eu','intervalMs':3000,"
                   "'badge':'B','enabled':true,'user':'','secretVariable':''}]}");
        QVERIFY(ConnectionsFile(m_path).save({}));
        write(newer);
        ConnectionsFile file(m_path);
        QList<Connection> connections = file.load();
        QVERIFY2(file.problem().contains(u"\"A\""_s), qPrintable(file.problem()));
        QCOMPARE(connections.size(), 1);
        QCOMPARE(connections[0].id, u"b"_s);
        QCOMPARE(connections[0].color, Connection::Color::Slate);
        QCOMPARE(connections[0].guard, Connection::Guard::WatchOnly); // the strictest

        QVERIFY(file.save(connections));
        QCOMPARE(json(), QJsonDocument::fromJson(newer).object());

        connections[0].name = u"New"_s;
        connections[0].color = Connection::Color::Red;
        QVERIFY(file.save(connections));
        const QJsonArray entries = json()[u"connections"_s].toArray();
        QCOMPARE(entries.size(), 2);
        QCOMPARE(entries[0][u"orbit"_s].toInt(), 1);
        QCOMPARE(entries[1][u"name"_s].toString(), u"New"_s);
        QCOMPARE(entries[1][u"color"_s].toString(), u"Red"_s);
        QCOMPARE(entries[1][u"region"_s].toString(), u"eu"_s);
        QCOMPARE(entries[1][u"guard"_s].toString(), u"FourEyes"_s);
    }

    void aRemovedConnectionIsGone()
    {
        ConnectionsFile file(m_path);
        QVERIFY(file.save({sample()}));
        QCOMPARE(file.load().size(), 1);
        QVERIFY(file.save({}));
        QVERIFY2(!content().contains("4f1c"), content().constData());
    }

    void oneBadEntryCostsOnlyItself_data()
    {
        QTest::addColumn<QByteArray>("entry");
        QTest::addColumn<QString>("says");

        QTest::newRow("no object") << QByteArray("7") << u"without an id"_s;
        QTest::newRow("no id") << quoted("{'name':'Bad','kind':'Local'}") << u"without an id"_s;
        QTest::newRow("id of another type")
            << quoted("{'id':5,'kind':'Local'}") << u"without an id"_s;
        QTest::newRow("id twice") << quoted("{'id':'good','kind':'Local'}")
                                  << u"second connection with the id \"good\""_s;
        QTest::newRow("no kind") << quoted("{'id':'a','name':'Bad'}") << u"\"Bad\""_s;
        QTest::newRow("no address")
            << quoted("{'id':'a','name':'Bad','kind':'Grid'}") << u"\"Bad\" has no valid address"_s;
        QTest::newRow("broken address, no name")
            << quoted("{'id':'a','kind':'Grid','baseUrl':'http://[::1'}")
            << u"\"a\" has no valid address"_s;
    }
    // Fault matrix: W25
    void oneBadEntryCostsOnlyItself()
    {
        QFETCH(QByteArray, entry);
        QFETCH(QString, says);
        QVERIFY(ConnectionsFile(m_path).save({}));
        write(quoted("{'connections':[{'id':'good','kind':'Local'},") + entry
              + quoted(",{'id':'also good','kind':'Local'}]}"));
        ConnectionsFile file(m_path);
        const QList<Connection> connections = file.load();
        QCOMPARE(connections.size(), 2);
        QCOMPARE(connections[1].id, u"also good"_s);
        QVERIFY2(file.problem().contains(says), qPrintable(file.problem()));

        QVERIFY(file.save(connections)); // where somebody can still mend it
        QCOMPARE(json()[u"connections"_s].toArray().at(1),
                 QJsonDocument::fromJson('[' + entry + ']').array().at(0));
    }

    void nonsenseIsDefaults()
    {
        QVERIFY(ConnectionsFile(m_path).save({}));
        write(quoted("{'connections':[{'id':'a','kind':'Local','intervalMs':-1,'enabled':'no'}]}"));
        Connection expected;
        expected.id = u"a"_s;
        QCOMPARE(ConnectionsFile(m_path).load(), QList{expected});
    }

    // Fault matrix: W25
    void aDamagedFileIsKeptAside()
    {
        QVERIFY(ConnectionsFile(m_path).save({}));
        write("{\"connections\": [");
        ConnectionsFile file(m_path);
        QCOMPARE(file.load().size(), 1);
        QVERIFY2(file.problem().contains(m_path + u".damaged"_s), qPrintable(file.problem()));
        QVERIFY(file.save({sample()}));
        QFile aside(m_path + u".damaged"_s);
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QCOMPARE(aside.readAll(), "{\"connections\": [");
    }

    // Fault matrix: W29
    void anotherWindowLosesNothing()
    {
        ConnectionsFile first(m_path);
        QVERIFY(first.save({sample()}));
        ConnectionsFile second(m_path);
        QList<Connection> seenBySecond = second.load();
        Connection added = sample();
        added.id = u"added"_s;
        Connection renamed = sample();
        renamed.name = u"Renamed"_s;
        QVERIFY(first.save({renamed, added}));

        seenBySecond[0].color = Connection::Color::Red;
        QVERIFY(second.save(seenBySecond));
        const QList<Connection> all = ConnectionsFile(m_path).load();
        QCOMPARE(all.size(), 2);
        QCOMPARE(all[0].name, u"Renamed"_s);
        QCOMPARE(all[0].color, Connection::Color::Red);
        QCOMPARE(all[1], added);
        QVERIFY(second.save({})); // what it knew of goes, and nothing else
        QCOMPARE(ConnectionsFile(m_path).load(), QList<Connection>{added});
    }

    // Fault matrix: W25
    void aFullDiskLeavesTheFileWhole()
    {
        FullDisk::prepare();
        ConnectionsFile file(m_path);
        QVERIFY(file.save({sample()}));
        const QByteArray before = content();
        Connection other = sample();
        other.id = u"other"_s;
        {
            const FullDisk full(0);
            QVERIFY(!file.save({sample(), other}));
        }
        QVERIFY2(file.problem().contains(m_path), qPrintable(file.problem()));
        QCOMPARE(content(), before);
    }

    // Fault matrix: W25
    void aFileThatCannotBeReadIsLeftAlone()
    {
        QVERIFY(QDir().mkpath(m_path)); // a folder in its place
        ConnectionsFile file(m_path);
        QCOMPARE(file.load().size(), 1);
        QVERIFY2(file.problem().contains(m_path), qPrintable(file.problem()));
        QVERIFY(!file.save({sample()}));
        QVERIFY2(file.problem().contains(u"left as it is"_s), qPrintable(file.problem()));
    }

    // Fault matrix: W25
    void aFolderThatCannotBeWrittenIsSaid()
    {
        m_path = m_folder.filePath(u"file/connections.json"_s);
        QFile inTheWay(m_folder.filePath(u"file"_s));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        ConnectionsFile file(m_path);
        QVERIFY(!file.save({sample()}));
        QVERIFY2(file.problem().contains(m_path), qPrintable(file.problem()));
    }
};

QTEST_GUILESS_MAIN(TestConnectionsFile)
#include "tst_connectionsfile.moc"
