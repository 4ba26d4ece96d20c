#pragma once

#include "network/sessionending.h"

#include <QHash>
#include <QQueue>

namespace Anchorwatch {

// Ends sessions of one connection, a few at a time, and reports on each until it is proven gone.
// The ids are those it was given: it never looks at a selection or a list. A session that is being
// ended is not asked to end a second time.
class Terminator : public QObject
{
    Q_OBJECT

public:
    // Provider and clock must outlive it.
    Terminator(SessionProvider &provider, const Connection &connection, const Clock &clock,
               QObject *parent = nullptr);

    // For the sessions that are ended from now on.
    void setPace(const EndingPace &pace) { m_pace = pace; }

    // Sessions whose id may be misread (terminateRefusal()) are left alone and reported as still
    // running, with the reason.
    void terminate(const SessionList &sessions);
    // True while a session has not been found gone or still running.
    [[nodiscard]] bool isBusy() const;

signals:
    void progressed(const Anchorwatch::SessionKey &key,
                    const Anchorwatch::Termination &termination);
    // Every session of the batch (all since the terminator was last idle) is gone or still running.
    void batchFinished(const Anchorwatch::TerminationSummary &summary);

private:
    [[nodiscard]] bool isUnderWay(const QString &id) const;
    void begin(const Session &session);
    [[nodiscard]] SessionEnding *endingOf(const Session &session);
    void startNext();
    [[nodiscard]] bool mayAskOneMore() const;
    void report(SessionEnding &ending);
    void finishBatchIfDone();

    SessionProvider &m_provider;
    Connection m_connection;
    const Clock &m_clock;
    EndingPace m_pace;
    QHash<QString, SessionEnding *> m_endings; // by session id; children of this
    QQueue<QString> m_queue;                   // not asked yet
    QHash<QString, Termination> m_batch;       // the last report of each session of the batch
};

} // namespace Anchorwatch
