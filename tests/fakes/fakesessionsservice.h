#pragma once

#include "models/session.h"
#include "models/sessionrequest.h"
#include "network/http/httpserver.h"

#include <QHash>
#include <QObject>
#include <QStringList>
#include <QTimer>
#include <QUrl>

#include <chrono>

namespace Anchorwatch {

// A sessions service without browsers: the contract over real HTTP on loopback, from a list in
// memory that the test changes as it likes. Each kind of request can be told to fail.
class FakeSessionsService : public QObject
{
    Q_OBJECT

public:
    enum class Listing {
        Answered,
        Fails,   // 500
        Busy,    // 503, Retry-After: 7
        TooMany, // 429, Retry-After: 7
        Refused, // 401
        Unknown, // 404, as where there is no such service
        NotJson, // 200 and a page of HTML
        Hangs    // no answer until the service is closed
    };
    Q_ENUM(Listing)

    enum class Creation {
        Works,   // a running session at once
        Rejects, // 400 with details for initialUrl
        Fails,   // 500
        Hangs
    };
    Q_ENUM(Creation)

    enum class Ending {
        Works,       // 200 and gone
        AlreadyGone, // 404 and gone
        Fails,       // 500 with a message, and still there
        NotSaved,    // 500 with a message, and gone
        Refused,     // 401 and still there
        StaysListed, // 200 and still there
        Stops,       // 200, and listed as stopped
        Slow,        // 200 and gone after slowness()
        Hangs        // no answer, still there
    };
    Q_ENUM(Ending)

    explicit FakeSessionsService(QObject *parent = nullptr);
    ~FakeSessionsService() override;

    // Scheme, address and port; the same after close() and reopen().
    [[nodiscard]] QUrl url() const;
    // Drops every client and refuses new ones.
    void close();
    void reopen();

    [[nodiscard]] const SessionList &sessions() const { return m_sessions; }
    [[nodiscard]] bool contains(const QString &id) const { return indexOf(id) >= 0; }
    void setSessions(const SessionList &sessions);
    void add(const Session &session);
    void remove(const QString &id);
    // Replaces the session of the same id, which must be there.
    void change(const Session &session);

    void setListing(Listing listing) { m_listing = listing; }
    void setCreation(Creation creation) { m_creation = creation; }
    // Of every session, but those that have their own.
    void setEnding(Ending ending) { m_ending = ending; }
    void setEnding(const QString &id, Ending ending) { m_endings.insert(id, ending); }
    void setSlowness(std::chrono::milliseconds slowness) { m_slowness = slowness; }

    // What was asked so far.
    [[nodiscard]] int listCount() const { return m_listCount; }
    [[nodiscard]] const QStringList &gets() const { return m_gets; }
    [[nodiscard]] const QStringList &deletes() const { return m_deletes; }
    // As "session number".
    [[nodiscard]] const QStringList &closedTabs() const { return m_closedTabs; }
    [[nodiscard]] const QList<SessionRequest> &creates() const { return m_creates; }

signals:
    // A request came, whatever becomes of it.
    void asked();

private:
    void addRoutes();
    void answerList(const HttpAnswer &answer);
    void answerGet(const QString &id, const HttpAnswer &answer);
    void answerCreate(const QByteArray &body, const HttpAnswer &answer);
    void answerDelete(const QString &id, const HttpAnswer &answer);
    void closeTab(const QString &id, int number);
    void end(const QString &id, Ending ending, const HttpAnswer &answer);
    [[nodiscard]] Session createdSession(const SessionRequest &request);
    [[nodiscard]] qsizetype indexOf(const QString &id) const;

    HttpServer m_server;
    quint16 m_port = 0;
    SessionList m_sessions;
    QByteArray m_listBody; // empty: to be encoded again
    Listing m_listing = Listing::Answered;
    Creation m_creation = Creation::Works;
    Ending m_ending = Ending::Works;
    QHash<QString, Ending> m_endings;
    std::chrono::milliseconds m_slowness{300};
    int m_created = 0;
    int m_listCount = 0;
    QStringList m_gets;
    QStringList m_deletes;
    QStringList m_closedTabs;
    QList<SessionRequest> m_creates;
};

} // namespace Anchorwatch
