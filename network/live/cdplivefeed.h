#pragma once

#include "network/messagefeed.h"

#include <QPointer>

#include <memory>

namespace Anchorwatch {

class CdpLiveView;
class OwnLine;

// One viewer of a session that is watched over its own CDP address. Several of one session share
// its live view, which ends with the last of them.
class CdpLiveFeed : public MessageFeed
{
    Q_OBJECT

public:
    CdpLiveFeed(std::shared_ptr<CdpLiveView> view, LiveRole role, QObject *parent = nullptr);
    ~CdpLiveFeed() override;

    void open() override;

private:
    friend class OwnLine;

    void send(const QJsonObject &message) override;
    void greeted() override;
    void stop(const LiveState &state) override;
    void listen(const QJsonObject &message);
    void tell(const LiveState &state);

    std::shared_ptr<CdpLiveView> m_view;
    QPointer<OwnLine> m_line; // the view's
    bool m_isOver = false;    // refused or ended
};

} // namespace Anchorwatch
