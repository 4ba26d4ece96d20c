#include "network/service/pagetracker.h"

#include "network/cdpclient.h"
#include "network/service/servicelog.h"
#include "network/service/titlewatch.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkReply>
#include <QSet>

#include <chrono>
#include <utility>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Browsers list other targets too, such as their own address bar ("browser_ui").
QJsonArray pagesOnly()
{
    return {QJsonObject{{"type"_L1, u"page"_s}}};
}

bool isActivity(const QString &method, const QJsonObject &parameters)
{
    static const QSet<QString> always{
        u"Page.navigatedWithinDocument"_s, u"Page.windowOpen"_s,
        u"Page.javascriptDialogOpening"_s, u"Page.javascriptDialogClosed"_s,
        u"Page.downloadWillBegin"_s,       u"Page.fileChooserOpened"_s};
    // Frames inside a page navigate on their own (advertisements).
    if (method == "Page.frameNavigated"_L1)
        return !parameters.value("frame"_L1).toObject().contains("parentId"_L1);
    return always.contains(method);
}

} // namespace

PageTracker::PageTracker(CdpClient &client, QNetworkAccessManager &network, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_network(network)
{
    m_lookSoon.setSingleShot(true);
    m_lookSoon.setInterval(30ms);
    connect(&m_lookSoon, &QTimer::timeout, this, &PageTracker::look);
    connect(&m_client, &CdpClient::event, this, &PageTracker::onEvent);
}

void PageTracker::start(quint16 devToolsPort)
{
    m_port = devToolsPort;
    const QStringList before = m_attached.keys();
    for (const QString &cdpSession : before)
        detach(cdpSession);
    m_client.call(u"Target.setDiscoverTargets"_s,
                  {{"discover"_L1, true}, {"filter"_L1, pagesOnly()}});
    // A new page waits for us, so that Page is enabled before its first script can open a dialog.
    CdpReply *reply = m_client.call(u"Target.setAutoAttach"_s, {{"autoAttach"_L1, true},
                                                                {"waitForDebuggerOnStart"_L1, true},
                                                                {"flatten"_L1, true},
                                                                {"filter"_L1, pagesOnly()}});
    connect(reply, &CdpReply::finished, this, [this, reply] {
        if (reply->error().isEmpty())
            emit ready();
        else
            qCWarning(serviceLog).noquote()
                << "the pages of a browser cannot be followed:" << reply->error();
    });
    look();
}

QString PageTracker::anyCdpSession() const
{
    return m_attached.isEmpty() ? QString() : m_attached.begin().key();
}

QString PageTracker::frontCdpSession() const
{
    const QString front = m_pages.isEmpty() ? QString() : m_pages.first().targetId;
    for (auto page = m_attached.begin(); page != m_attached.end(); ++page) {
        if (page.value()->targetId() == front)
            return page.key();
    }
    return anyCdpSession();
}

void PageTracker::onEvent(const QString &method, const QJsonObject &parameters,
                          const QString &cdpSession)
{
    if (method == "Target.attachedToTarget"_L1 && cdpSession.isEmpty())
        onAttached(parameters);
    else if (method == "Target.detachedFromTarget"_L1)
        detach(parameters.value("sessionId"_L1).toString());

    const bool isNewDocument = method == "Page.domContentEventFired"_L1;
    if (TitleWatch *title = m_attached.value(cdpSession); title && isNewDocument)
        title->watchDocument();
    if (method.startsWith("Target."_L1) || method == "Page.loadEventFired"_L1 || isNewDocument)
        lookSoon();
    if (isActivity(method, parameters)) {
        lookSoon();
        emit activity();
    }
}

void PageTracker::onAttached(const QJsonObject &parameters)
{
    const QString cdpSession = parameters.value("sessionId"_L1).toString();
    const QJsonObject target = parameters.value("targetInfo"_L1).toObject();
    m_client.call(u"Page.enable"_s, {}, cdpSession);
    m_client.call(u"Runtime.runIfWaitingForDebugger"_s, {}, cdpSession);
    auto *title =
        new TitleWatch(m_client, cdpSession, target.value("targetId"_L1).toString(), this);
    connect(title, &TitleWatch::titleChanged, this, &PageTracker::lookSoon);
    title->watchDocument();
    delete std::exchange(m_attached[cdpSession], title);
    emit attached(target.value("targetId"_L1).toString(), cdpSession);
}

void PageTracker::detach(const QString &cdpSession)
{
    if (!m_attached.contains(cdpSession))
        return;
    delete m_attached.take(cdpSession);
    emit detached(cdpSession);
}

void PageTracker::lookSoon()
{
    if (!m_lookSoon.isActive())
        m_lookSoon.start();
}

void PageTracker::look()
{
    if (m_looking) {
        m_lookAgain = true;
        return;
    }
    m_looking = true;
    QNetworkRequest request(QUrl(u"http://127.0.0.1:%1/json/list"_s.arg(m_port)));
    request.setTransferTimeout(3000);
    QNetworkReply *reply = m_network.get(request);
    reply->setParent(this);
    connect(reply, &QNetworkReply::finished, this, [this, reply] {
        reply->deleteLater();
        m_looking = false;
        if (reply->error() == QNetworkReply::NoError)
            onListed(reply->readAll());
        if (std::exchange(m_lookAgain, false))
            look();
        else
            emit looked();
    });
}

void PageTracker::onListed(const QByteArray &body)
{
    QList<BrowserPage> pages;
    for (const QJsonValue &value : QJsonDocument::fromJson(body).array()) {
        const QJsonObject target = value.toObject();
        if (target.value("type"_L1).toString() == "page"_L1) {
            pages.append({target.value("id"_L1).toString(), target.value("url"_L1).toString(),
                          target.value("title"_L1).toString()});
        }
    }
    if (pages == m_pages)
        return;
    m_pages = pages;
    emit activity();
    emit pagesChanged();
}

} // namespace Anchorwatch
