#include "network/live/liveframe.h"

#include <QBuffer>
#include <QImage>
#include <QImageWriter>
#include <QTest>

namespace Anchorwatch {

// Pictures as they are measured on their way to the viewers.
class TestLiveFrame : public QObject
{
    Q_OBJECT

private:
    static QByteArray jpegOf(const QImage &image, bool progressive)
    {
        QBuffer buffer;
        QImageWriter writer(&buffer, "jpeg");
        writer.setProgressiveScanWrite(progressive);
        writer.write(image);
        return buffer.data();
    }

private slots:
    void aJpegTellsItsSize_data()
    {
        QTest::addColumn<bool>("progressive");
        QTest::newRow("baseline") << false;
        QTest::newRow("progressive") << true;
    }
    void aJpegTellsItsSize()
    {
        QFETCH(bool, progressive);
        QImage image(1280, 657, QImage::Format_RGB32);
        image.fill(Qt::darkCyan);
        QCOMPARE(jpegSize(jpegOf(image, progressive)), QSize(1280, 657));
    }

    // However it is cut off, and whatever stands in its place.
    void whatIsNoWholeHeaderHasNoSize()
    {
        QImage image(64, 48, QImage::Format_RGB32);
        image.fill(Qt::white);
        const QByteArray jpeg = jpegOf(image, false);
        const qsizetype header = jpeg.indexOf("\xff\xc0");
        QVERIFY(header > 0);
        for (qsizetype length = 0; length < header + 9; ++length)
            QVERIFY(jpegSize(jpeg.first(length)).isEmpty());
        QCOMPARE(jpegSize(jpeg.first(header + 9)), QSize(64, 48));
        QVERIFY(jpegSize(QByteArray(100, '\0')).isEmpty());
        QVERIFY(jpegSize("\x89PNG\r\n\x1a\n and so on").isEmpty());
    }
};

} // namespace Anchorwatch

QTEST_GUILESS_MAIN(Anchorwatch::TestLiveFrame)
#include "tst_liveframe.moc"
