#include "app/serviceoptions.h"

#include <QCommandLineParser>
#include <QFile>
#include <QUrl>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int badUsage = 2;
const auto apiKeyVariable = u"ANCHORWATCH_API_KEY"_s;
const auto gridPasswordVariable = u"ANCHORWATCH_GRID_PASSWORD"_s;
const auto anchorKeyVariable = u"ANCHOR_API_KEY"_s;

// One line for people, from an option's name and what is wrong with it.
struct Mistake
{
    QString text;
};

int number(const QCommandLineParser &parser, const QString &name, int least, int most)
{
    bool isNumber = false;
    const int value = parser.value(name).toInt(&isNumber);
    if (!isNumber || value < least || value > most) {
        throw Mistake{
            u"--%1 takes a number from %2 to %3, not \"%4\""_s.arg(name).arg(least).arg(most).arg(
                parser.value(name))};
    }
    return value;
}

std::chrono::milliseconds seconds(const QCommandLineParser &parser, const QString &name)
{
    bool isNumber = false;
    const double value = parser.value(name).toDouble(&isNumber);
    if (!isNumber || !(value > 0) || value > 24 * 3600)
        throw Mistake{
            u"--%1 takes a number of seconds, not \"%2\""_s.arg(name, parser.value(name))};
    return std::chrono::milliseconds(static_cast<qint64>(value * 1000));
}

QHostAddress address(const QCommandLineParser &parser)
{
    const QHostAddress found(parser.value(u"listen"_s));
    if (found.isNull())
        throw Mistake{u"--listen takes an IP address, not \"%1\""_s.arg(parser.value(u"listen"_s))};
    return found;
}

// An origin as browsers write it (RFC 6454): what else is in the value would end up in a header.
QByteArrayList origins(const QCommandLineParser &parser)
{
    QByteArrayList found;
    for (const QString &text : parser.values(u"allow-embed"_s)) {
        const QUrl url(text, QUrl::StrictMode);
        const bool isWeb = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
        const QUrl origin = url.adjusted(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery
                                         | QUrl::RemoveFragment);
        if (!isWeb || url.host().isEmpty() || url != origin) {
            throw Mistake{
                u"--allow-embed takes an origin such as https://app.example.com, not \"%1\""_s.arg(
                    text)};
        }
        found.append(origin.toEncoded());
    }
    return found;
}

ServiceBackend::Kind backendKind(const QCommandLineParser &parser)
{
    const QString word = parser.value(u"backend"_s);
    if (word == "local"_L1)
        return ServiceBackend::Kind::Local;
    if (word == "anchor"_L1)
        return ServiceBackend::Kind::Anchor;
    if (word == "grid"_L1)
        return ServiceBackend::Kind::Grid;
    throw Mistake{u"--backend takes local, anchor or grid, not \"%1\""_s.arg(word)};
}

// Options that say nothing to the backend that was chosen would be passed over in silence.
void checkFits(const QCommandLineParser &parser, ServiceBackend::Kind chosen)
{
    static const QList<std::pair<ServiceBackend::Kind, QStringList>> own{
        {ServiceBackend::Kind::Local,
         {u"data-dir"_s, u"browser"_s, u"headless"_s, u"headful"_s, u"max-sessions"_s,
          u"idle-after"_s, u"minute"_s, u"keep-browsers"_s, u"allow-embed"_s, u"api-key"_s,
          u"api-key-file"_s}},
        {ServiceBackend::Kind::Anchor, {u"anchor-url"_s}},
        {ServiceBackend::Kind::Grid,
         {u"grid-url"_s, u"grid-user"_s, u"grid-browser"_s, u"grid-browser-argument"_s}}};
    static const QStringList words{u"local"_s, u"anchor"_s, u"grid"_s};
    for (const auto &[kind, options] : own) {
        for (const QString &option : options) {
            if (kind != chosen && parser.isSet(option)) {
                throw Mistake{
                    u"--%1 goes with --backend %2"_s.arg(option, words.at(static_cast<int>(kind)))};
            }
        }
    }
}

// What is wrong is not repeated: there may be a password in it.
QUrl serviceUrl(const QCommandLineParser &parser, const QString &option)
{
    const QUrl url(parser.value(option), QUrl::StrictMode);
    const bool isWeb = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    if (!url.isValid() || !isWeb || url.host().isEmpty() || !url.userInfo().isEmpty()
        || url.hasQuery() || url.hasFragment()) {
        throw Mistake{
            u"--%1 takes an address such as http://grid.example:4444, without a password"_s.arg(
                option)};
    }
    return url;
}

ServiceBackend gridBackend(const QCommandLineParser &parser, const QProcessEnvironment &environment)
{
    if (!parser.isSet(u"grid-url"_s))
        throw Mistake{u"--backend grid needs --grid-url"_s};
    ServiceBackend backend;
    backend.kind = ServiceBackend::Kind::Grid;
    backend.url = serviceUrl(parser, u"grid-url"_s);
    backend.user = parser.value(u"grid-user"_s);
    backend.secret = environment.value(gridPasswordVariable);
    if (!backend.user.isEmpty() && backend.secret.isEmpty()) {
        throw Mistake{
            u"--grid-user needs the password in the variable %1"_s.arg(gridPasswordVariable)};
    }
    backend.browser.name = parser.value(u"grid-browser"_s);
    backend.browser.arguments = parser.values(u"grid-browser-argument"_s);
    return backend;
}

ServiceBackend anchorBackend(const QCommandLineParser &parser,
                             const QProcessEnvironment &environment)
{
    ServiceBackend backend;
    backend.kind = ServiceBackend::Kind::Anchor;
    backend.url = serviceUrl(parser, u"anchor-url"_s);
    backend.secret = environment.value(anchorKeyVariable).trimmed();
    if (backend.secret.isEmpty()) {
        throw Mistake{u"--backend anchor needs the key of the account in the variable %1"_s.arg(
            anchorKeyVariable)};
    }
    return backend;
}

ServiceBackend backend(const QCommandLineParser &parser, const QProcessEnvironment &environment)
{
    const ServiceBackend::Kind kind = backendKind(parser);
    checkFits(parser, kind);
    switch (kind) {
    case ServiceBackend::Kind::Local:
        break;
    case ServiceBackend::Kind::Anchor:
        return anchorBackend(parser, environment);
    case ServiceBackend::Kind::Grid:
        return gridBackend(parser, environment);
    }
    return {};
}

// One line of text, without blanks around it: a header holds it.
QByteArray checkedKey(const QByteArray &text, const QString &source)
{
    const QByteArray key = text.trimmed();
    if (key.isEmpty() || key.contains('\n') || key.contains('\r'))
        throw Mistake{u"%1 holds no key: one line of text is expected"_s.arg(source)};
    return key;
}

QByteArray keyInFile(const QString &path)
{
    constexpr qint64 mostBytes = 4096;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        throw Mistake{u"--api-key-file: %1 cannot be read: %2"_s.arg(path, file.errorString())};
    }
    return checkedKey(file.read(mostBytes), path);
}

QByteArray apiKey(const QCommandLineParser &parser, const QProcessEnvironment &environment)
{
    const QString option = u"api-key"_s;
    const QString fileOption = u"api-key-file"_s;
    if (parser.isSet(option) && parser.isSet(fileOption))
        throw Mistake{u"--api-key and --api-key-file exclude each other"_s};
    if (parser.isSet(option))
        return checkedKey(parser.value(option).toUtf8(), u"--api-key"_s);
    if (parser.isSet(fileOption))
        return keyInFile(parser.value(fileOption));
    if (environment.contains(apiKeyVariable))
        return checkedKey(environment.value(apiKeyVariable).toUtf8(), apiKeyVariable);
    return {};
}

BrowserDisplay display(const QCommandLineParser &parser)
{
    if (parser.isSet(u"headless"_s) && parser.isSet(u"headful"_s))
        throw Mistake{u"--headless and --headful exclude each other"_s};
    return parser.isSet(u"headful"_s) ? BrowserDisplay::Headful : BrowserDisplay::Headless;
}

void addOptions(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"port"_s, u"Listen on this port; 0 takes any free one."_s, u"N"_s, u"0"_s},
        {u"listen"_s, u"Listen on this address. Whoever reaches it controls the browsers."_s,
         u"ADDRESS"_s, u"127.0.0.1"_s},
        {u"allow-host"_s, u"Answer to this host name too; may be repeated."_s, u"NAME"_s},
        {u"allow-embed"_s,
         u"Let pages of this origin show live views in a frame; may be repeated."_s, u"ORIGIN"_s},
        {u"api-key-file"_s,
         u"Ask clients of the Anchor API (/v1) for the key in this file; the variable "
         "ANCHORWATCH_API_KEY does the same. Without either, any key will do."_s,
         u"FILE"_s},
        {u"api-key"_s,
         u"Likewise, the key itself. Other users of this machine can read it in the list of "
         "processes: better use --api-key-file."_s,
         u"KEY"_s},
        {u"data-dir"_s, u"Keep profiles and session records in this folder."_s, u"DIR"_s},
        {u"backend"_s, u"Where the browsers are: local (this machine), anchor or grid."_s,
         u"KIND"_s, u"local"_s},
        {u"anchor-url"_s,
         u"The Anchor API, for --backend anchor; the key of the account is in the variable "
         "ANCHOR_API_KEY."_s,
         u"URL"_s, u"https://api.anchorbrowser.io"_s},
        {u"grid-url"_s,
         u"The Selenium Grid, for --backend grid, by an address that clients reach."_s, u"URL"_s},
        {u"grid-user"_s,
         u"Who to be for a Grid that asks; the password is in the variable "
         "ANCHORWATCH_GRID_PASSWORD."_s,
         u"NAME"_s},
        {u"grid-browser"_s, u"Start this browser in a Grid."_s, u"NAME"_s, u"chrome"_s},
        {u"grid-browser-argument"_s,
         u"Add this to the command line of that browser; may be repeated."_s, u"ARGUMENT"_s},
        {u"browser"_s, u"Use this browser instead of the first Chromium found."_s, u"PATH"_s},
        {u"headless"_s, u"Browsers without windows (the default)."_s},
        {u"headful"_s, u"Browsers with windows on this desktop."_s},
        {u"max-sessions"_s, u"Refuse more than this many sessions at once."_s, u"N"_s, u"16"_s},
        {u"idle-after"_s, u"Call a session idle after this long without activity."_s, u"SECONDS"_s,
         u"60"_s},
        {u"minute"_s, u"For trials: how long a minute of a session's time limits lasts."_s,
         u"SECONDS"_s, u"60"_s},
        {u"keep-browsers"_s, u"Leave the browsers running when the service ends."_s},
        {{u"v"_s, u"version"_s}, u"Print the version."_s},
        {{u"h"_s, u"help"_s}, u"Print this help."_s},
    });
}

ServiceOptions read(const QCommandLineParser &parser, const QProcessEnvironment &environment)
{
    ServiceOptions options;
    options.backend = backend(parser, environment);
    options.port = static_cast<quint16>(number(parser, u"port"_s, 0, 65535));
    options.address = address(parser);
    options.allowedHosts = parser.values(u"allow-host"_s);
    options.embeddingOrigins = origins(parser);
    options.dataFolder = parser.value(u"data-dir"_s);
    if (parser.isSet(u"data-dir"_s) && options.dataFolder.isEmpty())
        throw Mistake{u"--data-dir takes a folder"_s};
    options.apiKey = apiKey(parser, environment);
    if (parser.isSet(u"keep-browsers"_s))
        options.browsersAtEnd = BrowsersAtEnd::Keep;
    options.browsers.browser = parser.value(u"browser"_s);
    options.browsers.display = display(parser);
    options.browsers.idleAfter = seconds(parser, u"idle-after"_s);
    options.browsers.minute = seconds(parser, u"minute"_s);
    options.browsers.maxSessions = number(parser, u"max-sessions"_s, 1, 1000);
    return options;
}

} // namespace

ParsedServiceOptions parseServiceOptions(const QStringList &arguments,
                                         const QProcessEnvironment &environment)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Browser sessions over HTTP, on the Chromium of this machine or behind other services."_s);
    addOptions(parser);
    if (!parser.parse(arguments))
        return {{}, parser.errorText(), badUsage};
    if (parser.isSet(u"help"_s))
        return {{}, parser.helpText().trimmed(), 0};
    if (parser.isSet(u"version"_s))
        return {{}, u"anchorwatchd %1"_s.arg(QLatin1StringView(ANCHORWATCH_VERSION)), 0};
    if (!parser.positionalArguments().isEmpty()) {
        return {{},
                u"Unknown argument \"%1\""_s.arg(parser.positionalArguments().constFirst()),
                badUsage};
    }
    try {
        return {read(parser, environment), {}, 0};
    } catch (const Mistake &mistake) {
        return {{}, mistake.text, badUsage};
    }
}

} // namespace Anchorwatch
