#include "network/live/livestream.h"

#include "network/cdpclient.h"
#include "network/live/browserpages.h"
#include "network/live/livemessages.h"
#include "network/live/viewerline.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto heartbeat = 5s;
constexpr auto expectedWithin = 2s;

} // namespace

LiveStream::LiveStream(const QString &sessionId, const QDateTime &createdAt,
                       const QString &uploadFolder, QObject *parent)
    : QObject(parent)
    , m_sessionId(sessionId)
    , m_createdAt(createdAt)
    , m_uploadFolder(uploadFolder)
{
    connect(&m_heartbeat, &QTimer::timeout, this, &LiveStream::beat);
    m_expected.setSingleShot(true);
    connect(&m_expected, &QTimer::timeout, this, &LiveStream::updateDemand);
}

LiveStream::~LiveStream()
{
    detach();
}

// --- the browser

void LiveStream::attach(BrowserPages &browser)
{
    detach();
    m_browser = &browser;
    connect(&browser.client(), &CdpClient::event, this, &LiveStream::onEvent);
    connect(&browser, &BrowserPages::pageAttached, this, &LiveStream::addPage);
    connect(&browser, &BrowserPages::pageDetached, this, &LiveStream::removePage);
    connect(&browser, &BrowserPages::pagesListed, this, &LiveStream::onPagesListed);
}

void LiveStream::detach()
{
    if (m_browser) {
        m_browser->client().disconnect(this);
        m_browser->disconnect(this);
    }
    m_browser.clear();
    qDeleteAll(std::exchange(m_pages, {}));
    m_order.clear();
    showPages();
}

void LiveStream::end(const QString &reason)
{
    if (m_ended.kind == LiveState::Kind::Ended)
        return;
    m_ended = {LiveState::Kind::Ended, reason, QDateTime::currentDateTimeUtc()};
    for (LiveViewer *viewer : std::as_const(m_viewers))
        viewer->end(stateMessage(m_ended));
}

void LiveStream::addPage(const QString &targetId, const QString &cdpSession)
{
    int &number = m_numbers[targetId];
    if (number == 0)
        number = static_cast<int>(m_numbers.size());
    auto *page =
        new WatchedPage(m_browser->client(), cdpSession, targetId, number, m_uploadFolder, this);
    delete std::exchange(m_pages[cdpSession], page);
    connectPage(page);
    page->setControlled(m_inControl != nullptr);
    onPagesListed();
}

void LiveStream::removePage(const QString &cdpSession)
{
    WatchedPage *page = m_pages.take(cdpSession);
    if (!page)
        return;
    m_order.removeOne(page->number());
    page->deleteLater();
    showPages();
}

void LiveStream::connectPage(WatchedPage *page)
{
    connect(&page->capture(), &PageCapture::frameCame, this, [this, page] {
        for (LiveViewer *viewer : std::as_const(m_viewers)) {
            if (viewer->shownTab() == page->number())
                viewer->offer(*page->capture().latest());
        }
    });
    connect(page, &WatchedPage::stateChanged, this, [this, page] { sendState(page); });
    connect(page, &WatchedPage::infoChanged, this,
            [this, page] { sendTo(page, pageMessage(page->info())); });
    connect(page, &WatchedPage::dialogOpened, this,
            [this, page](const LiveDialog &dialog) { sendTo(page, dialogMessage(dialog)); });
    connect(page, &WatchedPage::dialogClosed, this,
            [this, page](const QString &id, bool answeredHere) {
                for (LiveViewer *viewer : std::as_const(m_viewers)) {
                    if (viewer->shownTab() != page->number())
                        continue;
                    const QString by = viewer == m_inControl ? u"you"_s : u"viewer"_s;
                    viewer->send(dialogClosedMessage(id, answeredHere ? by : u"other"_s));
                }
            });
    connect(page, &WatchedPage::offered, this, [this](const QJsonObject &message) {
        if (m_inControl)
            m_inControl->send(message);
    });
    connect(page, &WatchedPage::refused, this, [this](const QString &reason) {
        if (m_inControl)
            m_inControl->send(refusedMessage(reason));
    });
}

void LiveStream::onEvent(const QString &method, const QJsonObject &parameters,
                         const QString &cdpSession)
{
    if (WatchedPage *page = m_pages.value(cdpSession))
        page->onEvent(method, parameters);
    else if (method.startsWith("Browser.download"_L1))
        onDownload(method, parameters);
    else if (method == "Target.targetCrashed"_L1) {
        if (WatchedPage *crashed = pageOf(parameters.value("targetId"_L1).toString()))
            crashed->onCrashed();
    }
}

void LiveStream::onDownload(const QString &method, const QJsonObject &parameters)
{
    const QString id = parameters.value("guid"_L1).toString();
    if (method == "Browser.downloadWillBegin"_L1) {
        m_downloads.insert(id, parameters.value("suggestedFilename"_L1).toString());
        return;
    }
    const QString state = parameters.value("state"_L1).toString();
    const QJsonObject message{{"t"_L1, u"download"_s},
                              {"id"_L1, id},
                              {"name"_L1, m_downloads.value(id)},
                              {"received"_L1, parameters.value("receivedBytes"_L1)},
                              {"total"_L1, parameters.value("totalBytes"_L1)},
                              {"state"_L1, state}};
    // Whichever tab began it: it belongs to the session.
    for (LiveViewer *viewer : std::as_const(m_viewers))
        viewer->send(message);
    if (state != "inProgress"_L1)
        m_downloads.remove(id);
}

void LiveStream::onPagesListed()
{
    m_order.clear();
    if (!m_browser)
        return;
    for (const BrowserPage &listed : m_browser->listed()) {
        if (WatchedPage *page = pageOf(listed.targetId)) {
            page->setPlace(listed.url, listed.title);
            m_order.append(page->number());
        }
    }
    showPages();
    for (LiveViewer *viewer : std::as_const(m_viewers))
        sendTabs(viewer);
    emit tabsChanged();
}

// --- the viewers

void LiveStream::expectViewer()
{
    m_expected.start(expectedWithin);
    updateDemand();
}

void LiveStream::addViewer(ViewerLine *line, LiveRole role)
{
    auto *viewer = new LiveViewer(line, role, this);
    viewer->send(helloMessage(role, m_sessionId, m_createdAt));
    connect(viewer, &LiveViewer::left, this, [this, viewer] { forget(viewer); });
    m_viewers.append(viewer);
    if (m_ended.kind == LiveState::Kind::Ended) {
        viewer->end(stateMessage(m_ended));
        return;
    }
    connect(viewer, &LiveViewer::demandChanged, this, [this, viewer] {
        if (viewer->hasTakenPicture())
            m_expected.stop();
        updateDemand();
    });
    connect(viewer, &LiveViewer::tabWanted, this, [this, viewer] {
        showPages();
        sendTabs(viewer);
    });
    connect(viewer, &LiveViewer::asked, this,
            [this, viewer](const QString &type, const QJsonObject &message) {
                onAsked(viewer, type, message);
            });
    if (!m_heartbeat.isActive())
        m_heartbeat.start(heartbeat);
    sendTabs(viewer);
    showPages();
    if (viewer->shownTab() == 0)
        viewer->send(stateMessage(stateFor(viewer)));
    sendViewers();
}

void LiveStream::forget(LiveViewer *viewer)
{
    m_viewers.removeOne(viewer);
    viewer->deleteLater();
    if (viewer == m_inControl)
        setInControl(nullptr);
    if (m_viewers.isEmpty())
        m_heartbeat.stop();
    updateDemand();
    sendViewers();
}

void LiveStream::onAsked(LiveViewer *viewer, const QString &type, const QJsonObject &message)
{
    if (type == "control"_L1) {
        if (message.value("take"_L1).toBool())
            setInControl(viewer);
        else if (viewer == m_inControl)
            setInControl(nullptr);
        return;
    }
    if (viewer != m_inControl) {
        viewer->send(refusedMessage(u"You are not in control of this session."_s));
        return;
    }
    emit activity();
    if (type == "tab"_L1) {
        actOnTab(viewer, message);
    } else if (WatchedPage *page = pageNumbered(viewer->shownTab())) {
        page->act(type, message);
    }
}

void LiveStream::setInControl(LiveViewer *viewer)
{
    LiveViewer *before = std::exchange(m_inControl, viewer);
    if (before == viewer)
        return;
    for (WatchedPage *page : std::as_const(m_pages)) {
        if (before)
            page->setControlled(false);
        page->setControlled(viewer != nullptr);
    }
    if (before && viewer && m_viewers.contains(before))
        before->send(refusedMessage(u"Somebody else took control."_s));
    sendViewers();
}

void LiveStream::actOnTab(LiveViewer *viewer, const QJsonObject &message)
{
    if (!m_browser)
        return;
    const QString op = message.value("op"_L1).toString();
    if (const QString refusal = m_browser->tabRefusal(); !refusal.isEmpty()) {
        viewer->send(refusedMessage(refusal));
        return;
    }
    if (op == "new"_L1) {
        m_browser->openPage();
        return;
    }
    const WatchedPage *page = pageNumbered(message.value("tab"_L1).toInt());
    if (!page) {
        viewer->send(refusedMessage(u"There is no such tab any more."_s));
        return;
    }
    if (op == "activate"_L1) {
        m_browser->showPage(page->targetId());
    } else if (op == "close"_L1 && m_pages.size() < 2) {
        viewer->send(
            refusedMessage(u"This is the last tab. Terminate the session to end its browser."_s));
    } else if (op == "close"_L1) {
        m_browser->closePage(page->targetId());
    }
}

// --- what they see

// Decides which page each viewer is shown.
void LiveStream::showPages()
{
    for (LiveViewer *viewer : std::as_const(m_viewers)) {
        WatchedPage *page = pageNumbered(viewer->wantedTab());
        show(viewer, page ? page : front());
    }
    updateDemand();
}

void LiveStream::show(LiveViewer *viewer, WatchedPage *page)
{
    const int number = page ? page->number() : 0;
    if (viewer->shownTab() == number)
        return;
    viewer->setShownTab(number);
    if (m_ended.kind == LiveState::Kind::Ended)
        return;
    sendTabs(viewer);
    if (page)
        viewer->send(pageMessage(page->info()));
    viewer->send(stateMessage(stateFor(viewer)));
    if (page && page->dialog())
        viewer->send(dialogMessage(*page->dialog()));
    if (page && page->capture().latest())
        viewer->offer(*page->capture().latest());
}

void LiveStream::updateDemand()
{
    for (WatchedPage *page : std::as_const(m_pages)) {
        CaptureDemand demand;
        const bool isPrepared = m_expected.isActive() && page == front();
        for (const LiveViewer *viewer : std::as_const(m_viewers)) {
            if (viewer->shownTab() != page->number() || !viewer->isTaking())
                continue;
            if (isPrepared && !viewer->hasTakenPicture())
                continue; // more pictures would only make it wait for this one
            const LiveDemand &one = viewer->demand();
            const bool first = demand.kind == CaptureGovernor::Demand::None;
            const bool moves = one.every == 0ms;
            demand.width = std::max(demand.width, one.width);
            demand.every = first ? one.every : std::min(demand.every, one.every);
            if (moves || demand.kind == CaptureGovernor::Demand::Moving)
                demand.kind = CaptureGovernor::Demand::Moving;
            else
                demand.kind = CaptureGovernor::Demand::Stills;
        }
        if (isPrepared && demand.kind == CaptureGovernor::Demand::None)
            demand.kind = CaptureGovernor::Demand::Glance;
        page->capture().setDemand(demand);
        if (!page->capture().latest())
            continue;
        // One that has just begun to look is not made to wait for the page to change.
        for (LiveViewer *viewer : std::as_const(m_viewers)) {
            if (viewer->shownTab() == page->number() && viewer->needsPicture())
                viewer->offer(*page->capture().latest());
        }
    }
    emit demandChanged();
}

bool LiveStream::isWatched() const
{
    return std::ranges::any_of(m_viewers, &LiveViewer::isTaking);
}

QList<SessionTab> LiveStream::tabs() const
{
    QList<SessionTab> tabs;
    for (const int number : m_order) {
        if (const WatchedPage *page = pageNumbered(number))
            tabs.append({number, page->info().title, page->info().url});
    }
    return tabs;
}

int LiveStream::tabOf(const QString &targetId) const
{
    const WatchedPage *page = pageOf(targetId);
    return page ? page->number() : 0;
}

void LiveStream::closeTab(int number)
{
    const WatchedPage *page = pageNumbered(number);
    if (m_browser && page)
        m_browser->closePage(page->targetId());
}

void LiveStream::sendTabs(LiveViewer *viewer)
{
    const auto follow = viewer->wantedTab() == 0 ? LiveFollow::Yes : LiveFollow::No;
    viewer->send(tabsMessage(tabs(), viewer->shownTab(), follow));
}

void LiveStream::sendViewers()
{
    if (m_ended.kind == LiveState::Kind::Ended)
        return;
    for (LiveViewer *viewer : std::as_const(m_viewers)) {
        viewer->send(viewersMessage(
            {viewerCount(), m_inControl ? 1 : 0, viewer == m_inControl && m_inControl}));
    }
}

void LiveStream::sendTo(const WatchedPage *page, const QJsonObject &message)
{
    for (LiveViewer *viewer : std::as_const(m_viewers)) {
        if (viewer->shownTab() == page->number())
            viewer->send(message);
    }
}

void LiveStream::sendState(const WatchedPage *page)
{
    sendTo(page, stateMessage(page->state()));
}

void LiveStream::beat()
{
    for (LiveViewer *viewer : std::as_const(m_viewers)) {
        if (viewer->needsHeartbeat())
            viewer->send(stateMessage(stateFor(viewer)));
    }
    updateDemand(); // viewers may have stalled
    for (WatchedPage *page : std::as_const(m_pages))
        page->checkAlive();
}

WatchedPage *LiveStream::pageOf(const QString &targetId) const
{
    for (WatchedPage *page : m_pages) {
        if (page->targetId() == targetId)
            return page;
    }
    return nullptr;
}

WatchedPage *LiveStream::pageNumbered(int number) const
{
    for (WatchedPage *page : m_pages) {
        if (page->number() == number)
            return page;
    }
    return nullptr;
}

WatchedPage *LiveStream::front() const
{
    return m_order.isEmpty() ? nullptr : pageNumbered(m_order.first());
}

LiveState LiveStream::stateFor(const LiveViewer *viewer) const
{
    if (const WatchedPage *page = pageNumbered(viewer->shownTab()))
        return page->state();
    return {LiveState::Kind::Connecting, u"The browser has nothing to show yet."_s,
            QDateTime::currentDateTimeUtc()};
}

} // namespace Anchorwatch
