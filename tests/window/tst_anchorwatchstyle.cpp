#include "ui/anchorwatchstyle.h"
#include "ui/controlkind.h"
#include "ui/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSpinBox>
#include <QTest>
#include <QVBoxLayout>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(Anchorwatch::ControlKind)

namespace {

QColor colorAt(QWidget &widget, const QPoint &position)
{
    return widget.grab().toImage().pixelColor(position);
}

bool contains(QWidget &widget, const QColor &color)
{
    const QImage image = widget.grab().toImage();
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y) == color)
                return true;
        }
    }
    return false;
}

} // namespace

class TestAnchorwatchStyle : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { QApplication::setPalette(Theme::light().palette()); }

    void kindsArePaintedApart_data();
    void kindsArePaintedApart();
    void aKindCanBeGivenByItsPropertyAlone();
    void controlsAreAsHighAsDesigned();
    void theyGrowWithTheFont();
    void aWrongFieldIsOutlinedInRed();
    void focusRingComesWithTheKeyboard();
    void checkBoxesShowTheFocusToo();
    void thumbReachesBothEnds();
    void whatGoesOnStandsLast();
    void everyControlPaintsInBothThemes_data();
    void everyControlPaintsInBothThemes();
};

void TestAnchorwatchStyle::initTestCase()
{
    QFont font(u"Inter"_s);
    font.setPixelSize(13);
    QApplication::setFont(font);
    QApplication::setStyle(new AnchorwatchStyle);
}

void TestAnchorwatchStyle::kindsArePaintedApart_data()
{
    const Theme &theme = Theme::light();
    QTest::addColumn<ControlKind>("kind");
    QTest::addColumn<bool>("enabled");
    QTest::addColumn<QColor>("ground");
    QTest::newRow("plain") << ControlKind::Plain << true << theme.raised;
    QTest::newRow("small") << ControlKind::Small << true << theme.raised;
    QTest::newRow("primary") << ControlKind::Primary << true << theme.fill;
    QTest::newRow("danger") << ControlKind::Danger << true << theme.redFill;
    QTest::newRow("flat") << ControlKind::Flat << true << theme.window;
    QTest::newRow("danger that cannot be pressed")
        << ControlKind::Danger << false << theme.hoverWindow;
}

void TestAnchorwatchStyle::kindsArePaintedApart()
{
    QFETCH(ControlKind, kind);
    QFETCH(bool, enabled);
    QFETCH(QColor, ground);
    QPushButton button(u"Press"_s);
    setControlKind(button, kind);
    QCOMPARE(controlKind(&button), kind);
    button.setEnabled(enabled);
    button.adjustSize();
    QCOMPARE(colorAt(button, {6, button.height() / 2}), ground);
}

void TestAnchorwatchStyle::aKindCanBeGivenByItsPropertyAlone()
{
    QPushButton button(u"Press"_s);
    button.setProperty("kind", u"danger"_s);
    QCOMPARE(controlKind(&button), ControlKind::Danger);
}

void TestAnchorwatchStyle::controlsAreAsHighAsDesigned()
{
    QPushButton small(u"Try now"_s);
    setControlKind(small, ControlKind::Small);
    QCOMPARE(QPushButton(u"Cancel"_s).sizeHint().height(), 30);
    QCOMPARE(small.sizeHint().height(), 26);
    QCOMPARE(QLineEdit().sizeHint().height(), 30);
    QCOMPARE(QComboBox().sizeHint().height(), 30);
    QCOMPARE(QSpinBox().sizeHint().height(), 30);
}

void TestAnchorwatchStyle::theyGrowWithTheFont()
{
    const QFont before = QApplication::font();
    QFont large = before;
    large.setPixelSize(26);
    QApplication::setFont(large);
    const int height = QPushButton(u"Cancel"_s).sizeHint().height();
    QApplication::setFont(before);
    QCOMPARE(height, 60);
}

void TestAnchorwatchStyle::aWrongFieldIsOutlinedInRed()
{
    QLineEdit field;
    field.adjustSize();
    QCOMPARE(colorAt(field, {field.width() / 2, 0}), Theme::light().control);
    setFieldState(field, FieldState::Wrong);
    QCOMPARE(colorAt(field, {field.width() / 2, 0}), Theme::light().red);
    QCOMPARE(colorAt(field, {field.width() / 2, 1}), Theme::light().red);
}

void TestAnchorwatchStyle::focusRingComesWithTheKeyboard()
{
    QWidget window;
    QVBoxLayout layout(&window);
    QPushButton first(u"First"_s);
    QPushButton second(u"Second"_s);
    layout.addWidget(&first);
    layout.addWidget(&second);
    window.show();
    QApplication::setActiveWindow(&window);
    QTest::mouseClick(&second, Qt::LeftButton);
    second.setFocus(Qt::MouseFocusReason);
    QTRY_VERIFY(second.hasFocus());
    QVERIFY(!contains(second, Theme::light().accent));
    QTest::keyClick(&second, Qt::Key_Tab);
    QTRY_VERIFY(first.hasFocus());
    QVERIFY(contains(first, Theme::light().accent));
}

void TestAnchorwatchStyle::checkBoxesShowTheFocusToo()
{
    QWidget window;
    QVBoxLayout layout(&window);
    QPushButton first(u"First"_s);
    QCheckBox box(u"Save the profile"_s);
    layout.addWidget(&first);
    layout.addWidget(&box);
    window.show();
    QApplication::setActiveWindow(&window);
    first.setFocus();
    QTRY_VERIFY(first.hasFocus());
    QVERIFY(!contains(box, Theme::light().accent));
    QTest::keyClick(&first, Qt::Key_Tab);
    QTRY_VERIFY(box.hasFocus());
    QVERIFY(contains(box, Theme::light().accent));
}

void TestAnchorwatchStyle::thumbReachesBothEnds()
{
    QScrollBar bar(Qt::Vertical);
    bar.setRange(0, 1000);
    bar.setPageStep(100);
    bar.resize(bar.sizeHint().width(), 300);
    QStyleOptionSlider option;
    option.initFrom(&bar);
    option.orientation = Qt::Vertical;
    option.maximum = 1000;
    option.pageStep = 100;
    const auto thumb = [&](int position) {
        option.sliderPosition = position;
        return bar.style()->subControlRect(QStyle::CC_ScrollBar, &option,
                                           QStyle::SC_ScrollBarSlider, &bar);
    };
    QCOMPARE(thumb(0).top(), 0);
    QCOMPARE(thumb(1000).bottom(), 299);
    QVERIFY(thumb(0).height() >= 32);
}

void TestAnchorwatchStyle::whatGoesOnStandsLast()
{
    QDialogButtonBox box(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    box.show();
    QTRY_VERIFY(box.button(QDialogButtonBox::Ok)->x() > box.button(QDialogButtonBox::Cancel)->x());
}

void TestAnchorwatchStyle::everyControlPaintsInBothThemes_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestAnchorwatchStyle::everyControlPaintsInBothThemes()
{
    QFETCH(bool, dark);
    const Theme &theme = dark ? Theme::dark() : Theme::light();
    QApplication::setPalette(theme.palette());
    QComboBox combo;
    combo.addItem(u"One"_s);
    combo.adjustSize();
    QSpinBox spin;
    spin.adjustSize();
    QCheckBox check(u"On"_s);
    check.setChecked(true);
    check.adjustSize();
    QVERIFY(contains(combo, theme.control));
    QVERIFY(contains(spin, theme.control));
    QVERIFY(contains(check, theme.fill));
}

QTEST_MAIN(TestAnchorwatchStyle)
#include "tst_anchorwatchstyle.moc"
