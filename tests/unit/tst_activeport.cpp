#include "network/devtools/activeport.h"
#include "tests/fakes/captures.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestActivePort : public QObject
{
    Q_OBJECT

private slots:
    void aRealFileIsRead()
    {
        QVERIFY(write(capture(u"chrome/DevToolsActivePort"_s)));
        QCOMPARE(readActivePort(m_folder.path()),
                 (ActivePort{40567, u"/devtools/browser/1d9d622c-6e33-467d-a4a8-beaddcad7d6a"_s}));
    }

    void whatIsNotWholeIsNothing_data()
    {
        QTest::addColumn<QByteArray>("text");
        const QByteArray path = "/devtools/browser/1d9d622c-6e33-467d-a4a8-beaddcad7d6a";
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("port alone") << QByteArray("40567\n");
        QTest::newRow("path not whole") << "40567\n" + path.chopped(3);
        QTest::newRow("port 0") << "0\n" + path;
        QTest::newRow("port too large") << "70000\n" + path;
        QTest::newRow("no port") << "x\n" + path;
        QTest::newRow("more after it") << "40567\n" + path + "\nmore";
        QTest::newRow("another host") << "40567\n//evil.example" + path;
        QTest::newRow("huge") << "40567\n" + path + QByteArray(1024 * 1024, 'a');
        QTest::newRow("bytes") << QByteArray("\0\xff\x80", 3);
    }
    void whatIsNotWholeIsNothing()
    {
        QFETCH(QByteArray, text);
        QVERIFY(write(text));
        QVERIFY(!readActivePort(m_folder.path()));
    }

    void noFileIsNothing() { QVERIFY(!readActivePort(m_folder.filePath(u"missing"_s))); }

    void aPipeIsNotOpened()
    {
        const QTemporaryDir folder;
        const QByteArray name = QFile::encodeName(folder.filePath(u"DevToolsActivePort"_s));
        QCOMPARE(::mkfifo(name.constData(), 0600), 0);
        QVERIFY(!readActivePort(folder.path()));
    }

private:
    [[nodiscard]] bool write(const QByteArray &text) const
    {
        QFile file(m_folder.filePath(u"DevToolsActivePort"_s));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestActivePort)
#include "tst_activeport.moc"
