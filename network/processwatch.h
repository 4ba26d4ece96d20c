#pragma once

#include "network/processstat.h"

#include <QObject>
#include <QString>

class QSocketNotifier;

namespace Anchorwatch {

// Sends a signal to exactly this process; false when it is gone.
bool sendSignal(const ProcessIdentity &process, int signal);

// Tells when one process has ended, child or not, by pidfd (pidfd_open(2)); reaps it when this
// program is its parent.
class ProcessWatch : public QObject
{
    Q_OBJECT

public:
    explicit ProcessWatch(const ProcessIdentity &process, QObject *parent = nullptr);
    ~ProcessWatch() override;

    [[nodiscard]] const ProcessIdentity &process() const { return m_process; }
    // How it ended, in words ("exit code 21", "signal 9"); empty when this program was not its
    // parent.
    [[nodiscard]] QString howItEnded() const { return m_howItEnded; }

signals:
    // Once, always after the constructor has returned.
    void ended();

private:
    void onReadable();

    ProcessIdentity m_process;
    int m_descriptor = -1;
    QSocketNotifier *m_notifier = nullptr;
    QString m_howItEnded;
};

} // namespace Anchorwatch
