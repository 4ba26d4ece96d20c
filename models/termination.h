#pragma once

#include "models/connection.h"

#include <QFlags>
#include <QList>
#include <QMetaType>
#include <QString>

#include <chrono>

namespace Anchorwatch {

// How far the ending of one session has come, and what is proven of it.
struct Termination
{
    Q_GADGET

public:
    enum class Phase {
        None,
        Terminating, // asked to end
        Gone,        // proven, by what `proofs` says
        StillRunning // not gone in time, or the service refused; `reason` says which
    };
    Q_ENUM(Phase)

    enum class Proof {
        IdUnknown = 1,       // its id answers 404
        Stopped = 2,         // its id answers, with a status that says its browser has ended
        LeftList = 4,        // a list asked for afterwards does not have it
        ProcessTreeGone = 8, // the local service has seen every process of the browser end
        AlreadyGone = 16,    // the service did not know it any more when it was asked to end it
    };
    Q_DECLARE_FLAGS(Proofs, Proof)

    enum class Profile {
        None,      // it had none
        Unchanged, // it had one that does not persist
        Saved,
        NotSaved, // `reason` says why and where the working copy is
        Unknown,  // it was gone before we asked
    };
    Q_ENUM(Profile)

    Phase phase = Phase::None;
    Proofs proofs;
    Profile profile = Profile::None;
    std::chrono::milliseconds took{0}; // from the request to the proof
    QString reason;

    bool operator==(const Termination &) const = default;
};

Q_DECLARE_OPERATORS_FOR_FLAGS(Termination::Proofs)

// How far that of one session has come.
struct TerminationReport
{
    SessionKey key;
    Termination termination;
};

using TerminationReports = QList<TerminationReport>;

// How the sessions that were terminated together fared.
struct TerminationSummary
{
    int gone = 0;
    int stillRunning = 0;
    int profilesNotSaved = 0;

    bool operator==(const TerminationSummary &) const = default;
};

} // namespace Anchorwatch
