#pragma once

#include "network/service/browsercommand.h"
#include "network/service/processtree.h"

#include <QObject>
#include <QTimer>

namespace Anchorwatch {

// The browser of one session as a process. It is never a child of QProcess: it has a process
// session of its own and outlives this program when that is killed, which then finds it again by
// adopt().
class BrowserProcess : public QObject
{
    Q_OBJECT

public:
    BrowserProcess(const QString &sessionId, const QString &workingCopy, QObject *parent = nullptr);

    // Starts it, with what it says on its standard error kept in the working copy. Returns why it
    // could not be started, or an empty string.
    [[nodiscard]] QString start(const BrowserCommand &command);
    // Takes over the one that runs on this working copy already. Returns false when there is none.
    [[nodiscard]] bool adopt();

    // Waits until its DevTools listen; devToolsReady() follows, unless it ends before.
    void awaitDevTools();

    [[nodiscard]] bool isRunning() const { return m_watch && !m_hasEnded; }
    [[nodiscard]] const ProcessIdentity &identity() const { return m_identity; }
    [[nodiscard]] const BrowserMark &mark() const { return m_mark; }
    // The last lines of its standard error, for people; empty when it said nothing.
    [[nodiscard]] QString lastWords() const;

signals:
    // The port on the loopback address and the path of the browser's own WebSocket.
    void devToolsReady(quint16 port, const QString &endpointPath);
    // Its main process has ended; others of its tree may be left. `how` may be empty.
    void ended(const QString &how);

private:
    void watch();
    void lookForDevTools();

    QString m_workingCopy;
    BrowserMark m_mark;
    ProcessIdentity m_identity;
    ProcessWatch *m_watch = nullptr;
    bool m_hasEnded = false;
    QTimer m_look;
};

} // namespace Anchorwatch
