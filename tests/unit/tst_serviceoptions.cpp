#include "app/serviceoptions.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestServiceOptions : public QObject
{
    Q_OBJECT

private slots:
    void nothingAskedForListensOnLoopback();
    void takesAKeyFrom_data();
    void takesAKeyFrom();
    void anOptionOverridesTheEnvironment();
    void standsBeforeAGrid();
    void standsBeforeAnAccount();
    void mistakeIsOneLineAndStatus2_data();
    void mistakeIsOneLineAndStatus2();
    void helpWarnsOfTheKeyInTheArguments();

private:
    static ParsedServiceOptions parse(const QStringList &arguments,
                                      const QProcessEnvironment &environment = {});
    // A file of that content; its path.
    QString file(const QByteArray &content);

    QTemporaryDir m_folder;
};

ParsedServiceOptions TestServiceOptions::parse(const QStringList &arguments,
                                               const QProcessEnvironment &environment)
{
    return parseServiceOptions(QStringList{u"anchorwatchd"_s} + arguments, environment);
}

QString TestServiceOptions::file(const QByteArray &content)
{
    QFile file(m_folder.filePath(u"key"_s));
    if (file.open(QIODevice::WriteOnly))
        file.write(content);
    return file.fileName();
}

// Fault matrix: D10
void TestServiceOptions::nothingAskedForListensOnLoopback()
{
    const ParsedServiceOptions parsed = parse({});
    QVERIFY2(parsed.isRun(), qPrintable(parsed.answer));
    QVERIFY(parsed.options.address.isLoopback());
    QVERIFY(parsed.options.apiKey.isEmpty());
    QVERIFY(parsed.options.backend.kind == ServiceBackend::Kind::Local);
    QCOMPARE(parsed.options.browsers.maxSessions, 16);
}

void TestServiceOptions::takesAKeyFrom_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("variable");
    QTest::newRow("the file") << QStringList{u"--api-key-file"_s, file(" sk-canary\n")}
                              << QString();
    QTest::newRow("the option") << QStringList{u"--api-key"_s, u"sk-canary"_s} << QString();
    QTest::newRow("the environment") << QStringList{} << u"sk-canary"_s;
}

void TestServiceOptions::takesAKeyFrom()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, variable);
    QProcessEnvironment environment;
    if (!variable.isEmpty())
        environment.insert(u"ANCHORWATCH_API_KEY"_s, variable);
    const ParsedServiceOptions parsed = parse(arguments, environment);
    QVERIFY2(parsed.isRun(), qPrintable(parsed.answer));
    QCOMPARE(parsed.options.apiKey, QByteArray("sk-canary"));
}

void TestServiceOptions::anOptionOverridesTheEnvironment()
{
    QProcessEnvironment environment;
    environment.insert(u"ANCHORWATCH_API_KEY"_s, u"sk-old"_s);
    QCOMPARE(parse({u"--api-key"_s, u"sk-new"_s}, environment).options.apiKey,
             QByteArray("sk-new"));
}

void TestServiceOptions::standsBeforeAGrid()
{
    QProcessEnvironment environment;
    environment.insert(u"ANCHORWATCH_GRID_PASSWORD"_s, u"canary"_s);
    const ParsedServiceOptions parsed =
        parse({u"--backend"_s, u"grid"_s, u"--grid-url"_s, u"https://grid.example/wd"_s,
               u"--grid-user"_s, u"me"_s, u"--grid-browser"_s, u"firefox"_s,
               u"--grid-browser-argument=-headless"_s, u"--grid-browser-argument=-x"_s},
              environment);
    QVERIFY2(parsed.isRun(), qPrintable(parsed.answer));
    const ServiceBackend &backend = parsed.options.backend;
    QVERIFY(backend.kind == ServiceBackend::Kind::Grid);
    QCOMPARE(backend.url, QUrl(u"https://grid.example/wd"_s));
    QCOMPARE(backend.user, u"me"_s);
    QCOMPARE(backend.secret, u"canary"_s);
    QCOMPARE(backend.browser.name, u"firefox"_s);
    QCOMPARE(backend.browser.arguments, (QStringList{u"-headless"_s, u"-x"_s}));
}

void TestServiceOptions::standsBeforeAnAccount()
{
    QProcessEnvironment environment;
    environment.insert(u"ANCHOR_API_KEY"_s, u"sk-canary"_s);
    const ParsedServiceOptions parsed = parse({u"--backend"_s, u"anchor"_s}, environment);
    QVERIFY2(parsed.isRun(), qPrintable(parsed.answer));
    QVERIFY(parsed.options.backend.kind == ServiceBackend::Kind::Anchor);
    QCOMPARE(parsed.options.backend.url, QUrl(u"https://api.anchorbrowser.io"_s));
    QCOMPARE(parsed.options.backend.secret, u"sk-canary"_s);
}

void TestServiceOptions::mistakeIsOneLineAndStatus2_data()
{
    const QStringList grid{u"--backend"_s, u"grid"_s};
    const QStringList gridAt = grid + QStringList{u"--grid-url"_s, u"http://h:4444"_s};
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("names");
    QTest::newRow("unknown option") << QStringList{u"--nope"_s} << u"nope"_s;
    QTest::newRow("loose word") << QStringList{u"word"_s} << u"word"_s;
    QTest::newRow("port") << QStringList{u"--port"_s, u"70000"_s} << u"--port"_s;
    QTest::newRow("unknown backend") << QStringList{u"--backend"_s, u"moon"_s} << u"moon"_s;
    QTest::newRow("Grid nowhere") << grid << u"--grid-url"_s;
    QTest::newRow("Grid in a file")
        << grid + QStringList{u"--grid-url"_s, u"file:///x"_s} << u"--grid-url"_s;
    QTest::newRow("Grid without a scheme")
        << grid + QStringList{u"--grid-url"_s, u"h:4444"_s} << u"--grid-url"_s;
    QTest::newRow("Grid with a password")
        << grid + QStringList{u"--grid-url"_s, u"http://me:canary@h"_s} << u"--grid-url"_s;
    QTest::newRow("user without a password")
        << gridAt + QStringList{u"--grid-user"_s, u"me"_s} << u"ANCHORWATCH_GRID_PASSWORD"_s;
    QTest::newRow("Grid of this machine")
        << QStringList{u"--grid-url"_s, u"http://h:4444"_s} << u"--backend grid"_s;
    QTest::newRow("Grid with profiles")
        << gridAt + QStringList{u"--data-dir"_s, u"/d"_s} << u"--data-dir"_s;
    QTest::newRow("Grid with windows") << gridAt + QStringList{u"--headful"_s} << u"--headful"_s;
    QTest::newRow("Grid with a key")
        << gridAt + QStringList{u"--api-key"_s, u"canary"_s} << u"--api-key"_s;
    QTest::newRow("Grid and Anchor")
        << gridAt + QStringList{u"--anchor-url"_s, u"https://a"_s} << u"--anchor-url"_s;
    QTest::newRow("account without a key")
        << QStringList{u"--backend"_s, u"anchor"_s} << u"ANCHOR_API_KEY"_s;
    QTest::newRow("empty key") << QStringList{u"--api-key"_s, u" "_s} << u"--api-key"_s;
    QTest::newRow("key of two lines")
        << QStringList{u"--api-key"_s, u"canary\ncanary"_s} << u"--api-key"_s;
    QTest::newRow("no such file") << QStringList{u"--api-key-file"_s, u"/nowhere/key"_s}
                                  << u"/nowhere/key"_s;
    QTest::newRow("empty file") << QStringList{u"--api-key-file"_s, u"/dev/null"_s}
                                << u"/dev/null"_s;
    QTest::newRow("two keys") << QStringList{u"--api-key"_s, u"canary"_s, u"--api-key-file"_s,
                                             u"/dev/null"_s}
                              << u"--api-key-file"_s;
}

void TestServiceOptions::mistakeIsOneLineAndStatus2()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, names);
    const ParsedServiceOptions parsed = parse(arguments);
    QVERIFY(!parsed.isRun());
    QCOMPARE(parsed.exitStatus, 2);
    QVERIFY2(parsed.answer.contains(names), qPrintable(parsed.answer));
    QVERIFY(!parsed.answer.contains(u'\n'));
    QVERIFY(!parsed.answer.contains("canary"_L1));
}

void TestServiceOptions::helpWarnsOfTheKeyInTheArguments()
{
    const ParsedServiceOptions parsed = parse({u"--help"_s});
    QCOMPARE(parsed.exitStatus, 0);
    const QString help = parsed.answer.simplified();
    QVERIFY(help.contains("Other users of this machine can read it"_L1));
    QVERIFY(help.contains("ANCHORWATCH_API_KEY"_L1));
}

QTEST_GUILESS_MAIN(TestServiceOptions)
#include "tst_serviceoptions.moc"
