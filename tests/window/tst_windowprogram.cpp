#include "app/connectionsfile.h"
#include "app/settingsfile.h"
#include "tests/fakes/fakesessionsservice.h"
#include "tests/fakes/samplesession.h"

#include <QDir>
#include <QDirIterator>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

constexpr int longestMs = 60'000;
const QByteArray canary = "canary-0123456789abcdef-canary";

} // namespace

// The program itself, as it is started from a desktop or a terminal.
class tst_WindowProgram : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void withoutADisplayItSaysSo();
    void aPictureNeedsNoDisplay();
    void damagedFilesAreSaidAndKept();
    void twoAtOnceHarmNothing();
    void aKeyIsInNoFileNorArgument();

private:
    using Program = std::unique_ptr<QProcess>;
    enum class Display { Offscreen, None };
    [[nodiscard]] Program started(const QStringList &arguments,
                                  Display display = Display::Offscreen) const;
    [[nodiscard]] static bool hasEnded(const Program &program);
    [[nodiscard]] QString config(const QString &file) const;
    void write(const QString &file, const QByteArray &content) const;
    void writeConnections() const;

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<FakeSessionsService> m_service;
};

void tst_WindowProgram::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_service = std::make_unique<FakeSessionsService>();
    m_service->setSessions({sampleSession(u"alpha"_s)});
}

void tst_WindowProgram::cleanup()
{
    m_service.reset();
    m_home.reset();
}

tst_WindowProgram::Program tst_WindowProgram::started(const QStringList &arguments,
                                                      Display display) const
{
    auto program = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(QLatin1StringView(name));
    if (display == Display::Offscreen)
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    environment.insert(u"ANCHORWATCH_HOME"_s, m_home->path());
    environment.insert(u"AW_TEST_KEY"_s, QString::fromLatin1(canary));
    program->setProcessEnvironment(environment);
    program->start(QStringLiteral(ANCHORWATCH_PROGRAM), arguments);
    return program;
}

bool tst_WindowProgram::hasEnded(const Program &program)
{
    return QTest::qWaitFor([&] { return program->state() == QProcess::NotRunning; }, longestMs)
           && program->exitStatus() == QProcess::NormalExit;
}

QString tst_WindowProgram::config(const QString &file) const
{
    QDirIterator files(m_home->path(), {file}, QDir::Files, QDirIterator::Subdirectories);
    return files.hasNext() ? files.next() : m_home->filePath(u"config/"_s + file);
}

void tst_WindowProgram::write(const QString &name, const QByteArray &content) const
{
    const QString path = config(name);
    QVERIFY(QFileInfo(path).dir().mkpath(u"."_s));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

void tst_WindowProgram::writeConnections() const
{
    Connection plain;
    plain.id = u"plain"_s;
    plain.name = u"Plain"_s;
    plain.kind = Connection::Kind::Service;
    plain.baseUrl = m_service->url();
    Connection keyed = plain;
    keyed.id = u"keyed"_s;
    keyed.name = u"Keyed"_s;
    keyed.kind = Connection::Kind::Anchor;
    keyed.secret = {SecretReference::Store::Environment, u"AW_TEST_KEY"_s};
    ConnectionsFile file(config(u"connections.json"_s));
    QVERIFY2(file.save({plain, keyed}), qPrintable(file.problem()));
}

// Fault matrix: W30
void tst_WindowProgram::withoutADisplayItSaysSo()
{
    const Program program = started({}, Display::None);
    QVERIFY(hasEnded(program));
    QCOMPARE(program->exitCode(), 2);
    const QByteArray said = program->readAllStandardError();
    QVERIFY2(said.contains("no display"), said.constData());
    QCOMPARE(said.count('\n'), 1);
}

// Fault matrix: W30
void tst_WindowProgram::aPictureNeedsNoDisplay()
{
    const QString picture = m_home->filePath(u"picture.png"_s);
    const Program program = started(
        {u"--url"_s, m_service->url().toString(), u"--screenshot"_s, picture}, Display::None);
    QVERIFY(hasEnded(program));
    QCOMPARE(program->exitCode(), 0);
    QVERIFY(!QImage(picture).isNull());
}

// Fault matrix: W25
void tst_WindowProgram::damagedFilesAreSaidAndKept()
{
    writeConnections();
    write(u"settings.json"_s, "{\"window\": {");
    const Program program = started({u"--quit-after"_s, u"1"_s});
    QVERIFY(hasEnded(program));
    QCOMPARE(program->exitCode(), 0);
    const QByteArray said = program->readAllStandardError();
    QVERIFY2(said.contains("settings.json.damaged"), said.constData());
    QFile aside(config(u"settings.json.damaged"_s));
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), "{\"window\": {");
    QCOMPARE(ConnectionsFile(config(u"connections.json"_s)).load().size(), 2);
}

// Fault matrix: W29
void tst_WindowProgram::twoAtOnceHarmNothing()
{
    writeConnections();
    const Program first = started({u"--quit-after"_s, u"5"_s});
    const Program second = started({u"--quit-after"_s, u"5"_s});
    QVERIFY(hasEnded(first));
    QVERIFY(hasEnded(second));
    QCOMPARE(first->exitCode(), 0);
    QCOMPARE(second->exitCode(), 0);
    QVERIFY(m_service->listCount() >= 2);
    ConnectionsFile connections(config(u"connections.json"_s));
    QCOMPARE(connections.load().size(), 2);
    QCOMPARE(connections.problem(), QString());
    SettingsFile settings(config(u"settings.json"_s));
    (void)settings.load();
    QCOMPARE(settings.problem(), QString());
}

// Fault matrix: W28
void tst_WindowProgram::aKeyIsInNoFileNorArgument()
{
    writeConnections();
    Session secretive = sampleSession(u"secretive"_s);
    secretive.cdpUrl = u"wss://c.example/?apiKey="_s + QString::fromLatin1(canary);
    secretive.liveViewUrl = u"https://l.example/"_s + QString::fromLatin1(canary);
    secretive.error = QString::fromLatin1("refused " + canary);
    secretive.status = SessionStatus::Kind::Error;
    m_service->setSessions({secretive});
    const Program program =
        started({u"--quit-after"_s, u"5"_s, u"--metrics"_s, m_home->filePath(u"metrics"_s)});
    QTRY_VERIFY_WITH_TIMEOUT(m_service->listCount() > 0, longestMs);
    QFile arguments(u"/proc/%1/cmdline"_s.arg(program->processId()));
    QVERIFY(arguments.open(QIODevice::ReadOnly));
    QVERIFY(!arguments.readAll().contains(canary));
    QVERIFY(hasEnded(program));
    QVERIFY(!program->readAllStandardError().contains(canary));
    QVERIFY(!program->readAllStandardOutput().contains(canary));
    QDirIterator files(m_home->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    int seen = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains(canary), qPrintable(file.fileName()));
        ++seen;
    }
    QVERIFY(seen >= 3); // connections, settings, metrics
}

QTEST_GUILESS_MAIN(tst_WindowProgram)
#include "tst_windowprogram.moc"
