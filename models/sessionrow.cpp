#include "models/sessionrow.h"

#include "models/agetext.h"
#include "models/urltext.h"

#include <QCoreApplication>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SessionRow", text);
}

RowState::Kind stateOf(const SessionStatus &status)
{
    switch (status.kind()) {
    case SessionStatus::Kind::Starting:
        return RowState::Kind::Starting;
    case SessionStatus::Kind::Running:
        return RowState::Kind::Running;
    case SessionStatus::Kind::Idle:
        return RowState::Kind::Idle;
    case SessionStatus::Kind::Stopped:
        return RowState::Kind::Stopped;
    case SessionStatus::Kind::Error:
        return RowState::Kind::Error;
    case SessionStatus::Kind::Unknown:
        break;
    }
    return RowState::Kind::Unknown;
}

QString terminatingNote(const Session &session)
{
    if (session.persist.value_or(false) && !session.profileName.isEmpty())
        return tr("Saving profile %1").arg(visibleText(session.profileName));
    return tr("Closing the browser");
}

// How long the session ran, or an empty string when its start or end is unknown.
QString ranText(const SessionRow &row)
{
    if (!row.session.createdAt.isValid() || !row.endedAt.isValid())
        return {};
    const std::chrono::milliseconds ran(row.session.createdAt.msecsTo(row.endedAt));
    return ageText(ran);
}

QString goneNote(const SessionRow &row)
{
    const Termination &end = row.termination;
    if (end.phase != Termination::Phase::Gone)
        return tr("left the list at %1").arg(hourText(row.endedAt));
    if (end.profile == Termination::Profile::NotSaved)
        return tr("gone, but its profile was not saved");
    if (end.proofs.testFlag(Termination::Proof::AlreadyGone))
        return tr("had already gone");
    const QString took = tookText(end.took);
    if (end.profile == Termination::Profile::Saved)
        return tr("gone after %1, profile saved").arg(took);
    const QString ran = ranText(row);
    return ran.isEmpty() ? tr("gone after %1").arg(took)
                         : tr("gone after %1, ran %2").arg(took, ran);
}

QString profileSentence(const SessionRow &row)
{
    const QString name = visibleText(row.session.profileName);
    switch (row.termination.profile) {
    case Termination::Profile::Unchanged:
        return tr("Profile %1 stays as it was.").arg(name);
    case Termination::Profile::Saved:
        return tr("Profile %1 was saved.").arg(name);
    case Termination::Profile::NotSaved:
        return tr("Profile %1 was not saved: %2").arg(name, maskedText(row.termination.reason));
    case Termination::Profile::Unknown:
        return tr("Whether profile %1 was saved is not known.").arg(name);
    case Termination::Profile::None:
        break;
    }
    return {};
}

} // namespace

RowState::Kind SessionRow::state() const
{
    switch (termination.phase) {
    case Termination::Phase::Gone:
        return RowState::Kind::Gone;
    case Termination::Phase::Terminating:
        return RowState::Kind::Terminating;
    case Termination::Phase::StillRunning:
        return endedAt.isValid() ? RowState::Kind::Gone : RowState::Kind::StillRunning;
    case Termination::Phase::None:
        break;
    }
    if (endedAt.isValid())
        return RowState::Kind::Gone;
    if (!session.malformed.isEmpty())
        return RowState::Kind::Malformed;
    if (staleSince.isValid())
        return RowState::Kind::Stale;
    return stateOf(session.status);
}

QString SessionRow::stateText() const
{
    switch (state()) {
    case RowState::Kind::Terminating:
        return tr("Terminating…");
    case RowState::Kind::StillRunning:
        // The browser may be gone while its profile could not be saved.
        return session.status.isOver() ? tr("Still listed") : tr("Still running");
    case RowState::Kind::Gone:
        return tr("Gone");
    case RowState::Kind::Malformed:
        return tr("Malformed");
    case RowState::Kind::Stale:
        return tr("Was %1").arg(visibleText(session.status.text()).toLower());
    case RowState::Kind::Starting:
    case RowState::Kind::Running:
    case RowState::Kind::Idle:
    case RowState::Kind::Stopped:
    case RowState::Kind::Error:
    case RowState::Kind::Unknown:
        break;
    }
    return visibleText(session.status.text());
}

bool SessionRow::isLive() const
{
    return state() != RowState::Kind::Gone && !session.status.isOver();
}

QString SessionRow::note() const
{
    switch (state()) {
    case RowState::Kind::Terminating:
        return terminatingNote(session);
    case RowState::Kind::StillRunning:
        return maskedText(termination.reason);
    case RowState::Kind::Gone:
        return goneNote(*this);
    case RowState::Kind::Starting:
    case RowState::Kind::Running:
    case RowState::Kind::Idle:
    case RowState::Kind::Stopped:
    case RowState::Kind::Error:
    case RowState::Kind::Unknown:
    case RowState::Kind::Malformed:
    case RowState::Kind::Stale:
        break;
    }
    return {};
}

QString SessionRow::receipt() const
{
    if (state() != RowState::Kind::Gone)
        return {};
    if (termination.phase == Termination::Phase::StillRunning) {
        return tr("It left the list at %1. It had not ended when it was asked to: %2")
            .arg(secondText(endedAt), maskedText(termination.reason));
    }
    if (termination.phase != Termination::Phase::Gone)
        return tr("It left the list at %1; it was not ended from here.").arg(secondText(endedAt));

    QStringList sentences;
    if (termination.proofs.testFlag(Termination::Proof::AlreadyGone))
        sentences += tr("The service did not know it any more when it was asked to end it.");
    else
        sentences += tr("Gone %1 after it was asked to end.").arg(tookText(termination.took));
    if (termination.proofs.testFlag(Termination::Proof::IdUnknown))
        sentences += tr("Asked for its id, the service answers that there is no such session.");
    if (termination.proofs.testFlag(Termination::Proof::Stopped))
        sentences += tr("Asked for its id, the service answers that its browser has ended.");
    if (termination.proofs.testFlag(Termination::Proof::LeftList))
        sentences += tr("It left the list.");
    if (termination.proofs.testFlag(Termination::Proof::ProcessTreeGone))
        sentences += tr("Every process of its browser has ended.");
    sentences += profileSentence(*this);
    sentences.removeAll(QString());
    return sentences.join(u' ');
}

QString SessionRow::openRefusal() const
{
    if (state() == RowState::Kind::Gone)
        return tr("Ended %1, nothing can be opened any more").arg(secondText(endedAt));
    if (session.status.isOver())
        return tr("Its browser has ended");
    if (!session.malformed.isEmpty())
        return tr("The service described it wrongly");
    return {};
}

QString SessionRow::connectionName() const
{
    return connection ? visibleText(connection->name) : QString();
}

Connection::Guard SessionRow::guard() const
{
    return connection ? connection->guard : Connection::Guard::Normal;
}

bool SessionRow::canBeAskedFor() const
{
    return state() != RowState::Kind::Gone && state() != RowState::Kind::Terminating
           && session.malformed.isEmpty() && Anchorwatch::terminateRefusal(session.id).isEmpty();
}

QString SessionRow::terminateRefusal() const
{
    if (guard() == Connection::Guard::WatchOnly)
        return tr("%1 is set to watch only.").arg(connectionName());
    if (state() == RowState::Kind::Gone)
        return tr("It is gone already.");
    if (state() == RowState::Kind::Terminating)
        return tr("It is being terminated.");
    if (!session.malformed.isEmpty())
        return tr(
            "The service described it wrongly, so it is not certain which session would end.");
    return Anchorwatch::terminateRefusal(session.id);
}

QString SessionRow::pageTitle() const
{
    if (!session.malformed.isEmpty())
        return visibleText(session.malformed);
    if (session.status.kind() == SessionStatus::Kind::Error && !session.error.isEmpty())
        return maskedText(session.error);
    // Chromium names an empty tab by its address.
    const bool isBlank = session.currentUrl == "about:blank"_L1;
    if (isBlank && (session.title.isEmpty() || session.title == session.currentUrl))
        return tr("New tab");
    if (!session.title.trimmed().isEmpty())
        return visibleText(session.title);
    return session.currentUrl.isEmpty() ? QString() : tr("Untitled page");
}

} // namespace Anchorwatch
