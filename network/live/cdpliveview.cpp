#include "network/live/cdpliveview.h"

#include "models/urltext.h"

#include <algorithm>
#include <utility>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int firstServerError = 500; // of HTTP: it may pass

QString refusalWords(int status)
{
    switch (status) {
    case 401:
        return CdpLiveView::tr("Its CDP address asks for a key that it was not given");
    case 403:
        return CdpLiveView::tr("Its CDP address does not let this program in");
    case 400:
    case 404:
    case 410:
        return CdpLiveView::tr("There is no browser at its CDP address any more");
    case 409:
    case 423:
    case 429:
        return CdpLiveView::tr("Another client has it, and it takes no more");
    default:
        return CdpLiveView::tr("Its CDP address refuses (HTTP %1)").arg(status);
    }
}

} // namespace

CdpLiveView::CdpLiveView(const QString &sessionId, const QDateTime &createdAt,
                         const QNetworkRequest &address, const CdpPatience &patience,
                         QObject *parent)
    : QObject(parent)
    , m_address(address)
    , m_patience(patience)
    , m_stream(sessionId, createdAt, {}) // files of this machine are none of the browser's
    , m_wait(patience.firstRetry)
{
    for (QTimer *timer : {&m_deadline, &m_retry, &m_unwatched})
        timer->setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_pages.close();
        lose(tr("Its CDP address does not answer"));
    });
    connect(&m_retry, &QTimer::timeout, this, &CdpLiveView::connectToBrowser);
    connect(&m_unwatched, &QTimer::timeout, this, &CdpLiveView::rest);
    connect(&m_pages, &CdpPages::opened, &m_deadline, &QTimer::stop);
    connect(&m_pages, &CdpPages::closed, this, &CdpLiveView::onClosed);
    connect(&m_pages, &CdpPages::refused, this, [this](const QString &words) {
        refuse(tr("It does not let its pages be watched: %1").arg(maskedText(words)));
    });
    // Before the stream: what is said of the connection comes before what is said of its pages.
    connect(&m_pages, &CdpPages::pagesListed, this, &CdpLiveView::onPagesListed);
    connect(&m_stream, &LiveStream::demandChanged, this, &CdpLiveView::followDemand);
    m_stream.attach(m_pages);
}

CdpLiveView::~CdpLiveView()
{
    m_pages.disconnect(this);
    m_stream.disconnect(this);
}

void CdpLiveView::addViewer(ViewerLine *line, LiveRole role)
{
    m_stream.addViewer(line, role);
}

void CdpLiveView::end()
{
    m_isOver = true;
    rest();
    m_stream.end({});
}

// The browser is held only for those who look: a connection alone may keep a session from idling.
void CdpLiveView::followDemand()
{
    if (m_isOver)
        return;
    if (!m_stream.isWatched()) {
        if (!m_unwatched.isActive())
            m_unwatched.start(m_patience.unwatched);
        return;
    }
    m_unwatched.stop();
    const bool isBusy = m_deadline.isActive() || m_retry.isActive() || m_pages.client().isOpen();
    if (!isBusy)
        connectToBrowser();
}

void CdpLiveView::connectToBrowser()
{
    m_deadline.start(m_patience.connecting);
    m_pages.open(m_address);
}

void CdpLiveView::onClosed()
{
    m_deadline.stop();
    if (m_isOver)
        return;
    const int status = m_pages.client().refusedWith();
    if (status != 0 && status < firstServerError)
        refuse(refusalWords(status));
    else
        lose(tr("Its CDP address is not heard"));
}

void CdpLiveView::onPagesListed()
{
    if (!m_pages.client().isOpen())
        return; // onClosed() says it
    if (m_pages.listed().isEmpty()) {
        setState(LiveState::Kind::Lost, tr("Its browser has no page open"));
        return;
    }
    m_wait = m_patience.firstRetry;
    setState(LiveState::Kind::Live);
}

void CdpLiveView::lose(const QString &reason)
{
    m_retry.start(m_wait);
    m_wait = std::min(m_wait * 2, m_patience.longestRetry);
    setState(LiveState::Kind::Lost, reason);
}

void CdpLiveView::refuse(const QString &reason)
{
    m_isOver = true;
    rest();
    setState(LiveState::Kind::Refused, reason);
}

void CdpLiveView::rest()
{
    for (QTimer *timer : {&m_deadline, &m_retry, &m_unwatched})
        timer->stop();
    m_pages.close();
    if (!m_isOver)
        setState(LiveState::Kind::Connecting);
}

void CdpLiveView::setState(LiveState::Kind kind, const QString &reason)
{
    if (m_state.kind == kind && m_state.reason == reason)
        return;
    m_state = {kind, reason, QDateTime::currentDateTimeUtc()};
    emit stateChanged(m_state);
}

} // namespace Anchorwatch
