#pragma once

#include "network/service/localsession.h"
#include "network/service/profilestore.h"
#include "network/service/straybrowsers.h"
#include "network/sessionprovider.h"

#include <QHash>
#include <QList>
#include <QNetworkAccessManager>
#include <QSet>
#include <QThreadPool>
#include <QUrl>

#include <optional>

class QWebSocket;

namespace Anchorwatch {

// What a session is to have beside what the contract knows.
struct LocalWishes
{
    enum class UnknownProfile {
        Refused,
        Blank // it begins empty, and is not saved unless it persists
    };

    QStringList tags;
    UnknownProfile unknownProfile = UnknownProfile::Refused;
};

// One that left, for those who come too late to see it.
struct EndedSession
{
    SessionRecord record;
    LiveState state;
};

// Sessions over Chromium on this machine.
class LocalBrowserProvider : public SessionProvider
{
    Q_OBJECT

public:
    // The folder is open and outlives the provider.
    LocalBrowserProvider(const LocalBrowserOptions &options, const DataFolder &folder,
                         QObject *parent = nullptr);
    ~LocalBrowserProvider() override;

    // The address under which clients reach the service; live view links start with it.
    void setBaseUrl(const QUrl &url) { m_baseUrl = url; }
    // Goes on with the sessions of an earlier process and removes what it left behind.
    void restore();
    // Ends every session; allEnded() follows. New ones are refused from now on.
    void endAll();

    [[nodiscard]] ListReply *list() override;
    [[nodiscard]] SessionReply *get(const QString &id) override;
    [[nodiscard]] SessionReply *create(const SessionRequest &request) override;
    [[nodiscard]] SessionReply *create(const SessionRequest &request, const LocalWishes &wishes);
    // Answers as soon as the session runs, or fails when it does not come to that.
    [[nodiscard]] SessionReply *awaitStart(const QString &id);
    [[nodiscard]] TerminateReply *terminate(const QString &id) override;
    [[nodiscard]] CloseTabReply *closeTab(const QString &id, int tab) override;

    // Of all that have not left, oldest first.
    [[nodiscard]] QStringList ids() const;
    // Null when there is none of that id, or it has left.
    [[nodiscard]] LocalSession *find(const QString &id) const;
    // One that left not too long ago; else null. Valid until the next one leaves.
    [[nodiscard]] const EndedSession *ended(const QString &id) const;
    [[nodiscard]] Session describe(const LocalSession &session) const;
    [[nodiscard]] const ProfileStore &profiles() const { return m_profiles; }

    // What the link of a live view may do; nothing when there is no such session or the capability
    // is not its own, and nobody is told which.
    [[nodiscard]] std::optional<LiveRole> liveRole(const QString &id,
                                                   const QString &capability) const;
    // A viewer with a link to that session is about to come.
    void expectViewer(const QString &id);
    // Takes the open socket of a viewer with such a link.
    void addViewer(const QString &id, LiveRole role, QWebSocket *socket);

signals:
    void allEnded();

private:
    [[nodiscard]] std::optional<Fault> refusal(const SessionRequest &request,
                                               const LocalWishes &wishes) const;
    [[nodiscard]] bool isProfileKnown(const QString &name) const;
    LocalSession *add(const SessionRecord &record);
    void onLeft(LocalSession *session);
    void onNotSaved(LocalSession *session, const QString &reason);
    void finishEndAll(const QString &id);

    const LocalBrowserOptions m_options;
    const DataFolder &m_folder;
    ProfileStore m_profiles;
    SessionRegistry m_registry;
    QThreadPool m_worker;
    QNetworkAccessManager m_network;
    LocalSurroundings m_around;
    StrayBrowsers m_strays;
    QUrl m_baseUrl;
    QList<LocalSession *> m_sessions; // children; oldest first
    QHash<QString, QPointer<TerminateReply>> m_terminating;
    QList<EndedSession> m_ended; // the latest
    QSet<QString> m_leaving;     // whom endAll() waits for
    bool m_isEnding = false;
};

} // namespace Anchorwatch
