#pragma once

#include "models/connectionlistmodel.h"
#include "models/fault.h"
#include "models/serviceabilities.h"
#include "models/sessionrequest.h"
#include "models/sessionsnippet.h"
#include "models/sessiontablemodel.h"
#include "ui/announcement.h"
#include "ui/urlopener.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <functional>
#include <ranges>

namespace Anchorwatch {

class NewSessionDialog;
class TerminateDialog;
class WatchingConsent;
class WatchingCostDialog;
struct NewSessionPlace;

// What the window does with sessions: open, copy, start, end. Every command is given the keys it is
// about, captured when the menu, key or button was used; it never looks at a selection. Asks the
// user where that is needed, and says by signals what the service shall do.
class SessionCommands : public QObject
{
    Q_OBJECT

public:
    // Models, clock and window must outlive it; the window is the parent of its dialogs.
    SessionCommands(SessionTableModel &model, const ConnectionListModel &connections,
                    const Clock &clock, const UrlOpener &opener, QWidget *window);

    void setAbilities(const QString &connectionId, const ServiceAbilities &abilities);
    [[nodiscard]] WatchingConsent &consent() const { return *m_consent; }
    // The connection whose sessions are shown alone, or an empty id: new sessions are offered
    // there.
    void setCurrentConnection(const QString &id);
    // Whether ending a single session is confirmed; several always are.
    void setConfirmsSingle(bool confirms);
    [[nodiscard]] bool confirmsSingle() const { return m_confirmsSingle; }

    // Why it cannot be done with these sessions, or an empty string.
    [[nodiscard]] QString watchRefusal(const QList<SessionKey> &keys) const;
    [[nodiscard]] QString liveViewRefusal(const QList<SessionKey> &keys) const;
    [[nodiscard]] QString devToolsRefusal(const QList<SessionKey> &keys) const;
    [[nodiscard]] QString copyRefusal(SessionSnippet::Kind kind,
                                      const QList<SessionKey> &keys) const;
    [[nodiscard]] QString terminateRefusal(const QList<SessionKey> &keys) const;
    [[nodiscard]] QString newSessionRefusal() const;

    // Whether a session may be watched: where that costs, the user says so once for a connection.
    // Asks, and does it later, when they have not yet.
    [[nodiscard]] bool mayWatch(const SessionKey &key, const std::function<void()> &later);
    void openLiveViews(const QList<SessionKey> &keys);
    // The live view of one of the session's tabs.
    void openTab(const SessionKey &key, int tab);
    void openDevTools(const SessionKey &key);
    void closeTab(const SessionKey &key, const SessionTab &tab);
    void copy(SessionSnippet::Kind kind, const QList<SessionKey> &keys);
    void copyText(const QString &text, const QString &what);
    void terminate(const QList<SessionKey> &keys);
    // The same, asked over another window than the main one.
    void terminateOver(QWidget *window, const QList<SessionKey> &keys);
    // Asks again for the end of a session that was asked to end and still runs: confirmed once
    // already.
    void retryTermination(const SessionKey &key);
    void newSession();

    // Answers to what was asked for.
    void showCreated();
    void showCreationFault(const Fault &fault);
    void openDevToolsAt(const SessionKey &key, const QUrl &url);
    // A tab was closed, or could not be, with the reason.
    void showTabClosed(const SessionKey &key, const SessionTab &tab,
                       const std::optional<Fault> &fault);
    void showDevToolsFault(const SessionKey &key, const Fault &fault);

signals:
    void announced(const Anchorwatch::Announcement &announcement);
    void createRequested(const QString &connectionId, const Anchorwatch::SessionRequest &request);
    // All of one connection; a choice that spans several comes as one signal for each.
    void terminateRequested(const QString &connectionId, const Anchorwatch::SessionList &sessions);
    void devToolsRequested(const Anchorwatch::SessionKey &key);
    void closeTabRequested(const Anchorwatch::SessionKey &key, const Anchorwatch::SessionTab &tab);
    void confirmsSingleChanged();

private:
    // Those that are still there: as they are now, or one after the other as they are looked at,
    // which suits who is content with the first.
    [[nodiscard]] QList<SessionRow> rowsOf(const QList<SessionKey> &keys) const;
    [[nodiscard]] auto rowsAt(const QList<SessionKey> &keys) const
    {
        return keys
               | std::views::transform([this](const SessionKey &key) { return m_model.find(key); })
               | std::views::filter([](const SessionRow *row) { return row != nullptr; });
    }
    void confirmTermination(QWidget *window, const QList<SessionRow> &rows);
    void sendTermination(const QList<SessionKey> &keys);
    void announceOpened(int opened, const QString &what, const QString &link);
    [[nodiscard]] QStringList knownProfiles() const;
    // Where a session can be started.
    [[nodiscard]] QList<NewSessionPlace> places() const;
    [[nodiscard]] bool mayWatch(const QList<SessionRow> &rows, const std::function<void()> &later);
    [[nodiscard]] QString nameOf(const SessionKey &key) const;

    SessionTableModel &m_model;
    const Clock &m_clock;
    UrlOpener m_opener;
    QWidget *m_window;
    const ConnectionListModel &m_connections;
    QHash<QString, ServiceAbilities> m_abilities;
    QString m_current;
    WatchingConsent *m_consent;
    QPointer<WatchingCostDialog> m_watchingCost;
    QPointer<NewSessionDialog> m_newSession;
    QPointer<TerminateDialog> m_terminate;
    bool m_confirmsSingle = true;
    QHash<SessionKey, Session> m_asked; // what was ended from here, as it was then
};

} // namespace Anchorwatch
