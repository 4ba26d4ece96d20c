#include "ui/anchorwatchstyle.h"
#include "ui/banner.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using Tone = BannerContent::Tone;

namespace {

const BannerContent lost{Tone::Warning,
                         u"warning"_s,
                         u"The service cannot be reached since 14:02:09."_s,
                         u"Connection refused. Next try in 8 s."_s,
                         {u"Show log"_s, u"Try now"_s}};

} // namespace

class TestBanner : public QObject
{
    Q_OBJECT

    std::unique_ptr<Banner> m_banner;

    [[nodiscard]] QList<QPushButton *> buttons() const
    {
        return m_banner->findChildren<QPushButton *>();
    }

private slots:
    void initTestCase();
    void init();

    void saysEverythingToScreenReaders();
    void eachButtonSaysWhichItIs();
    void countingDownLeavesTheFocusedButtonAlone();
    void otherActionsReplaceTheButtons();
    void toneIsTheGround_data();
    void toneIsTheGround();
    void serverTextIsNotRichText();
    void isOneLineHigh();
};

void TestBanner::initTestCase()
{
    QApplication::setPalette(Theme::light().palette());
    QFont font(u"Inter"_s);
    font.setPixelSize(13);
    QApplication::setFont(font);
    QApplication::setStyle(new AnchorwatchStyle);
}

void TestBanner::init()
{
    m_banner = std::make_unique<Banner>();
    m_banner->resize(900, 38);
    m_banner->setContent(lost);
    m_banner->show();
}

void TestBanner::saysEverythingToScreenReaders()
{
    const auto *spoken = QAccessible::queryAccessibleInterface(m_banner.get());
    QVERIFY(spoken);
    QCOMPARE(spoken->role(), QAccessible::AlertMessage);
    QCOMPARE(spoken->text(QAccessible::Name), u"The service cannot be reached since 14:02:09. "
                                              u"Connection refused. Next try in 8 s."_s);
}

void TestBanner::eachButtonSaysWhichItIs()
{
    QSignalSpy spy(m_banner.get(), &Banner::actionTriggered);
    QTest::mouseClick(buttons().at(1), Qt::LeftButton);
    QTest::mouseClick(buttons().at(0), Qt::LeftButton);
    QCOMPARE(spy.size(), 2);
    QCOMPARE(spy.at(0).at(0).toInt(), 1);
    QCOMPARE(spy.at(1).at(0).toInt(), 0);
}

void TestBanner::countingDownLeavesTheFocusedButtonAlone()
{
    QApplication::setActiveWindow(m_banner.get());
    QPushButton *retry = buttons().at(1);
    retry->setFocus();
    QTRY_VERIFY(retry->hasFocus());
    BannerContent later = lost;
    later.text = u"Connection refused. Next try in 7 s."_s;
    m_banner->setContent(later);
    QCOMPARE(buttons().at(1), retry);
    QVERIFY(retry->hasFocus());
    QVERIFY(m_banner->accessibleName().contains(u"7 s"_s));
}

void TestBanner::otherActionsReplaceTheButtons()
{
    BannerContent other = lost;
    other.actions = {u"Got it"_s};
    m_banner->setContent(other);
    QCOMPARE(buttons().size(), 1);
    QCOMPARE(buttons().at(0)->text(), u"Got it"_s);
}

void TestBanner::toneIsTheGround_data()
{
    QTest::addColumn<Tone>("tone");
    QTest::addColumn<QColor>("ground");
    QTest::newRow("information") << Tone::Information << Theme::light().blueGround;
    QTest::newRow("warning") << Tone::Warning << Theme::light().amberGround;
    QTest::newRow("problem") << Tone::Problem << Theme::light().redGround;
}

void TestBanner::toneIsTheGround()
{
    QFETCH(Tone, tone);
    QFETCH(QColor, ground);
    BannerContent content = lost;
    content.tone = tone;
    m_banner->setContent(content);
    QCOMPARE(m_banner->grab().toImage().pixelColor(2, 2), ground);
}

// Fault matrix: W14
void TestBanner::serverTextIsNotRichText()
{
    BannerContent hostile = lost;
    hostile.text = u"<img src=x>"_s;
    m_banner->setContent(hostile);
    QVERIFY(m_banner->toolTip().contains(u"&lt;img"_s));
}

void TestBanner::isOneLineHigh()
{
    QCOMPARE(m_banner->sizeHint().height(), 38);
    QCOMPARE(buttons().at(0)->height(), 26);
}

QTEST_MAIN(TestBanner)
#include "tst_banner.moc"
