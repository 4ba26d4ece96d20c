#include "tests/fakes/playedbrowser.h"

#include <QJsonDocument>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr auto pagePath = "/devtools/page/"_L1;

QString sessionOf(const QString &page)
{
    return "session of "_L1 + page;
}

} // namespace

PlayedBrowser::PlayedBrowser()
    : m_server(u"browser"_s, QWebSocketServer::NonSecureMode)
{
    m_server.listen(QHostAddress::LocalHost);
    connect(&m_server, &QWebSocketServer::newConnection, this, &PlayedBrowser::onConnected);
}

QUrl PlayedBrowser::url() const
{
    QUrl url = m_server.serverUrl();
    url.setPath(u"/devtools/browser/b"_s);
    return url;
}

QUrl PlayedBrowser::pageUrl(const QString &page) const
{
    QUrl url = m_server.serverUrl();
    url.setPath(pagePath + page);
    return url;
}

void PlayedBrowser::onConnected()
{
    m_socket = m_server.nextPendingConnection();
    m_socket->setParent(this);
    m_handshake = m_socket->request();
    const QString path = m_socket->requestUrl().path();
    m_ownPage = path.startsWith(pagePath) ? path.sliced(pagePath.size()) : QString();
    m_isDiscovered = false;
    m_cast.clear();
    ++m_connections;
    connect(m_socket, &QWebSocket::textMessageReceived, this, &PlayedBrowser::onCommand);
    connect(m_socket, &QWebSocket::disconnected, m_socket, &QObject::deleteLater);
}

QJsonObject PlayedBrowser::infoOf(const QString &page) const
{
    return {{"targetId"_L1, page},
            {"type"_L1, u"page"_s},
            {"title"_L1, "title of "_L1 + page},
            {"url"_L1, "https://example.com/"_L1 + page}};
}

void PlayedBrowser::addPage(const QString &id)
{
    m_pages.append(id);
    if (m_isDiscovered)
        sendEvent(u"Target.targetCreated"_s, {{"targetInfo"_L1, infoOf(id)}});
}

void PlayedBrowser::addPageInSight(const QString &id)
{
    m_inSight = id;
    addPage(id);
}

void PlayedBrowser::showPage(const QString &id)
{
    const QString hidden = std::exchange(m_inSight, id);
    sendEvent(u"Page.screencastVisibilityChanged"_s, {{"visible"_L1, false}}, sessionOf(hidden));
}

void PlayedBrowser::removePage(const QString &id)
{
    m_pages.removeOne(id);
    m_cast.remove(id);
    sendEvent(u"Target.detachedFromTarget"_s, {{"sessionId"_L1, sessionOf(id)}});
    sendEvent(u"Target.targetDestroyed"_s, {{"targetId"_L1, id}});
}

void PlayedBrowser::sendEvent(const QString &method, const QJsonObject &parameters,
                              const QString &cdpSession)
{
    QJsonObject message{{"method"_L1, method}, {"params"_L1, parameters}};
    if (!cdpSession.isEmpty() && m_ownPage.isEmpty())
        message.insert("sessionId"_L1, cdpSession);
    send(message);
}

void PlayedBrowser::sendPicture(const QString &page, const QByteArray &jpeg)
{
    if (!casts(page))
        return;
    sendEvent(u"Page.screencastFrame"_s,
              {{"data"_L1, QString::fromLatin1(jpeg.toBase64())},
               {"sessionId"_L1, 1},
               {"metadata"_L1, QJsonObject{{"deviceWidth"_L1, 800}, {"deviceHeight"_L1, 600}}}},
              sessionOf(page));
}

void PlayedBrowser::hangUp()
{
    if (m_socket)
        m_socket->abort();
}

void PlayedBrowser::onCommand(const QString &text)
{
    const QJsonObject command = QJsonDocument::fromJson(text.toUtf8()).object();
    const QString method = command.value("method"_L1).toString();
    const QJsonObject parameters = command.value("params"_L1).toObject();
    QString page = m_ownPage;
    const QString cdpSession = command.value("sessionId"_L1).toString();
    for (const QString &one : std::as_const(m_pages)) {
        if (sessionOf(one) == cdpSession)
            page = one;
    }
    m_commands.append((method + u' ' + page).trimmed());
    m_parameters.insert(method, parameters);
    QJsonObject reply{{"id"_L1, command.value("id"_L1)},
                      {"result"_L1, answer(method, parameters, page)}};
    if (!cdpSession.isEmpty())
        reply.insert("sessionId"_L1, cdpSession);
    if (method == m_heldMethod)
        m_held.append(reply);
    else
        send(reply);
}

void PlayedBrowser::letAnswersGo()
{
    m_heldMethod.clear();
    for (const QJsonObject &reply : std::exchange(m_held, {}))
        send(reply);
}

QJsonObject PlayedBrowser::answer(const QString &method, const QJsonObject &parameters,
                                  const QString &page)
{
    if (method == "Target.setDiscoverTargets"_L1) {
        m_isDiscovered = true;
        QJsonObject other = infoOf(u"omnibox"_s);
        other.insert("type"_L1, u"browser_ui"_s);
        sendEvent(u"Target.targetCreated"_s, {{"targetInfo"_L1, other}});
        for (const QString &one : std::as_const(m_pages))
            sendEvent(u"Target.targetCreated"_s, {{"targetInfo"_L1, infoOf(one)}});
    } else if (method == "Target.attachToTarget"_L1) {
        return {{"sessionId"_L1, sessionOf(parameters.value("targetId"_L1).toString())}};
    } else if (method == "Runtime.evaluate"_L1) {
        const QJsonArray said{page == m_inSight ? u"visible"_s : u"hidden"_s,
                              "title of "_L1 + page};
        return {{"result"_L1, QJsonObject{{"type"_L1, u"object"_s}, {"value"_L1, said}}}};
    } else if (method == "Page.startScreencast"_L1) {
        m_cast.insert(page);
    } else if (method == "Page.stopScreencast"_L1) {
        m_cast.remove(page);
    }
    return {};
}

void PlayedBrowser::send(const QJsonObject &message)
{
    if (m_socket) {
        m_socket->sendTextMessage(
            QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact)));
    }
}

} // namespace Anchorwatch
