#pragma once

#include "network/service/processtree.h"

#include <QJsonArray>
#include <QObject>
#include <QTimer>

namespace Anchorwatch {

class BrowserLink;
class BrowserProcess;

// Ends one browser and waits until its whole process tree is gone, within 10 s whatever the browser
// does: Browser.close, SIGINT when that does not help, SIGKILL last. Never SIGTERM, which loses
// fresh cookies in Chromium. Also for a browser that ended by itself, of which processes may be
// left.
class BrowserEnding : public QObject
{
    Q_OBJECT

public:
    // The link may be null (DevTools never answered). Both must outlive it.
    BrowserEnding(BrowserProcess &process, BrowserLink *link, QObject *parent = nullptr);

    void start();

    // True when it had to be killed: what it did not write out is lost.
    [[nodiscard]] bool wasKilled() const { return m_wasKilled; }

signals:
    // The browser's cookies, just before it is asked to close: whoever wants them writes them down
    // now, since this program may be killed before the browser is gone. Not for one that could not
    // be asked.
    void cookiesTaken(const QJsonArray &cookies);
    // No process is left. Once, always after start() has returned.
    void finished();

private:
    void askForCookies();
    void askToClose();
    void interrupt();
    void kill();

    BrowserProcess &m_process;
    BrowserLink *m_link;
    ProcessTree m_tree;
    QTimer m_interrupt;
    QTimer m_kill;
    bool m_wasKilled = false;
};

} // namespace Anchorwatch
