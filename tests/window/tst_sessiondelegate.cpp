#include "tests/window/samplerows.h"
#include "ui/sessiondelegate.h"
#include "ui/shapes.h"
#include "ui/theme.h"

#include <QApplication>
#include <QHeaderView>
#include <QPainter>
#include <QStyleOptionViewItem>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Column = SessionColumn;

Q_DECLARE_METATYPE(Anchorwatch::CellButton)
Q_DECLARE_METATYPE(QList<Anchorwatch::CellButton>)

class TestSessionDelegate : public QObject
{
    Q_OBJECT

    std::unique_ptr<SampleRows> m_rows;
    std::unique_ptr<QHeaderView> m_header;
    std::unique_ptr<SessionDelegate> m_delegate;

    [[nodiscard]] QModelIndex cell(Column column, int row = 0) const
    {
        return m_rows->proxy().index(row, static_cast<int>(column));
    }

    [[nodiscard]] QStyleOptionViewItem optionFor(const QModelIndex &index) const
    {
        QStyleOptionViewItem option;
        option.palette = Theme::light().palette();
        option.state = QStyle::State_Enabled | QStyle::State_Active;
        option.direction = m_header->layoutDirection();
        option.rect = {m_header->sectionViewportPosition(index.column()), 0,
                       m_header->sectionSize(index.column()), 32};
        return option;
    }

    // The cell as it is painted, on a canvas as wide as the table.
    [[nodiscard]] QImage painted(const QModelIndex &index, QStyle::State extra = {}) const
    {
        QImage image(m_header->length(), 32, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        QStyleOptionViewItem option = optionFor(index);
        option.state |= extra;
        m_delegate->paint(&painter, option, index);
        return image;
    }

    [[nodiscard]] QList<CellButton> buttonsOf(const QModelIndex &index) const
    {
        QList<CellButton> buttons;
        const auto placed = m_delegate->buttonsIn(optionFor(index), index);
        for (const PlacedButton &button : placed)
            buttons.append(button.button);
        return buttons;
    }

    void setState(const QString &id, Termination::Phase phase,
                  Termination::Profile profile = Termination::Profile::None)
    {
        Termination termination;
        termination.phase = phase;
        termination.profile = profile;
        termination.took = 2100ms;
        termination.reason = u"still listed after 10 s"_s;
        m_rows->setTermination(id, termination);
    }

    static bool contains(const QImage &image, const QColor &color, const QRect &where = {})
    {
        const QRect rect = where.isNull() ? image.rect() : where & image.rect();
        for (int y = rect.top(); y <= rect.bottom(); ++y) {
            for (int x = rect.left(); x <= rect.right(); ++x) {
                if (image.pixelColor(x, y) == color)
                    return true;
            }
        }
        return false;
    }

    static QRect changed(const QImage &before, const QImage &after)
    {
        QRect rect;
        for (int y = 0; y < before.height(); ++y) {
            for (int x = 0; x < before.width(); ++x) {
                if (before.pixel(x, y) != after.pixel(x, y))
                    rect |= QRect(x, y, 1, 1);
            }
        }
        return rect;
    }

private slots:
    void initTestCase();
    void init();

    void buttonsArePaintedWhereTheyAreHit_data();
    void buttonsArePaintedWhereTheyAreHit();
    void liveViewIsCopiedFromAWideCell();
    void anAddressThatMustNotBeOpenedCanBeCopied();
    void endedSessionsHaveNoButtons();
    void narrowCellsAreButtonsInTheMiddle();
    void theBadgeSaysWhichConnectionAndHowItIsGuarded();
    void aNoteTakesTheAddressesPlace();
    void stillRunningOffersWhatToDo();
    void aNoteRunsOverBothCells();
    void hiddenColumnsPartNothing();
    void aNoteMovesToThePageWhereUrlCellsAreNarrow();
    void anUnsavedProfileIsAWarning();
    void selectionIsTheGround();
    void staleRowsHaveNoColor();
    void mirroredForRightToLeftReaders();
};

void TestSessionDelegate::initTestCase()
{
    QFont font(u"Inter"_s);
    font.setPixelSize(13);
    QApplication::setFont(font);
}

void TestSessionDelegate::init()
{
    m_rows = std::make_unique<SampleRows>();
    m_rows->add(u"one"_s, 5min);
    m_header = std::make_unique<QHeaderView>(Qt::Horizontal);
    m_header->setModel(&m_rows->proxy());
    QList<int> widths{124, 34, 92, 239, 134, 78, 140, 116};
    for (int i = 0; i < sessionColumnCount; ++i) {
        if (columnInfo(static_cast<Column>(i)).isOptional)
            m_header->hideSection(i);
        else
            m_header->resizeSection(i, widths.takeFirst());
    }
    m_delegate = std::make_unique<SessionDelegate>(*m_header);
}

void TestSessionDelegate::theBadgeSaysWhichConnectionAndHowItIsGuarded()
{
    const Theme &theme = Theme::light();
    const QModelIndex badge = cell(Column::Connection);
    QVERIFY(!contains(painted(badge), theme.teal)); // not known
    Connection connection;
    connection.id = u"local"_s;
    connection.name = u"Anchor staging"_s;
    connection.badge = u"ST"_s;
    connection.color = Connection::Color::Teal;
    m_rows->model().setConnections({connection});
    QVERIFY(contains(painted(badge), QColor(mixed(theme.base, theme.teal, 0.13F).rgb())));
    connection.guard = Connection::Guard::Protected;
    m_rows->model().setConnections({connection});
    QVERIFY(contains(painted(badge), theme.redFill));
    // Its name only where it has room.
    const QRect own = optionFor(badge).rect;
    m_header->resizeSection(static_cast<int>(Column::Connection), 142);
    const QRect right(own.left() + 50, 0, 80, 32);
    QVERIFY(contains(painted(badge), theme.text2, right));
    // What has ended has no colour.
    setState(u"one"_s, Termination::Phase::Gone);
    QVERIFY(!contains(painted(badge), theme.redFill));
    QVERIFY(contains(painted(badge), theme.line2));
}

void TestSessionDelegate::buttonsArePaintedWhereTheyAreHit_data()
{
    QTest::addColumn<Column>("column");
    QTest::addColumn<int>("n");
    QTest::addColumn<CellButton>("button");
    QTest::newRow("copy the CDP URL") << Column::Cdp << 0 << CellButton::CopyCdp;
    QTest::newRow("DevTools") << Column::Cdp << 1 << CellButton::OpenDevTools;
    QTest::newRow("live view") << Column::LiveView << 0 << CellButton::OpenLiveView;
}

void TestSessionDelegate::buttonsArePaintedWhereTheyAreHit()
{
    QFETCH(Column, column);
    QFETCH(int, n);
    QFETCH(CellButton, button);
    const QModelIndex index = cell(column);
    const QRect rect = m_delegate->buttonRect(optionFor(index), index, n);
    QCOMPARE(m_delegate->buttonAt(optionFor(index), index, rect.center()), button);
    QCOMPARE(m_delegate->buttonAt(optionFor(index), index, rect.topLeft()), button);
    QVERIFY(m_delegate->buttonAt(optionFor(index), index, rect.topLeft() - QPoint(0, 1)) != button);

    // The pointer over it changes exactly its place.
    const QImage before = painted(index);
    PointerMarks marks;
    marks.pointed = ButtonInRow{0, button};
    m_delegate->setMarks(marks);
    QCOMPARE(changed(before, painted(index)), rect);
}

void TestSessionDelegate::liveViewIsCopiedFromAWideCell()
{
    const QModelIndex index = cell(Column::LiveView);
    QCOMPARE(buttonsOf(index), QList{CellButton::OpenLiveView});
    m_header->resizeSection(index.column(), 150);
    QCOMPARE(buttonsOf(index), (QList{CellButton::CopyLiveView, CellButton::OpenLiveView}));
}

// Fault matrix: W16
void TestSessionDelegate::anAddressThatMustNotBeOpenedCanBeCopied()
{
    Session session = sampleSession(u"one"_s);
    session.liveViewUrl = u"file:///etc/passwd"_s;
    m_rows->add(session, 5min);
    QCOMPARE(buttonsOf(cell(Column::LiveView)), QList{CellButton::CopyLiveView});
}

void TestSessionDelegate::endedSessionsHaveNoButtons()
{
    Session session = sampleSession(u"one"_s);
    session.status = SessionStatus::Kind::Stopped;
    m_rows->add(session, 5min);
    QVERIFY(buttonsOf(cell(Column::Cdp)).isEmpty());
    QVERIFY(buttonsOf(cell(Column::LiveView)).isEmpty());
}

void TestSessionDelegate::narrowCellsAreButtonsInTheMiddle()
{
    const QModelIndex index = cell(Column::Cdp);
    m_header->resizeSection(index.column(), 62);
    const auto option = optionFor(index);
    const QRect both =
        m_delegate->buttonRect(option, index, 0) | m_delegate->buttonRect(option, index, 1);
    QCOMPARE(both.left() - option.rect.left(), option.rect.right() - both.right());
}

void TestSessionDelegate::aNoteTakesTheAddressesPlace()
{
    setState(u"one"_s, Termination::Phase::Terminating);
    QVERIFY(buttonsOf(cell(Column::Cdp)).isEmpty());
    QVERIFY(buttonsOf(cell(Column::LiveView)).isEmpty());
    QVERIFY(contains(painted(cell(Column::Cdp)), Theme::light().amber));
}

void TestSessionDelegate::stillRunningOffersWhatToDo()
{
    setState(u"one"_s, Termination::Phase::StillRunning);
    QVERIFY(buttonsOf(cell(Column::Cdp)).isEmpty());
    QCOMPARE(buttonsOf(cell(Column::LiveView)), (QList{CellButton::CopyCurl, CellButton::Retry}));
    m_header->resizeSection(static_cast<int>(Column::Cdp), 62);
    m_header->resizeSection(static_cast<int>(Column::LiveView), 38);
    QCOMPARE(buttonsOf(cell(Column::Cdp)), QList{CellButton::CopyCurl});
    QCOMPARE(buttonsOf(cell(Column::LiveView)), QList{CellButton::Retry});
}

void TestSessionDelegate::aNoteRunsOverBothCells()
{
    setState(u"one"_s, Termination::Phase::Gone);
    const QColor green = Theme::light().green;
    QVERIFY(contains(painted(cell(Column::Cdp)), green));
    QVERIFY(contains(painted(cell(Column::LiveView)), green)); // its second half
    // Each cell paints inside itself only.
    const QRect own = optionFor(cell(Column::LiveView)).rect;
    QVERIFY(
        !contains(painted(cell(Column::LiveView)), green, QRect(0, 0, own.left(), own.height())));
    // Apart, the whole note stands in the first, if it has the room.
    m_header->resizeSection(static_cast<int>(Column::Cdp), 200);
    m_header->moveSection(m_header->visualIndex(static_cast<int>(Column::LiveView)), 0);
    QVERIFY(contains(painted(cell(Column::Cdp)), green));
    QVERIFY(!contains(painted(cell(Column::LiveView)), green));
}

void TestSessionDelegate::hiddenColumnsPartNothing()
{
    constexpr int hidden = static_cast<int>(Column::ProxyTraffic);
    QVERIFY(m_header->isSectionHidden(hidden));
    const QModelIndex last = cell(Column::LiveView);
    const QRect button = m_delegate->buttonRect(optionFor(last), last, 0);
    m_header->moveSection(m_header->visualIndex(hidden), m_header->count() - 1);
    QCOMPARE(m_delegate->buttonRect(optionFor(last), last, 0), button);
    m_header->moveSection(m_header->visualIndex(hidden),
                          m_header->visualIndex(static_cast<int>(Column::LiveView)));
    setState(u"one"_s, Termination::Phase::Gone);
    QVERIFY(contains(painted(cell(Column::LiveView)), Theme::light().green));
}

void TestSessionDelegate::aNoteMovesToThePageWhereUrlCellsAreNarrow()
{
    setState(u"one"_s, Termination::Phase::Gone);
    QVERIFY(!contains(painted(cell(Column::Page)), Theme::light().green));
    m_header->resizeSection(static_cast<int>(Column::Cdp), 62);
    m_header->resizeSection(static_cast<int>(Column::LiveView), 38);
    QVERIFY(contains(painted(cell(Column::Page)), Theme::light().green));
    QVERIFY(!contains(painted(cell(Column::Cdp)), Theme::light().green));
}

void TestSessionDelegate::anUnsavedProfileIsAWarning()
{
    setState(u"one"_s, Termination::Phase::Gone, Termination::Profile::NotSaved);
    const QImage image = painted(cell(Column::Cdp));
    QVERIFY(contains(image, Theme::light().amber));
    QVERIFY(!contains(image, Theme::light().green));
}

void TestSessionDelegate::selectionIsTheGround()
{
    const QModelIndex index = cell(Column::Page);
    const QPoint corner = optionFor(index).rect.topLeft();
    const Theme &theme = Theme::light();
    QCOMPARE(painted(index).pixelColor(corner), theme.base);
    QCOMPARE(painted(index, QStyle::State_Selected).pixelColor(corner), theme.selection);
    PointerMarks marks;
    marks.hoveredRow = 0;
    m_delegate->setMarks(marks);
    QCOMPARE(painted(index).pixelColor(corner), theme.hover);
    QCOMPARE(painted(index, QStyle::State_Selected).pixelColor(corner), theme.selection);
}

void TestSessionDelegate::staleRowsHaveNoColor()
{
    QVERIFY(contains(painted(cell(Column::Status)), Theme::light().green));
    m_rows->model().setStaleSince(u"local"_s, m_rows->clock().nowUtc());
    QVERIFY(!contains(painted(cell(Column::Status)), Theme::light().green));
    QVERIFY(contains(painted(cell(Column::Status)), Theme::light().text3));
    QVERIFY(!contains(painted(cell(Column::Page)), Theme::light().text));
}

void TestSessionDelegate::mirroredForRightToLeftReaders()
{
    const QModelIndex index = cell(Column::Cdp);
    const QStyleOptionViewItem option = optionFor(index);
    QStyleOptionViewItem mirrored = option;
    mirrored.direction = Qt::RightToLeft;
    const QRect plain = m_delegate->buttonRect(option, index, 0);
    const QRect turned = m_delegate->buttonRect(mirrored, index, 0);
    QCOMPARE(turned.right() - option.rect.left(), option.rect.right() - plain.left());
}

QTEST_MAIN(TestSessionDelegate)
#include "tst_sessiondelegate.moc"
