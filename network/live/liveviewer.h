#pragma once

#include "models/livefeed.h"
#include "network/live/liveframe.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QObject>
#include <QTimer>

#include <optional>

namespace Anchorwatch {

class ViewerLine;

// One viewer. Its role is that of the link it came by, whatever it sends. It is sent the newest
// picture when it has acknowledged the one before, so a slow one skips and none ever queues
// more than one.
class LiveViewer : public QObject
{
    Q_OBJECT

public:
    // Takes its line. Ends with left(), once; its owner destroys it.
    LiveViewer(ViewerLine *line, LiveRole role, QObject *parent = nullptr);
    ~LiveViewer() override;

    [[nodiscard]] LiveRole role() const { return m_role; }
    [[nodiscard]] const LiveDemand &demand() const { return m_demand; }
    // It wants pictures and takes those it gets.
    [[nodiscard]] bool isTaking() const;
    // The tab it asked for; 0 follows the one in front.
    [[nodiscard]] int wantedTab() const { return m_wantedTab; }
    // The tab it is shown; 0 when there is none.
    [[nodiscard]] int shownTab() const { return m_shownTab; }
    void setShownTab(int tab);

    void send(const QJsonObject &message);
    // It has seen no picture of the tab it is shown, and wants one.
    [[nodiscard]] bool needsPicture() const { return m_needsPicture && isTaking(); }
    // It took a picture: a page that shows itself to it has nothing else to do any more.
    [[nodiscard]] bool hasTakenPicture() const { return m_hasTaken; }
    // A picture of the tab it is shown.
    void offer(const LiveFrame &frame);
    // Nothing was sent for so long that it must hear that all is well.
    [[nodiscard]] bool needsHeartbeat() const;
    // The last word, then its line is closed.
    void end(const QJsonObject &lastWord);

signals:
    void left();
    // Its demand, or whether it takes pictures.
    void demandChanged();
    // wantedTab() was said anew.
    void tabWanted();
    // Anything that is not the viewer's own affair.
    void asked(const QString &type, const QJsonObject &message);

private:
    void onMessage(const QJsonObject &message);
    void onAck(const QJsonObject &message);
    void onView(const QJsonObject &message);
    void sendPending();

    ViewerLine *m_line; // a child
    const LiveRole m_role;
    LiveDemand m_demand;
    int m_wantedTab = 0;
    int m_shownTab = 0;
    int m_sentTab = 0;                  // of the last picture
    std::optional<LiveFrame> m_pending; // the newest that was not sent
    quint32 m_serial = 0;
    bool m_owesAck = false;
    bool m_hasTaken = false;
    bool m_needsPicture = true;
    QElapsedTimer m_sincePicture; // since the last was sent
    QElapsedTimer m_sinceWord;    // since anything was sent
    QTimer m_next;                // when a still is due
};

} // namespace Anchorwatch
