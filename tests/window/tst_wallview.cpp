#include "tests/fakes/fakelivefeed.h"
#include "tests/window/samplerows.h"
#include "ui/shapes.h"
#include "ui/wallstills.h"
#include "ui/wallview.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QContextMenuEvent>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(Anchorwatch::TileButton)

class TestWallView : public QObject
{
    Q_OBJECT

    std::unique_ptr<SampleRows> m_rows;
    std::unique_ptr<FakeLiveFeeds> m_feeds;
    std::unique_ptr<WallStills> m_stills;
    std::unique_ptr<TileModel> m_model;
    std::unique_ptr<WallView> m_view;
    QString m_refusal; // of every button

    void fill(int count)
    {
        for (int i = 0; i < count; ++i)
            m_rows->add(u"%1"_s.arg(i, 4, 10, QLatin1Char('0')), std::chrono::seconds(60 + i));
        m_view->doItemsLayout();
    }

    [[nodiscard]] QModelIndex tile(const QString &id) const
    {
        return m_model->indexOf(SampleRows::key(id));
    }
    [[nodiscard]] QRect pictureOf(const QString &id) const
    {
        return m_view->delegate().pictureRect(m_view->visualRect(tile(id)));
    }
    [[nodiscard]] QPoint buttonOf(const QString &id, TileButton button) const
    {
        return m_view->buttonRect(SampleRows::key(id), button).center();
    }
    [[nodiscard]] QStringList idsOnScreen() const
    {
        QStringList ids;
        const auto keys = m_view->keysOnScreen();
        for (const SessionKey &key : keys)
            ids.append(key.sessionId);
        return ids;
    }
    [[nodiscard]] QString currentId() const
    {
        return m_model->keyAt(m_view->currentIndex()).sessionId;
    }
    // What is painted in the middle of a tile's picture.
    [[nodiscard]] QColor paintedOn(const QString &id) const
    {
        return m_view->viewport()->grab().toImage().pixelColor(pictureOf(id).center());
    }
    void watch(const QStringList &ids)
    {
        QList<SessionKey> keys;
        for (const QString &id : ids)
            keys.append(SampleRows::key(id));
        m_stills->setOnScreen(keys, m_view->pictureWidth());
    }
    void show(const QString &id, const QColor &color)
    {
        FakeLiveFeed *feed = m_feeds->of(id);
        QVERIFY(feed);
        feed->sendColor(color);
        QTRY_VERIFY(feed->acknowledged.contains(feed->lastSerial));
    }
    static bool isReddish(const QColor &color) { return color.red() > 200 && color.blue() < 50; }
    static bool isBluish(const QColor &color) { return color.blue() > 200 && color.red() < 50; }

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void columnsShareTheWidth_data();
    void columnsShareTheWidth();
    void onlyTilesThatCanBeSeenAreOnScreen();
    void scrollingShowsOthers();
    void tilesAboveDoNotMoveWhatIsSeen();
    void aCurrentTileThatGoesLeavesNoGap();
    void atTheTopNewTilesComeIntoView();
    void filteredSessionsAreNotThere();

    void arrowsMoveBetweenTiles();
    void keysNameTheCurrentSession_data();
    void keysNameTheCurrentSession();
    void ctrlCCopiesTheCurrentSession();
    void keysWithoutACurrentTileDoNothing();
    void aLetterDoesNothing();
    void tabLeavesTheWall();
    void contextMenuComesByKeyboard();

    void buttonsNameTheirSession_data();
    void buttonsNameTheirSession();
    void doubleClickWatches();
    void nothingHappensWhenTheTileMovesUnderThePress();
    void buttonsComeUnderThePointer();
    void aTileThatComesUnderThePointerGetsTheButtons();
    void theFocusIsSeen();

    void picturesStayWithTheirSession_data();
    void picturesStayWithTheirSession();
    void anOldPictureIsVeiled();
    void tilesSpeak();
    void aTickRepaintsWhatChanged();
    void theModelIsSound();
    void aScreenReaderFindsOneItemATile();
};

void TestWallView::initTestCase()
{
    qRegisterMetaType<TileButton>();
    QFont font(u"Inter"_s);
    font.setPixelSize(13);
    QApplication::setFont(font);
}

void TestWallView::init()
{
    m_refusal.clear();
    m_rows = std::make_unique<SampleRows>();
    m_feeds = std::make_unique<FakeLiveFeeds>();
    m_stills = std::make_unique<WallStills>(m_rows->model(), m_rows->clock());
    m_stills->setFactory(m_feeds->factory());
    m_stills->setWatching(WallStills::Watching::Yes);
    m_model = std::make_unique<TileModel>(m_rows->proxy(), *m_stills);
    m_view = std::make_unique<WallView>(
        *m_model, *m_stills, [this](const SessionKey &, TileButton) { return m_refusal; });
    m_rows->add(u"first"_s, 1s);
    m_rows->add(u"second"_s, 2s);
    m_rows->add(u"third"_s, 3s);
    m_rows->add(u"fourth"_s, 4s);
    m_rows->add(u"fifth"_s, 5s);
    m_view->resize(1000, 700);
    m_view->show();
    QApplication::setActiveWindow(m_view.get());
    m_view->setFocus();
    QTRY_VERIFY(m_view->hasFocus());
    m_view->doItemsLayout();
}

void TestWallView::cleanup()
{
    m_view.reset();
    m_model.reset();
    m_stills.reset();
}

// Layout

void TestWallView::columnsShareTheWidth_data()
{
    QTest::addColumn<int>("columns");
    for (const int columns : {2, 3, 4, 5})
        QTest::addRow("%d across", columns) << columns;
}

void TestWallView::columnsShareTheWidth()
{
    QFETCH(int, columns);
    m_view->setColumns(columns);
    fill(20);
    const QAbstractItemModel &model = *m_model;
    const QRect first = m_view->visualRect(model.index(0, 0));
    const QRect last = m_view->visualRect(model.index(columns - 1, 0));
    const QRect below = m_view->visualRect(model.index(columns, 0));
    QCOMPARE(last.top(), first.top());
    QCOMPARE(below.left(), first.left());
    QCOMPARE(below.top(), first.bottom() + 1);
    QVERIFY(last.right() < m_view->viewport()->width());
    QVERIFY(last.right() >= m_view->viewport()->width() - columns - 2);
    QCOMPARE(m_view->pictureWidth(), first.width() - 12);
}

void TestWallView::onlyTilesThatCanBeSeenAreOnScreen()
{
    fill(2000);
    QStringList seen;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row, 0);
        if (m_view->viewport()->rect().intersects(m_view->visualRect(index)))
            seen.append(m_model->keyAt(index).sessionId);
    }
    QCOMPARE(idsOnScreen(), seen);
    QVERIFY(seen.size() >= 9 && seen.size() <= 15);
}

void TestWallView::scrollingShowsOthers()
{
    fill(200);
    const QStringList before = idsOnScreen();
    QSignalSpy spy(m_view.get(), &WallView::sightChanged);
    m_view->verticalScrollBar()->setValue(m_view->gridSize().height() * 20);
    QTRY_VERIFY(!spy.isEmpty());
    const QStringList after = idsOnScreen();
    QCOMPARE(after.constFirst(), m_model->keyAt(m_model->index(60, 0)).sessionId);
    for (const QString &id : before)
        QVERIFY(!after.contains(id));
}

void TestWallView::tilesAboveDoNotMoveWhatIsSeen()
{
    fill(200);
    m_view->verticalScrollBar()->setValue(m_view->gridSize().height() * 20 + 30);
    const QString seen = idsOnScreen().at(4);
    const int y = m_view->visualRect(tile(seen)).y();
    for (int i = 0; i < 6; ++i)
        m_rows->add(u"newer%1"_s.arg(i), std::chrono::seconds(i));
    m_view->doItemsLayout();
    QCOMPARE(m_view->visualRect(tile(seen)).y(), y);
    for (int i = 0; i < 6; ++i) {
        m_rows->remove(u"newer%1"_s.arg(i));
        m_view->doItemsLayout(); // one by one they must not add up to a drift
    }
    QCOMPARE(m_view->visualRect(tile(seen)).y(), y);
}

void TestWallView::aCurrentTileThatGoesLeavesNoGap()
{
    fill(14); // 19 in all: the seventh row holds one
    const int before = m_view->verticalScrollBar()->maximum();
    m_view->setCurrentIndex(tile(u"second"_s));
    m_rows->remove(u"second"_s);
    QTRY_COMPARE(m_view->verticalScrollBar()->maximum(), before - m_view->gridSize().height());
}

void TestWallView::atTheTopNewTilesComeIntoView()
{
    fill(200);
    m_rows->add(u"newest"_s, 0s);
    m_view->doItemsLayout();
    QCOMPARE(idsOnScreen().constFirst(), u"newest"_s);
}

void TestWallView::filteredSessionsAreNotThere()
{
    const auto parsed = SessionFilter::parse(u"fifth"_s);
    m_rows->proxy().setFilter(std::get<SessionFilter>(parsed));
    QCOMPARE(idsOnScreen(), QStringList{u"fifth"_s});
}

// Keyboard

void TestWallView::arrowsMoveBetweenTiles()
{
    m_view->setCurrentIndex(tile(u"first"_s));
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QCOMPARE(currentId(), u"second"_s);
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    QCOMPARE(currentId(), u"fifth"_s);
    QTest::keyClick(m_view.get(), Qt::Key_Left);
    QCOMPARE(currentId(), u"fourth"_s);
    QTest::keyClick(m_view.get(), Qt::Key_Up);
    QCOMPARE(currentId(), u"first"_s);
    QTest::keyClick(m_view.get(), Qt::Key_End);
    QCOMPARE(currentId(), u"fifth"_s);
}

void TestWallView::keysNameTheCurrentSession_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    QTest::addColumn<TileButton>("button");
    const Qt::KeyboardModifiers none = Qt::NoModifier;
    const Qt::KeyboardModifiers ctrl = Qt::ControlModifier;
    QTest::newRow("Enter") << Qt::Key_Return << none << TileButton::Watch;
    QTest::newRow("Enter of the keypad")
        << Qt::Key_Enter << Qt::KeyboardModifiers(Qt::KeypadModifier) << TileButton::Watch;
    QTest::newRow("Ctrl+Enter") << Qt::Key_Return << ctrl << TileButton::OpenDevTools;
    QTest::newRow("Del") << Qt::Key_Delete << none << TileButton::Terminate;
}

void TestWallView::keysNameTheCurrentSession()
{
    QFETCH(Qt::Key, key);
    QFETCH(Qt::KeyboardModifiers, modifiers);
    m_view->setCurrentIndex(tile(u"second"_s));
    m_rows->add(u"newest"_s, 0s); // every tile moves on
    QSignalSpy spy(m_view.get(), &WallView::buttonPressed);
    QTest::keyClick(m_view.get(), key, modifiers);
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.at(0).at(0).value<SessionKey>(), SampleRows::key(u"second"_s));
    QFETCH(TileButton, button);
    QCOMPARE(spy.at(0).at(1).value<TileButton>(), button);
}

void TestWallView::ctrlCCopiesTheCurrentSession()
{
    m_view->setCurrentIndex(tile(u"third"_s));
    QSignalSpy spy(m_view.get(), &WallView::copyRequested);
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.at(0).at(0).value<SessionKey>(), SampleRows::key(u"third"_s));
}

void TestWallView::keysWithoutACurrentTileDoNothing()
{
    m_view->setCurrentIndex({});
    QSignalSpy pressed(m_view.get(), &WallView::buttonPressed);
    QSignalSpy copied(m_view.get(), &WallView::copyRequested);
    QTest::keyClick(m_view.get(), Qt::Key_Return);
    QTest::keyClick(m_view.get(), Qt::Key_Delete);
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(pressed.size() + copied.size(), 0);
}

void TestWallView::aLetterDoesNothing()
{
    m_view->setCurrentIndex(tile(u"first"_s));
    QSignalSpy spy(m_view.get(), &WallView::buttonPressed);
    QTest::keyClick(m_view.get(), Qt::Key_T);
    QTest::keyClick(m_view.get(), Qt::Key_Delete, Qt::ShiftModifier);
    QCOMPARE(spy.size(), 0);
    QCOMPARE(currentId(), u"first"_s);
}

void TestWallView::tabLeavesTheWall()
{
    m_view->setCurrentIndex(tile(u"first"_s));
    QTest::keyClick(m_view.get(), Qt::Key_Tab);
    QCOMPARE(currentId(), u"first"_s);
}

void TestWallView::contextMenuComesByKeyboard()
{
    m_view->setCurrentIndex(tile(u"fourth"_s));
    QSignalSpy spy(m_view.get(), &WallView::contextMenuRequested);
    QTest::keyClick(m_view.get(), Qt::Key_F10, Qt::ShiftModifier);
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
    QApplication::sendEvent(m_view->viewport(), &event);
    QCOMPARE(spy.size(), 2);
    for (const auto &arguments : std::as_const(spy))
        QCOMPARE(arguments.at(0).value<SessionKey>(), SampleRows::key(u"fourth"_s));
}

// Pointer

void TestWallView::buttonsNameTheirSession_data()
{
    QTest::addColumn<TileButton>("button");
    QTest::newRow("watch") << TileButton::Watch;
    QTest::newRow("DevTools") << TileButton::OpenDevTools;
    QTest::newRow("terminate") << TileButton::Terminate;
}

void TestWallView::buttonsNameTheirSession()
{
    QFETCH(TileButton, button);
    m_view->setCurrentIndex(tile(u"first"_s));
    QSignalSpy spy(m_view.get(), &WallView::buttonPressed);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, buttonOf(u"fifth"_s, button));
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.at(0).at(0).value<SessionKey>(), SampleRows::key(u"fifth"_s));
    QCOMPARE(spy.at(0).at(1).value<TileButton>(), button);
    QCOMPARE(currentId(), u"first"_s);
}

void TestWallView::doubleClickWatches()
{
    QSignalSpy spy(m_view.get(), &WallView::buttonPressed);
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, pictureOf(u"third"_s).center());
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.at(0).at(0).value<SessionKey>(), SampleRows::key(u"third"_s));
    QCOMPARE(spy.at(0).at(1).value<TileButton>(), TileButton::Watch);
}

// Fault matrix: W21
void TestWallView::nothingHappensWhenTheTileMovesUnderThePress()
{
    QSignalSpy spy(m_view.get(), &WallView::buttonPressed);
    const QPoint place = buttonOf(u"first"_s, TileButton::Terminate);
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, place);
    m_rows->add(u"newest"_s, 0s);
    QCOMPARE(buttonOf(u"newest"_s, TileButton::Terminate), place);
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(spy.size(), 0);
}

void TestWallView::buttonsComeUnderThePointer()
{
    const QRect button = m_view->buttonRect(SampleRows::key(u"second"_s), TileButton::Watch);
    const QImage before = m_view->viewport()->grab(button).toImage();
    QTest::mouseMove(m_view->viewport(), pictureOf(u"second"_s).center());
    QCOMPARE(m_view->delegate().marks().hovered, SampleRows::key(u"second"_s));
    const QImage hovered = m_view->viewport()->grab(button).toImage();
    QVERIFY(hovered != before);
    m_refusal = u"Its browser has ended"_s;
    QVERIFY(m_view->viewport()->grab(button).toImage() != hovered);
    QTest::mouseMove(m_view->viewport(), button.center());
    QCOMPARE(m_view->delegate().marks().pointed, TileButton::Watch);
}

void TestWallView::aTileThatComesUnderThePointerGetsTheButtons()
{
    QTest::mouseMove(m_view->viewport(), pictureOf(u"second"_s).center());
    QCOMPARE(m_view->delegate().marks().hovered, SampleRows::key(u"second"_s));
    m_rows->remove(u"second"_s);
    m_view->doItemsLayout();
    QCOMPARE(m_view->delegate().marks().hovered, SampleRows::key(u"third"_s));
}

void TestWallView::theFocusIsSeen()
{
    m_view->setCurrentIndex(tile(u"first"_s));
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, pictureOf(u"first"_s).center());
    QCOMPARE(m_view->delegate().marks().focused, std::nullopt);
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QCOMPARE(m_view->delegate().marks().focused, SampleRows::key(u"second"_s));
}

// What is shown

void TestWallView::picturesStayWithTheirSession_data()
{
    QTest::addColumn<QString>("change");
    QTest::newRow("sorted the other way") << u"sort"_s;
    QTest::newRow("a newer one comes") << u"insert"_s;
    QTest::newRow("one before goes") << u"remove"_s;
    QTest::newRow("filtered") << u"filter"_s;
}

void TestWallView::picturesStayWithTheirSession()
{
    QFETCH(QString, change);
    watch({u"second"_s, u"third"_s});
    show(u"second"_s, Qt::red);
    show(u"third"_s, Qt::blue);
    const QPoint under = pictureOf(u"second"_s).center();
    QTest::mouseMove(m_view->viewport(), under);
    if (change == "sort"_L1)
        m_rows->proxy().sort(static_cast<int>(SessionColumn::Age), Qt::DescendingOrder);
    else if (change == "insert"_L1)
        m_rows->add(u"newest"_s, 0s);
    else if (change == "remove"_L1)
        m_rows->remove(u"first"_s);
    else
        m_rows->proxy().setFilter(std::get<SessionFilter>(SessionFilter::parse(u"!first"_s)));
    m_view->doItemsLayout();
    QVERIFY(pictureOf(u"second"_s).center() != under);
    QVERIFY(isReddish(paintedOn(u"second"_s)));
    QVERIFY(isBluish(paintedOn(u"third"_s)));
    QVERIFY(!isReddish(paintedOn(u"fourth"_s)) && !isBluish(paintedOn(u"fourth"_s)));
}

void TestWallView::anOldPictureIsVeiled()
{
    watch({u"first"_s});
    show(u"first"_s, Qt::red);
    const QRect picture = pictureOf(u"first"_s);
    const QPoint corner = picture.bottomRight() - QPoint(20, 20); // beside all words
    const auto painted = [&] { return m_view->viewport()->grab().toImage().pixelColor(corner); };
    QVERIFY(isReddish(painted()));
    m_rows->clock().advance(1min);
    m_view->viewport()->update();
    const QColor ground = Theme::of(m_view->palette()).line2;
    const QColor veiled = mixed(QColor(Qt::red), ground, 0.72F);
    QVERIFY(qAbs(painted().red() - veiled.red()) < 6);
    QVERIFY(qAbs(painted().blue() - veiled.blue()) < 6);
}

void TestWallView::tilesSpeak()
{
    const auto says = [&](const QString &id) {
        return tile(id).data(Qt::AccessibleTextRole).toString();
    };
    QCOMPARE(says(u"second"_s),
             u"Title of second, Running, second, 2 s, Waiting for its picture"_s);
    watch({u"second"_s});
    show(u"second"_s, Qt::red);
    QCOMPARE(says(u"second"_s), u"Title of second, Running, second, 2 s, picture of 12:00:00"_s);
    m_feeds->of(u"second"_s)->sendState(LiveState::Kind::Crashed);
    QCOMPARE(says(u"second"_s),
             u"Title of second, Running, second, 2 s, old picture of 12:00:00, The page crashed"_s);
}

void TestWallView::aTickRepaintsWhatChanged()
{
    m_rows->add(u"oldest"_s, 3h);
    watch({u"oldest"_s});
    show(u"oldest"_s, Qt::red);
    m_view->doItemsLayout();
    m_view->tick();
    QRegion painted;
    class Recorder : public QObject
    {
    public:
        explicit Recorder(QRegion &region)
            : m_region(region)
        {
        }
        bool eventFilter(QObject *, QEvent *event) override
        {
            if (event->type() == QEvent::Paint)
                m_region += static_cast<QPaintEvent *>(event)->region();
            return false;
        }

    private:
        QRegion &m_region;
    } recorder(painted);
    m_view->viewport()->installEventFilter(&recorder);
    m_rows->clock().advance(1s);
    show(u"oldest"_s, Qt::blue);
    painted = {};
    m_view->viewport()->update();
    QTRY_VERIFY(painted.contains(m_view->viewport()->rect()));
    painted = {};
    // A new picture was painted when it came.
    m_view->tick();
    QTRY_VERIFY(painted.contains(m_view->visualRect(tile(u"first"_s))));
    QVERIFY(!painted.intersects(m_view->visualRect(tile(u"oldest"_s))));
    m_view->viewport()->removeEventFilter(&recorder);
}

void TestWallView::theModelIsSound()
{
    QAbstractItemModelTester tester(m_model.get(),
                                    QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_rows->add(u"newest"_s, 0s);
    m_rows->remove(u"third"_s);
    m_rows->proxy().sort(static_cast<int>(SessionColumn::Page), Qt::DescendingOrder);
    Session changed = sampleSession(u"second"_s);
    changed.title = u"Another"_s;
    m_rows->add(changed, 2s);
    m_rows->proxy().setFilter(std::get<SessionFilter>(SessionFilter::parse(u"!fifth"_s)));
    watch({u"first"_s});
    show(u"first"_s, Qt::red);
    QCOMPARE(m_model->rowCount(), 4);
    QCOMPARE(m_model->columnCount(), 1);
    QCOMPARE(tile(u"second"_s).data().toString(), u"Another"_s);
}

void TestWallView::aScreenReaderFindsOneItemATile()
{
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(m_view.get());
    QVERIFY(list);
    QCOMPARE(list->role(), QAccessible::List);
    QCOMPARE(list->childCount(), 5);
    QCOMPARE(list->child(0)->text(QAccessible::Name),
             tile(u"first"_s).data(Qt::AccessibleTextRole).toString());
}

QTEST_MAIN(TestWallView)
#include "tst_wallview.moc"
