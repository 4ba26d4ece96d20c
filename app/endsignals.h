#pragma once

#include <QObject>

namespace Anchorwatch {

// Turns SIGTERM, SIGINT and SIGHUP into a Qt signal, by a pipe that the handler writes to
// (signal-safety(7)). One at a time may exist.
class EndSignals : public QObject
{
    Q_OBJECT

public:
    explicit EndSignals(QObject *parent = nullptr);
    ~EndSignals() override;

signals:
    void endWanted();
};

} // namespace Anchorwatch
