#include "sessiondriver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 60'000;
constexpr int lookEveryMs = 50;

bool isForBrowser(const QString &method)
{
    return method.startsWith("Target."_L1) || method.startsWith("Browser."_L1)
           || method.startsWith("Storage."_L1);
}

} // namespace

QString sessionPath(const QString &id)
{
    const QString all = u"/api/browser-automation/sessions"_s;
    return id.isEmpty() ? all : all + u'/' + id;
}

SessionDriver::SessionDriver(const QUrl &service)
    : m_api(service)
{
}

QJsonObject SessionDriver::create(const QJsonObject &request)
{
    const ApiAnswer answer =
        m_api.post(sessionPath(), QJsonDocument(request).toJson(QJsonDocument::Compact));
    if (answer.status != 200)
        qWarning() << "create:" << answer.status << answer.body;
    return answer.json.value("session"_L1).toObject();
}

QString SessionDriver::createRunning(const QJsonObject &request)
{
    const QString id = create(request).value("id"_L1).toString();
    return awaitField(id, u"status"_s, u"running"_s) ? id : QString();
}

QJsonObject SessionDriver::session(const QString &id)
{
    return m_api.get(sessionPath(id)).json.value("session"_L1).toObject();
}

bool SessionDriver::awaitField(const QString &id, const QString &field, const QString &value)
{
    QElapsedTimer waited;
    waited.start();
    QJsonObject seen;
    while (!waited.hasExpired(patienceMs)) {
        seen = session(id);
        if (seen.value(field).toString() == value)
            return true;
        QTest::qWait(lookEveryMs);
    }
    qWarning() << "session never had" << field << value << "but" << seen;
    return false;
}

ApiAnswer SessionDriver::terminate(const QString &id)
{
    return m_api.remove(sessionPath(id));
}

bool SessionDriver::attach(const QString &id)
{
    if (m_attachedTo == id && m_cdp.isOpen())
        return true;
    m_cdpSession.clear();
    m_attachedTo = id;
    m_cdp.open(QUrl(session(id).value("cdpUrl"_L1).toString()));
    if (!QTest::qWaitFor([this] { return m_cdp.isOpen(); }, patienceMs))
        return false;
    const QJsonArray targets =
        command(id, u"Target.getTargets"_s).value("targetInfos"_L1).toArray();
    for (const QJsonValue &target : targets) {
        if (target["type"_L1].toString() != "page"_L1)
            continue;
        m_cdpSession = command(id, u"Target.attachToTarget"_s,
                               {{"targetId"_L1, target["targetId"_L1]}, {"flatten"_L1, true}})
                           .value("sessionId"_L1)
                           .toString();
        return !m_cdpSession.isEmpty();
    }
    return false;
}

bool SessionDriver::visit(const QString &id, const QString &url, const QString &title)
{
    post(id, u"Page.navigate"_s, {{"url"_L1, url}});
    return awaitField(id, u"title"_s, title);
}

QJsonObject SessionDriver::command(const QString &id, const QString &method,
                                   const QJsonObject &parameters)
{
    if (!attach(id))
        return {};
    CdpReply *reply =
        m_cdp.call(method, parameters, isForBrowser(method) ? QString() : m_cdpSession,
                   std::chrono::milliseconds(patienceMs));
    QSignalSpy finished(reply, &CdpReply::finished);
    QJsonObject result;
    QObject::connect(reply, &CdpReply::finished, reply, [reply, &result] {
        result = reply->result();
        if (!reply->error().isEmpty())
            qWarning() << "CDP:" << reply->error();
    });
    (void)finished.wait(patienceMs);
    return result;
}

bool SessionDriver::opensDialog(const QString &id, const QString &url)
{
    bool opened = false;
    const QMetaObject::Connection connection =
        QObject::connect(&m_cdp, &CdpClient::event, &m_cdp, [&opened](const QString &method) {
            opened = opened || method == "Page.javascriptDialogOpening"_L1;
        });
    post(id, u"Page.navigate"_s, {{"url"_L1, url}});
    const bool seen = QTest::qWaitFor([&opened] { return opened; }, patienceMs);
    QObject::disconnect(connection);
    return seen;
}

void SessionDriver::post(const QString &id, const QString &method, const QJsonObject &parameters)
{
    if (attach(id))
        m_cdp.call(method, parameters, isForBrowser(method) ? QString() : m_cdpSession);
}

} // namespace Anchorwatch
