#include "network/live/cdplivefeed.h"
#include "network/live/cdpliveview.h"
#include "tests/fakes/playedbrowser.h"
#include "tests/fakes/scriptedserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = LiveState::Kind;

namespace {

constexpr auto capability = "canary-8c1f0e55"_L1;

// A viewer, and what it has seen and heard.
struct Viewer
{
    Viewer(const std::shared_ptr<CdpLiveView> &view, LiveRole role)
        : feed(std::make_unique<CdpLiveFeed>(view, role))
    {
        QObject::connect(feed.get(), &LiveFeed::pictureCame, feed.get(),
                         [this](const LivePicture &picture) {
                             pictures.append(picture);
                             feed->acknowledge(picture.serial);
                         });
        QObject::connect(feed.get(), &LiveFeed::stateChanged, feed.get(),
                         [this](const LiveState &one) { states.append(one); });
        QObject::connect(feed.get(), &LiveFeed::tabsChanged, feed.get(),
                         [this](const QList<SessionTab> &listed, int) { tabs = listed; });
        QObject::connect(feed.get(), &LiveFeed::viewersChanged, feed.get(),
                         [this](const LiveViewers &now) { viewers = now; });
        QObject::connect(feed.get(), &LiveFeed::refused, feed.get(),
                         [this](const QString &reason) { refusals.append(reason); });
        feed->setDemand({640, true, 0ms});
        feed->open();
    }
    [[nodiscard]] LiveState state() const { return states.value(states.size() - 1); }
    [[nodiscard]] QByteArray picture() const
    {
        return pictures.isEmpty() ? QByteArray() : pictures.constLast().jpeg;
    }

    std::unique_ptr<CdpLiveFeed> feed;
    QList<LivePicture> pictures;
    QList<LiveState> states;
    QList<SessionTab> tabs;
    LiveViewers viewers;
    QStringList refusals;
};

} // namespace

// The live view over a CDP address, with a browser that is played.
class TestCdpLiveView : public QObject
{
    Q_OBJECT

    std::unique_ptr<PlayedBrowser> m_browser;

    [[nodiscard]] std::shared_ptr<CdpLiveView> viewAt(const QNetworkRequest &address) const
    {
        CdpPatience patience;
        patience.firstRetry = 10ms;
        patience.unwatched = 10ms;
        return std::make_shared<CdpLiveView>(u"s1"_s, QDateTime(), address, patience);
    }
    [[nodiscard]] std::shared_ptr<CdpLiveView> view() const
    {
        return viewAt(QNetworkRequest(m_browser->url()));
    }

private slots:
    void init() { m_browser = std::make_unique<PlayedBrowser>(); }
    void cleanup() { m_browser.reset(); }

    void showsThePageInFront();
    void followsToANewPage();
    void followsToAPageThatIsBroughtToTheFront();
    void followsWhenThePageCloses();
    void saysThatNoPageIsLeft();
    void anAddressOfOnePageShowsThatOne();
    void severalWhoWatchShareOneConnection();
    void whoOnlyWatchesCannotAct();
    void whoIsInControlActs();
    void whatIsCopiedIsWhatWasTypedBefore();
    void holdsTheBrowserOnlyForThoseWhoLook();
    void leavesTheBrowserAsItWas();
    void theHeadersOfTheAddressGoAlong();
    void aRefusalIsSaidAndNotRepeated_data();
    void aRefusalIsSaidAndNotRepeated();
    void anotherClientThatTakesThePageIsSaid();
    void aLostConnectionIsMadeAnew();
    void aBrowserThatIsGoneStaysLost();
    void theEndIsTheLastWord();
};

void TestCdpLiveView::showsThePageInFront()
{
    m_browser->addPage(u"back"_s);
    m_browser->addPageInSight(u"front"_s);
    m_browser->addPage(u"other"_s);
    Viewer viewer(view(), LiveRole::Watch);
    QTRY_VERIFY(m_browser->casts(u"front"_s));
    QTRY_VERIFY(!m_browser->casts(u"other"_s)); // if it ever was, before it was known
    m_browser->sendPicture(u"front"_s, "picture");
    QTRY_COMPARE(viewer.picture(), "picture");
    QCOMPARE(viewer.pictures.constLast().pageSize, QSize(800, 600));
    QCOMPARE(viewer.tabs.size(), 3); // nothing but pages
    QCOMPARE(viewer.tabs.constFirst().title, u"title of front"_s);
    QCOMPARE(viewer.state().kind, Kind::Live);
    // Each asks for its next only when it has shown the last.
    m_browser->sendPicture(u"front"_s, "next");
    QTRY_COMPARE(viewer.picture(), "next");
}

void TestCdpLiveView::followsToANewPage()
{
    m_browser->addPageInSight(u"one"_s);
    Viewer viewer(view(), LiveRole::Watch);
    QTRY_VERIFY(m_browser->casts(u"one"_s));
    m_browser->addPageInSight(u"two"_s);
    QTRY_VERIFY(m_browser->casts(u"two"_s));
    QTRY_VERIFY(!m_browser->casts(u"one"_s));
    QCOMPARE(viewer.tabs.constFirst().url, u"https://example.com/two"_s);
}

void TestCdpLiveView::followsToAPageThatIsBroughtToTheFront()
{
    m_browser->addPage(u"one"_s);
    m_browser->addPageInSight(u"two"_s);
    Viewer viewer(view(), LiveRole::Watch);
    QTRY_VERIFY(m_browser->casts(u"two"_s));
    m_browser->showPage(u"one"_s);
    QTRY_VERIFY(m_browser->casts(u"one"_s));
}

void TestCdpLiveView::followsWhenThePageCloses()
{
    m_browser->addPage(u"one"_s);
    m_browser->addPageInSight(u"two"_s);
    Viewer viewer(view(), LiveRole::Watch);
    QTRY_VERIFY(m_browser->casts(u"two"_s));
    m_browser->removePage(u"two"_s);
    QTRY_VERIFY(m_browser->casts(u"one"_s));
    m_browser->sendPicture(u"one"_s, "one");
    QTRY_COMPARE(viewer.picture(), "one");
}

void TestCdpLiveView::saysThatNoPageIsLeft()
{
    m_browser->addPageInSight(u"one"_s);
    Viewer viewer(view(), LiveRole::Watch);
    QTRY_VERIFY(m_browser->casts(u"one"_s));
    m_browser->removePage(u"one"_s);
    QTRY_COMPARE(viewer.state().kind, Kind::Lost);
    QVERIFY(!viewer.state().reason.isEmpty());
    m_browser->addPageInSight(u"two"_s);
    QTRY_COMPARE(viewer.state().kind, Kind::Live);
}

void TestCdpLiveView::anAddressOfOnePageShowsThatOne()
{
    m_browser->addPage(u"one"_s);
    m_browser->addPageInSight(u"two"_s);
    Viewer viewer(viewAt(QNetworkRequest(m_browser->pageUrl(u"one"_s))), LiveRole::Control);
    QTRY_VERIFY(m_browser->casts(u"one"_s));
    m_browser->sendPicture(u"one"_s, "one");
    QTRY_COMPARE(viewer.picture(), "one");
    QCOMPARE(viewer.tabs.size(), 1);
    QCOMPARE(m_browser->commands().filter(u"attachToTarget"_s), QStringList());
    viewer.feed->takeControl();
    viewer.feed->openTab();
    QTRY_COMPARE(viewer.refusals.size(), 1);
    QCOMPARE(m_browser->commands().filter(u"createTarget"_s), QStringList());
}

void TestCdpLiveView::severalWhoWatchShareOneConnection()
{
    m_browser->addPageInSight(u"one"_s);
    const std::shared_ptr<CdpLiveView> shared = view();
    Viewer first(shared, LiveRole::Watch);
    Viewer second(shared, LiveRole::Watch);
    QTRY_VERIFY(m_browser->casts(u"one"_s));
    m_browser->sendPicture(u"one"_s, "picture");
    QTRY_COMPARE(first.picture(), "picture");
    QTRY_COMPARE(second.picture(), "picture");
    QCOMPARE(m_browser->connections(), 1);
    QCOMPARE(m_browser->commands().filter(u"startScreencast"_s).size(), 1);
    QTRY_COMPARE(first.viewers.watching, 2);
}

void TestCdpLiveView::whoOnlyWatchesCannotAct()
{
    m_browser->addPageInSight(u"one"_s);
    Viewer viewer(view(), LiveRole::Watch);
    QTRY_VERIFY(m_browser->casts(u"one"_s));
    QVERIFY(!viewer.feed->mayControl());
    viewer.feed->takeControl();
    viewer.feed->sendText(u"hello"_s);
    viewer.feed->closeTab(1);
    m_browser->sendPicture(u"one"_s, "picture");
    QTRY_COMPARE(viewer.picture(), "picture"); // whatever was sent before has come
    QCOMPARE(m_browser->commands().filter(u"Input."_s), QStringList());
    QCOMPARE(m_browser->commands().filter(u"closeTarget"_s), QStringList());
}

void TestCdpLiveView::whoIsInControlActs()
{
    m_browser->addPageInSight(u"one"_s);
    Viewer viewer(view(), LiveRole::Control);
    QTRY_VERIFY(m_browser->casts(u"one"_s));
    viewer.feed->sendText(u"too early"_s);
    QTRY_COMPARE(viewer.refusals.size(), 1);
    viewer.feed->takeControl();
    QTRY_VERIFY(viewer.viewers.isMine);
    viewer.feed->sendText(u"日本語"_s);
    QTRY_VERIFY(m_browser->commands().contains(u"Input.insertText one"_s));
    QCOMPARE(m_browser->parametersOf(u"Input.insertText"_s)["text"_L1].toString(), u"日本語"_s);
    // Files of this machine are none of that browser's: its file dialogs stay its own.
    QCOMPARE(m_browser->commands().filter(u"FileChooser"_s), QStringList());
}

// A browser may answer what it is asked about a page before the page has taken what was typed.
void TestCdpLiveView::whatIsCopiedIsWhatWasTypedBefore()
{
    m_browser->addPageInSight(u"one"_s);
    Viewer viewer(view(), LiveRole::Control);
    QTRY_VERIFY(m_browser->casts(u"one"_s));
    viewer.feed->takeControl();
    QTRY_VERIFY(viewer.viewers.isMine);
    QSignalSpy copied(viewer.feed.get(), &LiveFeed::copied);
    const auto typed = [this] { return m_browser->commands().count(u"Input.insertText one"_s); };
    m_browser->holdAnswersTo(u"Input.insertText"_s);
    viewer.feed->sendText(u"before"_s);
    viewer.feed->copy();
    viewer.feed->sendText(u"behind"_s);
    QTRY_COMPARE(typed(), 1);
    viewer.feed->navigate(LiveNavigation::Reload); // which waits for nothing
    QTRY_VERIFY(m_browser->commands().contains(u"Page.reload one"_s));
    QCOMPARE(typed(), 1);
    QVERIFY(!m_browser->commands().contains(u"Page.createIsolatedWorld one"_s));
    m_browser->letAnswersGo();
    QTRY_COMPARE(copied.size(), 1);
    QVERIFY(m_browser->commands().contains(u"Page.createIsolatedWorld one"_s));
    QTRY_COMPARE(typed(), 2);
}

void TestCdpLiveView::holdsTheBrowserOnlyForThoseWhoLook()
{
    m_browser->addPageInSight(u"one"_s);
    Viewer viewer(view(), LiveRole::Watch);
    QTRY_VERIFY(m_browser->casts(u"one"_s));
    viewer.feed->setDemand({640, false, 0ms});
    QTRY_VERIFY(!m_browser->isConnected());
    QVERIFY(viewer.state().kind != Kind::Lost); // nobody lost it
    viewer.feed->setDemand({640, true, 0ms});
    QTRY_VERIFY(m_browser->casts(u"one"_s));
    m_browser->sendPicture(u"one"_s, "picture");
    QTRY_COMPARE(viewer.picture(), "picture");
    QCOMPARE(m_browser->connections(), 2);
}

void TestCdpLiveView::leavesTheBrowserAsItWas()
{
    m_browser->addPageInSight(u"one"_s);
    {
        Viewer viewer(view(), LiveRole::Control);
        QTRY_VERIFY(m_browser->casts(u"one"_s));
        viewer.feed->takeControl();
        LiveMouse press;
        press.kind = LiveMouse::Kind::Down;
        press.button = u"right"_s;
        viewer.feed->sendMouse(press);
        QTRY_VERIFY(m_browser->commands().contains(u"Input.dispatchMouseEvent one"_s));
    }
    QTRY_VERIFY(!m_browser->isConnected());
    QVERIFY(!m_browser->casts(u"one"_s));
    // What was held down is let go of.
    QCOMPARE(m_browser->parametersOf(u"Input.dispatchMouseEvent"_s)["type"_L1].toString(),
             u"mouseReleased"_s);
    for (const auto *never : {"Browser.", "Emulation.", "closeTarget", "activateTarget",
                              "bringToFront", "setAutoAttach", "setFocus"})
        QCOMPARE(m_browser->commands().filter(QLatin1StringView(never)), QStringList());
}

void TestCdpLiveView::theHeadersOfTheAddressGoAlong()
{
    m_browser->addPageInSight(u"one"_s);
    QNetworkRequest address(m_browser->url());
    address.setRawHeader("Authorization", "Basic secret");
    Viewer viewer(viewAt(address), LiveRole::Watch);
    QTRY_VERIFY(m_browser->casts(u"one"_s));
    QCOMPARE(m_browser->handshake().rawHeader("Authorization"), "Basic secret");
    QVERIFY(!m_browser->handshake().hasRawHeader("Origin"));
}

void TestCdpLiveView::aRefusalIsSaidAndNotRepeated_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("words");
    QTest::newRow("a key is missing") << 401 << u"key"_s;
    QTest::newRow("not let in") << 403 << u"let this program in"_s;
    QTest::newRow("no browser") << 404 << u"no browser"_s;
    QTest::newRow("taken") << 409 << u"Another client"_s;
    QTest::newRow("too many") << 429 << u"Another client"_s;
    QTest::newRow("whatever") << 418 << u"418"_s;
}

void TestCdpLiveView::aRefusalIsSaidAndNotRepeated()
{
    QFETCH(int, status);
    QFETCH(QString, words);
    ScriptedServer server;
    server.setDefault(ScriptedAnswer::of(status, {}));
    QUrl address = server.url();
    address.setScheme(u"ws"_s);
    address.setPath(u"/"_s);
    address.setQuery("apiKey="_L1 + capability);
    Viewer viewer(viewAt(QNetworkRequest(address)), LiveRole::Watch);
    QTRY_COMPARE(viewer.state().kind, Kind::Refused);
    QVERIFY2(viewer.state().reason.contains(words), qPrintable(viewer.state().reason));
    QVERIFY(!viewer.state().reason.contains(capability));
    viewer.feed->setDemand({320, true, 0ms});
    viewer.feed->setDemand({640, true, 0ms});
    QCOMPARE(server.requests().size(), 1);
}

void TestCdpLiveView::anotherClientThatTakesThePageIsSaid()
{
    m_browser->addPageInSight(u"one"_s);
    Viewer viewer(viewAt(QNetworkRequest(m_browser->pageUrl(u"one"_s))), LiveRole::Watch);
    QTRY_VERIFY(m_browser->casts(u"one"_s));
    m_browser->sendEvent(u"Inspector.detached"_s, {{"reason"_L1, u"replaced_with_devtools"_s}});
    QTRY_COMPARE(viewer.state().kind, Kind::Refused);
    QVERIFY(viewer.state().reason.contains(u"another client"_s));
}

void TestCdpLiveView::aLostConnectionIsMadeAnew()
{
    m_browser->addPageInSight(u"one"_s);
    Viewer viewer(view(), LiveRole::Watch);
    QTRY_VERIFY(m_browser->casts(u"one"_s));
    m_browser->hangUp();
    QTRY_COMPARE(m_browser->connections(), 2);
    QTRY_VERIFY(m_browser->casts(u"one"_s));
    m_browser->sendPicture(u"one"_s, "again");
    QTRY_COMPARE(viewer.picture(), "again");
    QTRY_COMPARE(viewer.state().kind, Kind::Live);
    QVERIFY(std::ranges::any_of(viewer.states,
                                [](const LiveState &state) { return state.kind == Kind::Lost; }));
}

void TestCdpLiveView::aBrowserThatIsGoneStaysLost()
{
    m_browser->addPageInSight(u"one"_s);
    const std::shared_ptr<CdpLiveView> shared = view();
    Viewer viewer(shared, LiveRole::Watch);
    QTRY_VERIFY(m_browser->casts(u"one"_s));
    m_browser.reset();
    QTRY_COMPARE(shared->state().kind, Kind::Lost);
    Viewer late(shared, LiveRole::Watch);
    QTRY_COMPARE(late.state().kind, Kind::Lost);
    QCOMPARE(viewer.state().kind, Kind::Lost); // nothing that came after it says otherwise
}

void TestCdpLiveView::theEndIsTheLastWord()
{
    m_browser->addPageInSight(u"one"_s);
    const std::shared_ptr<CdpLiveView> ending = view();
    Viewer viewer(ending, LiveRole::Watch);
    QTRY_VERIFY(m_browser->casts(u"one"_s));
    ending->end(); // a Grid's socket would stay open
    QTRY_COMPARE(viewer.state().kind, Kind::Ended);
    QTRY_VERIFY(!m_browser->isConnected());
    Viewer late(ending, LiveRole::Watch);
    QTRY_COMPARE(late.state().kind, Kind::Ended);
    QCOMPARE(viewer.state().kind, Kind::Ended);
    QCOMPARE(m_browser->connections(), 1);
}

QTEST_GUILESS_MAIN(TestCdpLiveView)
#include "tst_cdpliveview.moc"
