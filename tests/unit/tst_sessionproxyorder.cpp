#include "models/sessionproxymodel.h"
#include "tests/fakes/fakeclock.h"
#include "tests/fakes/samplesession.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSortFilterProxyModel>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// The slow and simple way: everything is compared again by Qt whenever anything changes.
class SlowProxyModel : public QSortFilterProxyModel
{
public:
    SlowProxyModel(SessionTableModel &model, const Clock &clock)
        : m_model(model)
        , m_clock(clock)
    {
        setSourceModel(&model);
        sort(static_cast<int>(SessionColumn::Age));
    }

    void setFilter(const SessionFilter &filter)
    {
        m_filter = filter;
        invalidate();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &) const override
    {
        return m_filter.matches(m_model.rows()[row], m_clock.nowUtc());
    }
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override
    {
        const QVariant leftKey = left.data(SessionTableModel::SortRole);
        const QVariant rightKey = right.data(SessionTableModel::SortRole);
        if (leftKey.isValid() != rightKey.isValid())
            return leftKey.isValid() == (sortOrder() == Qt::AscendingOrder);
        if (leftKey != rightKey)
            return QVariant::compare(leftKey, rightKey) == QPartialOrdering::Less;
        return m_model.rows()[left.row()].session.id < m_model.rows()[right.row()].session.id;
    }

private:
    SessionTableModel &m_model;
    const Clock &m_clock;
    SessionFilter m_filter;
};

// What a model says it shows, kept up by its signals alone.
class Listener : public QObject
{
public:
    explicit Listener(const QAbstractItemModel &model)
        : m_model(model)
    {
        connect(&model, &QAbstractItemModel::rowsInserted, this,
                [this](const QModelIndex &, int first, int last) {
                    for (int row = first; row <= last; ++row)
                        m_rows.insert(row, read(row));
                });
        connect(&model, &QAbstractItemModel::rowsRemoved, this,
                [this](const QModelIndex &, int first, int last) {
                    m_rows.remove(first, last - first + 1);
                });
        connect(&model, &QAbstractItemModel::dataChanged, this,
                [this](const QModelIndex &first, const QModelIndex &last) {
                    for (int row = first.row(); row <= last.row(); ++row) {
                        for (int column = first.column(); column <= last.column(); ++column)
                            m_rows[row][column] = read(row)[column];
                    }
                });
        connect(&model, &QAbstractItemModel::layoutChanged, this, [this] {
            const auto before = m_rows.size();
            m_rows = now();
            m_keptCount = m_keptCount && m_rows.size() == before;
        });
    }

    // Whether that is what it shows, cell by cell, and no change of layout hid a row.
    [[nodiscard]] bool isRight() const { return m_keptCount && m_rows == now(); }

private:
    QStringList read(int row) const
    {
        QStringList cells;
        for (int column = 0; column < m_model.columnCount(); ++column) {
            // Ages grow without a word.
            const int role = column == static_cast<int>(SessionColumn::Age)
                                 ? static_cast<int>(SessionTableModel::SortRole)
                                 : static_cast<int>(Qt::DisplayRole);
            cells.append(m_model.index(row, column).data(role).toString());
        }
        return cells;
    }
    QList<QStringList> now() const
    {
        QList<QStringList> rows;
        for (int row = 0; row < m_model.rowCount(); ++row)
            rows.append(read(row));
        return rows;
    }

    const QAbstractItemModel &m_model;
    QList<QStringList> m_rows;
    bool m_keptCount = true;
};

} // namespace

// Random polls, filters and sortings: rows, their order, persistent indexes and what the signals
// say are those of the slow model.
class TestSessionProxyOrder : public QObject
{
    Q_OBJECT

    QRandomGenerator m_random;
    FakeClock m_clock;
    SessionList m_list;
    int m_created = 0;

    int below(qsizetype bound) { return m_random.bounded(static_cast<int>(bound)); }

    void change(Session &session)
    {
        using Kind = SessionStatus::Kind;
        static const QList<Kind> kinds{Kind::Running, Kind::Idle, Kind::Starting, Kind::Stopped};
        session.title = below(10) == 0 ? QString() : u"Title %1"_s.arg(below(30));
        if (below(3) == 0)
            session.status = kinds[below(kinds.size())];
        if (below(5) == 0)
            session.profileName = below(2) == 0 ? QString() : u"profile %1"_s.arg(below(4));
    }

    Session fresh()
    {
        Session session = sampleSession(QString::number((m_created++ * 7919) % 10'007));
        session.createdAt = m_clock.nowUtc().addSecs(-below(5000));
        if (below(20) == 0)
            session.createdAt = {};
        change(session);
        return session;
    }

    void changeList(int most)
    {
        for (int i = below(most); i > 0 && !m_list.isEmpty(); --i)
            change(m_list[below(m_list.size())]);
        for (int i = below(most); i > 0; --i)
            m_list.insert(below(m_list.size() + 1), fresh());
        for (int i = below(most / 2 + 1); i > 0 && !m_list.isEmpty(); --i)
            m_list.removeAt(below(m_list.size()));
    }

private slots:
    void isThatOfTheSlowModel_data()
    {
        QTest::addColumn<quint32>("seed");
        QTest::addColumn<int>("most"); // changes between two polls
        for (quint32 seed = 1; seed <= 9; ++seed)
            QTest::addRow("seed %u", seed) << seed << (seed % 3 == 0 ? 60 : 5);
    }
    void isThatOfTheSlowModel()
    {
        QFETCH(quint32, seed);
        QFETCH(int, most);
        m_random.seed(seed);
        m_list.clear();
        SessionTableModel table(m_clock);
        SessionProxyModel proxy(table, m_clock);
        SlowProxyModel slow(table, m_clock);
        const QAbstractItemModelTester tester(
            &proxy, QAbstractItemModelTester::FailureReportingMode::Fatal);
        const Listener listener(proxy);
        SessionSnapshot snapshot;
        QHash<SessionKey, QPersistentModelIndex> held;
        for (int round = 0; round < 40; ++round) {
            m_clock.advance(1s);
            changeList(most);
            SessionDelta delta = deltaBetween(snapshot, m_list);
            delta.connectionId = u"one"_s;
            delta.askedAt = m_clock.elapsed();
            snapshot = SessionSnapshot(m_list);
            table.applyDelta(delta);
            actOn(table, proxy, slow);
            compare(proxy, slow);
            QVERIFY(listener.isRight());
            for (auto it = held.cbegin(); it != held.cend(); ++it)
                QVERIFY(!it->isValid() || proxy.keyAt(*it) == it.key());
            if (proxy.rowCount() > 0) {
                const QModelIndex index = proxy.index(below(proxy.rowCount()), below(8));
                held.insert(proxy.keyAt(index), index);
            }
        }
    }

private:
    void actOn(SessionTableModel &table, SessionProxyModel &proxy, SlowProxyModel &slow)
    {
        static const QStringList filters{u""_s,          u"title"_s,   u"status:idle"_s,
                                         u"profile:3"_s, u"age>30m"_s, u"!2"_s};
        if (below(4) == 0) {
            const auto filter =
                std::get<SessionFilter>(SessionFilter::parse(filters[below(filters.size())]));
            proxy.setFilter(filter);
            slow.setFilter(filter);
        }
        if (below(6) == 0) {
            const int column = below(sessionColumnCount);
            const auto order = below(2) == 0 ? Qt::AscendingOrder : Qt::DescendingOrder;
            proxy.sort(column, order);
            slow.sort(column, order);
        }
        if (below(10) == 0)
            table.setStaleSince(u"one"_s, below(2) == 0 ? QDateTime() : m_clock.nowUtc());
        if (below(5) == 0)
            table.expireEnded(std::chrono::seconds(below(10)), {});
        proxy.refilterForTime();
        slow.invalidate();
    }

    void compare(const SessionProxyModel &proxy, const SlowProxyModel &slow)
    {
        QStringList shown;
        QStringList expected;
        for (int row = 0; row < proxy.rowCount(); ++row)
            shown.append(proxy.keyAt(proxy.index(row, 0)).sessionId);
        for (int row = 0; row < slow.rowCount(); ++row) {
            expected.append(
                slow.index(row, 0).data(SessionTableModel::KeyRole).value<SessionKey>().sessionId);
        }
        QCOMPARE(shown, expected);
    }
};

QTEST_GUILESS_MAIN(TestSessionProxyOrder)
#include "tst_sessionproxyorder.moc"
