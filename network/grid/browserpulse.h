#pragma once

#include "network/grid/gridcodec.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QUrl>

namespace Anchorwatch {

// Learns that the browser of a session has ended, which its Grid does not notice. It knocks at the
// browser's own debugging port, which leaves the session alone; a command, or even a handshake on
// se:cdp, would hold off the session's timeout (seen on 4.48.0). So this works only where that port
// is one of this machine: a browser counts as ended when its port was open before and is now
// refused.
class BrowserPulse : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    // The sessions that are listed now, and whether they are listed by a Grid on this machine.
    void watch(const QHash<QString, GridMark> &marks, const QUrl &gridUrl);
    [[nodiscard]] bool hasEnded(const QString &sessionId) const;

signals:
    void ended(const QString &sessionId);

private:
    void knock(const QString &sessionId, quint16 port);

    QSet<QString> m_beating; // seen open
    QSet<QString> m_ended;
    QSet<QString> m_asked; // under way
};

} // namespace Anchorwatch
