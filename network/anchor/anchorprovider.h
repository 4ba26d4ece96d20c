#pragma once

#include "models/connection.h"
#include "network/anchor/anchorclient.h"
#include "network/anchor/anchorsessions.h"
#include "network/sessionprovider.h"

#include <QHash>
#include <QList>
#include <QPointer>

#include <chrono>
#include <functional>

namespace Anchorwatch {

// Speaks to the Anchor API. Asks for lists, details and pages alone: a session's idle timeout is
// held off by live views and CDP connections (Anchor's session-timeout page). Mints no tokens,
// fetches no link.
class AnchorProvider : public SessionProvider
{
    Q_OBJECT

public:
    // The manager must outlive it.
    AnchorProvider(QNetworkAccessManager &manager, const Connection &connection,
                   QObject *parent = nullptr);

    // Without one, every question fails. It is in no fault and in no session.
    void setKey(const QString &key);
    // Bounds for questions; creating gets twelve times, ending four times their deadline.
    void setBounds(const HttpBounds &bounds) { m_client.setBounds(bounds); }
    // Between the looks for a session whose creation was not answered.
    void setLookPause(std::chrono::milliseconds pause) { m_lookPause = pause; }

    [[nodiscard]] ListReply *list() override;
    // A session that has ended is Stopped as long as the service knows it, then NotFound.
    [[nodiscard]] SessionReply *get(const QString &id) override;
    [[nodiscard]] SessionReply *create(const SessionRequest &request) override;
    // One DELETE for each session at a time: whoever asks meanwhile gets the answer of the first.
    [[nodiscard]] TerminateReply *terminate(const QString &id) override;

    [[nodiscard]] QString watchingCost() const override;
    [[nodiscard]] QNetworkRequest cdpRequest(const QUrl &address) const override;

private:
    using Verdict = std::function<void(const Fault &)>;

    // True when the question cannot be put: the reply has failed then.
    [[nodiscard]] bool isRefused(ProviderReply *reply) const;
    [[nodiscard]] bool isRefused(ProviderReply *reply, const QString &id) const;
    void takeList(ListReply *reply, const HttpExchange &exchange);
    void decodeList(ListReply *reply, const HttpExchange &exchange);
    void takeDetails(SessionReply *reply, const QString &id, const HttpExchange &exchange);
    void askPages(SessionReply *reply, const DecodedAnchorSession &details);
    void takeWhole(SessionReply *reply, const DecodedAnchorSession &details);
    void takeEnd(const QString &id, const HttpExchange &exchange);
    void answerEnd(const QString &id, const std::optional<Fault> &fault);
    // What a failed question about one session means: its 401 and 404 are read with the list.
    void judge(const QString &id, const HttpExchange &exchange, QObject *parent,
               const Verdict &verdict);
    [[nodiscard]] Fault verdictOn(const QString &id, const Fault &fault,
                                  const HttpExchange &list) const;

    AnchorClient m_client;
    AnchorSessions m_sessions;
    std::chrono::milliseconds m_lookPause{2000};
    QHash<QString, QList<QPointer<TerminateReply>>> m_ending; // by id: who waits for its DELETE
    QByteArray m_lastList;  // body of the last list that was decoded
    int m_lastRevision = 0; // of m_sessions, for that list
};

} // namespace Anchorwatch
