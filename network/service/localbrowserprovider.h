#pragma once

#include "network/service/localsession.h"
#include "network/service/profilestore.h"
#include "network/sessionprovider.h"

#include <QHash>
#include <QList>
#include <QNetworkAccessManager>
#include <QThreadPool>
#include <QUrl>

namespace Anchorwatch {

// Where the live view of a session leads at this moment.
class LiveViewReply : public ProviderReply
{
    Q_OBJECT

public:
    using ProviderReply::ProviderReply;

    enum class State {
        Unknown, // no such session, or not its capability: nobody is told which
        Waiting, // nothing to see yet
        Live,
        Ended
    };
    Q_ENUM(State)

    State state = State::Unknown;
    QUrl address; // when Live: the page to watch it on
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
    [[nodiscard]] TerminateReply *terminate(const QString &id) override;

    [[nodiscard]] LiveViewReply *liveView(const QString &id, const QString &capability);

signals:
    void allEnded();

private:
    [[nodiscard]] std::optional<Fault> refusal(const SessionRequest &request) const;
    [[nodiscard]] bool isProfileKnown(const QString &name) const;
    [[nodiscard]] LocalSession *find(const QString &id) const;
    [[nodiscard]] Session describe(const LocalSession &session) const;
    LocalSession *add(const SessionRecord &record);
    void onLeft(LocalSession *session);
    void onNotSaved(LocalSession *session, const QString &reason);
    void finishEndAll(const QString &id);
    void removeStrays(const QStringList &knownIds, const QStringList &unreadableIds);
    void removeStray(const QString &id, const QString &keepAs);
    void showFrontPage(LiveViewReply *reply, LocalSession *session);

    const LocalBrowserOptions m_options;
    const DataFolder &m_folder;
    ProfileStore m_profiles;
    SessionRegistry m_registry;
    QThreadPool m_worker;
    QNetworkAccessManager m_network;
    LocalSurroundings m_around;
    QUrl m_baseUrl;
    QList<LocalSession *> m_sessions; // children; oldest first
    QHash<QString, QPointer<TerminateReply>> m_terminating;
    QList<std::pair<QString, QString>> m_ended; // id and capability of the latest that left
    QSet<QString> m_leaving;                    // whom endAll() waits for
    bool m_isEnding = false;
};

} // namespace Anchorwatch
