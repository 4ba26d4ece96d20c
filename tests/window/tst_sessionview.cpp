#include "tests/window/samplerows.h"
#include "ui/sessionheader.h"
#include "ui/sessionview.h"

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
using Column = SessionColumn;

Q_DECLARE_METATYPE(Anchorwatch::CellButton)

namespace {

// What of a widget was asked to be painted since the last look.
class PaintRecorder : public QObject
{
public:
    explicit PaintRecorder(QWidget &widget)
        : QObject(&widget)
    {
        widget.installEventFilter(this);
    }

    QRegion take() { return std::exchange(m_region, {}); }
    [[nodiscard]] const QRegion &region() const { return m_region; }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            m_region += static_cast<QPaintEvent *>(event)->region();
        return false;
    }

private:
    QRegion m_region;
};

} // namespace

class TestSessionView : public QObject
{
    Q_OBJECT

    std::unique_ptr<SampleRows> m_rows;
    std::unique_ptr<SessionView> m_view;

    [[nodiscard]] QModelIndex cell(const QString &id, Column column) const
    {
        return m_rows->proxy().indexOf(SampleRows::key(id), column);
    }

    [[nodiscard]] QPoint buttonAt(const QString &id, Column column, CellButton wanted) const
    {
        const auto buttons = m_view->buttonsOf(cell(id, column));
        for (const PlacedButton &placed : buttons) {
            if (placed.button == wanted)
                return placed.rect.center();
        }
        return {-1, -1};
    }

    [[nodiscard]] int yOf(const QString &id) const
    {
        return m_view->visualRect(cell(id, Column::Status)).y();
    }

    void click(const QPoint &position)
    {
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, position);
    }

    void select(const QString &id) { m_view->setCurrentIndex(cell(id, Column::Status)); }

    // Rows "00" (youngest) to "79", as many as do not fit.
    void fillScreen()
    {
        for (int i = 0; i < 80; ++i)
            m_rows->add(u"%1"_s.arg(i, 2, 10, QLatin1Char('0')), std::chrono::minutes(10 + i));
        QTRY_VERIFY(m_view->verticalScrollBar()->maximum() > 0);
    }

    // Waits until everything that was to be painted is.
    void settle(PaintRecorder &recorder)
    {
        m_view->doItemsLayout();
        m_view->viewport()->update();
        QTRY_VERIFY(recorder.region().contains(m_view->viewport()->rect()));
        recorder.take();
    }

    static QStringList idsOf(const QVariant &keys)
    {
        QStringList ids;
        const auto list = keys.value<QList<SessionKey>>();
        for (const SessionKey &key : list)
            ids.append(key.sessionId);
        return ids;
    }

private slots:
    void initTestCase();
    void init();

    void eachButtonSaysWhatAndWhose_data();
    void eachButtonSaysWhatAndWhose();
    void aButtonLeavesTheSelectionAlone();
    void nothingHappensWhenTheRowMovesUnderThePress();
    void nothingHappensWhenLetGoElsewhere();
    void doubleClickOpensTheRow();
    void doubleClickOnAButtonDoesNotOpenTheRow();
    void rowsAreDesignedHigh();

    void arrowsReachEveryButton();
    void arrowsGoBack();
    void spacePressesTheFocusedButton();
    void upAndDownStayOnTheSameButton();
    void aRowThatWentAwayLeavesNoButtonToPress();
    void aCellThatChangedLeavesNoOtherButtonUnderTheFinger();
    void enterOpensTheSelection();
    void deleteAsksToTerminateTheSelection();
    void deleteWithoutSelectionAsksNothing();
    void tabLeavesTheTable();
    void contextMenuComesByKeyboard_data();
    void contextMenuComesByKeyboard();
    void contextMenuComesByPointer();
    void typingALetterEndsNothing();

    void rowsAboveDoNotMoveWhatIsSeen();
    void atTheTopNewRowsComeIntoView();
    void manyChangesAtOnceDoNotMoveWhatIsSeen();
    void selectionSurvivesChanges();
    void aCurrentRowThatGoesDoesNotScroll();

    void agesTickWhereTheTextChanged();
    void agesOfUnchangedRowsAreLeftAlone();
    void cellsSpeak();
    void columnsFollowTheWidth();
};

void TestSessionView::initTestCase()
{
    qRegisterMetaType<CellButton>();
    QFont font(u"Inter"_s);
    font.setPixelSize(13);
    QApplication::setFont(font);
}

void TestSessionView::init()
{
    m_rows = std::make_unique<SampleRows>();
    m_rows->add(u"first"_s, 1min);
    m_rows->add(u"second"_s, 2min);
    m_rows->add(u"third"_s, 3min);
    m_view = std::make_unique<SessionView>(m_rows->proxy());
    m_view->resize(1576, 400);
    m_view->show();
    QApplication::setActiveWindow(m_view.get());
    m_view->setFocus();
    QTRY_VERIFY(m_view->hasFocus());
}

// Pointer

void TestSessionView::eachButtonSaysWhatAndWhose_data()
{
    QTest::addColumn<Column>("column");
    QTest::addColumn<CellButton>("button");
    QTest::newRow("copy the CDP URL") << Column::Cdp << CellButton::CopyCdp;
    QTest::newRow("DevTools") << Column::Cdp << CellButton::OpenDevTools;
    QTest::newRow("copy the live view") << Column::LiveView << CellButton::CopyLiveView;
    QTest::newRow("open the live view") << Column::LiveView << CellButton::OpenLiveView;
    QTest::newRow("retry") << Column::LiveView << CellButton::Retry;
    QTest::newRow("copy as curl") << Column::LiveView << CellButton::CopyCurl;
}

void TestSessionView::eachButtonSaysWhatAndWhose()
{
    QFETCH(Column, column);
    QFETCH(CellButton, button);
    if (button == CellButton::Retry || button == CellButton::CopyCurl) {
        Termination termination;
        termination.phase = Termination::Phase::StillRunning;
        termination.reason = u"still listed"_s;
        m_rows->setTermination(u"second"_s, termination);
    }
    QSignalSpy spy(m_view.get(), &SessionView::buttonPressed);
    click(buttonAt(u"second"_s, column, button));
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.at(0).at(0).value<SessionKey>(), SampleRows::key(u"second"_s));
    QCOMPARE(spy.at(0).at(1).value<CellButton>(), button);
}

void TestSessionView::aButtonLeavesTheSelectionAlone()
{
    select(u"third"_s);
    click(buttonAt(u"first"_s, Column::Cdp, CellButton::CopyCdp));
    QCOMPARE(m_view->selectedKeys(), QList{SampleRows::key(u"third"_s)});
    QCOMPARE(m_rows->proxy().keyAt(m_view->currentIndex()), SampleRows::key(u"third"_s));
}

// Fault matrix: W21
void TestSessionView::nothingHappensWhenTheRowMovesUnderThePress()
{
    QSignalSpy spy(m_view.get(), &SessionView::buttonPressed);
    const QPoint place = buttonAt(u"first"_s, Column::Cdp, CellButton::OpenDevTools);
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, place);
    m_rows->add(u"newest"_s, 1s);
    QCOMPARE(buttonAt(u"newest"_s, Column::Cdp, CellButton::OpenDevTools), place);
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(spy.size(), 0);
}

void TestSessionView::nothingHappensWhenLetGoElsewhere()
{
    QSignalSpy spy(m_view.get(), &SessionView::buttonPressed);
    const QPoint place = buttonAt(u"first"_s, Column::Cdp, CellButton::CopyCdp);
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, place);
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, place - QPoint(80, 0));
    QCOMPARE(spy.size(), 0);
}

void TestSessionView::doubleClickOpensTheRow()
{
    QSignalSpy spy(m_view.get(), &SessionView::openRequested);
    const QPoint place = m_view->visualRect(cell(u"second"_s, Column::Page)).center();
    click(place);
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(spy.size(), 1);
    QCOMPARE(idsOf(spy.at(0).at(0)), QStringList{u"second"_s});
}

void TestSessionView::doubleClickOnAButtonDoesNotOpenTheRow()
{
    QSignalSpy opened(m_view.get(), &SessionView::openRequested);
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {},
                       buttonAt(u"second"_s, Column::Cdp, CellButton::CopyCdp));
    QCOMPARE(opened.size(), 0);
}

void TestSessionView::rowsAreDesignedHigh()
{
    QCOMPARE(m_view->rowHeight(0), 32);
    QFont large = m_view->font();
    large.setPixelSize(26);
    m_view->setFont(large);
    QCOMPARE(m_view->rowHeight(0), 64);
}

// Keyboard

void TestSessionView::arrowsReachEveryButton()
{
    select(u"second"_s);
    QSignalSpy spy(m_view.get(), &SessionView::buttonPressed);
    for (int i = 0; i < 12; ++i) {
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QTest::keyClick(m_view.get(), Qt::Key_Space);
    }
    QList<CellButton> pressed;
    for (const auto &arguments : spy) {
        QCOMPARE(arguments.at(0).value<SessionKey>(), SampleRows::key(u"second"_s));
        if (!pressed.contains(arguments.at(1).value<CellButton>()))
            pressed.append(arguments.at(1).value<CellButton>());
    }
    QCOMPARE(pressed, (QList{CellButton::CopyCdp, CellButton::OpenDevTools,
                             CellButton::CopyLiveView, CellButton::OpenLiveView}));
}

void TestSessionView::arrowsGoBack()
{
    m_view->setCurrentIndex(cell(u"second"_s, Column::Age));
    for (int i = 0; i < 3; ++i) // copy, DevTools, copy the live view
        QTest::keyClick(m_view.get(), Qt::Key_Right);
    QTest::keyClick(m_view.get(), Qt::Key_Left);
    QSignalSpy spy(m_view.get(), &SessionView::buttonPressed);
    QTest::keyClick(m_view.get(), Qt::Key_Space);
    QCOMPARE(spy.at(0).at(1).value<CellButton>(), CellButton::OpenDevTools);
    QTest::keyClick(m_view.get(), Qt::Key_Left);
    QTest::keyClick(m_view.get(), Qt::Key_Left);
    QCOMPARE(m_view->currentIndex(), cell(u"second"_s, Column::Age));
}

void TestSessionView::spacePressesTheFocusedButton()
{
    m_view->setCurrentIndex(cell(u"second"_s, Column::Age));
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QSignalSpy spy(m_view.get(), &SessionView::buttonPressed);
    QTest::keyClick(m_view.get(), Qt::Key_Space);
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.at(0).at(1).value<CellButton>(), CellButton::CopyCdp);
    QCOMPARE(m_view->selectedKeys(), QList{SampleRows::key(u"second"_s)});
}

void TestSessionView::upAndDownStayOnTheSameButton()
{
    m_view->setCurrentIndex(cell(u"first"_s, Column::Age));
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    QSignalSpy spy(m_view.get(), &SessionView::buttonPressed);
    QTest::keyClick(m_view.get(), Qt::Key_Space);
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.at(0).at(0).value<SessionKey>(), SampleRows::key(u"second"_s));
    QCOMPARE(spy.at(0).at(1).value<CellButton>(), CellButton::OpenDevTools);
}

// Fault matrix: W21
void TestSessionView::aRowThatWentAwayLeavesNoButtonToPress()
{
    m_view->setCurrentIndex(cell(u"first"_s, Column::Age));
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    m_rows->remove(u"first"_s);
    QSignalSpy spy(m_view.get(), &SessionView::buttonPressed);
    QTest::keyClick(m_view.get(), Qt::Key_Space);
    QCOMPARE(spy.size(), 0);
}

// Fault matrix: W21
void TestSessionView::aCellThatChangedLeavesNoOtherButtonUnderTheFinger()
{
    m_view->setCurrentIndex(cell(u"first"_s, Column::Age));
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(m_view.get(), Qt::Key_Right);
    Termination termination;
    termination.phase = Termination::Phase::StillRunning;
    termination.reason = u"still listed"_s;
    m_rows->setTermination(u"first"_s, termination);
    QSignalSpy spy(m_view.get(), &SessionView::buttonPressed);
    QTest::keyClick(m_view.get(), Qt::Key_Space);
    QCOMPARE(spy.size(), 0);
}

void TestSessionView::enterOpensTheSelection()
{
    select(u"first"_s);
    QTest::keyClick(m_view.get(), Qt::Key_Down, Qt::ShiftModifier);
    QSignalSpy spy(m_view.get(), &SessionView::openRequested);
    QTest::keyClick(m_view.get(), Qt::Key_Return);
    QCOMPARE(spy.size(), 1);
    QCOMPARE(idsOf(spy.at(0).at(0)), (QStringList{u"first"_s, u"second"_s}));
}

void TestSessionView::deleteAsksToTerminateTheSelection()
{
    select(u"third"_s);
    QTest::keyClick(m_view.get(), Qt::Key_Up, Qt::ShiftModifier);
    QSignalSpy spy(m_view.get(), &SessionView::terminateRequested);
    QTest::keyClick(m_view.get(), Qt::Key_Delete);
    QCOMPARE(spy.size(), 1);
    QCOMPARE(idsOf(spy.at(0).at(0)), (QStringList{u"second"_s, u"third"_s}));
}

// After the selected session went away, the row that is current then was chosen by nobody.
void TestSessionView::deleteWithoutSelectionAsksNothing()
{
    select(u"first"_s);
    m_rows->remove(u"first"_s);
    QSignalSpy spy(m_view.get(), &SessionView::terminateRequested);
    QTest::keyClick(m_view.get(), Qt::Key_Delete);
    QCOMPARE(spy.size(), 0);
}

void TestSessionView::tabLeavesTheTable()
{
    QVERIFY(!m_view->tabKeyNavigation());
}

void TestSessionView::contextMenuComesByKeyboard_data()
{
    QTest::addColumn<bool>("byMenuKey");
    QTest::newRow("Shift+F10") << false;
    QTest::newRow("the Menu key, as the window system sends it") << true;
}

void TestSessionView::contextMenuComesByKeyboard()
{
    QFETCH(bool, byMenuKey);
    m_view->selectionModel()->setCurrentIndex(cell(u"second"_s, Column::Status),
                                              QItemSelectionModel::NoUpdate);
    QSignalSpy spy(m_view.get(), &SessionView::contextMenuRequested);
    if (byMenuKey) {
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {0, 0},
                                m_view->mapToGlobal(QPoint(0, 0)));
        QApplication::sendEvent(m_view.get(), &event);
    } else {
        QTest::keyClick(m_view.get(), Qt::Key_F10, Qt::ShiftModifier);
    }
    QCOMPARE(spy.size(), 1);
    const QPoint place = m_view->viewport()->mapFromGlobal(spy.at(0).at(0).toPoint());
    QCOMPARE(m_view->indexAt(place).row(), 1);
    QCOMPARE(m_view->selectedKeys(), QList{SampleRows::key(u"second"_s)});
}

void TestSessionView::contextMenuComesByPointer()
{
    const QPoint place = m_view->visualRect(cell(u"third"_s, Column::Page)).center();
    QSignalSpy spy(m_view.get(), &SessionView::contextMenuRequested);
    QTest::mouseClick(m_view->viewport(), Qt::RightButton, {}, place);
    QContextMenuEvent event(QContextMenuEvent::Mouse, place,
                            m_view->viewport()->mapToGlobal(place));
    QApplication::sendEvent(m_view->viewport(), &event);
    QCOMPARE(spy.size(), 1);
    QCOMPARE(m_view->selectedKeys(), QList{SampleRows::key(u"third"_s)});
}

void TestSessionView::typingALetterEndsNothing()
{
    select(u"first"_s);
    QSignalSpy spy(m_view.get(), &SessionView::terminateRequested);
    QTest::keyClicks(m_view.get(), u"kdxq"_s);
    QTest::keyClick(m_view.get(), Qt::Key_Backspace);
    QTest::keyClick(m_view.get(), Qt::Key_Delete, Qt::ControlModifier);
    QCOMPARE(spy.size(), 0);
}

// Rows that come and go

void TestSessionView::rowsAboveDoNotMoveWhatIsSeen()
{
    fillScreen();
    m_view->verticalScrollBar()->setValue(20 * 32 + 7);
    const int before = yOf(u"30"_s);
    m_rows->add(u"newest"_s, 1s);
    m_view->grab();
    QCOMPARE(yOf(u"30"_s), before);
    m_rows->remove(u"02"_s);
    m_view->grab();
    QCOMPARE(yOf(u"30"_s), before);
}

void TestSessionView::atTheTopNewRowsComeIntoView()
{
    fillScreen();
    m_rows->add(u"newest"_s, 1s);
    m_view->grab();
    QCOMPARE(yOf(u"newest"_s), 0);
}

void TestSessionView::manyChangesAtOnceDoNotMoveWhatIsSeen()
{
    fillScreen();
    m_view->verticalScrollBar()->setValue(20 * 32);
    const int before = yOf(u"30"_s);
    for (int i = 0; i < 10; ++i) {
        m_rows->add(u"new%1"_s.arg(i), std::chrono::seconds(i));
        m_rows->remove(u"%1"_s.arg(10 + i));
    }
    m_rows->remove(u"21"_s); // on screen, above it
    m_view->grab();
    QVERIFY(qAbs(yOf(u"30"_s) - before) <= 32);
    QCOMPARE(yOf(u"30"_s), before - (before > yOf(u"30"_s) ? 32 : 0));
}

// Fault matrix: W21
void TestSessionView::selectionSurvivesChanges()
{
    fillScreen();
    select(u"30"_s);
    QTest::keyClick(m_view.get(), Qt::Key_Down, Qt::ShiftModifier);
    m_rows->add(u"newest"_s, 1s);
    m_rows->remove(u"05"_s);
    QCOMPARE(m_view->selectedKeys(), (QList{SampleRows::key(u"30"_s), SampleRows::key(u"31"_s)}));
    QCOMPARE(m_rows->proxy().keyAt(m_view->currentIndex()), SampleRows::key(u"31"_s));
}

void TestSessionView::aCurrentRowThatGoesDoesNotScroll()
{
    fillScreen();
    select(u"70"_s);
    m_view->verticalScrollBar()->setValue(20 * 32);
    const int before = yOf(u"30"_s);
    m_rows->remove(u"70"_s);
    m_view->grab();
    QCOMPARE(yOf(u"30"_s), before);
}

// Time, words, widths

void TestSessionView::agesTickWhereTheTextChanged()
{
    m_rows->add(u"young"_s, 5s);
    PaintRecorder recorder(*m_view->viewport());
    settle(recorder);
    m_rows->clock().advance(1s);
    const QRect young = m_view->visualRect(cell(u"young"_s, Column::Age));
    QTRY_VERIFY(recorder.region().contains(young));
    QVERIFY(recorder.region().boundingRect().width() <= young.width());
}

void TestSessionView::agesOfUnchangedRowsAreLeftAlone()
{
    m_rows->add(u"young"_s, 5s);
    PaintRecorder recorder(*m_view->viewport());
    settle(recorder);
    const QRect young = m_view->visualRect(cell(u"young"_s, Column::Age));
    const QRect old = m_view->visualRect(cell(u"third"_s, Column::Age));
    // The first tick knows no earlier text.
    m_rows->clock().advance(1s);
    QTRY_VERIFY(recorder.region().contains(old));
    recorder.take();
    m_rows->clock().advance(1s);
    QTRY_VERIFY(recorder.region().contains(young));
    QVERIFY(!recorder.region().intersects(old));
}

void TestSessionView::cellsSpeak()
{
    QAccessibleInterface *table = QAccessible::queryAccessibleInterface(m_view.get());
    QVERIFY(table && table->tableInterface());
    QCOMPARE(table->text(QAccessible::Name), u"Sessions"_s);
    for (int column = 0; column < sessionColumnCount; ++column) {
        const auto *spoken = table->tableInterface()->cellAt(0, column);
        QVERIFY(spoken);
        QCOMPARE(spoken->text(QAccessible::Name),
                 m_rows->proxy().index(0, column).data(Qt::AccessibleTextRole).toString());
    }
}

void TestSessionView::columnsFollowTheWidth()
{
    m_view->resize(748, 400);
    QTRY_VERIFY(m_view->isColumnHidden(static_cast<int>(Column::Profile)));
    m_view->resize(1280, 400);
    QTRY_VERIFY(!m_view->isColumnHidden(static_cast<int>(Column::Profile)));
    QCOMPARE(m_view->header().length(), m_view->viewport()->width());
}

QTEST_MAIN(TestSessionView)
#include "tst_sessionview.moc"
