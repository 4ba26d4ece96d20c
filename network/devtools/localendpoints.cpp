#include "network/devtools/localendpoints.h"

#include "network/devtools/devtoolscodec.h"
#include "network/httpexchange.h"
#include "network/rebasedurl.h"

#include <QDir>
#include <QStandardPaths>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds deadline = 5s;
constexpr qint64 mostBytes = 64 * 1024;

QUrl loopbackUrl(quint16 port)
{
    return QUrl(u"http://127.0.0.1:%1"_s.arg(port));
}

} // namespace

LocalEndpoints::LocalEndpoints(QNetworkAccessManager &manager, QObject *parent)
    : QObject(parent)
    , m_manager(manager)
{
}

QStringList LocalEndpoints::usualFolders()
{
    const QString config = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    const QString home = QDir::homePath();
    QStringList folders;
    for (const char *name :
         {"chromium", "google-chrome", "google-chrome-beta", "google-chrome-unstable",
          "microsoft-edge", "vivaldi", "BraveSoftware/Brave-Browser"})
        folders.append(config + u'/' + QLatin1StringView(name));
    for (const char *name :
         {"snap/chromium/common/chromium", ".var/app/org.chromium.Chromium/config/chromium",
          ".var/app/com.google.Chrome/config/google-chrome"})
        folders.append(home + u'/' + QLatin1StringView(name));
    return folders;
}

EndpointsReply *LocalEndpoints::find(const QStringList &profileFolders)
{
    auto *reply = new EndpointsReply(this);
    for (const QString &folder : profileFolders) {
        if (const std::optional<ActivePort> active = readActivePort(folder))
            ask(reply, folder, *active);
    }
    succeedIfDone(reply);
    return reply;
}

void LocalEndpoints::ask(EndpointsReply *reply, const QString &folder, const ActivePort &active)
{
    const LocalEndpoint candidate{loopbackUrl(active.port), {}, folder};
    const QUrl question = urlBelow(candidate.baseUrl, "/json/version");
    auto *exchange = new HttpExchange(m_manager.get(HttpExchange::request(question)),
                                      {deadline, mostBytes}, reply);
    connect(exchange, &HttpExchange::finished, reply, [reply, exchange, candidate, active] {
        const DecodedDevToolsVersion version = decodeDevToolsVersion(exchange->body());
        // Another browser may have the port by now.
        if (!exchange->fault() && version.problem.isEmpty() && version.path == active.path) {
            reply->endpoints.append(candidate);
            reply->endpoints.last().browser = version.browser;
        }
        // Later: an exchange that gives up says so from within its own network reply.
        exchange->setParent(nullptr);
        exchange->deleteLater();
        succeedIfDone(reply);
    });
}

void LocalEndpoints::succeedIfDone(EndpointsReply *reply)
{
    if (reply->findChildren<HttpExchange *>().isEmpty())
        reply->succeed();
}

} // namespace Anchorwatch
