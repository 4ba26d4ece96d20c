#include "ui/icons.h"
#include "ui/theme.h"

#include <QApplication>
#include <QDir>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

// The colours of all pixels that are drawn on fully.
QSet<QRgb> solidColors(const QPixmap &pixmap)
{
    const QImage image = pixmap.toImage().convertToFormat(QImage::Format_ARGB32);
    QSet<QRgb> colors;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (qAlpha(image.pixel(x, y)) == 255)
                colors.insert(image.pixel(x, y));
        }
    }
    return colors;
}

} // namespace

class TestIcons : public QObject
{
    Q_OBJECT

private slots:
    void init() { QApplication::setPalette(Theme::light().palette()); }

    void everyIconIsDrawnInOneColor_data();
    void everyIconIsDrawnInOneColor();
    void pixmapsAreSharpOnDenseScreens();
    void themedIconsFollowTheTheme();
    void themedIconsAreSharpOnDenseScreens();
    void disabledIconsAreQuieter();
    void foreignIconsKeepTheirColors();
};

void TestIcons::everyIconIsDrawnInOneColor_data()
{
    QTest::addColumn<QString>("name");
    const QStringList files = QDir(u":/icons"_s).entryList();
    QVERIFY(files.size() > 50);
    for (const QString &file : files) {
        if (!file.startsWith(u"app-icon"_s))
            QTest::newRow(qPrintable(file)) << file.chopped(4);
    }
}

void TestIcons::everyIconIsDrawnInOneColor()
{
    QFETCH(QString, name);
    const QColor color(0x12, 0x34, 0x56);
    QCOMPARE(solidColors(tintedPixmap(name, color, 32, 1)), QSet<QRgb>{color.rgba()});
}

void TestIcons::pixmapsAreSharpOnDenseScreens()
{
    const QPixmap pixmap = tintedPixmap(u"copy"_s, Qt::red, 16, 2);
    QCOMPARE(pixmap.size(), QSize(32, 32));
    QCOMPARE(pixmap.deviceIndependentSize(), QSizeF(16, 16));
}

void TestIcons::themedIconsFollowTheTheme()
{
    const QIcon icon = themedIcon(u"copy"_s);
    QCOMPARE(solidColors(icon.pixmap(32)), QSet<QRgb>{Theme::light().text2.rgba()});
    QApplication::setPalette(Theme::dark().palette());
    QCOMPARE(solidColors(icon.pixmap(32)), QSet<QRgb>{Theme::dark().text2.rgba()});
}

void TestIcons::themedIconsAreSharpOnDenseScreens()
{
    const QPixmap pixmap = themedIcon(u"copy"_s).pixmap(QSize(16, 16), 2.0);
    QCOMPARE(pixmap.size(), QSize(32, 32));
    QCOMPARE(pixmap.devicePixelRatio(), 2.0);
}

void TestIcons::disabledIconsAreQuieter()
{
    const QPixmap pixmap = themedIcon(u"copy"_s).pixmap(32, QIcon::Disabled);
    QCOMPARE(solidColors(pixmap), QSet<QRgb>{Theme::light().disabledText().rgba()});
}

void TestIcons::foreignIconsKeepTheirColors()
{
    QPixmap blue(16, 16);
    blue.fill(Qt::blue);
    QCOMPARE(solidColors(tintedPixmap(QIcon(blue), Qt::red, 16, 1)),
             QSet<QRgb>{QColor(Qt::blue).rgba()});
}

QTEST_MAIN(TestIcons)
#include "tst_icons.moc"
