#include "tests/window/samplerows.h"
#include "ui/sessionheader.h"

#include <QApplication>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using Column = SessionColumn;

class TestSessionHeader : public QObject
{
    Q_OBJECT

    std::unique_ptr<SampleRows> m_rows;
    std::unique_ptr<SessionHeader> m_header;

    [[nodiscard]] int width(Column column) const
    {
        return m_header->sectionSize(static_cast<int>(column));
    }

    [[nodiscard]] bool isHidden(Column column) const
    {
        return m_header->isSectionHidden(static_cast<int>(column));
    }

    static QAction *actionOf(const QMenu &menu, const QString &text)
    {
        const auto actions = menu.actions();
        for (QAction *action : actions) {
            if (action->text() == text)
                return action;
        }
        return nullptr;
    }

private slots:
    void initTestCase();
    void init();

    void columnsFillTheRoom_data();
    void columnsFillTheRoom();
    void urlColumnsGrowWithTheRoom();
    void narrowRoomLeavesButtonsOnly();
    void aWidthOfTheUserStays();
    void noColumnGetsSmallerThanItsButtons();
    void columnsAreHiddenByTheMenu();
    void optionalColumnsWaitToBeAskedFor();
    void layoutsOfBeforeLeaveOptionalColumnsHidden();
    void sortsByTheMenu();
    void resetBringsEverythingBack();
    void layoutGoesThereAndBack();
    void anUnknownColumnIsPassedOver();
    void restoringIsNoEdit();
    void widthsGrowWithTheFont();
};

void TestSessionHeader::initTestCase()
{
    QFont font(u"Inter"_s);
    font.setPixelSize(13);
    QApplication::setFont(font);
}

void TestSessionHeader::init()
{
    m_rows = std::make_unique<SampleRows>();
    m_header = std::make_unique<SessionHeader>();
    m_header->setModel(&m_rows->proxy());
    m_header->fit(1064);
}

void TestSessionHeader::columnsFillTheRoom_data()
{
    QTest::addColumn<int>("room");
    QTest::newRow("narrow") << 748;
    QTest::newRow("a window of 1280") << 1064;
    QTest::newRow("between") << 1280;
    QTest::newRow("a window of 2200") << 1576;
}

void TestSessionHeader::columnsFillTheRoom()
{
    QFETCH(int, room);
    m_header->fit(room);
    QCOMPARE(m_header->length(), room);
}

void TestSessionHeader::urlColumnsGrowWithTheRoom()
{
    QCOMPARE(width(Column::Cdp), 140);
    QCOMPARE(width(Column::LiveView), 116);
    m_header->fit(1576);
    QCOMPARE(width(Column::Cdp), 268);
    QCOMPARE(width(Column::LiveView), 196);
    m_header->fit(1280);
    QVERIFY(width(Column::Cdp) > 140 && width(Column::Cdp) < 268);
}

void TestSessionHeader::narrowRoomLeavesButtonsOnly()
{
    m_header->fit(748);
    QVERIFY(isHidden(Column::Profile));
    QCOMPARE(width(Column::Cdp), 62);
    QCOMPARE(width(Column::LiveView), 38);
    m_header->fit(1064);
    QVERIFY(!isHidden(Column::Profile));
    QCOMPARE(width(Column::Cdp), 140);
}

void TestSessionHeader::aWidthOfTheUserStays()
{
    QSignalSpy edits(m_header.get(), &SessionHeader::layoutEdited);
    m_header->resizeSection(static_cast<int>(Column::Cdp), 200);
    QCOMPARE(edits.size(), 1);
    m_header->fit(1576);
    QCOMPARE(width(Column::Cdp), 200);
    QCOMPARE(m_header->length(), 1576);
}

void TestSessionHeader::noColumnGetsSmallerThanItsButtons()
{
    m_header->resizeSection(static_cast<int>(Column::Cdp), 40);
    QCOMPARE(width(Column::Cdp), 62);
}

void TestSessionHeader::columnsAreHiddenByTheMenu()
{
    QMenu menu;
    m_header->addColumnActions(menu);
    QVERIFY(!actionOf(menu, u"Page"_s)); // a row without it says nothing
    actionOf(menu, u"Age"_s)->trigger();
    QVERIFY(isHidden(Column::Age));
    QCOMPARE(m_header->length(), 1064);
    actionOf(menu, u"Age"_s)->trigger();
    QVERIFY(!isHidden(Column::Age));
}

void TestSessionHeader::optionalColumnsWaitToBeAskedFor()
{
    QVERIFY(isHidden(Column::Credits));
    QMenu menu;
    m_header->addColumnActions(menu);
    actionOf(menu, u"Credits"_s)->trigger();
    QVERIFY(!isHidden(Column::Credits));
    QCOMPARE(m_header->length(), 1064);

    SessionHeader other;
    other.setModel(&m_rows->proxy());
    other.setTableLayout(m_header->tableLayout());
    other.fit(1064);
    QVERIFY(!other.isSectionHidden(static_cast<int>(Column::Credits)));
    QVERIFY(other.isSectionHidden(static_cast<int>(Column::Steps)));
    other.resetColumns();
    QVERIFY(other.isSectionHidden(static_cast<int>(Column::Credits)));
}

void TestSessionHeader::layoutsOfBeforeLeaveOptionalColumnsHidden()
{
    TableLayout layout;
    layout.columns = {{u"page"_s, 0, 0, true}, {u"age"_s, 0, 1, true}};
    m_header->setTableLayout(layout);
    QVERIFY(isHidden(Column::Credits));
    QCOMPARE(m_header->length(), 1064);
}

void TestSessionHeader::sortsByTheMenu()
{
    QMenu menu;
    m_header->addColumnActions(menu);
    const QMenu *sort = actionOf(menu, u"Sort by"_s)->menu();
    actionOf(*sort, u"Page"_s)->trigger();
    QCOMPARE(m_header->sortIndicatorSection(), static_cast<int>(Column::Page));
    actionOf(*sort, u"Descending"_s)->trigger();
    QCOMPARE(m_header->sortIndicatorOrder(), Qt::DescendingOrder);
}

void TestSessionHeader::resetBringsEverythingBack()
{
    const TableLayout before = m_header->tableLayout();
    m_header->moveSection(0, 3);
    m_header->resizeSection(static_cast<int>(Column::Session), 140);
    QMenu menu;
    m_header->addColumnActions(menu);
    actionOf(menu, u"Profile"_s)->trigger();
    QVERIFY(m_header->tableLayout() != before);
    actionOf(menu, u"Reset columns"_s)->trigger();
    QCOMPARE(m_header->tableLayout(), before);
}

void TestSessionHeader::layoutGoesThereAndBack()
{
    m_header->moveSection(static_cast<int>(Column::LiveView), 1);
    m_header->resizeSection(static_cast<int>(Column::Age), 99);
    m_header->setSortIndicator(static_cast<int>(Column::Page), Qt::DescendingOrder);
    QMenu menu;
    m_header->addColumnActions(menu);
    actionOf(menu, u"Session"_s)->trigger();
    const TableLayout layout = m_header->tableLayout();

    SessionHeader other;
    other.setModel(&m_rows->proxy());
    other.setTableLayout(layout);
    other.fit(1064);
    QCOMPARE(other.tableLayout(), layout);
    QCOMPARE(other.visualIndex(static_cast<int>(Column::LiveView)), 1);
    QCOMPARE(other.sectionSize(static_cast<int>(Column::Age)), 99);
    QVERIFY(other.isSectionHidden(static_cast<int>(Column::Session)));
}

void TestSessionHeader::anUnknownColumnIsPassedOver()
{
    TableLayout layout = m_header->tableLayout();
    const TableLayout before = layout;
    layout.columns.prepend({u"leftover"_s, 300, -1, true});
    layout.sortColumn = u"leftover"_s;
    m_header->setTableLayout(layout);
    QCOMPARE(m_header->tableLayout(), before);
}

void TestSessionHeader::restoringIsNoEdit()
{
    QSignalSpy edits(m_header.get(), &SessionHeader::layoutEdited);
    TableLayout layout = m_header->tableLayout();
    layout.sortColumn = u"page"_s;
    std::swap(layout.columns[0].order, layout.columns[1].order);
    m_header->setTableLayout(layout);
    QCOMPARE(edits.size(), 0);
}

void TestSessionHeader::widthsGrowWithTheFont()
{
    QFont large = m_header->font();
    large.setPixelSize(26);
    m_header->setFont(large);
    m_header->fit(2128);
    QCOMPARE(width(Column::Cdp), 280);
}

QTEST_MAIN(TestSessionHeader)
#include "tst_sessionheader.moc"
