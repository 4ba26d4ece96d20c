#include "app/options.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int badUsage = 2;
constexpr double longestSeconds = 24.0 * 60.0 * 60.0;

// One line for people, from an option's name and what is wrong with it.
struct Mistake
{
    QString text;
};

QString tr(const char *text)
{
    return QCoreApplication::translate("Options", text);
}

std::optional<std::chrono::milliseconds> seconds(const QCommandLineParser &parser,
                                                 const QString &name)
{
    if (!parser.isSet(name))
        return std::nullopt;
    bool isNumber = false;
    const double value = parser.value(name).toDouble(&isNumber);
    if (!isNumber || !(value > 0) || value > longestSeconds)
        throw Mistake{
            tr("--%1 takes a number of seconds, not \"%2\"").arg(name, parser.value(name))};
    return std::chrono::milliseconds(static_cast<qint64>(value * 1000.0));
}

std::optional<QUrl> serviceUrl(const QCommandLineParser &parser)
{
    if (!parser.isSet(u"url"_s))
        return std::nullopt;
    const QString text = parser.value(u"url"_s);
    const QUrl url(text, QUrl::StrictMode);
    const bool isHttp = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    if (!url.isValid() || !isHttp || url.host().isEmpty())
        throw Mistake{
            tr("--url takes an address such as http://127.0.0.1:8080, not \"%1\"").arg(text)};
    if (!url.userInfo().isEmpty())
        throw Mistake{tr("--url must not hold a user name or password: other programs can see it")};
    return url;
}

ColorSchemeChoice colorScheme(const QCommandLineParser &parser)
{
    const QString word = parser.value(u"color-scheme"_s);
    if (word == "system"_L1)
        return ColorSchemeChoice::System;
    if (word == "light"_L1)
        return ColorSchemeChoice::Light;
    if (word == "dark"_L1)
        return ColorSchemeChoice::Dark;
    throw Mistake{tr("--color-scheme takes system, light or dark, not \"%1\"").arg(word)};
}

void checkConnection(const QCommandLineParser &parser)
{
    if (parser.isSet(u"connection"_s) && parser.isSet(u"url"_s))
        throw Mistake{tr("--connection and --url name two services; use one of them")};
}

void addOptions(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"url"_s, tr("Show the sessions service at this address."), u"BASE_URL"_s},
        {u"connection"_s, tr("Show the sessions of this connection alone."), u"NAME"_s},
        {u"interval"_s, tr("Ask for the sessions every SECONDS."), u"SECONDS"_s},
        {u"screenshot"_s, tr("Write the window's picture after the first list, then quit."),
         u"FILE.png"_s},
        {u"metrics"_s, tr("Append one JSON line for each poll."), u"FILE.jsonl"_s},
        {u"quit-after"_s, tr("Quit after SECONDS; browsers keep running."), u"SECONDS"_s},
        {u"color-scheme"_s, tr("system, light or dark."), u"SCHEME"_s, u"system"_s},
        {{u"v"_s, u"version"_s}, tr("Print the version.")},
        {{u"h"_s, u"help"_s}, tr("Print this help.")},
    });
}

} // namespace

ParsedOptions parseOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(tr("Keeps an eye on live browser sessions."));
    addOptions(parser);
    if (!parser.parse(arguments))
        return {{}, parser.errorText(), badUsage};
    if (parser.isSet(u"help"_s))
        return {{}, parser.helpText().trimmed(), 0};
    if (parser.isSet(u"version"_s))
        return {{}, u"anchorwatch %1"_s.arg(QLatin1StringView(ANCHORWATCH_VERSION)), 0};
    if (!parser.positionalArguments().isEmpty())
        return {{},
                tr("Unknown argument \"%1\"").arg(parser.positionalArguments().constFirst()),
                badUsage};
    try {
        checkConnection(parser);
        Options options;
        options.url = serviceUrl(parser);
        options.connection = parser.value(u"connection"_s);
        options.interval = seconds(parser, u"interval"_s);
        options.quitAfter = seconds(parser, u"quit-after"_s);
        options.screenshotFile = parser.value(u"screenshot"_s);
        options.metricsFile = parser.value(u"metrics"_s);
        options.colorScheme = colorScheme(parser);
        return {options, {}, 0};
    } catch (const Mistake &mistake) {
        return {{}, mistake.text, badUsage};
    }
}

} // namespace Anchorwatch
