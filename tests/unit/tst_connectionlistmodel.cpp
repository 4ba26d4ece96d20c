#include "models/connectionlistmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestConnectionListModel : public QObject
{
    Q_OBJECT

    // The model, and the signals it sent, in their order: "+1" came, "-0" went, "2>0" moved, "~1"
    // changed.
    std::unique_ptr<ConnectionListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    QStringList m_signals;

    static Connection connection(const QString &id)
    {
        Connection connection;
        connection.id = id;
        connection.name = u"Service "_s + id;
        connection.kind = Connection::Kind::Service;
        connection.baseUrl = QUrl(u"http://127.0.0.1:1"_s);
        return connection;
    }
    static QList<Connection> connections(const QString &ids)
    {
        QList<Connection> list;
        for (const QChar id : ids)
            list.append(connection(QString(id)));
        return list;
    }
    static ConnectionHealth good()
    {
        ConnectionHealth health;
        health.lastGood = QDateTime({2026, 5, 1}, {12, 0}, Qt::UTC);
        health.lastGoodElapsed = 1s;
        return health;
    }

    void listen()
    {
        const auto note = [this](const QString &what) { m_signals.append(what); };
        connect(m_model.get(), &QAbstractItemModel::rowsInserted, this,
                [=](const QModelIndex &, int first) { note(u"+%1"_s.arg(first)); });
        connect(m_model.get(), &QAbstractItemModel::rowsRemoved, this,
                [=](const QModelIndex &, int first) { note(u"-%1"_s.arg(first)); });
        connect(m_model.get(), &QAbstractItemModel::rowsMoved, this,
                [=](const QModelIndex &, int from, int, const QModelIndex &, int to) {
                    note(u"%1>%2"_s.arg(from).arg(to));
                });
        connect(m_model.get(), &QAbstractItemModel::dataChanged, this,
                [=](const QModelIndex &index) { note(u"~%1"_s.arg(index.row())); });
        connect(m_model.get(), &QAbstractItemModel::modelReset, this,
                [] { qFatal("the model is never reset"); });
    }
    [[nodiscard]] QString ids() const
    {
        QString ids;
        for (int row = 0; row < m_model->rowCount(); ++row)
            ids += m_model->index(row).data(ConnectionListModel::IdRole).toString();
        return ids;
    }

private slots:
    void init()
    {
        m_signals.clear();
        m_model = std::make_unique<ConnectionListModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        listen();
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void listIsTakenWithTheFewestSignals_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QStringList>("changes");
        QTest::newRow("the same") << u"abc"_s << u"abc"_s << QStringList();
        QTest::newRow("first ones") << QString() << u"ab"_s << QStringList{u"+0"_s, u"+1"_s};
        QTest::newRow("one at the end") << u"ab"_s << u"abc"_s << QStringList{u"+2"_s};
        QTest::newRow("one between") << u"ab"_s << u"acb"_s << QStringList{u"+1"_s};
        QTest::newRow("one goes") << u"abc"_s << u"ac"_s << QStringList{u"-1"_s};
        QTest::newRow("one moves up") << u"abc"_s << u"cab"_s << QStringList{u"2>0"_s};
        QTest::newRow("one replaced") << u"abc"_s << u"axc"_s << QStringList{u"-1"_s, u"+1"_s};
        QTest::newRow("all go") << u"ab"_s << QString() << QStringList{u"-1"_s, u"-0"_s};
    }
    void listIsTakenWithTheFewestSignals()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        m_model->setConnections(connections(before));
        m_signals.clear();
        m_model->setConnections(connections(after));
        QCOMPARE(ids(), after);
        QTEST(m_signals, "changes");
        QCOMPARE(m_model->connections(), connections(after));
    }

    void repeatedIdCountsOnce()
    {
        m_model->setConnections(connections(u"aba"_s));
        QCOMPARE(ids(), u"ab"_s);
    }

    void whatIsKnownIsKeptById()
    {
        m_model->setConnections(connections(u"ab"_s));
        m_model->setHealth(u"b"_s, good());
        m_model->setLiveCount(u"b"_s, 4);
        m_model->setNote(u"b"_s, u"note"_s);
        QList<Connection> renamed = connections(u"ba"_s);
        renamed[0].name = u"Other"_s;
        renamed[0].guard = Connection::Guard::Protected;
        m_model->setConnections(renamed);
        const ConnectionState *state = m_model->find(u"b"_s);
        QVERIFY(state);
        QCOMPARE(state->connection, renamed.at(0));
        QCOMPARE(state->health, good());
        QCOMPARE(state->liveCount, 4);
        QCOMPARE(state->note, u"note"_s);
        QVERIFY(state->hasList);
        QCOMPARE(m_model->indexOf(u"b"_s).row(), 0);
    }

    void whatWasKnownElsewhereIsForgotten_data()
    {
        QTest::addColumn<Connection>("changed");
        Connection other = connection(u"a"_s);
        other.baseUrl = QUrl(u"http://127.0.0.1:2"_s);
        QTest::newRow("address") << other;
        other = connection(u"a"_s);
        other.kind = Connection::Kind::Grid;
        QTest::newRow("kind") << other;
        other = connection(u"a"_s);
        other.enabled = false;
        QTest::newRow("disabled") << other;
    }
    void whatWasKnownElsewhereIsForgotten()
    {
        QFETCH(Connection, changed);
        m_model->setConnections(connections(u"a"_s));
        m_model->setHealth(u"a"_s, good());
        m_model->setLiveCount(u"a"_s, 4);
        m_model->setNote(u"a"_s, u"note"_s);
        m_model->setConnections({changed});
        ConnectionState expected;
        expected.connection = changed;
        QCOMPARE(*m_model->find(u"a"_s), expected);
    }

    void aNewerListAloneChangesNoRow()
    {
        m_model->setConnections(connections(u"a"_s));
        m_model->setHealth(u"a"_s, good());
        const QSignalSpy freshened(m_model.get(), &ConnectionListModel::freshened);
        m_signals.clear();
        ConnectionHealth newer = good();
        newer.lastGood = newer.lastGood.addSecs(1);
        newer.lastGoodElapsed = 2s;
        m_model->setHealth(u"a"_s, newer);
        QCOMPARE(m_signals, QStringList());
        QCOMPARE(freshened.size(), 1);
        QCOMPARE(m_model->find(u"a"_s)->health, newer);
        newer.misses = 1;
        m_model->setHealth(u"a"_s, newer);
        QCOMPARE(m_signals, QStringList(u"~0"_s));
    }

    void changesOfOneConnectionChangeItsRow()
    {
        m_model->setConnections(connections(u"ab"_s));
        m_signals.clear();
        m_model->setHealth(u"b"_s, good());
        m_model->setLiveCount(u"b"_s, 4);
        m_model->setNote(u"b"_s, u"note"_s);
        QCOMPARE(m_signals, QStringList({u"~1"_s, u"~1"_s, u"~1"_s}));
        m_model->setHealth(u"b"_s, good());
        m_model->setLiveCount(u"b"_s, 4);
        m_model->setNote(u"b"_s, u"note"_s);
        m_model->setLiveCount(u"nobody"_s, 4);
        QCOMPARE(m_signals.size(), 3);
        const auto state = m_model->index(1).data(ConnectionListModel::StateRole);
        QCOMPARE(state.value<ConnectionState>(), *m_model->find(u"b"_s));
    }

    void countsAreOfAllConnections()
    {
        m_model->setConnections(connections(u"abc"_s));
        QVERIFY(!m_model->hasAnyList());
        m_model->setLiveCount(u"a"_s, 4);
        m_model->setLiveCount(u"c"_s, 38);
        QCOMPARE(m_model->totalLive(), 42);
        QVERIFY(!m_model->hasAnyList());
        m_model->setHealth(u"c"_s, good());
        QVERIFY(m_model->hasAnyList());
        QVERIFY(!m_model->find(u"a"_s)->hasList);
    }

    void textsSayNameAndState()
    {
        m_model->setConnections(connections(u"a"_s));
        const QModelIndex index = m_model->index(0);
        QCOMPARE(index.data().toString(), u"Service a"_s);
        QCOMPARE(index.data(Qt::AccessibleTextRole).toString(), u"Service a, Connecting…"_s);
        QVERIFY(index.data(Qt::ToolTipRole).toString().contains(u"http://127.0.0.1:1"_s));
        QVERIFY(!m_model->find(u"x"_s));
        QVERIFY(!m_model->indexOf(u"x"_s).isValid());
    }
};

QTEST_GUILESS_MAIN(TestConnectionListModel)
#include "tst_connectionlistmodel.moc"
