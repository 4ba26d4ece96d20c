#pragma once

#include "models/connection.h"
#include "network/grid/browserpulse.h"
#include "network/grid/gridclient.h"
#include "network/grid/gridcodec.h"
#include "network/sessionprovider.h"

#include <QElapsedTimer>
#include <QHash>
#include <QList>
#include <QPointer>
#include <QSet>

#include <chrono>

namespace Anchorwatch {

// Speaks to a Selenium Grid 4. Asks for its status alone, never for anything of a session: every
// WebDriver command holds off the session's timeout.
class GridProvider : public SessionProvider
{
    Q_OBJECT

public:
    // The manager must outlive it. The base URL may have a path (--sub-path).
    GridProvider(QNetworkAccessManager &manager, const Connection &connection,
                 QObject *parent = nullptr);

    // For Basic authentication. It does not cover the Grid's WebSockets (seen on 4.48.0): whoever
    // knows a session's id has its browser.
    void setCredentials(const QString &user, const QString &password);
    // What create() asks for.
    void setBrowser(const GridBrowser &browser) { m_browser = browser; }
    // Bounds for questions; creating gets 22 times, ending four times their deadline.
    void setBounds(const HttpBounds &bounds) { m_client.setBounds(bounds); }
    // How often list() sees to what changes slowly: how full the Grid is, which browsers have
    // ended.
    void setSlowBeat(std::chrono::milliseconds beat) { m_slowBeat = beat; }
    // Empty before the first answer.
    [[nodiscard]] const std::optional<GridCapacity> &capacity() const { return m_capacity; }

    [[nodiscard]] ListReply *list() override;
    [[nodiscard]] SessionReply *get(const QString &id) override;
    [[nodiscard]] SessionReply *create(const SessionRequest &request) override;
    // One DELETE for each session at a time: the Grid answers a second one only after the session's
    // timeout, with an error (seen on 4.48.0). Whoever asks meanwhile gets the answer of the first.
    [[nodiscard]] TerminateReply *terminate(const QString &id) override;

    [[nodiscard]] QString profileRefusal() const override;
    [[nodiscard]] QString timeoutRefusal() const override;
    [[nodiscard]] QString watchingCost() const override;
    [[nodiscard]] QNetworkRequest cdpRequest(const QUrl &address) const override;

signals:
    void capacityChanged(const Anchorwatch::GridCapacity &capacity);

private:
    [[nodiscard]] Fault faultOfList(const HttpExchange &exchange) const;
    void decodeList(ListReply *reply, const HttpExchange &exchange);
    void takeList(ListReply *reply, const DecodedGridStatus &status);
    void takeGet(SessionReply *reply, const QString &id, const HttpExchange &exchange) const;
    void takeEnd(const QString &id, const HttpExchange &exchange);
    void noteDeadDriver(const QString &id, const Fault &fault);
    [[nodiscard]] Session withWhatWeKnow(Session session) const;
    void beat(const DecodedGridStatus &status);
    void askCapacity();

    GridClient m_client;
    GridBrowser m_browser;
    BrowserPulse m_pulse;
    QHash<QString, GridMark> m_marks; // of the last list, by session id
    QSet<QString> m_withoutDriver;    // sessions whose driver was found dead
    QHash<QString, QList<QPointer<TerminateReply>>> m_ending; // by id: who waits for its DELETE
    std::optional<GridCapacity> m_capacity;
    QPointer<HttpExchange> m_capacityExchange;
    QElapsedTimer m_sinceBeat;
    std::chrono::milliseconds m_slowBeat{10'000};
    QByteArray
        m_lastList; // body of the last list that was decoded; null: decode the next in any case
};

} // namespace Anchorwatch
