#include "app/liveviews.h"
#include "tests/fakes/playedbrowser.h"
#include "tests/fakes/samplesession.h"
#include "tests/window/widgetfinder.h"
#include "ui/detailspane.h"
#include "ui/livepreview.h"
#include "ui/livescreen.h"
#include "ui/mainwindow.h"
#include "ui/viewerbar.h"
#include "ui/viewerwindow.h"
#include "ui/watchingcostdialog.h"

#include <QApplication>
#include <QBuffer>
#include <QPushButton>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

constexpr auto secret = "canary-5d7e2a90"_L1;

QByteArray jpegOf(const QColor &color)
{
    QImage image(800, 600, QImage::Format_RGB32);
    image.fill(color);
    QByteArray jpeg;
    QBuffer buffer(&jpeg);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "JPEG", 95);
    return jpeg;
}

} // namespace

// The window over sessions that have no service of ours, watched over their own CDP addresses; the
// browser is played.
class TestWatchingOverCdp : public QObject
{
    Q_OBJECT

    std::unique_ptr<PlayedBrowser> m_browser;
    std::unique_ptr<SystemClock> m_clock;
    std::unique_ptr<SessionTableModel> m_model;
    std::unique_ptr<ConnectionListModel> m_connections;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<LiveViews> m_views;

    static SessionKey key(const QString &id) { return {u"there"_s, id}; }

    // Sessions "a" and "b" of such a connection.
    void start(Connection::Kind kind, Connection::Guard guard = Connection::Guard::Normal)
    {
        Connection connection;
        connection.id = u"there"_s;
        connection.name = u"There"_s;
        connection.kind = kind;
        connection.guard = guard;
        m_connections->setConnections({connection});
        m_model->setConnections({connection});
        for (const auto *id : {"a", "b"}) {
            Session session = sampleSession(QLatin1StringView(id));
            session.cdpUrl = m_browser->url().toString() + "?apiKey="_L1 + secret;
            session.liveViewUrl.clear();
            m_model->updateSession(connection.id, session);
        }
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void setCost()
    {
        ServiceAbilities abilities;
        abilities.watchingCost = u"It costs credits."_s;
        m_window->setAbilities(u"there"_s, abilities);
    }
    void select(const QString &id)
    {
        const auto *proxy = static_cast<SessionProxyModel *>(m_window->view().model());
        m_window->view().setCurrentIndex(proxy->indexOf(key(id), SessionColumn::Page));
    }
    [[nodiscard]] LivePreview &preview() const { return *m_window->findChild<LivePreview *>(); }
    [[nodiscard]] QAbstractButton *showButton() const
    {
        QAbstractButton *button = buttonNamed(preview(), u"Show preview"_s);
        return button && button->isVisible() ? button : nullptr;
    }
    [[nodiscard]] ViewerWindow *viewer() const
    {
        for (QWidget *window : QApplication::topLevelWidgets()) {
            if (auto *found = qobject_cast<ViewerWindow *>(window); found && found->isVisible())
                return found;
        }
        return nullptr;
    }
    void watch(const QString &id)
    {
        select(id);
        m_window->findChild<QAction *>(u"watch"_s)->trigger();
    }

private slots:
    void init()
    {
        m_browser = std::make_unique<PlayedBrowser>();
        m_browser->addPageInSight(u"one"_s);
        m_clock = std::make_unique<SystemClock>();
        m_model = std::make_unique<SessionTableModel>(*m_clock);
        m_connections = std::make_unique<ConnectionListModel>();
        m_window = std::make_unique<MainWindow>(*m_model, *m_connections, *m_clock,
                                                [](const QUrl &) { return true; });
        m_window->resize(1280, 800);
        m_views = std::make_unique<LiveViews>(*m_model, [](const SessionRow &row) {
            return QNetworkRequest(QUrl(row.session.cdpUrl));
        });
        m_window->setLiveFeedFactory([this](const SessionRow &row, LiveRole role, QObject *parent) {
            return m_views->make(row, role, parent);
        });
    }
    void cleanup()
    {
        m_window.reset();
        m_views.reset();
        m_browser.reset();
    }

    void aBrowsersPageIsShownWhenItIsSelected();
    void whereItIsNotFreeItIsShownOnDemand();
    void previewAndViewerShareOneConnection();
    void theKeyIsNowhereToBeRead();
    void watchOnlyOffersNoControl();
    void aSessionThatLeavesTheListHasEnded();
};

void TestWatchingOverCdp::aBrowsersPageIsShownWhenItIsSelected()
{
    start(Connection::Kind::DevTools);
    select(u"a"_s);
    QVERIFY(!showButton());
    QTRY_VERIFY(m_browser->casts(u"one"_s));
    m_browser->sendPicture(u"one"_s, jpegOf(Qt::green));
    QTRY_VERIFY(!preview().screen().picture().isNull());
    QVERIFY(preview().screen().picture().pixelColor(40, 40).green() > 200);
}

void TestWatchingOverCdp::whereItIsNotFreeItIsShownOnDemand()
{
    setCost(); // known before any session is
    start(Connection::Kind::Anchor);
    select(u"a"_s);
    QTRY_VERIFY(showButton());
    QVERIFY(visibleTexts(preview()).contains(u"It costs credits."_s));
    QCOMPARE(m_browser->connections(), 0);
    QTest::mouseClick(showButton(), Qt::LeftButton);
    QVERIFY(!m_window->findChild<WatchingCostDialog *>()); // the reason was there to read
    QTRY_VERIFY(m_browser->casts(u"one"_s));
    m_browser->sendPicture(u"one"_s, jpegOf(Qt::red));
    QTRY_VERIFY(!preview().screen().picture().isNull());
    QVERIFY(preview().screen().picture().pixelColor(40, 40).red() > 200);

    // Of another session nothing is shown before it is asked for.
    select(u"b"_s);
    QVERIFY(showButton());
    QVERIFY(preview().screen().picture().isNull());
    QTRY_VERIFY(!m_browser->isConnected());
    // Back at the first, it needs not be asked for again.
    select(u"a"_s);
    QVERIFY(!showButton());
    QTRY_VERIFY(m_browser->casts(u"one"_s));
    QCOMPARE(m_browser->connections(), 2);
}

void TestWatchingOverCdp::previewAndViewerShareOneConnection()
{
    setCost();
    start(Connection::Kind::Grid);
    select(u"a"_s);
    QTest::mouseClick(showButton(), Qt::LeftButton);
    QTRY_VERIFY(m_browser->casts(u"one"_s));
    watch(u"a"_s);
    QTRY_VERIFY(viewer()); // not asked again: the user has said yes
    m_browser->sendPicture(u"one"_s, jpegOf(Qt::blue));
    QTRY_VERIFY(!viewer()->screen().picture().isNull());
    QTRY_VERIFY(!preview().screen().picture().isNull());
    QCOMPARE(m_browser->connections(), 1);
    QTest::mouseClick(&viewer()->bar().controlButton(), Qt::LeftButton);
    QTRY_VERIFY(viewer()->isInControl());
    viewer()->activateWindow();
    QTRY_VERIFY(viewer()->isActiveWindow());
    QTest::keyClick(&viewer()->screen(), Qt::Key_X);
    QTRY_VERIFY(m_browser->commands().contains(u"Input.dispatchKeyEvent one"_s));
    viewer()->close();
    m_browser->sendPicture(u"one"_s, jpegOf(Qt::red));
    QTRY_VERIFY(preview().screen().picture().pixelColor(40, 40).red() > 200);
    QCOMPARE(m_browser->connections(), 1);
}

void TestWatchingOverCdp::theKeyIsNowhereToBeRead()
{
    start(Connection::Kind::DevTools);
    watch(u"a"_s);
    QTRY_VERIFY(viewer());
    QTRY_VERIFY(m_browser->casts(u"one"_s));
    QCOMPARE(m_browser->handshake().url().query(), "apiKey="_L1 + secret); // it needs it
    m_browser.reset();
    QTRY_COMPARE(viewer()->screen().state().kind, LiveState::Kind::Lost);
    for (const QWidget *window :
         {static_cast<QWidget *>(m_window.get()), static_cast<QWidget *>(viewer())}) {
        QVERIFY(!visibleTexts(*window).join(u' ').contains(secret));
        for (const QWidget *part : window->findChildren<QWidget *>()) {
            QVERIFY(!part->accessibleDescription().contains(secret));
            QVERIFY(!part->toolTip().contains(secret));
        }
    }
}

void TestWatchingOverCdp::watchOnlyOffersNoControl()
{
    start(Connection::Kind::DevTools, Connection::Guard::WatchOnly);
    watch(u"a"_s);
    QTRY_VERIFY(viewer());
    QTRY_VERIFY(m_browser->casts(u"one"_s));
    QVERIFY(!viewer()->bar().controlButton().isVisible());
    QVERIFY(!viewer()->screen().feed()->mayControl());
}

void TestWatchingOverCdp::aSessionThatLeavesTheListHasEnded()
{
    start(Connection::Kind::Grid);
    watch(u"a"_s);
    QTRY_VERIFY(viewer());
    QTRY_VERIFY(m_browser->casts(u"one"_s));
    SessionDelta delta;
    delta.connectionId = u"there"_s;
    delta.removed = {u"a"_s};
    delta.askedAt = m_clock->elapsed();
    m_window->applyDelta(delta); // the socket of a Grid stays open
    QTRY_COMPARE(viewer()->screen().state().kind, LiveState::Kind::Ended);
    QTRY_VERIFY(!m_browser->isConnected());
    QVERIFY(viewer()->isVisible());
}

QTEST_MAIN(TestWatchingOverCdp)
#include "tst_watchingovercdp.moc"
