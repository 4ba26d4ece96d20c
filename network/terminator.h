#pragma once

#include "network/sessionending.h"

#include <QHash>
#include <QQueue>
#include <QTimer>

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
    // Of many at once where many begin at once.
    void progressed(const Anchorwatch::TerminationReports &reports);
    // Every session of the batch (all since the terminator was last idle) is gone or still running.
    void batchFinished(const Anchorwatch::TerminationSummary &summary);

private:
    [[nodiscard]] bool isUnderWay(const QString &id) const;
    // What is to be reported of its beginning.
    [[nodiscard]] TerminationReport begin(const Session &session);
    [[nodiscard]] SessionEnding *endingOf(const Session &session);
    void startNext();
    void goOn();
    [[nodiscard]] bool mayAskOneMore() const;
    void report(SessionEnding &ending);
    void finishBatchIfDone();

    SessionProvider &m_provider;
    Connection m_connection;
    const Clock &m_clock;
    EndingPace m_pace;
    QHash<QString, SessionEnding *> m_endings; // by session id; children of this
    QQueue<Session> m_queue;                   // not asked yet
    // Tells what was found meanwhile and asks for the next ones. A timer, since that waits for what
    // the user does: answers of a service near by, each told and followed by the next question at
    // once, would keep the thread to themselves.
    QTimer m_next;
    TerminationReports m_reports;
    QHash<QString, Termination> m_batch; // the last report of each session of the batch
};

} // namespace Anchorwatch
