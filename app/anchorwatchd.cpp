#include "app/endsignals.h"
#include "app/redactedmessages.h"
#include "app/servicebackend.h"
#include "app/serviceoptions.h"
#include "models/connectionaddress.h"
#include "models/knownsecrets.h"
#include "models/redaction.h"
#include "network/http/httpserver.h"
#include "network/service/anchorapi.h"
#include "network/service/datafolder.h"
#include "network/service/liveviewroutes.h"
#include "network/service/localbrowserprovider.h"
#include "network/service/servicelog.h"
#include "network/service/sessionsapi.h"
#include "network/statefolders.h"
#include "network/wholefile.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>

#include <cstdio>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

constexpr int cannotRun = 2;

int refuse(const QString &reason)
{
    std::fprintf(stderr, "anchorwatchd: %s\n", qPrintable(redacted(reason)));
    return cannotRun;
}

bool isAnyAddress(const QHostAddress &address)
{
    return address == QHostAddress(QHostAddress::AnyIPv4)
           || address == QHostAddress(QHostAddress::AnyIPv6)
           || address == QHostAddress(QHostAddress::Any);
}

// How clients on this machine reach what listens on the address.
QUrl baseUrl(const QHostAddress &address, quint16 port)
{
    QUrl url;
    url.setScheme(u"http"_s);
    url.setHost(isAnyAddress(address) ? u"127.0.0.1"_s : address.toString());
    url.setPort(port);
    return url;
}

// So that the window of the same user finds the service.
void advertise(const QString &file, quint16 port)
{
    const QJsonObject self{{"pid"_L1, static_cast<qint64>(::getpid())},
                           {"port"_L1, port},
                           {"version"_L1, QLatin1StringView(ANCHORWATCH_VERSION)}};
    // A killed service may have left one; a link in its place would be followed.
    QFile::remove(file);
    const QString problem = writeWholeFile(file, QJsonDocument(self).toJson());
    if (!problem.isEmpty())
        qCWarning(serviceLog).noquote() << "cannot write" << file << problem;
}

void warn(const ServiceOptions &options)
{
    const bool isLocal = options.backend.kind == ServiceBackend::Kind::Local;
    if (!options.address.isLoopback()) {
        qCWarning(serviceLog).noquote()
            << "listening on" << options.address.toString()
            << "without authentication: whoever reaches it controls the browsers";
        if (!isLocal && isLoopback(options.backend.url))
            qCWarning(serviceLog).noquote() << "clients on other machines cannot reach what runs at"
                                            << options.backend.url.host();
    }
    if (isLocal && ::geteuid() == 0)
        qCWarning(serviceLog) << "running as root: the browsers run without their sandbox";
}

// Returns why it cannot listen, or an empty string.
QString listen(HttpServer &server, const ServiceOptions &options)
{
    for (const QString &host : options.allowedHosts)
        server.allowHost(host.toUtf8());
    if (!isAnyAddress(options.address))
        server.allowHost(
            baseUrl(options.address, 0).adjusted(QUrl::RemovePort).authority().toLatin1());
    if (server.listen(options.address, options.port))
        return {};
    return u"cannot listen on %1 port %2: %3"_s.arg(options.address.toString())
        .arg(options.port)
        .arg(server.errorString());
}

void announce(const QUrl &url)
{
    std::printf("listening on %s\n", qPrintable(url.toString()));
    std::fflush(stdout);
}

int runLocal(QCoreApplication &app, const ServiceOptions &options)
{
    DataFolder folder;
    QString problem = folder.open(options.dataFolder.isEmpty() ? dataFolder() : options.dataFolder);
    if (!problem.isEmpty())
        return refuse(problem);

    LocalBrowserProvider provider(options.browsers, folder);
    SessionsApi api(provider);
    AnchorApi anchorApi(provider, options.apiKey);
    HttpServer server;
    api.addRoutes(server);
    anchorApi.addRoutes(server);
    addLiveViewRoutes(server, provider, options.embeddingOrigins);
    problem = listen(server, options);
    if (!problem.isEmpty())
        return refuse(problem);
    const QUrl url = baseUrl(options.address, server.serverPort());
    provider.setBaseUrl(url);
    provider.restore();

    EndSignals endSignals;
    QObject::connect(&endSignals, &EndSignals::endWanted, &provider, [&provider, &options] {
        if (options.browsersAtEnd == BrowsersAtEnd::Keep)
            QCoreApplication::quit();
        else
            provider.endAll();
    });
    QObject::connect(&provider, &LocalBrowserProvider::allEnded, &app, &QCoreApplication::quit);

    const QString advertisement = folder.path() + "/service.json"_L1;
    advertise(advertisement, server.serverPort());
    announce(url);
    const int status = QCoreApplication::exec();
    QFile::remove(advertisement);
    return status;
}

// The sessions are the other service's: they go on when this one ends. The window of the same user
// does not take it for the service of this machine.
int runRemote(QCoreApplication &app, const ServiceOptions &options)
{
    QNetworkAccessManager manager;
    const MadeProvider made = makeRemoteProvider(options.backend, manager);
    if (!made.problem.isEmpty())
        return refuse(made.problem);
    SessionsApi api(*made.provider);
    HttpServer server;
    api.addRoutes(server);
    const QString problem = listen(server, options);
    if (!problem.isEmpty())
        return refuse(problem);
    EndSignals endSignals;
    QObject::connect(&endSignals, &EndSignals::endWanted, &app, &QCoreApplication::quit);
    announce(baseUrl(options.address, server.serverPort()));
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    redactMessages();
    ::umask(077);
    // Processes that a browser leaves behind become ours to bury, whatever the first process does.
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"anchorwatchd"_s);
    qSetMessagePattern(u"%{time yyyy-MM-ddThh:mm:ss.zzz} %{type} %{message}"_s);

    const ParsedServiceOptions parsed = parseServiceOptions(
        QCoreApplication::arguments(), QProcessEnvironment::systemEnvironment());
    for (const char *variable : secretVariables)
        ::qunsetenv(variable);
    if (!parsed.isRun()) {
        if (parsed.exitStatus != 0)
            return refuse(parsed.answer);
        std::printf("%s\n", qPrintable(parsed.answer));
        return 0;
    }
    hideSecret(parsed.options.backend.secret);
    hideSecret(QString::fromUtf8(parsed.options.apiKey));
    warn(parsed.options);
    if (parsed.options.backend.kind == ServiceBackend::Kind::Local)
        return runLocal(app, parsed.options);
    return runRemote(app, parsed.options);
}
