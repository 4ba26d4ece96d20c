#include "network/live/cdppages.h"

#include <QJsonArray>

#include <algorithm>
#include <chrono>
#include <utility>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto lookDelay = 50ms;
constexpr auto askEvery = 2s;
constexpr auto patience = 3s;

// The page that a DevTools address is of; empty when it is of a whole browser.
QString pageOf(const QUrl &address)
{
    const auto mark = "/devtools/page/"_L1;
    const QString path = address.path();
    const qsizetype at = path.lastIndexOf(mark);
    return at < 0 ? QString() : path.sliced(at + mark.size());
}

} // namespace

CdpPages::CdpPages(QObject *parent)
    : BrowserPages(parent)
{
    m_lookSoon.setSingleShot(true);
    m_lookSoon.setInterval(lookDelay);
    m_askAgain.setInterval(askEvery);
    connect(&m_lookSoon, &QTimer::timeout, this, &CdpPages::look);
    connect(&m_askAgain, &QTimer::timeout, this, [this] {
        if (const Page *front = find(m_front); front && front->isAttached)
            ask(*front);
    });
    connect(&m_client, &CdpClient::opened, this, &CdpPages::begin);
    connect(&m_client, &CdpClient::closed, this, [this] {
        emit closed(); // first: whoever wants the pages back must know why they go
        forgetAll();
    });
    connect(&m_client, &CdpClient::event, this, &CdpPages::onEvent);
}

void CdpPages::open(const QNetworkRequest &address)
{
    m_only = pageOf(address.url());
    forgetAll();
    m_client.open(address);
}

void CdpPages::close()
{
    m_client.drop();
    forgetAll();
}

void CdpPages::begin()
{
    emit opened();
    m_askAgain.start();
    if (!m_only.isEmpty())
        m_client.call(u"Inspector.enable"_s); // tells of a crash
    CdpReply *reply = m_client.call(u"Target.setDiscoverTargets"_s, {{"discover"_L1, true}});
    connect(reply, &CdpReply::finished, this, [this, reply] {
        if (!reply->error().isEmpty() && m_client.isOpen())
            emit refused(reply->error());
    });
}

void CdpPages::forgetAll()
{
    m_lookSoon.stop();
    m_askAgain.stop();
    m_front.clear();
    for (const Page &page : std::exchange(m_pages, {})) {
        if (page.isAttached)
            emit pageDetached(page.cdpSession);
    }
    list();
}

void CdpPages::onEvent(const QString &method, const QJsonObject &parameters,
                       const QString &cdpSession)
{
    if (method == "Target.targetCreated"_L1 || method == "Target.targetInfoChanged"_L1)
        onTarget(parameters.value("targetInfo"_L1).toObject());
    else if (method == "Target.targetDestroyed"_L1)
        remove(parameters.value("targetId"_L1).toString());
    else if (method == "Target.detachedFromTarget"_L1 && cdpSession.isEmpty())
        detach(parameters.value("sessionId"_L1).toString());
    else if (method == "Page.screencastVisibilityChanged"_L1
             || method == "Page.domContentEventFired"_L1 || method == "Page.loadEventFired"_L1)
        m_lookSoon.start();
    else if (method == "Inspector.detached"_L1
             && parameters.value("reason"_L1).toString().startsWith("replaced"_L1))
        emit refused(tr("another client has taken the page"));
}

void CdpPages::onTarget(const QJsonObject &target)
{
    const QString id = target.value("targetId"_L1).toString();
    // There are others than pages, such as a browser's own address bar ("browser_ui").
    if (id.isEmpty() || target.value("type"_L1).toString() != "page"_L1
        || (!m_only.isEmpty() && id != m_only))
        return;
    BrowserPage now{id, target.value("url"_L1).toString(), target.value("title"_L1).toString()};
    if (Page *page = find(id)) {
        if (now.url != page->shown.url)
            page->title.clear();
        if (!page->title.isEmpty())
            now.title = page->title;
        page->shown = now;
        list();
        return;
    }
    m_pages.append({now, {}, {}, false, false});
    if (m_only.isEmpty())
        attach(id);
    else
        take(id, {}); // the connection itself is its session
}

void CdpPages::attach(const QString &targetId)
{
    CdpReply *reply = m_client.call(u"Target.attachToTarget"_s,
                                    {{"targetId"_L1, targetId}, {"flatten"_L1, true}});
    connect(reply, &CdpReply::finished, this, [this, reply, targetId] {
        const QString cdpSession = reply->result().value("sessionId"_L1).toString();
        if (!cdpSession.isEmpty())
            take(targetId, cdpSession);
        // One that has gone meanwhile is no reason to give up on the others.
        else if (m_client.isOpen() && m_pages.size() == 1 && find(targetId))
            emit refused(reply->error());
    });
}

void CdpPages::take(const QString &targetId, const QString &cdpSession)
{
    Page *page = find(targetId);
    if (!page)
        return;
    page->cdpSession = cdpSession;
    page->isAttached = true;
    m_client.call(u"Page.enable"_s, {}, cdpSession);
    emit pageAttached(targetId, cdpSession);
    list();
    m_lookSoon.start(); // a new page may hide the others
}

void CdpPages::detach(const QString &cdpSession)
{
    const auto page = std::ranges::find_if(
        m_pages, [&](const Page &one) { return one.isAttached && one.cdpSession == cdpSession; });
    if (page == m_pages.end())
        return;
    page->isAttached = false;
    page->isInSight = false;
    emit pageDetached(cdpSession);
    m_lookSoon.start();
}

void CdpPages::remove(const QString &targetId)
{
    Page *page = find(targetId);
    if (!page)
        return;
    if (page->isAttached)
        detach(page->cdpSession);
    m_pages.removeIf([&](const Page &one) { return one.shown.targetId == targetId; });
    list();
    m_lookSoon.start();
}

void CdpPages::look()
{
    for (const Page &page : std::as_const(m_pages)) {
        if (page.isAttached)
            ask(page);
    }
}

void CdpPages::ask(const Page &page)
{
    CdpReply *reply =
        m_client.call(u"Runtime.evaluate"_s,
                      {{"expression"_L1, u"[document.visibilityState, document.title]"_s},
                       {"returnByValue"_L1, true}},
                      page.cdpSession, patience);
    connect(reply, &CdpReply::finished, this, [this, reply, id = page.shown.targetId] {
        const QJsonObject result = reply->result().value("result"_L1).toObject();
        const QJsonArray said = result.value("value"_L1).toArray();
        // One that is blocked, by a dialog perhaps, stays what it was.
        if (!said.isEmpty())
            note(id, said.at(0).toString() == "visible"_L1, said.at(1).toString());
    });
}

void CdpPages::note(const QString &targetId, bool isInSight, const QString &title)
{
    Page *page = find(targetId);
    if (!page)
        return;
    page->title = title;
    if (!title.isEmpty())
        page->shown.title = title;
    // The last that came into sight is the one that somebody turned to.
    if (std::exchange(page->isInSight, isInSight) != isInSight && isInSight)
        m_front = targetId;
    list();
}

// The one in front stays so until it is out of sight and another is not.
void CdpPages::chooseFront()
{
    const Page *front = find(m_front);
    if (m_pages.isEmpty() || (front && front->isInSight))
        return;
    const auto inSight = std::ranges::find_if(m_pages.rbegin(), m_pages.rend(), &Page::isInSight);
    if (inSight != m_pages.rend())
        m_front = inSight->shown.targetId;
    else if (!front)
        m_front = m_pages.constLast().shown.targetId;
}

void CdpPages::list()
{
    chooseFront();
    QList<BrowserPage> listed;
    for (const Page &page : std::as_const(m_pages))
        listed.append(page.shown);
    const auto front = std::ranges::find(listed, m_front, &BrowserPage::targetId);
    if (front != listed.end())
        std::rotate(listed.begin(), front, front + 1);
    if (listed == m_listed)
        return;
    m_listed = listed;
    emit pagesListed();
}

CdpPages::Page *CdpPages::find(const QString &targetId)
{
    const auto page = std::ranges::find_if(
        m_pages, [&](const Page &one) { return one.shown.targetId == targetId; });
    return page == m_pages.end() ? nullptr : &*page;
}

void CdpPages::showPage(const QString &targetId)
{
    CdpReply *reply = m_client.call(u"Target.activateTarget"_s, {{"targetId"_L1, targetId}});
    connect(reply, &CdpReply::finished, this, &CdpPages::look);
}

void CdpPages::closePage(const QString &targetId)
{
    m_client.call(u"Target.closeTarget"_s, {{"targetId"_L1, targetId}});
}

CdpReply *CdpPages::openPage()
{
    return m_client.call(u"Target.createTarget"_s, {{"url"_L1, u"about:blank"_s}});
}

QString CdpPages::tabRefusal() const
{
    return m_only.isEmpty() ? QString() : tr("This address is of one page only.");
}

} // namespace Anchorwatch
