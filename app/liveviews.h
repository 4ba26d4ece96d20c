#pragma once

#include "models/livefeed.h"
#include "models/sessiontablemodel.h"

#include <QHash>
#include <QNetworkRequest>
#include <QObject>

#include <functional>
#include <memory>

namespace Anchorwatch {

class CdpLiveView;

// How the window watches sessions: by the live view of a service of ours, or over the session's own
// CDP address, which all who watch that session share. A view ends when its session does, as the
// table knows it.
class LiveViews : public QObject
{
    Q_OBJECT

public:
    // With what the CDP address of a session is connected to.
    using CdpRequests = std::function<QNetworkRequest(const SessionRow &row)>;

    // The model must outlive it.
    LiveViews(const SessionTableModel &model, const CdpRequests &requests,
              QObject *parent = nullptr);

    // A LiveFeedFactory.
    [[nodiscard]] LiveFeed *make(const SessionRow &row, LiveRole role, QObject *parent);

private:
    [[nodiscard]] std::shared_ptr<CdpLiveView> cdpView(const SessionRow &row);
    void review(const SessionKey &key);

    const SessionTableModel &m_model;
    CdpRequests m_requests;
    QHash<SessionKey, std::weak_ptr<CdpLiveView>> m_views; // of CDP addresses; their feeds own them
};

} // namespace Anchorwatch
