#include "network/live/liveviewer.h"

#include "network/live/viewerline.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 heartbeatMs = 5000;
// One that owes an acknowledgement for longer is not taken into account.
constexpr qint64 stalledAfterMs = 10'000;
constexpr int maxWidth = 8192;
constexpr int maxEveryMs = 60 * 60 * 1000;

} // namespace

LiveViewer::LiveViewer(ViewerLine *line, LiveRole role, QObject *parent)
    : QObject(parent)
    , m_line(line)
    , m_role(role)
{
    m_line->setParent(this);
    m_sincePicture.start();
    m_sinceWord.start();
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &LiveViewer::sendPending);
    connect(m_line, &ViewerLine::heard, this, &LiveViewer::onMessage);
    connect(m_line, &ViewerLine::left, this, &LiveViewer::left);
}

LiveViewer::~LiveViewer()
{
    m_line->disconnect(this);
}

bool LiveViewer::isTaking() const
{
    const bool stalled = m_owesAck && m_sincePicture.hasExpired(stalledAfterMs);
    return m_demand.isVisible && !stalled;
}

void LiveViewer::setShownTab(int tab)
{
    if (std::exchange(m_shownTab, tab) == tab)
        return;
    m_pending.reset();
    m_needsPicture = true;
}

void LiveViewer::send(const QJsonObject &message)
{
    m_sinceWord.start();
    m_line->send(message);
}

void LiveViewer::offer(const LiveFrame &frame)
{
    if (!m_demand.isVisible)
        return;
    m_needsPicture = false;
    m_pending = frame;
    sendPending();
}

void LiveViewer::sendPending()
{
    if (!m_pending || m_owesAck)
        return;
    const qint64 early = m_demand.every.count() - m_sincePicture.elapsed();
    const bool isFirst = m_sentTab != m_shownTab;
    if (early > 0 && !isFirst) {
        if (!m_next.isActive())
            m_next.start(static_cast<int>(early));
        return;
    }
    const LiveFrame frame = *std::exchange(m_pending, std::nullopt);
    const auto age = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - frame.takenAt);
    m_owesAck = true;
    m_sentTab = m_shownTab;
    m_sincePicture.start();
    m_sinceWord.start();
    m_line->sendPicture(frame, m_shownTab, ++m_serial, age);
}

bool LiveViewer::needsHeartbeat() const
{
    return m_sinceWord.hasExpired(heartbeatMs - 500);
}

void LiveViewer::end(const QJsonObject &lastWord)
{
    m_pending.reset();
    send(lastWord);
    m_line->close(ViewerLine::Parting::Done);
}

void LiveViewer::onMessage(const QJsonObject &message)
{
    const QString type = message.value("t"_L1).toString();
    if (type.isEmpty()) {
        m_line->close(ViewerLine::Parting::Nonsense);
    } else if (type == "ack"_L1) {
        onAck(message);
    } else if (type == "view"_L1) {
        onView(message);
    } else if (type == "watch"_L1) {
        m_wantedTab = message.value("tab"_L1).toInt();
        emit tabWanted();
    } else if (m_role == LiveRole::Watch) {
        // Not even looked at: this link only watches.
        m_line->close(ViewerLine::Parting::OnlyWatches);
    } else {
        emit asked(type, message);
    }
}

void LiveViewer::onAck(const QJsonObject &message)
{
    if (message.value("seq"_L1).toInteger(-1) != m_serial)
        return;
    const bool wasTaking = isTaking();
    m_owesAck = false;
    const bool isFirst = !std::exchange(m_hasTaken, true);
    if (!wasTaking || isFirst)
        emit demandChanged();
    sendPending();
}

void LiveViewer::onView(const QJsonObject &message)
{
    LiveDemand demand;
    demand.width = std::clamp(message.value("w"_L1).toInt(), 0, maxWidth);
    demand.isVisible = message.value("visible"_L1).toBool() && demand.width > 0;
    demand.every =
        std::chrono::milliseconds(std::clamp(message.value("every"_L1).toInt(), 0, maxEveryMs));
    if (demand == m_demand)
        return;
    m_demand = demand;
    m_next.stop();
    if (!demand.isVisible) {
        m_pending.reset();
        m_needsPicture = true;
    }
    emit demandChanged();
    sendPending();
}

} // namespace Anchorwatch
