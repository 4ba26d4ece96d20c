#include "ui/pictureloader.h"

#include <QBuffer>
#include <QSignalSpy>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestPictureLoader : public QObject
{
    Q_OBJECT

private slots:
    void scalesDownToTheWidth_data();
    void scalesDownToTheWidth();
    void showsWhatWasEncoded();
    void whatIsNoPictureIsNull();
    void answersEachInTheOrderOfAsking();
    void mayBeDestroyedWhileItDecodes();
};

namespace {

QByteArray jpeg(const QSize &size, const QColor &color)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(color);
    QByteArray encoded;
    QBuffer buffer(&encoded);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "JPEG", 95);
    return encoded;
}

QImage imageOf(const QSignalSpy &spy, int n)
{
    return spy.at(n).at(1).value<QImage>();
}

} // namespace

void TestPictureLoader::scalesDownToTheWidth_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("width");
    QTest::addColumn<QSize>("expected");
    QTest::newRow("wider") << QSize(1280, 720) << 400 << QSize(400, 225);
    QTest::newRow("as wide") << QSize(400, 300) << 400 << QSize(400, 300);
    QTest::newRow("narrower stays") << QSize(390, 844) << 400 << QSize(390, 844);
    QTest::newRow("no width asked for") << QSize(1280, 720) << 0 << QSize(1280, 720);
    QTest::newRow("flat as a line") << QSize(2000, 2) << 100 << QSize(100, 1);
}

void TestPictureLoader::scalesDownToTheWidth()
{
    QFETCH(QSize, size);
    QFETCH(int, width);
    PictureLoader loader;
    QSignalSpy spy(&loader, &PictureLoader::loaded);
    const quint64 ticket = loader.load(jpeg(size, Qt::red), width);
    QTRY_COMPARE(spy.size(), 1);
    QCOMPARE(spy.at(0).at(0).toULongLong(), ticket);
    QTEST(imageOf(spy, 0).size(), "expected");
}

void TestPictureLoader::showsWhatWasEncoded()
{
    PictureLoader loader;
    QSignalSpy spy(&loader, &PictureLoader::loaded);
    loader.load(jpeg({640, 480}, QColor(10, 200, 40)), 100);
    QTRY_COMPARE(spy.size(), 1);
    const QColor shown = imageOf(spy, 0).pixelColor(50, 30);
    QVERIFY(qAbs(shown.red() - 10) < 8 && qAbs(shown.green() - 200) < 8);
}

void TestPictureLoader::whatIsNoPictureIsNull()
{
    PictureLoader loader;
    QSignalSpy spy(&loader, &PictureLoader::loaded);
    loader.load("no picture", 100);
    loader.load({}, 100);
    QTRY_COMPARE(spy.size(), 2);
    QVERIFY(imageOf(spy, 0).isNull());
    QVERIFY(imageOf(spy, 1).isNull());
}

void TestPictureLoader::answersEachInTheOrderOfAsking()
{
    PictureLoader loader;
    QSignalSpy spy(&loader, &PictureLoader::loaded);
    QList<quint64> tickets;
    for (int i = 0; i < 5; ++i)
        tickets.append(loader.load(jpeg({i % 2 ? 16 : 1600, 900}, Qt::blue), 10));
    QTRY_COMPARE(spy.size(), 5);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(spy.at(i).at(0).toULongLong(), tickets.at(i));
}

void TestPictureLoader::mayBeDestroyedWhileItDecodes()
{
    auto loader = std::make_unique<PictureLoader>();
    QSignalSpy spy(loader.get(), &PictureLoader::loaded);
    loader->load(jpeg({3000, 2000}, Qt::blue), 10);
    loader.reset();
    QCOMPARE(spy.size(), 0);
}

QTEST_MAIN(TestPictureLoader)
#include "tst_pictureloader.moc"
