#include "tests/fakes/samplesession.h"
#include "tests/fakes/scriptedserver.h"
#include "tests/window/widgetfinder.h"
#include "tests/window/windowdriver.h"
#include "ui/banner.h"
#include "ui/detailspane.h"
#include "ui/sidebar.h"
#include "ui/terminatedialog.h"

#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Listing = FakeSessionsService::Listing;

// The real window over four services at once.
class tst_SeveralConnections : public QObject
{
    Q_OBJECT

    [[nodiscard]] Connection connectionTo(const FakeSessionsService &service,
                                          const QString &name) const
    {
        Connection connection;
        connection.id = name.toLower();
        connection.name = name;
        connection.badge = name.left(2).toUpper();
        connection.kind = Connection::Kind::Service;
        connection.baseUrl = service.url();
        connection.pollInterval = 100ms;
        return connection;
    }

    // Also of connections other than the driver's own.
    [[nodiscard]] const SessionRow *row(const QString &connection, const QString &id) const
    {
        return m_driver->model.find({connection, id});
    }

    [[nodiscard]] QModelIndex index(const QString &connection, const QString &id) const
    {
        const auto *proxy = static_cast<const SessionProxyModel *>(m_driver->view().model());
        return proxy->indexOf({connection, id}, SessionColumn::Page);
    }

    void clickRow(const QString &connection, const QString &id,
                  Qt::KeyboardModifiers modifiers = {})
    {
        const QRect cell = m_driver->view().visualRect(index(connection, id));
        QTest::mouseClick(m_driver->view().viewport(), Qt::LeftButton, modifiers, cell.center());
    }

    [[nodiscard]] QString headline() const
    {
        const auto *banner = m_driver->window.findChild<Banner *>();
        return banner->isVisible() ? banner->content().headline : QString();
    }

    void watch(const QList<Connection> &connections)
    {
        m_connections = connections;
        m_driver->monitor.setConnections(connections);
    }

    std::unique_ptr<WindowDriver> m_driver;
    std::unique_ptr<FakeSessionsService> m_staging;
    std::unique_ptr<FakeSessionsService> m_production;
    std::unique_ptr<FakeSessionsService> m_grid;
    QList<Connection> m_connections;

private slots:
    void init()
    {
        m_driver = std::make_unique<WindowDriver>();
        for (auto *service : {&m_staging, &m_production, &m_grid})
            *service = std::make_unique<FakeSessionsService>();
        m_driver->service.setSessions({sampleSession(u"alpha"_s)});
        // The same id on two services is two sessions.
        m_staging->setSessions({sampleSession(u"alpha"_s), sampleSession(u"beta"_s)});
        m_production->setSessions({sampleSession(u"gamma"_s)});
        m_grid->setSessions({sampleSession(u"delta"_s)});
        Connection production = connectionTo(*m_production, u"Production"_s);
        production.guard = Connection::Guard::Protected;
        Connection grid = connectionTo(*m_grid, u"Grid"_s);
        grid.guard = Connection::Guard::WatchOnly;
        watch({m_driver->connection, connectionTo(*m_staging, u"Staging"_s), production, grid});
        QVERIFY(m_driver->start());
        QTRY_COMPARE(m_driver->model.rowCount(), 5);
    }
    void cleanup() { m_driver.reset(); }

    void rowsCarryTheirConnection()
    {
        QCOMPARE(row(u"staging"_s, u"alpha"_s)->connectionName(), u"Staging"_s);
        QCOMPARE(row(u"fake"_s, u"alpha"_s)->connectionName(), u"Fake"_s);
        QCOMPARE(m_driver->connections.find(u"staging"_s)->liveCount, 2);
        QCOMPARE(m_driver->connections.totalLive(), 5);
    }

    void theSidebarShowsOneConnectionAlone()
    {
        auto *sidebar = m_driver->window.findChild<Sidebar *>();
        sidebar->setCurrent(u"staging"_s);
        QCOMPARE(m_driver->view().model()->rowCount(), 2);
        QCOMPARE(m_driver->window.windowTitle(), u"Staging – Anchorwatch"_s);
        QTest::keyClick(&m_driver->window, Qt::Key_4, Qt::ControlModifier);
        QCOMPARE(sidebar->current(), u"grid"_s);
        QCOMPARE(m_driver->view().model()->rowCount(), 1);
        QTest::keyClick(&m_driver->window, Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(m_driver->view().model()->rowCount(), 5);
        QCOMPARE(m_driver->window.windowTitle(), u"Anchorwatch"_s);
    }

    void theBottomLineSaysHowOftenTheyAreAsked()
    {
        const auto *interval = m_driver->window.findChild<QLabel *>(u"interval"_s);
        for (Connection &connection : m_connections)
            connection.pollInterval = 2s;
        m_connections[1].pollInterval = 30s;
        watch(m_connections);
        QTRY_COMPARE(interval->text(), u"every 2 to 30 s"_s);
        auto *sidebar = m_driver->window.findChild<Sidebar *>();
        sidebar->setCurrent(u"staging"_s);
        QCOMPARE(interval->text(), u"every 30 s"_s);
        sidebar->setCurrent(u"grid"_s);
        QCOMPARE(interval->text(), u"every 2 s"_s);
    }

    void endingOneEndsItOnItsOwnService()
    {
        clickRow(u"staging"_s, u"alpha"_s);
        m_driver->typeIntoTable(Qt::Key_Delete);
        m_driver->click(m_driver->button(*m_driver->dialog(), u"Terminate session"_s));
        QTRY_COMPARE(row(u"staging"_s, u"alpha"_s)->state(), RowState::Kind::Gone);
        QVERIFY(!row(u"staging"_s, u"alpha"_s)->receipt().isEmpty());
        QCOMPARE(m_staging->deletes(), QStringList{u"alpha"_s});
        QVERIFY(m_driver->service.deletes().isEmpty());
        QCOMPARE(row(u"fake"_s, u"alpha"_s)->state(), RowState::Kind::Running);
    }

    void aProtectedOneWantsTheCountTyped()
    {
        clickRow(u"staging"_s, u"beta"_s);
        clickRow(u"production"_s, u"gamma"_s, Qt::ControlModifier);
        m_driver->typeIntoTable(Qt::Key_Delete);
        QDialog *dialog = m_driver->dialog();
        QAbstractButton *terminate = m_driver->button(*dialog, u"Terminate 2 sessions"_s);
        m_driver->click(terminate);
        QVERIFY(dialog->isVisible());
        QTest::keyClicks(dialog->findChild<QLineEdit *>(u"typedToConfirm"_s), u"2"_s);
        m_driver->click(terminate);
        QTRY_COMPARE(row(u"staging"_s, u"beta"_s)->state(), RowState::Kind::Gone);
        QTRY_COMPARE(row(u"production"_s, u"gamma"_s)->state(), RowState::Kind::Gone);
        QCOMPARE(m_staging->deletes(), QStringList{u"beta"_s});
        QCOMPARE(m_production->deletes(), QStringList{u"gamma"_s});
    }

    void watchOnlyOffersNoEnding()
    {
        clickRow(u"grid"_s, u"delta"_s);
        QVERIFY(!m_driver->action(u"terminate"_s).isEnabled());
        QVERIFY(m_driver->action(u"terminate"_s).toolTip().contains(u"watch only"_s));
        m_driver->typeIntoTable(Qt::Key_Delete);
        QVERIFY(!m_driver->dialog());
    }

    // Fault matrix: W1, W8, W23
    void faultsOfSomeLeaveTheOthersAlone()
    {
        m_driver->service.setListing(Listing::Hangs);
        m_staging->setListing(Listing::Refused);
        m_production->close();
        QTRY_COMPARE(row(u"staging"_s, u"beta"_s)->state(), RowState::Kind::Stale);
        QTRY_COMPARE(row(u"production"_s, u"gamma"_s)->state(), RowState::Kind::Stale);
        // The last one is asked at its own pace, and what changes there is seen.
        const int asked = m_grid->listCount();
        QTRY_VERIFY(m_grid->listCount() > asked + 3);
        m_grid->add(sampleSession(u"epsilon"_s));
        QTRY_VERIFY(row(u"grid"_s, u"epsilon"_s));
        QCOMPARE(row(u"grid"_s, u"delta"_s)->state(), RowState::Kind::Running);
    }

    // Fault matrix: W23
    void oneOfFiftyThatHangsHoldsUpNoOther()
    {
        ScriptedServer hanging;
        QList<Connection> fifty;
        for (int i = 0; i < 50; ++i) {
            Connection one = connectionTo(*m_grid, u"Number %1"_s.arg(i));
            if (i == 25)
                one.baseUrl = hanging.url();
            fifty.append(one);
        }
        watch(fifty);
        QTRY_COMPARE(m_driver->model.rowCount(), 49);
        QTRY_VERIFY(!hanging.requests().isEmpty());
        m_grid->add(sampleSession(u"later"_s));
        QTRY_COMPARE(m_driver->model.rowCount(), 98);
        for (const Connection &one : std::as_const(fifty)) {
            const bool hangs = one.name == u"Number 25";
            QCOMPARE(m_driver->connections.find(one.id)->health.lastGood.isValid(), !hangs);
        }
        QCOMPARE(hanging.requests().size(), 1); // and is not asked twice
    }

    void theWorstIsSaidFirstAndTheOthersAreReached()
    {
        m_production->close();
        QTRY_COMPARE(row(u"production"_s, u"gamma"_s)->state(), RowState::Kind::Stale);
        QTRY_VERIFY(headline().contains(u"Production"_s));
        m_staging->setListing(Listing::Refused);
        QTRY_COMPARE(headline(), u"Staging refused us."_s); // it does not heal by itself
        QTRY_VERIFY(m_driver->button(m_driver->window, u"and 1 more"_s));
        auto *more = m_driver->button(m_driver->window, u"and 1 more"_s);
        m_driver->click(more);
        QTRY_VERIFY(headline().contains(u"Production"_s));
        m_driver->window.findChild<Sidebar *>()->setCurrent(u"grid"_s);
        QVERIFY(headline().isEmpty()); // nothing is wrong with what is shown
    }

    void theStatusBarNamesTheStaleOne()
    {
        m_staging->setListing(Listing::Refused);
        const auto *freshness = m_driver->window.findChild<QLabel *>(u"freshness"_s);
        QTRY_VERIFY2(freshness->text().startsWith(u"Staging stale"_s),
                     qPrintable(freshness->text()));
    }

    // Fault matrix: W22
    void oneThatIsSwitchedOffIsNotAsked()
    {
        m_connections[1].enabled = false;
        watch(m_connections);
        QCOMPARE(m_driver->model.rowCount(), 3);
        const int asked = m_staging->listCount();
        const int others = m_grid->listCount();
        QTRY_VERIFY(m_grid->listCount() > others + 3);
        QVERIFY(m_staging->listCount() <= asked + 1); // one was under way
        m_connections[1].enabled = true;
        watch(m_connections);
        QTRY_COMPARE(m_driver->model.rowCount(), 5);
    }

    void aNewNameLeavesTheRowsAlone()
    {
        QSignalSpy removed(&m_driver->model, &QAbstractItemModel::rowsRemoved);
        m_connections[1].name = u"Rehearsal"_s;
        watch(m_connections);
        QCOMPARE(row(u"staging"_s, u"beta"_s)->connectionName(), u"Rehearsal"_s);
        QCOMPARE(removed.size(), 0);
    }

    // Fault matrix: W22
    void aPollThatWaitedForAMenuBringsNothingBack()
    {
        QMenu *menu = m_driver->window.findChild<QMenu *>(u"connectionMenu"_s);
        menu->popup({10, 10});
        QVERIFY(menu->isVisible());
        Session changed = m_staging->sessions().constFirst();
        changed.title = u"Another page"_s;
        m_staging->change(changed);
        const int asked = m_staging->listCount();
        QTRY_VERIFY(m_staging->listCount() > asked + 2);
        m_connections[1].enabled = false;
        watch(m_connections);
        menu->close();
        const int others = m_grid->listCount();
        QTRY_VERIFY(m_grid->listCount() > others + 2);
        QVERIFY(!row(u"staging"_s, u"alpha"_s));
    }

    void detailsOfAConnectionThatIsSwitchedOffAreEmptied()
    {
        m_driver->window.findChild<Sidebar *>()->setCurrent(u"staging"_s);
        clickRow(u"staging"_s, u"beta"_s);
        auto *pane = m_driver->window.findChild<DetailsPane *>();
        QVERIFY(visibleTexts(*pane).contains(u"Staging"_s));
        m_connections[1].enabled = false;
        watch(m_connections);
        QVERIFY(visibleTexts(*pane).contains(u"Select a session to see its details."_s));
    }

    void onlyBrowsersOfThisMachineAreAskedAboutAtTheEnd()
    {
        m_connections[0].kind = Connection::Kind::Local;
        watch(m_connections);
        QTRY_VERIFY(row(u"fake"_s, u"alpha"_s));
        m_driver->window.close();
        QTRY_VERIFY(m_driver->dialog());
        const QString said = visibleTexts(*m_driver->dialog()).join(u' ');
        QVERIFY2(said.contains(u"1 browser "_s), qPrintable(said));
        m_driver->click(m_driver->button(*m_driver->dialog(), u"Cancel"_s));
    }

    void watchOnlyRowsAreAskedForTheirDetails()
    {
        Session without = sampleSession(u"without"_s);
        without.liveViewUrl.clear();
        m_grid->add(without);
        QTRY_VERIFY(m_grid->gets().contains(u"without"_s));
    }

    // Fault matrix: W22
    void anotherAddressBeginsAnew()
    {
        m_connections[1].baseUrl = m_grid->url();
        watch(m_connections);
        QVERIFY(!row(u"staging"_s, u"beta"_s));
        QTRY_VERIFY(row(u"staging"_s, u"delta"_s));
    }
};

QTEST_MAIN(tst_SeveralConnections)
#include "tst_severalconnections.moc"
