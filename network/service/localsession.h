#pragma once

#include "models/session.h"
#include "network/http/httpmessage.h"
#include "network/live/livestream.h"
#include "network/service/browserlink.h"
#include "network/service/browserprocess.h"
#include "network/service/localsurroundings.h"
#include "network/service/sessionclock.h"
#include "network/service/sessionregistry.h"
#include "network/service/workingcopy.h"

#include <QObject>

#include <memory>

class QTcpSocket;

namespace Anchorwatch {

class BrowserEnding;

// One session over a Chromium of this machine, from its working copy to its saved profile. Its
// record on disk follows every step, so that resume() in a later process can go on from it.
class LocalSession : public QObject
{
    Q_OBJECT

public:
    // The record is on disk already.
    LocalSession(const SessionRecord &record, const LocalSurroundings &around,
                 QObject *parent = nullptr);
    ~LocalSession() override;

    // Makes the working copy and starts the browser.
    void begin();
    // Goes on with a session of an earlier process: finds its browser, or finds that it is gone.
    void resume();
    // Ends it and saves its profile where that was asked; left() or notSaved() follows, once for
    // each call.
    void end();

    [[nodiscard]] Session describe() const;
    [[nodiscard]] const SessionRecord &record() const { return m_record; }
    // No browser is behind it any more, and nobody asked for that.
    [[nodiscard]] bool isOver() const;
    // For those who watch it.
    [[nodiscard]] LiveStream &live() { return m_live; }
    // Null while no browser is there to be asked.
    [[nodiscard]] BrowserLink *link() const { return m_link.get(); }
    // Passes the client's WebSocket, whose handshake is unanswered, on to the browser. Takes the
    // socket; the session must be running. It is not idle before the client leaves.
    void addClient(QTcpSocket *socket, const HttpHeaders &handshake);
    // Why it is over, or will be, for those who watch it.
    [[nodiscard]] QString endReason() const;

signals:
    void stageChanged();
    // It is gone, wholly: no process, no folder, no record; its owner destroys it.
    void left();
    // The browser is gone, its profile could not be saved: the reason names the kept working copy.
    // The session stays and end() tries again.
    void notSaved(const QString &reason);

private:
    void onPrepared(const QString &problem);
    void launch();
    void watchProcess();
    void onDevToolsReady(quint16 port, const QString &endpointPath);
    void makeLink(const BrowserEndpoint &endpoint);
    void startClock();
    void awaitBrowser();
    void onReady();
    void onBrowserEnded(const QString &how);
    void fail(const QString &reason);

    void beginEnding();
    void keepCookies(const QJsonArray &cookies);
    void onBrowserGone();
    void settle();
    void onSaved(const QString &problem);
    void onRemoved();
    void becomeUnsaved(const QString &problem);
    void leave();

    [[nodiscard]] bool hasRun() const { return m_record.endpoint.port != 0; }
    [[nodiscard]] bool isToBeSaved() const;
    void setStage(SessionRecord::Stage stage);
    [[nodiscard]] QString lastWords() const;

    SessionRecord m_record;
    const LocalSurroundings &m_around;
    WorkingCopy m_copy;
    LiveStream m_live;
    std::unique_ptr<BrowserProcess> m_process;
    std::unique_ptr<BrowserLink> m_link;
    std::unique_ptr<SessionClock> m_clock;
    std::unique_ptr<BrowserEnding> m_ending;
    BrowserPage m_lastPage; // in front when the browser went
    QTimer m_startDeadline;
    QTimer m_forget; // one that ended by itself is listed for a while
    bool m_isPreparing = false;
    bool m_isSettling = false; // its browser is being ended or its folders put in order
    bool m_isUnwanted = false; // its end was asked for
    QString m_limitReached;    // which of its time limits asked for that
};

} // namespace Anchorwatch
