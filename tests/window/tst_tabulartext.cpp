#include "ui/tabulartext.h"

#include <QFontMetrics>
#include <QImage>
#include <QPainter>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

constexpr QSize cell(120, 32);

QFont proportional()
{
    QFont font(u"Inter"_s);
    font.setPixelSize(13);
    return font;
}

QImage drawn(const QString &text)
{
    QImage image(cell, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setFont(proportional());
    drawTabular(painter, image.rect(), text, Qt::black, Qt::red);
    return image;
}

// The columns in which anything is drawn in that colour alone.
QList<int> columnsOf(const QImage &image, auto matches)
{
    QList<int> columns;
    for (int x = 0; x < image.width(); ++x) {
        for (int y = 0; y < image.height(); ++y) {
            if (matches(image.pixelColor(x, y))) {
                columns.append(x);
                break;
            }
        }
    }
    return columns;
}

bool isRed(const QColor &color)
{
    return color.red() > 200 && color.green() < 120;
}

} // namespace

class TestTabularText : public QObject
{
    Q_OBJECT

private slots:
    void allDigitsTakeTheSameRoom_data();
    void allDigitsTakeTheSameRoom();
    void unitsStayWhereTheyAreWhileItCounts();
    void textEndsAtTheRight();
};

void TestTabularText::allDigitsTakeTheSameRoom_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("asWideAs");
    QTest::newRow("seconds") << u"1 s"_s << u"8 s"_s;
    QTest::newRow("minutes") << u"11 min"_s << u"40 min"_s;
    QTest::newRow("hours") << u"1 h 11 min"_s << u"8 h 04 min"_s;
}

void TestTabularText::allDigitsTakeTheSameRoom()
{
    QFETCH(QString, text);
    QFETCH(QString, asWideAs);
    const QFontMetrics metrics(proportional());
    // The font has to be one in which it would be otherwise.
    QVERIFY(metrics.horizontalAdvance(text) != metrics.horizontalAdvance(asWideAs));
    QCOMPARE(tabularWidth(text, metrics), tabularWidth(asWideAs, metrics));
}

void TestTabularText::unitsStayWhereTheyAreWhileItCounts()
{
    const QList<int> units = columnsOf(drawn(u"11 h 11 min"_s), isRed);
    QVERIFY(!units.isEmpty());
    QCOMPARE(columnsOf(drawn(u"48 h 40 min"_s), isRed), units);
}

void TestTabularText::textEndsAtTheRight()
{
    const QList<int> ink =
        columnsOf(drawn(u"4 s"_s), [](const QColor &color) { return color != Qt::white; });
    QVERIFY(ink.constLast() >= cell.width() - 3);
    QVERIFY(ink.constFirst()
            >= cell.width() - tabularWidth(u"4 s"_s, QFontMetrics(proportional())));
}

QTEST_MAIN(TestTabularText)
#include "tst_tabulartext.moc"
