#include "tests/fakes/samplesession.h"
#include "tests/window/windowdriver.h"
#include "ui/banner.h"
#include "ui/detailspane.h"
#include "ui/filterbox.h"
#include "ui/sessionpane.h"
#include "ui/toast.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

// The window as it is used to look: list, open, copy, filter, faults.
class tst_MainWindow : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void showsTheSessionsOfTheService();
    void enterOpensTheLiveView();
    void cellButtonsOpenAndCopy();
    void anAddressThatIsNoWebPageIsNotOpened();
    void aDesktopThatOpensNothingIsSaid();
    void copyMenuCopies_data();
    void copyMenuCopies();
    void actionsSayWhyTheyCannotBeUsed();
    void filterHidesAndCounts();
    void filterSurvivesAPoll();
    void delInTheFilterDeletesALetter();
    void aPollLeavesSelectionCurrentAndScrollAlone();
    void anOpenContextMenuHoldsPollsBack();
    void detailsStayOnTheirSession();
    void addressesThatTheListLeavesOutAreAskedFor();
    void aServiceThatGoesAwayLeavesTheRowsOldAndComesBack();
    void aServiceThatRefusesIsNotAskedAgain();
    void faultsSayWhatHappened_data();
    void faultsSayWhatHappened();
    void noSessionsOffersToStartOne();
    void detailsGiveWayInANarrowWindow();
    void stateIsRestored();
    void anySizeIsBorne_data();
    void anySizeIsBorne();
    void fourTimesTheTextIsUsable();
    void aRefusedKeyOffersToChangeIt();

private:
    [[nodiscard]] QString bannerText() const;
    [[nodiscard]] QString freshness() const;
    [[nodiscard]] ToastContent toast() const;

    std::unique_ptr<WindowDriver> m_driver;
};

namespace {

SessionList someSessions(int count)
{
    SessionList sessions;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (int i = 0; i < count; ++i) {
        Session session = sampleSession(u"session-%1"_s.arg(i, 3, 10, QLatin1Char('0')));
        session.createdAt = now.addSecs(-60 * (i + 1));
        session.profileName = u"writer"_s;
        sessions.append(session);
    }
    return sessions;
}

} // namespace

void tst_MainWindow::init()
{
    m_driver = std::make_unique<WindowDriver>();
    m_driver->service.setSessions(someSessions(3));
}

void tst_MainWindow::cleanup()
{
    m_driver.reset();
}

QString tst_MainWindow::bannerText() const
{
    const auto *banner = m_driver->window.findChild<Banner *>();
    return banner->isVisible() ? banner->content().headline + u' ' + banner->content().text
                               : QString();
}

QString tst_MainWindow::freshness() const
{
    return m_driver->window.findChild<QLabel *>(u"freshness"_s)->text();
}

ToastContent tst_MainWindow::toast() const
{
    const auto *toast = m_driver->window.findChild<Toast *>();
    return toast->isVisible() ? toast->content() : ToastContent();
}

void tst_MainWindow::showsTheSessionsOfTheService()
{
    QVERIFY(m_driver->start());
    QCOMPARE(m_driver->view().model()->rowCount(), 3);
    QCOMPARE(m_driver->text(u"session-000"_s, SessionColumn::Page), u"Title of session-000"_s);
    QCOMPARE(m_driver->text(u"session-000"_s, SessionColumn::Status), u"Running"_s);
    QCOMPARE(m_driver->index(u"session-000"_s).row(), 0); // newest first
    QVERIFY2(freshness().startsWith(u"Updated"_s), qPrintable(freshness()));
}

void tst_MainWindow::enterOpensTheLiveView()
{
    QVERIFY(m_driver->start());
    m_driver->clickRow(u"session-001"_s);
    m_driver->typeIntoTable(Qt::Key_Return);
    const QUrl url(m_driver->service.sessions()[1].liveViewUrl);
    QCOMPARE(m_driver->opened, QList<QUrl>{url});
    QCOMPARE(toast().text, u"Opened Title of session-001 in your browser"_s);

    auto *copyLink = m_driver->button(m_driver->window, u"Copy link"_s);
    QVERIFY(copyLink);
    m_driver->click(copyLink);
    QCOMPARE(QGuiApplication::clipboard()->text(), url.toString());
}

void tst_MainWindow::cellButtonsOpenAndCopy()
{
    QVERIFY(m_driver->start());
    QVERIFY(m_driver->clickCellButton(u"session-002"_s, SessionColumn::LiveView,
                                      CellButton::OpenLiveView));
    QCOMPARE(m_driver->opened.value(0), QUrl(m_driver->service.sessions()[2].liveViewUrl));
    QVERIFY(m_driver->clickCellButton(u"session-002"_s, SessionColumn::Cdp, CellButton::CopyCdp));
    QCOMPARE(QGuiApplication::clipboard()->text(), m_driver->service.sessions()[2].cdpUrl);
    QCOMPARE(toast().text, u"CDP address copied"_s);
}

// Fault matrix: W16
void tst_MainWindow::anAddressThatIsNoWebPageIsNotOpened()
{
    Session hostile = sampleSession(u"hostile"_s);
    hostile.liveViewUrl = u"file:///etc/passwd"_s;
    m_driver->service.setSessions({hostile});
    QVERIFY(m_driver->start());
    m_driver->clickRow(u"hostile"_s);
    QVERIFY(!m_driver->action(u"openLiveView"_s).isEnabled());
    m_driver->typeIntoTable(Qt::Key_Return);
    m_driver->window.commands().openLiveViews({m_driver->key(u"hostile"_s)});
    QVERIFY(m_driver->opened.isEmpty());
    QVERIFY2(toast().text.contains(u"http"_s), qPrintable(toast().text));
}

// Fault matrix: W27
void tst_MainWindow::aDesktopThatOpensNothingIsSaid()
{
    m_driver->opens = false;
    QVERIFY(m_driver->start());
    m_driver->clickRow(u"session-000"_s);
    m_driver->typeIntoTable(Qt::Key_Return);
    QVERIFY2(toast().text.contains(u"could not open"_s), qPrintable(toast().text));
    QCOMPARE(toast().action, u"Copy link"_s);
}

void tst_MainWindow::copyMenuCopies_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<QString>("contains");

    QTest::newRow("id") << u"copyId"_s << u"session-000"_s;
    QTest::newRow("live view") << u"copyLiveView"_s << u"/live/session-000/"_s;
    QTest::newRow("CDP") << u"copyCdp"_s << u"ws://127.0.0.1"_s;
    QTest::newRow("Playwright") << u"copyPlaywright"_s << u"connectOverCDP"_s;
    QTest::newRow("Puppeteer") << u"copyPuppeteer"_s << u"browserWSEndpoint"_s;
    QTest::newRow("curl") << u"copyCurl"_s << u"/api/browser-automation/sessions/session-000"_s;
}

void tst_MainWindow::copyMenuCopies()
{
    QFETCH(QString, action);
    QFETCH(QString, contains);

    QVERIFY(m_driver->start());
    m_driver->clickRow(u"session-000"_s);
    QVERIFY(m_driver->action(action).isEnabled());
    m_driver->action(action).trigger();
    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY2(copied.contains(contains), qPrintable(copied));
}

void tst_MainWindow::actionsSayWhyTheyCannotBeUsed()
{
    QVERIFY(m_driver->start());
    for (const char *name : {"openLiveView", "openDevTools", "terminate", "copyId"}) {
        const QAction &action = m_driver->action(QLatin1StringView(name));
        QVERIFY2(!action.isEnabled(), name);
        QCOMPARE(action.toolTip(), u"Select a session first"_s);
    }
    m_driver->clickRow(u"session-000"_s);
    m_driver->clickRow(u"session-001"_s, Qt::ControlModifier);
    QVERIFY(m_driver->action(u"openLiveView"_s).isEnabled());
    QVERIFY(!m_driver->action(u"openDevTools"_s).isEnabled());
    QVERIFY(m_driver->action(u"openDevTools"_s).toolTip().contains(u"one session only"_s));
}

void tst_MainWindow::filterHidesAndCounts()
{
    QVERIFY(m_driver->start());
    m_driver->typeFilter(u"session-001"_s);
    QTRY_COMPARE(m_driver->view().model()->rowCount(), 1);
    m_driver->typeFilter(u"nothing-like-it"_s);
    QTRY_COMPARE(m_driver->view().model()->rowCount(), 0);
    auto *clear = m_driver->button(m_driver->window, u"Clear filter"_s);
    QVERIFY(clear);
    m_driver->click(clear);
    QTRY_COMPARE(m_driver->view().model()->rowCount(), 3);
}

void tst_MainWindow::filterSurvivesAPoll()
{
    QVERIFY(m_driver->start());
    m_driver->typeFilter(u"session-001"_s);
    QTRY_COMPARE(m_driver->view().model()->rowCount(), 1);
    m_driver->service.add(sampleSession(u"newcomer"_s));
    QTRY_COMPARE(m_driver->model.rowCount(), 4);
    QCOMPARE(m_driver->view().model()->rowCount(), 1);
}

void tst_MainWindow::delInTheFilterDeletesALetter()
{
    QVERIFY(m_driver->start());
    m_driver->clickRow(u"session-000"_s);
    m_driver->typeFilter(u"abc"_s);
    auto *box = m_driver->window.findChild<FilterBox *>();
    QTest::keyClick(box, Qt::Key_Home);
    QTest::keyClick(box, Qt::Key_Delete);
    QCOMPARE(box->text(), u"bc"_s);
    QVERIFY(!m_driver->dialog());
}

void tst_MainWindow::aPollLeavesSelectionCurrentAndScrollAlone()
{
    m_driver->service.setSessions(someSessions(80));
    QVERIFY(m_driver->start());
    SessionView &view = m_driver->view();
    QTRY_VERIFY(view.verticalScrollBar()->maximum() > 0);
    view.scrollTo(m_driver->index(u"session-040"_s), QAbstractItemView::PositionAtTop);
    m_driver->clickRow(u"session-041"_s);
    m_driver->clickRow(u"session-043"_s, Qt::ControlModifier);
    const int top = view.visualRect(m_driver->index(u"session-043"_s)).top();
    QSignalSpy reset(&m_driver->model, &QAbstractItemModel::modelReset);

    Session newest = sampleSession(u"newest"_s);
    newest.createdAt = QDateTime::currentDateTimeUtc();
    m_driver->service.add(newest);
    m_driver->service.remove(u"session-005"_s);
    Session changed = m_driver->service.sessions()[30];
    changed.title = u"Another title"_s;
    m_driver->service.change(changed);
    QTRY_VERIFY(m_driver->index(u"newest"_s).isValid());
    QTRY_COMPARE(m_driver->text(changed.id, SessionColumn::Page), u"Another title"_s);

    QCOMPARE(view.selectedKeys(),
             (QList<SessionKey>{m_driver->key(u"session-041"_s), m_driver->key(u"session-043"_s)}));
    QCOMPARE(view.currentIndex().row(), m_driver->index(u"session-043"_s).row());
    QCOMPARE(view.visualRect(m_driver->index(u"session-043"_s)).top(), top);
    QCOMPARE(reset.count(), 0);
}

// Fault matrix: W21
void tst_MainWindow::anOpenContextMenuHoldsPollsBack()
{
    QVERIFY(m_driver->start());
    m_driver->clickRow(u"session-001"_s);
    m_driver->typeIntoTable(Qt::Key_F10, Qt::ShiftModifier);
    auto *menu = m_driver->window.findChild<QMenu *>(u"contextMenu"_s);
    QVERIFY(menu && menu->isVisible());

    const int asked = m_driver->service.listCount();
    m_driver->service.remove(u"session-000"_s);
    m_driver->service.add(sampleSession(u"newcomer"_s));
    QTRY_VERIFY(m_driver->service.listCount() >= asked + 3);
    QVERIFY(!m_driver->index(u"newcomer"_s).isValid());
    QCOMPARE(m_driver->state(u"session-000"_s), RowState::Kind::Running);

    QTest::keyClick(menu, Qt::Key_Escape);
    QTRY_VERIFY(m_driver->index(u"newcomer"_s).isValid());
    QCOMPARE(m_driver->state(u"session-000"_s), RowState::Kind::Gone);
}

void tst_MainWindow::detailsStayOnTheirSession()
{
    QVERIFY(m_driver->start());
    m_driver->clickRow(u"session-001"_s);
    const auto *details = m_driver->window.findChild<DetailsPane *>();
    QCOMPARE(details->key(), m_driver->key(u"session-001"_s));
    m_driver->service.remove(u"session-001"_s);
    QTRY_COMPARE(m_driver->state(u"session-001"_s), RowState::Kind::Gone);
    QCOMPARE(details->key(), m_driver->key(u"session-001"_s));
    bool saysEnded = false;
    for (const auto *label : details->findChildren<QLabel *>())
        saysEnded = saysEnded || label->text().startsWith(u"Ended "_s);
    QVERIFY(saysEnded);
}

void tst_MainWindow::addressesThatTheListLeavesOutAreAskedFor()
{
    Session bare = sampleSession(u"bare"_s);
    bare.cdpUrl.clear();
    m_driver->service.setSessions({bare});
    QVERIFY(m_driver->start());
    QTRY_COMPARE(m_driver->service.gets(), QStringList{u"bare"_s});
    const int asked = m_driver->service.listCount();
    QTRY_VERIFY(m_driver->service.listCount() > asked + 3);
    QCOMPARE(m_driver->service.gets(), QStringList{u"bare"_s}); // once
}

// Fault matrix: W1
void tst_MainWindow::aServiceThatGoesAwayLeavesTheRowsOldAndComesBack()
{
    QVERIFY(m_driver->start());
    m_driver->service.close();
    QTRY_VERIFY(bannerText().contains(u"Fake cannot be reached since"_s));
    QVERIFY2(bannerText().contains(u"Its 3 rows are from then"_s), qPrintable(bannerText()));
    QCOMPARE(m_driver->view().model()->rowCount(), 3);
    QCOMPARE(m_driver->text(u"session-000"_s, SessionColumn::Status), u"Was running"_s);
    QVERIFY2(freshness().contains(u"stale"_s), qPrintable(freshness()));

    m_driver->service.reopen();
    auto *tryNow = m_driver->button(m_driver->window, u"Try now"_s);
    QVERIFY(tryNow);
    m_driver->click(tryNow);
    QTRY_COMPARE(bannerText(), QString());
    QCOMPARE(m_driver->text(u"session-000"_s, SessionColumn::Status), u"Running"_s);
}

// Fault matrix: W8
void tst_MainWindow::aServiceThatRefusesIsNotAskedAgain()
{
    QVERIFY(m_driver->start());
    m_driver->service.setListing(FakeSessionsService::Listing::Refused);
    QTRY_VERIFY(bannerText().contains(u"Polling has stopped"_s));
    QCOMPARE(m_driver->view().model()->rowCount(), 3);
    const int asked = m_driver->service.listCount();
    m_driver->action(u"refresh"_s).trigger();
    QTRY_COMPARE(m_driver->service.listCount(), asked + 1);
    m_driver->service.setListing(FakeSessionsService::Listing::Answered);
    m_driver->action(u"refresh"_s).trigger();
    QTRY_COMPARE(bannerText(), QString());
}

void tst_MainWindow::faultsSayWhatHappened_data()
{
    QTest::addColumn<FakeSessionsService::Listing>("listing");
    QTest::addColumn<QString>("says");

    using Listing = FakeSessionsService::Listing;
    QTest::newRow("500") << Listing::Fails << u"cannot list its sessions"_s;
    QTest::newRow("429") << Listing::TooMany << u"asked too often"_s;
    QTest::newRow("404") << Listing::Unknown << u"This address has no sessions service"_s;
    QTest::newRow("HTML") << Listing::NotJson << u"does not answer as a sessions service"_s;
}

// Fault matrix: W6, W7, W9, W10
void tst_MainWindow::faultsSayWhatHappened()
{
    QFETCH(FakeSessionsService::Listing, listing);
    QFETCH(QString, says);

    QVERIFY(m_driver->start());
    m_driver->service.setListing(listing);
    QTRY_VERIFY2_WITH_TIMEOUT(bannerText().contains(says), qPrintable(bannerText()), 20'000);
    QCOMPARE(m_driver->view().model()->rowCount(), 3);
}

void tst_MainWindow::noSessionsOffersToStartOne()
{
    m_driver->service.setSessions({});
    QVERIFY(m_driver->start());
    auto *start = m_driver->button(m_driver->window, u"Start a session"_s);
    QVERIFY(start);
    m_driver->click(start);
    QVERIFY(m_driver->dialog());
}

void tst_MainWindow::detailsGiveWayInANarrowWindow()
{
    QVERIFY(m_driver->start());
    const auto *details = m_driver->window.findChild<DetailsPane *>();
    QAction &action = m_driver->action(u"showDetails"_s);
    action.setChecked(true);
    QTRY_VERIFY(details->isVisible());
    m_driver->window.resize(800, 500);
    QTRY_VERIFY(!details->isVisible());
    QVERIFY(!action.isChecked());
    QVERIFY(m_driver->window.state().showsDetails); // for a window with room

    action.trigger(); // the user's own choice wins
    QVERIFY(details->isVisible());
    m_driver->window.resize(1280, 800);
    QTRY_VERIFY(details->isVisible());
    QVERIFY(action.isChecked());
}

void tst_MainWindow::stateIsRestored()
{
    QVERIFY(m_driver->start());
    m_driver->typeFilter(u"status:running"_s);
    m_driver->view().sortByColumn(static_cast<int>(SessionColumn::Page), Qt::DescendingOrder);
    m_driver->action(u"detailsAtRight"_s).trigger();
    const WindowState before = m_driver->window.state();
    QCOMPARE(before.filter, u"status:running"_s);
    QCOMPARE(before.table.sortColumn, u"page"_s);
    QCOMPARE(before.detailsPlace, WindowState::DetailsPlace::Right);

    WindowDriver again;
    again.service.setSessions(someSessions(2));
    again.window.restore(before);
    again.window.show();
    QCOMPARE(again.window.state().filter, before.filter);
    QCOMPARE(again.window.state().table, before.table);
    QCOMPARE(again.window.state().detailsPlace, before.detailsPlace);
}

void tst_MainWindow::anySizeIsBorne_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("one pixel") << QSize(1, 1);
    QTest::newRow("a strip") << QSize(4000, 1);
    QTest::newRow("a column") << QSize(1, 4000);
    QTest::newRow("huge") << QSize(6000, 4000);
}

// Fault matrix: W30
void tst_MainWindow::anySizeIsBorne()
{
    QFETCH(QSize, size);
    QVERIFY(m_driver->start());
    m_driver->window.setMinimumSize(1, 1);
    for (const char *action : {"detailsAtRight", "detailsAtBottom", "showSidebar", "showDetails"}) {
        m_driver->action(QLatin1StringView(action)).trigger();
        m_driver->window.resize(size);
        QVERIFY(!m_driver->window.grab().isNull());
    }
    m_driver->window.resize(1280, 800);
    m_driver->clickRow(u"session-001"_s);
    QCOMPARE(m_driver->view().selectedKeys(), QList<SessionKey>{m_driver->key(u"session-001"_s)});
}

// Fault matrix: W30
void tst_MainWindow::fourTimesTheTextIsUsable()
{
    const QFont before = QApplication::font();
    QFont large = before;
    large.setPointSizeF(before.pointSizeF() * 4);
    QApplication::setFont(large);
    {
        WindowDriver driver;
        driver.service.setSessions(someSessions(3));
        QVERIFY(driver.start());
        driver.clickRow(u"session-001"_s);
        driver.typeIntoTable(Qt::Key_Delete);
        QVERIFY(driver.dialog());
        QAbstractButton *terminate = driver.button(*driver.dialog(), u"Terminate session"_s);
        QVERIFY(terminate);
        QVERIFY(driver.dialog()->rect().contains(
            QRect(terminate->mapTo(driver.dialog(), QPoint()), terminate->size())));
        driver.click(terminate);
        QTRY_COMPARE(driver.state(u"session-001"_s), RowState::Kind::Gone);
    }
    QApplication::setFont(before);
}

// Fault matrix: W8
void tst_MainWindow::aRefusedKeyOffersToChangeIt()
{
    Connection keyed = m_driver->connection;
    keyed.secret.store = SecretReference::Store::ThisRun;
    m_driver->monitor.setConnections({keyed});
    QVERIFY(m_driver->start());
    m_driver->service.setListing(FakeSessionsService::Listing::Refused);
    QTRY_VERIFY(m_driver->button(m_driver->window, u"Change key…"_s));
    m_driver->click(m_driver->button(m_driver->window, u"Change key…"_s));
    QTRY_VERIFY(m_driver->dialog());
    QCOMPARE(m_driver->dialog()->windowTitle(), u"Edit connection"_s);
}

QTEST_MAIN(tst_MainWindow)
#include "tst_mainwindow.moc"
