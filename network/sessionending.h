#pragma once

#include "models/clock.h"
#include "models/connection.h"
#include "models/session.h"
#include "models/termination.h"
#include "network/sessionprovider.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

namespace Anchorwatch {

// How often an ended session is looked at, and how long it may take. Replaced in tests.
struct EndingPace
{
    std::chrono::milliseconds patience{10'000}; // then it counts as still running
    // Soon at first, since most are gone at once; then slower, for as long as it takes.
    std::chrono::milliseconds firstLooks{200};
    std::chrono::milliseconds laterLooks{500};
    std::chrono::milliseconds lateLooks{2000};
};

// The ending of one session: asks once for it, then looks at that id until the service no longer
// knows it. A session that is still there when patience ends, or that the service would not end, is
// "still running", and is looked at on; nothing asks for its end a second time but ask().
class SessionEnding : public QObject
{
    Q_OBJECT

public:
    // Provider and clock must outlive it. The session is as it was when its end was asked for.
    SessionEnding(SessionProvider &provider, const Connection &connection, const Session &session,
                  const Clock &clock, const EndingPace &pace = {}, QObject *parent = nullptr);

    [[nodiscard]] const Session &session() const { return m_session; }
    [[nodiscard]] const Termination &termination() const { return m_termination; }
    // True while the service has not answered the question to end it.
    [[nodiscard]] bool isAsking() const { return !m_deleteReply.isNull(); }

    // Asks for the end: at first, and again after it was found still running. While the service
    // has not answered the question before, waits on for that answer.
    void ask();

signals:
    // The phase or the proofs changed.
    void progressed();
    // The service answered, in whatever way, the question to end it.
    void answered();

private:
    void sendQuestion();
    void takeAnswer(const TerminateReply &reply);
    void look();
    void takeLook(const SessionReply &reply);
    void lookAgain();
    void becomeGone(Termination::Proofs proofs);
    void becomeStillRunning();
    // In the words of the service, or what is known: still listed only where the service said so.
    [[nodiscard]] QString whyStillRunning() const;
    [[nodiscard]] Termination::Profile profileOutcome() const;
    [[nodiscard]] std::chrono::milliseconds pauseBeforeLook() const;

    SessionProvider &m_provider;
    Connection m_connection;
    Session m_session;
    const Clock &m_clock;
    EndingPace m_pace;
    Termination m_termination;
    QTimer m_lookTimer;
    QTimer m_patience;
    QPointer<TerminateReply> m_deleteReply;
    QPointer<SessionReply> m_lookReply;
    std::optional<Fault> m_deleteFault;
    std::optional<Fault> m_lookFault; // of the last look
    bool m_deleteAnswered = false;
    std::chrono::milliseconds m_askedAt{0};
    int m_looks = 0;
};

} // namespace Anchorwatch
