#include "tests/window/samplerows.h"
#include "ui/sessionheader.h"
#include "ui/sessionpane.h"
#include "ui/sessionview.h"
#include "ui/theme.h"

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const EmptyContent nothing{{}, u"No sessions yet"_s, u"Start one."_s, u"Start a session"_s, {}, {}};
const EmptyContent noMatch{
    u"filter"_s, u"No session matches"_s, u"3 are hidden."_s, u"Clear filter"_s, {}, {}};

} // namespace

class TestSessionPane : public QObject
{
    Q_OBJECT

    std::unique_ptr<SampleRows> m_rows;
    std::unique_ptr<SessionPane> m_pane;

    // The button that can be seen with these words.
    [[nodiscard]] QPushButton *visibleButton(const QString &words) const
    {
        const auto buttons = m_pane->findChildren<QPushButton *>();
        for (QPushButton *button : buttons) {
            if (button->text() == words && button->isVisible())
                return button;
        }
        return nullptr;
    }

private slots:
    void init();

    void bannerStandsAboveTheRows();
    void withoutSessionsTheHeaderGoes();
    void withoutMatchesTheHeaderStays();
    void sessionsTakeThePlaceOfWords();
    void skeletonIsPaintedBeforeTheFirstList();
};

void TestSessionPane::init()
{
    QApplication::setPalette(Theme::light().palette());
    m_rows = std::make_unique<SampleRows>();
    m_pane = std::make_unique<SessionPane>(new SessionView(m_rows->proxy()));
    m_pane->resize(1064, 500);
    m_pane->show();
}

void TestSessionPane::bannerStandsAboveTheRows()
{
    QVERIFY(!m_pane->banner().isVisible());
    m_pane->setBanner(BannerContent{
        BannerContent::Tone::Problem, u"error"_s, u"It stopped."_s, {}, {u"Try now"_s}});
    QTRY_VERIFY(m_pane->view().y() >= m_pane->banner().geometry().bottom());
    QSignalSpy spy(m_pane.get(), &SessionPane::bannerActionTriggered);
    QTest::mouseClick(visibleButton(u"Try now"_s), Qt::LeftButton);
    QCOMPARE(spy.size(), 1);
    m_pane->setBanner(std::nullopt);
    QVERIFY(!m_pane->banner().isVisible());
}

void TestSessionPane::withoutSessionsTheHeaderGoes()
{
    m_pane->showEmpty(nothing);
    QVERIFY(!m_pane->view().header().isVisible());
    QSignalSpy spy(m_pane.get(), &SessionPane::emptyActionTriggered);
    QTest::mouseClick(visibleButton(u"Start a session"_s), Qt::LeftButton);
    QCOMPARE(spy.size(), 1);
}

void TestSessionPane::withoutMatchesTheHeaderStays()
{
    m_pane->showNoMatch(noMatch);
    QVERIFY(m_pane->view().header().isVisible());
    QSignalSpy spy(m_pane.get(), &SessionPane::noMatchActionTriggered);
    QTest::mouseClick(visibleButton(u"Clear filter"_s), Qt::LeftButton);
    QCOMPARE(spy.size(), 1);
}

void TestSessionPane::sessionsTakeThePlaceOfWords()
{
    m_pane->showEmpty(nothing);
    m_pane->showNoMatch(noMatch);
    m_pane->showSessions();
    QVERIFY(m_pane->view().isVisible());
    QVERIFY(!visibleButton(u"Start a session"_s));
    QVERIFY(!visibleButton(u"Clear filter"_s));
}

void TestSessionPane::skeletonIsPaintedBeforeTheFirstList()
{
    const auto isBlank = [this] {
        QWidget *rows = m_pane->view().viewport();
        const QImage image = rows->grab().toImage();
        return image.pixelColor(60, 16) == Theme::light().base;
    };
    QVERIFY(isBlank());
    m_pane->showSkeleton();
    QVERIFY(!isBlank());
    m_pane->showSessions();
    QVERIFY(isBlank());
}

QTEST_MAIN(TestSessionPane)
#include "tst_sessionpane.moc"
