#pragma once

#include "models/fault.h"

#include <QByteArray>
#include <QElapsedTimer>
#include <QNetworkReply>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace Anchorwatch {

// What one answer may cost.
struct HttpBounds
{
    // For the whole answer: QNetworkRequest's transfer timeout only measures silence, so a peer
    // that sends a byte a second would never end.
    std::chrono::milliseconds deadline{15'000};
    qint64 bodyBytes = qint64(64) * 1024 * 1024; // after decompression
};

// One request under way and its whole answer, bounded. Owns the reply.
class HttpExchange : public QObject
{
    Q_OBJECT

public:
    HttpExchange(QNetworkReply *reply, const HttpBounds &bounds, QObject *parent = nullptr);
    ~HttpExchange() override;

    // A question of ours: at most five redirects, none to another origin (headers would follow them
    // there), none to another scheme, no cache, no cookies.
    [[nodiscard]] static QNetworkRequest request(const QUrl &url);
    // The same for what changes something (POST, DELETE): follows no redirect, which could name
    // another session, and which Qt would turn into a GET whose answer proves nothing.
    [[nodiscard]] static QNetworkRequest commandRequest(const QUrl &url);

    // After finished(): the status code, zero when there was no answer.
    [[nodiscard]] int status() const { return m_status; }
    [[nodiscard]] const QByteArray &body() const { return m_body; }
    [[nodiscard]] QByteArray header(const QByteArray &name) const;
    // Why there is no answer, or what a status code outside 2xx and 3xx means.
    [[nodiscard]] const std::optional<Fault> &fault() const { return m_fault; }
    [[nodiscard]] double milliseconds() const { return m_milliseconds; }

signals:
    void finished();

private:
    void read();
    void makeRoom();
    void giveUp(const Fault &fault);
    void finish();
    [[nodiscard]] std::optional<Fault> judge() const;

    QNetworkReply *m_reply;
    HttpBounds m_bounds;
    QTimer m_deadline;
    QElapsedTimer m_elapsed;
    QByteArray m_body;
    std::optional<Fault> m_fault;
    std::optional<Fault> m_distrust; // what was wrong with the certificate, unless it is trusted
    int m_status = 0;
    double m_milliseconds = 0;
};

} // namespace Anchorwatch
