#pragma once

#include "network/anchor/anchorclient.h"
#include "network/anchor/anchorsessions.h"
#include "network/sessionprovider.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <chrono>
#include <optional>

namespace Anchorwatch {

// The making of one session. QNetworkAccessManager sends a POST a second time by itself when the
// connection breaks before an answer (seen on Qt 6.4.2), and a network may do so too: what carries
// the tag of the request is therefore looked for before anything is said. Where the answer got
// lost, that is the session; where there are two of them, the one that nobody was told of is ended.
// Answers the reply and lives as long as that does.
class AnchorCreation : public QObject
{
    Q_OBJECT

public:
    // `sessions` is told of the new one. After an answer that got lost it is looked for three
    // times, with that pause between: a browser may take its time to start.
    AnchorCreation(const AnchorClient &client, AnchorSessions &sessions,
                   const SessionRequest &request, std::chrono::milliseconds pause,
                   SessionReply *reply);

private:
    void ask();
    void takeAnswer(const HttpExchange &exchange);
    void look();
    void takeLook(const HttpExchange &exchange);
    void lookAgain(const QString &ifInVain);
    void takeFound(const SessionList &found);
    void become(const Session &listed);
    void endNextTwin();
    void succeed();

    const AnchorClient m_client;
    AnchorSessions &m_sessions;
    const SessionRequest m_request;
    const QString m_tag;
    const QStringList m_tags; // that, and who made it
    SessionReply *m_reply;
    QTimer m_pause;
    Session m_made;
    std::optional<Fault> m_fault; // of an answer that leaves open whether there is a session
    QStringList m_twins;          // ids of those that were made besides
    int m_looks = 0;
};

} // namespace Anchorwatch
