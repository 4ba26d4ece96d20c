#pragma once

#include "network/live/capturegovernor.h"
#include "network/live/liveframe.h"

#include <QObject>
#include <QTimer>

#include <optional>

class QJsonObject;

namespace Anchorwatch {

class CdpClient;
class CdpReply;

// What all viewers of a page want together.
struct CaptureDemand
{
    CaptureGovernor::Demand kind = CaptureGovernor::Demand::None;
    int width = 0;                      // device pixels of the widest viewer
    std::chrono::milliseconds every{0}; // with Stills

    bool operator==(const CaptureDemand &) const = default;
};

// The one capture of a page, in the manner that the governor chooses. Never scales a screenshot by
// a clip (it would corrupt the screencasts of other clients), never brings the page to the front,
// resizes, emulates or focuses it.
class PageCapture : public QObject
{
    Q_OBJECT

public:
    // The client outlives it.
    PageCapture(CdpClient &client, const QString &cdpSession, QObject *parent = nullptr);
    ~PageCapture() override;

    void setDemand(const CaptureDemand &demand);
    void noteInput();
    // While it is blocked (by a dialog, a crash) no picture can be had, and asking would only wait.
    void setBlocked(bool blocked);
    // Takes what concerns it of the events of the page.
    void onEvent(const QString &method, const QJsonObject &parameters);
    // Once more, of a page that is hidden: it looks different now.
    void refreshHidden();

    // The newest picture, as long as it is known to be.
    [[nodiscard]] const std::optional<LiveFrame> &latest() const { return m_latest; }
    [[nodiscard]] QSize pageSize() const { return m_pageSize; }
    // The page is watched as it moves, and did not.
    [[nodiscard]] bool isQuiet() const { return m_isQuiet; }
    [[nodiscard]] bool isHidden() const { return m_isHidden; }

signals:
    void frameCame();
    void quietChanged();
    void hiddenChanged();

private:
    void follow();
    void startCast();
    void stopCast();
    void onCastFrame(const QJsonObject &parameters);
    [[nodiscard]] bool endsPulse(const LiveFrame &frame);
    [[nodiscard]] bool mayRepeatShot() const;
    void onVisibility(bool visible);
    void setHidden(bool hidden);
    void shoot();
    void onShot(const CdpReply &reply);
    void deliver(LiveFrame frame);
    void setQuiet(bool quiet);
    [[nodiscard]] CaptureGovernor::Time now() const;

    CdpClient &m_client;
    QString m_cdpSession;
    CaptureGovernor m_governor;
    CaptureDemand m_demand;
    std::optional<LiveFrame> m_latest;
    QSize m_pageSize;
    double m_pixelRatio = 1; // device pixels a CSS pixel, as the last shot's page had
    QByteArray m_lastShot;
    QByteArray m_lastCast;                // of the cast under way
    std::optional<LiveFrame> m_unchecked; // until a shot tells whether it shows anything new
    int m_castWidth = 0;                  // of the cast under way, 0 when there is none
    int m_castFrames = 0;
    bool m_movesInPulses = false; // it changed between the last two
    bool m_isShooting = false;
    bool m_isBlocked = false;
    bool m_isHidden = false;
    bool m_isQuiet = false;
    std::chrono::steady_clock::time_point m_shotBegan;
    QTimer m_nextShot;
    QTimer m_nextPulse;
    QTimer m_quiet;
    QTimer m_shown;
};

} // namespace Anchorwatch
