#pragma once

#include "models/clock.h"
#include "models/connectionlistmodel.h"
#include "models/sessiontablemodel.h"

#include <QObject>

namespace Anchorwatch {

class SessionPane;

// The banner over the table: why the news of a connection are old. One at a time, the worst first;
// a button leads on to the others.
class ConnectionBanner : public QObject
{
    Q_OBJECT

public:
    // All of them must outlive it.
    ConnectionBanner(SessionPane &pane, const ConnectionListModel &connections,
                     const SessionTableModel &model, const Clock &clock, QObject *parent = nullptr);

    // Only that connection's; with an empty id those of all.
    void setCurrent(const QString &connectionId);
    // Something changed, or time has passed.
    void update();

    // Connections whose news are old, the worst first.
    [[nodiscard]] QList<ConnectionState> stale() const;

signals:
    void editRequested(const QString &connectionId);
    void tryNowRequested(const QString &connectionId);
    void logRequested(const QString &connectionId);

private:
    void press(int button);

    SessionPane &m_pane;
    const ConnectionListModel &m_connections;
    const SessionTableModel &m_model;
    const Clock &m_clock;
    QString m_current;
    QString m_shown; // whose banner it is
};

} // namespace Anchorwatch
