#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QWebSocket>
#include <QWebSocketServer>

namespace Anchorwatch {

// A CDP endpoint that a test plays: its pages are what the test says, every command is recorded and
// answered, and pictures come when the test sends them.
class PlayedBrowser : public QObject
{
    Q_OBJECT

public:
    PlayedBrowser();

    // Of the whole browser, or of one of its pages.
    [[nodiscard]] QUrl url() const;
    [[nodiscard]] QUrl pageUrl(const QString &page) const;

    // A page there is, or comes; `inSight` hides the others, as a new tab does.
    void addPage(const QString &id);
    void addPageInSight(const QString &id);
    void showPage(const QString &id);
    void removePage(const QString &id);
    void sendEvent(const QString &method, const QJsonObject &parameters,
                   const QString &cdpSession = {});
    // A picture of the page, if somebody casts it now.
    void sendPicture(const QString &page, const QByteArray &jpeg);
    // The answers to commands of that name wait until they are let go.
    void holdAnswersTo(const QString &method) { m_heldMethod = method; }
    void letAnswersGo();
    // Ends the connection, or takes none any more.
    void hangUp();

    [[nodiscard]] bool isConnected() const { return m_socket; }
    [[nodiscard]] int connections() const { return m_connections; }
    [[nodiscard]] const QNetworkRequest &handshake() const { return m_handshake; }
    // The names of the commands, each with the page it was about: "Page.enable one".
    [[nodiscard]] const QStringList &commands() const { return m_commands; }
    [[nodiscard]] bool casts(const QString &page) const { return m_cast.contains(page); }
    // The parameters of the last command of that name.
    [[nodiscard]] QJsonObject parametersOf(const QString &method) const
    {
        return m_parameters.value(method);
    }

private:
    void onConnected();
    void onCommand(const QString &text);
    [[nodiscard]] QJsonObject answer(const QString &method, const QJsonObject &parameters,
                                     const QString &page);
    [[nodiscard]] QJsonObject infoOf(const QString &page) const;
    void send(const QJsonObject &message);

    QWebSocketServer m_server;
    QPointer<QWebSocket> m_socket;
    QNetworkRequest m_handshake;
    QString m_ownPage; // of the address that was connected to
    QStringList m_pages;
    QString m_inSight;
    QSet<QString> m_cast;
    QStringList m_commands;
    QHash<QString, QJsonObject> m_parameters;
    QString m_heldMethod;
    QList<QJsonObject> m_held;
    int m_connections = 0;
    bool m_isDiscovered = false;
};

} // namespace Anchorwatch
