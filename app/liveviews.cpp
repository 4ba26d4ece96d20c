#include "app/liveviews.h"

#include "models/connectionaddress.h"
#include "models/urltext.h"
#include "network/live/cdplivefeed.h"
#include "network/live/cdpliveview.h"
#include "network/liveclient.h"

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

bool isOfOurs(const SessionRow &row)
{
    using Kind = Connection::Kind;
    return row.connection->kind == Kind::Local || row.connection->kind == Kind::Service;
}

// The live view that the service itself serves; nullptr when there is no link to it.
LiveFeed *ownFeed(const SessionRow &row, LiveRole role, QObject *parent)
{
    const Session &session = row.session;
    const QString &link = role == LiveRole::Control ? session.liveControlUrl : session.liveViewUrl;
    if (!openUrlRefusal(link).isEmpty())
        return nullptr;
    auto *feed = new LiveClient(link, role, parent);
    if (const Connection &connection = *row.connection;
        !connection.certificate.isEmpty() && isSameOrigin(QUrl(link), connection.baseUrl))
        feed->setTrustedCertificate(connection.certificate);
    return feed;
}

bool isSocketAddress(const QUrl &url)
{
    return !url.host().isEmpty() && (url.scheme() == "ws"_L1 || url.scheme() == "wss"_L1);
}

} // namespace

LiveViews::LiveViews(const SessionTableModel &model, const CdpRequests &requests, QObject *parent)
    : QObject(parent)
    , m_model(model)
    , m_requests(requests)
{
    connect(&m_model, &SessionTableModel::rowChanged, this, &LiveViews::review);
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, [this] {
        for (const SessionKey &key : m_views.keys())
            review(key);
    });
}

LiveFeed *LiveViews::make(const SessionRow &row, LiveRole role, QObject *parent)
{
    if (!row.connection)
        return nullptr;
    if (role == LiveRole::Control && row.guard() == Connection::Guard::WatchOnly)
        return nullptr;
    if (isOfOurs(row))
        return ownFeed(row, role, parent);
    if (!isSocketAddress(QUrl(row.session.cdpUrl, QUrl::StrictMode)))
        return nullptr;
    return new CdpLiveFeed(cdpView(row), role, parent);
}

std::shared_ptr<CdpLiveView> LiveViews::cdpView(const SessionRow &row)
{
    std::weak_ptr<CdpLiveView> &known = m_views[row.key];
    std::shared_ptr<CdpLiveView> view = known.lock();
    // One that was refused is tried anew by whoever comes.
    if (!view || view->state().kind == LiveState::Kind::Refused
        || view->address() != QUrl(row.session.cdpUrl, QUrl::StrictMode)) {
        view =
            std::make_shared<CdpLiveView>(row.session.id, row.session.createdAt, m_requests(row));
        known = view;
    }
    return view;
}

void LiveViews::review(const SessionKey &key)
{
    const auto known = m_views.constFind(key);
    if (known == m_views.cend())
        return;
    const SessionRow *row = m_model.find(key);
    const std::shared_ptr<CdpLiveView> view = known->lock();
    if (view && (!row || !row->isLive()))
        view->end();
    if (!row || !view)
        m_views.remove(key);
}

} // namespace Anchorwatch
