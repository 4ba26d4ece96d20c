#include "servicetest.h"

#include <QFile>
#include <QImage>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

// The official SDK of Anchor (npm anchorbrowser), with nothing changed but its base URL.
class TestAnchorSdk : public ServiceTest
{
    Q_OBJECT

private:
    static constexpr int longestMs = 240'000;

    static QSet<QRgb> coloursOf(const QImage &picture)
    {
        QSet<QRgb> colours;
        for (int y = 0; y < picture.height(); y += 4) {
            for (int x = 0; x < picture.width(); x += 4)
                colours.insert(picture.pixel(x, y));
        }
        return colours;
    }

private slots:
    void doesWithUsWhatItDoesWithAnchor()
    {
        const QString key = u"sk-canary-0123456789"_s;
        QTemporaryDir pictures;
        QFile keyFile(pictures.filePath(u"key"_s));
        QVERIFY(keyFile.open(QIODevice::WriteOnly));
        keyFile.write(key.toUtf8() + '\n');
        keyFile.close();
        QVERIFY(startService({u"--api-key-file"_s, keyFile.fileName()}));

        QProcess sdk;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"ANCHORBROWSER_BASE_URL"_s, service().url().toString());
        environment.insert(u"KEY"_s, key);
        environment.insert(u"PICTURES"_s, pictures.path());
        environment.insert(u"SITE"_s, site().url({}));
        sdk.setProcessEnvironment(environment);
        sdk.setWorkingDirectory(QStringLiteral(CLIENT_FOLDER));
        sdk.setProcessChannelMode(QProcess::MergedChannels);
        sdk.start(QStringLiteral(NODE),
                  {u"--test"_s, u"--test-force-exit"_s, u"anchorsdk.test.mjs"_s});
        const bool ended =
            QTest::qWaitFor([&sdk] { return sdk.state() == QProcess::NotRunning; }, longestMs);
        QVERIFY2(ended && sdk.exitCode() == 0, sdk.readAll().constData());

        const QImage plain(pictures.filePath(u"plain.png"_s));
        const QImage cards(pictures.filePath(u"cards.png"_s));
        QVERIFY2(plain.width() >= 640 && plain.height() >= 400,
                 qPrintable(u"%1x%2"_s.arg(plain.width()).arg(plain.height())));
        QCOMPARE(coloursOf(plain), QSet<QRgb>{qRgb(0x33, 0x66, 0xcc)});
        QCOMPARE(cards.size(), plain.size());
        QVERIFY(coloursOf(cards).size() > 20);

        QVERIFY(endsCleanly());
        QVERIFY(!service().log().contains(key.toUtf8()));
    }
};

QTEST_GUILESS_MAIN(TestAnchorSdk)
#include "tst_anchorsdk.moc"
