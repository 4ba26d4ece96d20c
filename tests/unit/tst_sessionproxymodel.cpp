#include "models/sessionproxymodel.h"
#include "tests/fakes/fakeclock.h"
#include "tests/fakes/samplesession.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestSessionProxyModel : public QObject
{
    Q_OBJECT

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<SessionTableModel> m_model;
    std::unique_ptr<SessionProxyModel> m_proxy;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    SessionSnapshot m_snapshot;

    void poll(const SessionList &list)
    {
        m_clock->advance(1s);
        SessionDelta delta = deltaBetween(m_snapshot, list);
        delta.connectionId = u"local"_s;
        delta.askedAt = m_clock->elapsed();
        m_snapshot = SessionSnapshot(list);
        m_model->applyDelta(delta);
    }

    void filter(const QString &expression)
    {
        m_proxy->setFilter(std::get<SessionFilter>(SessionFilter::parse(expression)));
    }

    QStringList shown() const
    {
        QStringList ids;
        for (int row = 0; row < m_proxy->rowCount(); ++row)
            ids.append(m_proxy->keyAt(m_proxy->index(row, 0)).sessionId);
        return ids;
    }

    // One with that many minutes of age when the clock starts.
    static Session aged(const QString &id, int minutes)
    {
        Session session = sampleSession(id);
        session.createdAt = FakeClock().nowUtc().addSecs(-60 * minutes);
        return session;
    }

private slots:
    void init()
    {
        m_snapshot.clear();
        m_clock = std::make_unique<FakeClock>();
        m_model = std::make_unique<SessionTableModel>(*m_clock);
        m_proxy = std::make_unique<SessionProxyModel>(*m_model, *m_clock);
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_proxy.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    }
    void cleanup()
    {
        m_tester.reset();
        m_proxy.reset();
        m_model.reset();
    }

    void newestComesFirst()
    {
        Session ageless = sampleSession(u"unknown"_s);
        ageless.createdAt = {};
        poll({aged(u"old"_s, 90), ageless, aged(u"new"_s, 1), aged(u"middle"_s, 30)});
        QCOMPARE(shown(), (QStringList{u"new"_s, u"middle"_s, u"old"_s, u"unknown"_s}));
    }

    void equalsAreOrderedById()
    {
        poll({aged(u"c"_s, 5), aged(u"a"_s, 5), aged(u"b"_s, 5)});
        QCOMPARE(shown(), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
    }

    void eachColumnSortsByItsValueMissingOnesLast_data()
    {
        QTest::addColumn<SessionColumn>("column");
        QTest::addColumn<QStringList>("ascending");
        QTest::addColumn<QStringList>("descending");
        const auto row = [](const char *name, SessionColumn column, const QString &ascending,
                            const QString &descending) {
            QTest::newRow(name) << column << ascending.split(u' ') << descending.split(u' ');
        };
        row("status", SessionColumn::Status, u"s2 s1 s4 s3"_s, u"s3 s4 s1 s2"_s);
        row("session", SessionColumn::Session, u"s1 s2 s3 s4"_s, u"s4 s3 s2 s1"_s);
        row("page", SessionColumn::Page, u"s3 s1 s4 s2"_s, u"s4 s1 s3 s2"_s);
        row("profile", SessionColumn::Profile, u"s4 s2 s1 s3"_s, u"s2 s4 s3 s1"_s);
        row("tags", SessionColumn::Tags, u"s2 s3 s1 s4"_s, u"s3 s2 s4 s1"_s);
        row("credits", SessionColumn::Credits, u"s4 s3 s1 s2"_s, u"s1 s3 s4 s2"_s);
        row("time limit", SessionColumn::TimeLimit, u"s2 s1 s3 s4"_s, u"s1 s2 s4 s3"_s);
        row("age", SessionColumn::Age, u"s4 s2 s1 s3"_s, u"s1 s2 s4 s3"_s);
        row("CDP", SessionColumn::Cdp, u"s2 s4 s1 s3"_s, u"s4 s2 s3 s1"_s);
        row("live view", SessionColumn::LiveView, u"s1 s3 s2 s4"_s, u"s3 s1 s4 s2"_s);
    }
    void eachColumnSortsByItsValueMissingOnesLast()
    {
        QFETCH(SessionColumn, column);
        SessionList list{aged(u"s1"_s, 90), aged(u"s2"_s, 30), aged(u"s3"_s, 0), aged(u"s4"_s, 1)};
        list[1].status = SessionStatus::Kind::Starting;
        list[2].status = SessionStatus::Kind::Stopped;
        list[3].status = SessionStatus::Kind::Idle;
        list[0].title = u"banana"_s;
        list[1].title.clear();
        list[1].currentUrl.clear();
        list[2].title = u"Apple"_s;
        list[3].title = u"Cherry"_s;
        list[1].profileName = u"Zoo"_s;
        list[3].profileName = u"alpha"_s;
        list[1].tags = {u"ci"_s, u"nightly"_s};
        list[2].tags = {u"Web"_s};
        list[0].figures = {
            {SessionFigure::Kind::Credits, 100},
            {SessionFigure::Kind::TimeLimit, std::numeric_limits<double>::infinity()}};
        list[1].figures = {{SessionFigure::Kind::TimeLimit, 180}};
        list[2].figures = {{SessionFigure::Kind::Credits, 12.5}};
        list[3].figures = {{SessionFigure::Kind::Credits, 9}};
        list[2].createdAt = {};
        list[0].cdpUrl.clear();
        list[2].cdpUrl.clear();
        list[1].liveViewUrl.clear();
        list[3].liveViewUrl.clear();
        poll(list);
        m_proxy->sort(static_cast<int>(column), Qt::AscendingOrder);
        QTEST(shown(), "ascending");
        m_proxy->sort(static_cast<int>(column), Qt::DescendingOrder);
        QTEST(shown(), "descending");
    }

    void timeAloneMovesNoRow()
    {
        poll({aged(u"a"_s, 5), aged(u"b"_s, 90)});
        const QSignalSpy layout(m_proxy.get(), &QAbstractItemModel::layoutChanged);
        m_clock->advance(100h);
        poll({aged(u"a"_s, 5), aged(u"b"_s, 90)});
        QCOMPARE(layout.size(), 0);
        QCOMPARE(shown(), (QStringList{u"a"_s, u"b"_s}));
    }

    void selectionAndCurrentRowSurvivePolls()
    {
        poll({aged(u"a"_s, 1), aged(u"b"_s, 2), aged(u"c"_s, 3)});
        QItemSelectionModel selection(m_proxy.get());
        const SessionKey key{u"local"_s, u"b"_s};
        selection.setCurrentIndex(m_proxy->indexOf(key),
                                  QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        const QPersistentModelIndex index = m_proxy->indexOf(key, SessionColumn::Page);
        const QSignalSpy current(&selection, &QItemSelectionModel::currentChanged);
        const QSignalSpy selected(&selection, &QItemSelectionModel::selectionChanged);

        Session changed = aged(u"b"_s, 2);
        changed.title = u"Other"_s;
        poll({aged(u"d"_s, 0), changed, aged(u"e"_s, 9)}); // a and c leave the list
        m_clock->advance(1h);
        m_model->expireEnded(60s, {});
        QCOMPARE(shown(), (QStringList{u"d"_s, u"b"_s, u"e"_s}));
        QCOMPARE(m_proxy->keyAt(index), key);
        QCOMPARE(m_proxy->keyAt(selection.currentIndex()), key);
        QCOMPARE(selection.selectedRows().size(), 1);
        QCOMPARE(m_proxy->keyAt(selection.selectedRows()[0]), key);
        QCOMPARE(current.size(), 0);
        for (const QList<QVariant> &change : selected) { // Qt tells of other rows that go, too
            QVERIFY(change[0].value<QItemSelection>().isEmpty());
            QVERIFY(change[1].value<QItemSelection>().isEmpty());
        }
    }

    void sortByStatusFollowsAChange()
    {
        m_proxy->sort(static_cast<int>(SessionColumn::Status), Qt::AscendingOrder);
        SessionList list{aged(u"a"_s, 1), aged(u"b"_s, 1)};
        poll(list);
        QCOMPARE(shown(), (QStringList{u"a"_s, u"b"_s}));
        list[0].status = SessionStatus::Kind::Idle;
        poll(list);
        QCOMPARE(shown(), (QStringList{u"b"_s, u"a"_s}));
    }

    void filterFollowsChanges()
    {
        SessionList list{aged(u"a"_s, 1), aged(u"b"_s, 2)};
        poll(list);
        filter(u"status:idle"_s);
        QCOMPARE(shown(), QStringList());
        list[1].status = SessionStatus::Kind::Idle;
        poll(list);
        QCOMPARE(shown(), QStringList{u"b"_s});
        filter(u"tag:ci"_s);
        QCOMPARE(shown(), QStringList());
        list[0].tags = {u"ci"_s};
        poll(list);
        QCOMPARE(shown(), QStringList{u"a"_s});
        filter({});
        QCOMPARE(shown().size(), 2);
    }

    void filterFollowsTimeWhenAsked()
    {
        poll({aged(u"a"_s, 10), aged(u"b"_s, 50)});
        filter(u"age>30m"_s);
        QCOMPARE(shown(), QStringList{u"b"_s});
        m_clock->advance(25min);
        m_proxy->refilterForTime();
        QCOMPARE(shown(), (QStringList{u"a"_s, u"b"_s}));
    }

    void keysLeadToRowsAndBack()
    {
        poll({aged(u"a"_s, 10), aged(u"b"_s, 50)});
        const SessionKey key{u"local"_s, u"b"_s};
        const QModelIndex index = m_proxy->indexOf(key, SessionColumn::LiveView);
        QCOMPARE(index.model(), m_proxy.get());
        QCOMPARE(index.column(), static_cast<int>(SessionColumn::LiveView));
        QCOMPARE(m_proxy->keyAt(index), key);
        filter(u"id:a"_s);
        QVERIFY(!m_proxy->indexOf(key).isValid());
        QCOMPARE(m_proxy->keyAt({}), SessionKey());
    }
};

QTEST_GUILESS_MAIN(TestSessionProxyModel)
#include "tst_sessionproxymodel.moc"
