#pragma once

#include "network/live/cdppages.h"
#include "network/live/livestream.h"

#include <QNetworkRequest>
#include <QTimer>

#include <chrono>

namespace Anchorwatch {

// How long a CDP address may keep those waiting who watch, and how long it is held without them.
struct CdpPatience
{
    std::chrono::milliseconds connecting{12'000};
    std::chrono::milliseconds firstRetry{500};
    std::chrono::milliseconds longestRetry{8'000};
    std::chrono::milliseconds unwatched{5'000};
};

// The live view of one session over its own CDP address, for all in this program who watch it: one
// connection, and one capture a page, as in a service of ours. It is connected only while somebody
// looks, and letting go leaves the session as it was. The address and what goes with it are
// secrets: they are in no text that leaves this class.
class CdpLiveView : public QObject
{
    Q_OBJECT

public:
    CdpLiveView(const QString &sessionId, const QDateTime &createdAt,
                const QNetworkRequest &address, const CdpPatience &patience = {},
                QObject *parent = nullptr);
    ~CdpLiveView() override;

    [[nodiscard]] QUrl address() const { return m_address.url(); }
    // Takes its line.
    void addViewer(ViewerLine *line, LiveRole role);
    // The session is over, whatever its socket says (a Grid's stays open).
    void end();
    // Of the connection: Connecting, Live, Lost or Refused.
    [[nodiscard]] const LiveState &state() const { return m_state; }

signals:
    void stateChanged(const Anchorwatch::LiveState &state);

private:
    void followDemand();
    void connectToBrowser();
    void onClosed();
    void onPagesListed();
    void lose(const QString &reason);
    void refuse(const QString &reason);
    void rest();
    void setState(LiveState::Kind kind, const QString &reason = {});

    QNetworkRequest m_address;
    CdpPatience m_patience;
    CdpPages m_pages;
    LiveStream m_stream;
    LiveState m_state;
    QTimer m_deadline; // of connecting
    QTimer m_retry;
    QTimer m_unwatched;
    std::chrono::milliseconds m_wait;
    bool m_isOver = false; // refused or ended
};

} // namespace Anchorwatch
