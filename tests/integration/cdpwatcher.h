#pragma once

#include "network/live/cdplivefeed.h"

#include <QColor>
#include <QNetworkRequest>

#include <memory>

namespace Anchorwatch {

// Watches a session over its CDP address, as the window does, and keeps what it has seen.
class CdpWatcher
{
public:
    CdpWatcher(const QNetworkRequest &address, LiveRole role);

    [[nodiscard]] LiveFeed &feed() { return *m_feed; }
    // In the middle of the newest picture, as JPEG has it (nearly).
    [[nodiscard]] QColor middle() const;
    [[nodiscard]] const LiveState &state() const { return m_state; }
    [[nodiscard]] const LivePage &page() const { return m_page; }
    [[nodiscard]] const QList<SessionTab> &tabs() const { return m_tabs; }
    [[nodiscard]] bool isInControl() const { return m_viewers.isMine; }
    // Presses and lets go of the left button there.
    void click(const QPointF &place);

private:
    std::unique_ptr<CdpLiveFeed> m_feed;
    LivePicture m_picture;
    LiveState m_state;
    LivePage m_page;
    QList<SessionTab> m_tabs;
    LiveViewers m_viewers;
};

} // namespace Anchorwatch
