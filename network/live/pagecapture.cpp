#include "network/live/pagecapture.h"

#include "network/cdpclient.h"

#include <algorithm>
#include <array>
#include <utility>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Manner = CaptureGovernor::Manner;

namespace {

constexpr int jpegQuality = 60;
// Five shots a second at most, and the page has at least twice as long for itself as a shot takes.
constexpr std::chrono::milliseconds shotInterval = 200ms;
constexpr int restFactor = 2;
constexpr auto quietAfter = 1500ms;
constexpr auto shotTimeout = 5s;
// A screenshot of a hidden page, ours or another client's, shows it to Chromium for as long as it
// takes; the page is in front only when it stays so for longer (measured on Chromium 156).
constexpr auto shownAfter = 500ms;

// Few widths, so that a viewer who drags its window does not make the capture start anew each time.
int castWidthFor(int wanted)
{
    static constexpr std::array widths{320, 480, 640, 800, 960, 1280, 1600, 1920, 2560, 3840};
    const auto enough = std::ranges::lower_bound(widths, wanted);
    return enough == widths.end() ? widths.back() : *enough;
}

// Device pixels a CSS pixel; 1 when it is not told. Unlike the sizes, which leave scroll bars out,
// their ratio is that of the picture, too.
double pixelRatio(const QJsonObject &metrics)
{
    const double device = metrics["layoutViewport"_L1]["clientWidth"_L1].toDouble();
    const QJsonValue visual = metrics["cssVisualViewport"_L1];
    const double css = visual["clientWidth"_L1].toDouble() * visual["scale"_L1].toDouble(1);
    return device > 0 && css > 0 ? device / css : 1;
}

} // namespace

PageCapture::PageCapture(CdpClient &client, const QString &cdpSession, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_cdpSession(cdpSession)
{
    for (QTimer *timer : {&m_nextShot, &m_nextPulse, &m_quiet, &m_shown})
        timer->setSingleShot(true);
    m_quiet.setInterval(quietAfter);
    m_shown.setInterval(shownAfter);
    connect(&m_nextShot, &QTimer::timeout, this, &PageCapture::shoot);
    connect(&m_nextPulse, &QTimer::timeout, this, &PageCapture::startCast);
    // Between two pulses, and after a glance, nobody looks, so nobody knows.
    connect(&m_quiet, &QTimer::timeout, this, [this] {
        setQuiet(!m_nextPulse.isActive() && m_demand.kind != CaptureGovernor::Demand::Glance);
    });
    connect(&m_shown, &QTimer::timeout, this, [this] {
        if (m_isShooting)
            m_shown.start();
        else
            setHidden(false);
    });
}

PageCapture::~PageCapture()
{
    stopCast();
}

CaptureGovernor::Time PageCapture::now() const
{
    return std::chrono::duration_cast<CaptureGovernor::Time>(
        std::chrono::steady_clock::now().time_since_epoch());
}

void PageCapture::setDemand(const CaptureDemand &demand)
{
    CaptureDemand wanted = demand;
    wanted.width = castWidthFor(demand.width);
    if (wanted == m_demand)
        return;
    const bool began = m_demand.kind == CaptureGovernor::Demand::None;
    m_demand = wanted;
    m_governor.setDemand(m_demand.kind);
    if (m_castWidth != 0 && m_castWidth != m_demand.width)
        stopCast();
    if (m_demand.kind == CaptureGovernor::Demand::None) {
        m_latest.reset(); // from now on nobody sees whether it still is true
        m_lastShot.clear();
        m_quiet.stop();
        setQuiet(false);
    }
    follow();
    if (began && m_isHidden)
        shoot();
}

void PageCapture::noteInput()
{
    m_governor.noteInput(now());
    follow();
}

void PageCapture::setBlocked(bool blocked)
{
    m_isBlocked = blocked;
    if (blocked) {
        m_quiet.stop();
        setQuiet(false);
    }
    follow();
}

// Brings what is under way in line with what the governor says.
void PageCapture::follow()
{
    const Manner manner = m_governor.manner(now());
    if (manner == Manner::Off || manner == Manner::Glance || manner == Manner::Shots)
        stopCast();
    if (manner != Manner::Shots)
        m_nextShot.stop();
    if (manner != Manner::Pulse)
        m_nextPulse.stop();
    switch (manner) {
    case Manner::Off:
        return;
    case Manner::Glance:
        if (!m_latest)
            shoot();
        return;
    case Manner::Shots:
        if (!m_nextShot.isActive())
            m_nextShot.start(0ms);
        return;
    case Manner::Cast:
        startCast();
        return;
    case Manner::Pulse:
        if (!m_nextPulse.isActive())
            startCast();
        return;
    }
}

void PageCapture::startCast()
{
    if (m_castWidth != 0 || m_isBlocked)
        return;
    m_castWidth = m_demand.width;
    m_castFrames = 0;
    m_lastCast.clear();
    m_client.call(u"Page.startScreencast"_s,
                  {{"format"_L1, u"jpeg"_s},
                   {"quality"_L1, jpegQuality},
                   {"maxWidth"_L1, m_castWidth},
                   {"maxHeight"_L1, m_castWidth * 4},
                   {"everyNthFrame"_L1, 1}},
                  m_cdpSession);
    m_quiet.start();
}

void PageCapture::stopCast()
{
    m_unchecked.reset();
    if (std::exchange(m_castWidth, 0) != 0)
        m_client.call(u"Page.stopScreencast"_s, {}, m_cdpSession);
}

void PageCapture::onEvent(const QString &method, const QJsonObject &parameters)
{
    if (method == "Page.screencastFrame"_L1)
        onCastFrame(parameters);
    else if (method == "Page.screencastVisibilityChanged"_L1)
        onVisibility(parameters.value("visible"_L1).toBool());
}

void PageCapture::onCastFrame(const QJsonObject &parameters)
{
    m_client.call(u"Page.screencastFrameAck"_s,
                  {{"sessionId"_L1, parameters.value("sessionId"_L1)}}, m_cdpSession);
    if (m_castWidth == 0)
        return; // on its way when the cast was stopped
    const QJsonObject metadata = parameters.value("metadata"_L1).toObject();
    m_pageSize = QSize(qRound(metadata.value("deviceWidth"_L1).toDouble()),
                       qRound(metadata.value("deviceHeight"_L1).toDouble()));
    LiveFrame frame;
    frame.jpeg = QByteArray::fromBase64(parameters.value("data"_L1).toString().toLatin1());
    frame.pageSize = m_pageSize;
    frame.isHidden = m_isHidden;
    frame.takenAt = std::chrono::steady_clock::now();
    ++m_castFrames;
    m_governor.noteFrame(now());
    if (m_governor.manner(now()) == Manner::Pulse && endsPulse(frame)) {
        stopCast();
        m_nextPulse.start(m_demand.every);
        if (m_castFrames > 1)
            return;
    }
    // A shot makes the browser send the picture once more.
    if (std::exchange(m_lastCast, frame.jpeg) == frame.jpeg)
        return;
    m_unchecked.reset();
    if (mayRepeatShot()) {
        m_unchecked = std::move(frame);
        shoot();
        return;
    }
    deliver(std::move(frame));
    follow();
}

// A cast begins with the page as it is, which may be what the last shot shows. The two never have
// the same bytes; two shots of the same page have.
bool PageCapture::mayRepeatShot() const
{
    return m_castFrames == 1 && m_governor.manner(now()) == Manner::Cast && m_latest
           && m_latest->isStill && !m_isHidden && !m_isShooting && !m_isBlocked;
}

// A second picture only tells that there is something new: it is taken when the viewers want their
// next. Of a page that goes on changing it is not waited for.
bool PageCapture::endsPulse(const LiveFrame &frame)
{
    if (m_castFrames > 1)
        m_movesInPulses = true;
    else if (m_latest && m_latest->jpeg == frame.jpeg)
        m_movesInPulses = false;
    return m_movesInPulses;
}

void PageCapture::onVisibility(bool visible)
{
    if (visible) {
        m_shown.start();
        return;
    }
    m_shown.stop();
    setHidden(true);
}

void PageCapture::setHidden(bool hidden)
{
    if (std::exchange(m_isHidden, hidden) == hidden)
        return;
    emit hiddenChanged();
    refreshHidden();
}

void PageCapture::refreshHidden()
{
    if (m_isHidden && m_demand.kind != CaptureGovernor::Demand::None)
        shoot();
}

void PageCapture::shoot()
{
    if (m_isShooting || m_isBlocked)
        return;
    m_isShooting = true;
    m_shotBegan = std::chrono::steady_clock::now();
    CdpReply *metrics = m_client.call(u"Page.getLayoutMetrics"_s, {}, m_cdpSession, shotTimeout);
    connect(metrics, &CdpReply::finished, this,
            [this, metrics] { m_pixelRatio = pixelRatio(metrics->result()); });
    CdpReply *reply = m_client.call(
        u"Page.captureScreenshot"_s,
        {{"format"_L1, u"jpeg"_s}, {"quality"_L1, jpegQuality}, {"optimizeForSpeed"_L1, true}},
        m_cdpSession, shotTimeout);
    connect(reply, &CdpReply::finished, this, [this, reply] { onShot(*reply); });
}

void PageCapture::onShot(const CdpReply &reply)
{
    m_isShooting = false;
    std::optional<LiveFrame> unchecked = std::exchange(m_unchecked, std::nullopt);
    if (m_demand.kind == CaptureGovernor::Demand::None)
        return;
    const bool isOvertaken = m_castWidth != 0 && m_castFrames > 0 && !unchecked && !m_isHidden;
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - m_shotBegan);
    if (!reply.error().isEmpty() && unchecked) {
        deliver(*std::move(unchecked));
    } else if (reply.error().isEmpty() && !isOvertaken) {
        LiveFrame frame;
        frame.jpeg = QByteArray::fromBase64(reply.result().value("data"_L1).toString().toLatin1());
        const QSizeF size = QSizeF(jpegSize(frame.jpeg)) / m_pixelRatio;
        if (!size.isEmpty())
            m_pageSize = size.toSize();
        frame.pageSize = m_pageSize;
        frame.isStill = true;
        frame.isHidden = m_isHidden;
        frame.takenAt = m_shotBegan;
        const bool isSame = frame.jpeg == m_lastShot;
        m_governor.noteShot(isSame ? CaptureGovernor::Shot::Same : CaptureGovernor::Shot::Changed);
        m_lastShot = frame.jpeg;
        if (!isSame || m_isHidden)
            deliver(std::move(frame));
    }
    const Manner manner = m_governor.manner(now());
    if (manner == Manner::Shots)
        m_nextShot.start(std::max(shotInterval - took, restFactor * took));
    else if (manner != Manner::Glance) // which is not tried again
        follow();
}

void PageCapture::deliver(LiveFrame frame)
{
    m_latest = std::move(frame);
    setQuiet(false);
    m_quiet.start();
    emit frameCame();
}

void PageCapture::setQuiet(bool quiet)
{
    if (std::exchange(m_isQuiet, quiet) != quiet)
        emit quietChanged();
}

} // namespace Anchorwatch
