#pragma once

#include "network/live/liveviewer.h"
#include "network/live/watchedpage.h"

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QTimer>

namespace Anchorwatch {

class BrowserPages;
class ViewerLine;

// The live view of one session, from its start to its end: which of its pages each viewer is shown,
// who is in control, and the one capture of each page that anybody watches (docs/live-view.md).
// Browsers come and go behind it. Without an upload folder no file can be handed to a page.
class LiveStream : public QObject
{
    Q_OBJECT

public:
    LiveStream(const QString &sessionId, const QDateTime &createdAt, const QString &uploadFolder,
               QObject *parent = nullptr);
    ~LiveStream() override;

    // These pages are shown from now on. They outlive the stream or its detach().
    void attach(BrowserPages &browser);
    void detach();
    // The session is over: every viewer hears so, and later ones do at once.
    void end(const QString &reason);

    // Somebody is about to watch: the first picture is taken meanwhile.
    void expectViewer();
    // Takes its line.
    void addViewer(ViewerLine *line, LiveRole role);
    // The one in front first.
    [[nodiscard]] QList<SessionTab> tabs() const;
    // The number of the tab with that page; 0 when there is none.
    [[nodiscard]] int tabOf(const QString &targetId) const;
    // Asks the page to close; tabsChanged() follows when it has.
    void closeTab(int number);
    // Somebody wants pictures and takes them.
    [[nodiscard]] bool isWatched() const;
    [[nodiscard]] int viewerCount() const { return static_cast<int>(m_viewers.size()); }

signals:
    void tabsChanged();
    // isWatched() may be another than before.
    void demandChanged();
    // Somebody acted on a page.
    void activity();

private:
    void addPage(const QString &targetId, const QString &cdpSession);
    void removePage(const QString &cdpSession);
    void connectPage(WatchedPage *page);
    void onEvent(const QString &method, const QJsonObject &parameters, const QString &cdpSession);
    void onDownload(const QString &method, const QJsonObject &parameters);
    void onPagesListed();
    void forget(LiveViewer *viewer);

    void onAsked(LiveViewer *viewer, const QString &type, const QJsonObject &message);
    void setInControl(LiveViewer *viewer);
    void actOnTab(LiveViewer *viewer, const QJsonObject &message);

    void showPages();
    void show(LiveViewer *viewer, WatchedPage *page);
    void updateDemand();
    void sendTabs(LiveViewer *viewer);
    void sendViewers();
    void sendTo(const WatchedPage *page, const QJsonObject &message);
    void sendState(const WatchedPage *page);
    void beat();

    [[nodiscard]] WatchedPage *pageOf(const QString &targetId) const;
    [[nodiscard]] WatchedPage *pageNumbered(int number) const;
    [[nodiscard]] WatchedPage *front() const;
    [[nodiscard]] LiveState stateFor(const LiveViewer *viewer) const;

    const QString m_sessionId;
    const QDateTime m_createdAt;
    const QString m_uploadFolder;
    QPointer<BrowserPages> m_browser;
    QHash<QString, WatchedPage *> m_pages; // by CDP session; children
    QHash<QString, int> m_numbers;         // by target
    QList<int> m_order;                    // the numbers of the tabs, the one in front first
    QList<LiveViewer *> m_viewers;         // children
    LiveViewer *m_inControl = nullptr;
    QHash<QString, QString> m_downloads; // id → name of those under way
    LiveState m_ended;                   // its kind says whether it has
    QTimer m_heartbeat;
    QTimer m_expected; // runs for as long as a viewer that was announced may take to come
};

} // namespace Anchorwatch
