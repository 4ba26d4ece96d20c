#include "app/options.h"

#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_Options : public QObject
{
    Q_OBJECT

private slots:
    void nothingAskedForRunsOnThisMachine();
    void readsEveryOption();
    void readsAConnectionsName();
    void mistakeIsOneLineAndStatus2_data();
    void mistakeIsOneLineAndStatus2();
    void helpAndVersionEndWell_data();
    void helpAndVersionEndWell();
};

void tst_Options::nothingAskedForRunsOnThisMachine()
{
    const ParsedOptions parsed = parseOptions({u"anchorwatch"_s});
    QVERIFY(parsed.isRun());
    QVERIFY(!parsed.options.url);
    QVERIFY(!parsed.options.interval);
    QCOMPARE(parsed.options.colorScheme, ColorSchemeChoice::System);
}

void tst_Options::readsEveryOption()
{
    const ParsedOptions parsed =
        parseOptions({u"anchorwatch"_s, u"--url"_s, u"http://127.0.0.1:8080"_s, u"--interval"_s,
                      u"0.5"_s, u"--screenshot"_s, u"a.png"_s, u"--metrics"_s, u"m.jsonl"_s,
                      u"--quit-after"_s, u"3"_s, u"--color-scheme"_s, u"dark"_s});
    QVERIFY2(parsed.isRun(), qPrintable(parsed.answer));
    QCOMPARE(parsed.options.url.value(), QUrl(u"http://127.0.0.1:8080"_s));
    QCOMPARE(parsed.options.interval.value(), 500ms);
    QCOMPARE(parsed.options.screenshotFile, u"a.png"_s);
    QCOMPARE(parsed.options.metricsFile, u"m.jsonl"_s);
    QCOMPARE(parsed.options.quitAfter.value(), 3000ms);
    QCOMPARE(parsed.options.colorScheme, ColorSchemeChoice::Dark);
}

void tst_Options::readsAConnectionsName()
{
    const ParsedOptions parsed =
        parseOptions({u"anchorwatch"_s, u"--connection"_s, u"Anchor staging"_s});
    QVERIFY2(parsed.isRun(), qPrintable(parsed.answer));
    QCOMPARE(parsed.options.connection, u"Anchor staging"_s);
}

void tst_Options::mistakeIsOneLineAndStatus2_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("names");

    QTest::newRow("unknown option") << QStringList{u"--nope"_s} << u"nope"_s;
    QTest::newRow("loose word") << QStringList{u"word"_s} << u"word"_s;
    QTest::newRow("interval of zero") << QStringList{u"--interval"_s, u"0"_s} << u"--interval"_s;
    QTest::newRow("negative interval") << QStringList{u"--interval=-1"_s} << u"--interval"_s;
    QTest::newRow("interval that is no number")
        << QStringList{u"--interval"_s, u"soon"_s} << u"soon"_s;
    QTest::newRow("interval nan") << QStringList{u"--interval"_s, u"nan"_s} << u"nan"_s;
    QTest::newRow("value missing") << QStringList{u"--url"_s} << u"url"_s;
    QTest::newRow("url of a file") << QStringList{u"--url"_s, u"file:///etc"_s} << u"--url"_s;
    QTest::newRow("url without a scheme") << QStringList{u"--url"_s, u"localhost"_s} << u"--url"_s;
    QTest::newRow("url with a password")
        << QStringList{u"--url"_s, u"http://me:canary@host"_s} << u"--url"_s;
    QTest::newRow("two services") << QStringList{u"--connection"_s, u"Local"_s, u"--url"_s,
                                                 u"http://h"_s}
                                  << u"--url"_s;
    QTest::newRow("scheme of colours") << QStringList{u"--color-scheme"_s, u"pink"_s} << u"pink"_s;
}

void tst_Options::mistakeIsOneLineAndStatus2()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, names);

    const ParsedOptions parsed = parseOptions(QStringList{u"anchorwatch"_s} + arguments);
    QVERIFY(!parsed.isRun());
    QCOMPARE(parsed.exitStatus, 2);
    QVERIFY2(parsed.answer.contains(names), qPrintable(parsed.answer));
    QVERIFY(!parsed.answer.contains(u'\n'));
    QVERIFY(!parsed.answer.contains(u"canary"_s));
}

void tst_Options::helpAndVersionEndWell_data()
{
    QTest::addColumn<QString>("argument");
    QTest::addColumn<QString>("says");

    QTest::newRow("help") << u"--help"_s << u"--screenshot"_s;
    QTest::newRow("version") << u"--version"_s << u"anchorwatch "_s;
}

void tst_Options::helpAndVersionEndWell()
{
    QFETCH(QString, argument);
    QFETCH(QString, says);

    const ParsedOptions parsed = parseOptions({u"anchorwatch"_s, argument});
    QVERIFY(!parsed.isRun());
    QCOMPARE(parsed.exitStatus, 0);
    QVERIFY2(parsed.answer.contains(says), qPrintable(parsed.answer));
}

QTEST_GUILESS_MAIN(tst_Options)
#include "tst_options.moc"
