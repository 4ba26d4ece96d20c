#pragma once

#include <QHash>
#include <QJsonObject>
#include <QNetworkRequest>
#include <QObject>
#include <QString>
#include <QWebSocket>

#include <chrono>

namespace Anchorwatch {

// One command to a browser that is under way. It answers exactly once, with finished(), always
// after the call that sent it has returned, then deletes itself. Owned by its client.
class CdpReply : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    // Why there is no result: the browser's words, "timed out" or "closed"; empty when there is
    // one.
    [[nodiscard]] const QString &error() const { return m_error; }
    [[nodiscard]] const QJsonObject &result() const { return m_result; }

signals:
    void finished();

private:
    friend class CdpClient;

    void deliver(const QJsonObject &result, const QString &error);

    QJsonObject m_result;
    QString m_error;
    bool m_answered = false;
};

// Speaks the Chrome DevTools Protocol over one WebSocket; sessions are flat (a sessionId in every
// message). Sends no Origin header: Chromium answers 403 to any. Used from the thread it lives in.
class CdpClient : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds defaultTimeout{10'000};

    explicit CdpClient(QObject *parent = nullptr);
    ~CdpClient() override;

    // Opens the connection; opened() or closed() follows. A connection there was is dropped
    // silently.
    void open(const QNetworkRequest &endpoint);
    void open(const QUrl &endpoint) { open(QNetworkRequest(endpoint)); }
    // Ends it silently; every command under way fails.
    void drop();
    [[nodiscard]] bool isOpen() const;
    // With which HTTP status the connection was refused; 0 when it was not.
    [[nodiscard]] int refusedWith() const;

    // Sends a command. Without a connection, or with no answer in time, the reply carries an error.
    CdpReply *call(const QString &method, const QJsonObject &parameters = {},
                   const QString &sessionId = {},
                   std::chrono::milliseconds timeout = defaultTimeout);

signals:
    void opened();
    // The connection ended, or could not be made; every command under way has failed.
    void closed();
    void event(const QString &method, const QJsonObject &parameters, const QString &sessionId);

private:
    void onMessage(const QString &message);
    void onDisconnected();
    void failAll();

    QWebSocket m_socket;
    QHash<qint64, CdpReply *> m_pending;
    qint64 m_lastId = 0;
};

} // namespace Anchorwatch
