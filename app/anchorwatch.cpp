#include "app/connectionbook.h"
#include "app/connectionsfile.h"
#include "app/endpointscout.h"
#include "app/liveviews.h"
#include "app/meteredapplication.h"
#include "app/monitor.h"
#include "app/options.h"
#include "app/pollmetrics.h"
#include "app/redactedmessages.h"
#include "app/settingsfile.h"
#include "models/clock.h"
#include "models/connectionwords.h"
#include "models/redaction.h"
#include "network/secretstore.h"
#include "network/statefolders.h"
#include "ui/anchorwatchstyle.h"
#include "ui/colorscheme.h"
#include "ui/icons.h"
#include "ui/mainwindow.h"
#include "ui/theme.h"

#include <QDesktopServices>
#include <QFontDatabase>
#include <QTimer>

#include <algorithm>
#include <cstdio>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

constexpr int screenshotFailed = 1;
constexpr int badUsage = 2;
constexpr std::chrono::milliseconds settleTime{300};

void say(FILE *stream, const QString &line)
{
    std::fprintf(stream, "%s\n", qUtf8Printable(redacted(line)));
}

// The desktop's font, except where there is no desktop to choose one: Qt then falls back to
// whatever fontconfig calls Sans, and Inter, if it is there, reads better at this size.
QFont applicationFont()
{
    QFont font = QApplication::font();
    const bool isFallback = font.family().startsWith("Sans"_L1, Qt::CaseInsensitive);
    if (isFallback && QFontDatabase::hasFamily(u"Inter"_s)) {
        font = QFont(u"Inter"_s);
        font.setPixelSize(13);
    }
    return font;
}

// With an address on the command line that one alone, for this run.
QList<Connection> chosenConnections(const Options &options, ConnectionsFile &file)
{
    QList<Connection> connections;
    if (options.url) {
        Connection connection;
        connection.id = options.url->toString();
        connection.name = options.url->host();
        connection.badge = suggestedBadge(connection.name, Connection::Kind::Service);
        connection.kind = Connection::Kind::Service;
        connection.baseUrl = *options.url;
        connections.append(connection);
    } else {
        connections = file.load();
        if (!file.problem().isEmpty())
            say(stderr, u"anchorwatch: "_s + file.problem());
    }
    for (Connection &connection : connections)
        connection.pollInterval = options.interval.value_or(connection.pollInterval);
    return connections;
}

// The id of the connection with that name; nothing when there is none.
std::optional<QString> idOf(const QString &name, const QList<Connection> &connections)
{
    for (const Connection &connection : connections) {
        if (connection.name.compare(name, Qt::CaseInsensitive) == 0)
            return connection.id;
    }
    return std::nullopt;
}

QString namesOf(const QList<Connection> &connections)
{
    QStringList names;
    for (const Connection &connection : connections)
        names.append(connection.name);
    return names.join(u", "_s);
}

LocalServiceProgram localProgram()
{
    return {QCoreApplication::applicationDirPath() + "/anchorwatchd"_L1, dataFolder(),
            stateFolder() + "/anchorwatchd.log"_L1};
}

void followColorScheme(ColorScheme &scheme, ColorSchemeChoice choice)
{
    const auto apply = [&scheme, choice] {
        const bool dark = choice == ColorSchemeChoice::System
                              ? scheme.scheme() == ColorScheme::Scheme::Dark
                              : choice == ColorSchemeChoice::Dark;
        QApplication::setPalette((dark ? Theme::dark() : Theme::light()).palette());
    };
    if (choice == ColorSchemeChoice::System)
        QObject::connect(&scheme, &ColorScheme::changed, qApp, apply);
    apply();
}

// Writes the window's picture when the first list has been painted, and ends the program. With the
// details of the first session, as someone who looks at it would have it.
void takeScreenshot(MainWindow &window, Monitor &monitor, const QString &fileName)
{
    auto *settled =
        new QTimer(&window); // layouts follow a selection in later turns of the event loop
    settled->setSingleShot(true);
    settled->setInterval(settleTime);
    QObject::connect(&monitor, &Monitor::firstListApplied, &window, [&window, settled] {
        window.view().selectRow(0);
        settled->start();
    });
    QObject::connect(settled, &QTimer::timeout, &window, [&window, &monitor, fileName] {
        if (!window.grab().save(fileName)) {
            say(stderr,
                QCoreApplication::translate("main", "anchorwatch: cannot write %1").arg(fileName));
            QCoreApplication::exit(screenshotFailed); // the first to exit says the status
        }
        monitor.quit(Monitor::QuitManner::LeaveRunning);
    });
}

// What is remembered of the window is written when the program ends.
void saveAtEnd(Monitor &monitor, MainWindow &window, ConnectionBook &book, SettingsFile &file,
               const Options &options)
{
    QObject::connect(&monitor, &Monitor::readyToQuit, &window, [&] {
        Settings settings;
        settings.window = window.state();
        window.allowClosing();
        if (options.screenshotFile.isEmpty()) {
            book.save();
            if (!file.save(settings))
                say(stderr, u"anchorwatch: "_s + file.problem());
        }
        QCoreApplication::quit();
    });
}

int run(MeteredApplication &application, const Options &options)
{
    SettingsFile settingsFile(configFolder() + "/settings.json"_L1);
    const Settings settings = settingsFile.load();
    if (!settingsFile.problem().isEmpty())
        say(stderr, u"anchorwatch: "_s + settingsFile.problem());
    ConnectionsFile connectionsFile(configFolder() + "/connections.json"_L1);
    const QList<Connection> connections = chosenConnections(options, connectionsFile);
    WindowState state = settings.window;
    if (!options.connection.isEmpty()) {
        const auto id = idOf(options.connection, connections);
        if (!id) {
            say(stderr, QCoreApplication::translate(
                            "main", "anchorwatch: There is no connection \"%1\"; known are: %2")
                            .arg(options.connection, namesOf(connections)));
            return badUsage;
        }
        state.connection = *id;
    }

    const SystemClock clock;
    SessionTableModel model(clock);
    ConnectionListModel list;
    MainWindow window(model, list, clock,
                      [](const QUrl &url) { return QDesktopServices::openUrl(url); });
    Monitor monitor(localProgram(), model, list, window, clock);
    LiveViews liveViews(model, [&monitor](const SessionRow &row) {
        return monitor.cdpRequest(row.key.connectionId, row.session.cdpUrl);
    });
    window.setLiveFeedFactory([&liveViews](const SessionRow &row, LiveRole role, QObject *parent) {
        return liveViews.make(row, role, parent);
    });
    SecretStore secrets;
    // What the command line says is for this run.
    const bool isSaved = !options.url && !options.interval;
    ConnectionBook book(isSaved ? &connectionsFile : nullptr, secrets, list, monitor, window);
    const EndpointScout scout(list, window, clock);

    PollMetrics metrics(options.metricsFile, clock,
                        [&application] { return application.takeLongestTurnMs(); });
    if (!options.metricsFile.isEmpty()) {
        if (!metrics.open()) {
            say(stderr, QCoreApplication::translate("main", "anchorwatch: cannot write %1: %2")
                            .arg(options.metricsFile, metrics.errorString()));
            return badUsage;
        }
        monitor.setMetrics(&metrics);
    }
    saveAtEnd(monitor, window, book, settingsFile, options);
    if (options.quitAfter) {
        QTimer::singleShot(*options.quitAfter, &monitor,
                           [&monitor] { monitor.quit(Monitor::QuitManner::LeaveRunning); });
    }
    if (!options.screenshotFile.isEmpty())
        takeScreenshot(window, monitor, options.screenshotFile);
    book.open(connections);
    window.restore(state);
    window.show();
    monitor.start();
    return QApplication::exec();
}

// Options are read before there is a display to fail on.
ParsedOptions readOptions(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return parseOptions(arguments);
}

// Qt itself would end the program as a crash does.
bool hasDisplay()
{
    const auto names = {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"};
    return std::any_of(names.begin(), names.end(),
                       [](const char *name) { return !qEnvironmentVariableIsEmpty(name); });
}

} // namespace

int main(int argc, char **argv)
{
    redactMessages();
    QCoreApplication::setApplicationName(u"anchorwatch"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(ANCHORWATCH_VERSION));
    const ParsedOptions parsed = readOptions(argc, argv);
    if (!parsed.isRun()) {
        say(parsed.exitStatus == 0 ? stdout : stderr,
            parsed.exitStatus == 0 ? parsed.answer : u"anchorwatch: "_s + parsed.answer);
        return parsed.exitStatus;
    }
    if (!hasDisplay()) {
        if (parsed.options.screenshotFile.isEmpty()) {
            say(stderr, u"anchorwatch: There is no display to show a window on: neither "
                        "WAYLAND_DISPLAY nor DISPLAY is set."_s);
            return badUsage;
        }
        qputenv("QT_QPA_PLATFORM", "offscreen"); // a picture needs none
    }
    MeteredApplication application(argc, argv);
    ColorScheme scheme(QApplication::palette());
    QApplication::setFont(applicationFont());
    QApplication::setStyle(new AnchorwatchStyle);
    QApplication::setWindowIcon(applicationIcon());
    QGuiApplication::setApplicationDisplayName(u"Anchorwatch"_s);
    QGuiApplication::setDesktopFileName(u"anchorwatch"_s);
    QGuiApplication::setQuitOnLastWindowClosed(false);
    followColorScheme(scheme, parsed.options.colorScheme);
    return run(application, parsed.options);
}
