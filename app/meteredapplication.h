#pragma once

#include <QApplication>
#include <QElapsedTimer>

namespace Anchorwatch {

// An application that knows how long it was busy with one event at most: what a person feels as a
// stall. (The signals of QAbstractEventDispatcher do not tell: with GLib's loop all handlers run
// between aboutToBlock() and awake(), seen on Qt 6.4.2.)
class MeteredApplication : public QApplication
{
    Q_OBJECT

public:
    using QApplication::QApplication;

    bool notify(QObject *receiver, QEvent *event) override;

    // The longest handling of one event of its own thread since the last call, with all that it set
    // off at once.
    [[nodiscard]] double takeLongestTurnMs();

private:
    QElapsedTimer m_turn;
    qint64 m_longestNs = 0;
    int m_depth = 0;
};

} // namespace Anchorwatch
