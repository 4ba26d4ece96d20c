#include "app/meteredapplication.h"

#include <QThread>

#include <algorithm>
#include <utility>

namespace Anchorwatch {

bool MeteredApplication::notify(QObject *receiver, QEvent *event)
{
    // Qt calls it for the events of other threads too, in those.
    if (QThread::currentThread() != thread())
        return QApplication::notify(receiver, event);
    if (m_depth++ == 0)
        m_turn.start();
    const bool isHandled = QApplication::notify(receiver, event);
    if (--m_depth == 0)
        m_longestNs = std::max(m_longestNs, m_turn.nsecsElapsed());
    return isHandled;
}

double MeteredApplication::takeLongestTurnMs()
{
    return static_cast<double>(std::exchange(m_longestNs, 0)) / 1e6;
}

} // namespace Anchorwatch
