#pragma once

#include <QHash>
#include <QJsonObject>
#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>

namespace Anchorwatch {

class CdpClient;
class CdpReply;

// Hands a viewer's input to a page, in the order it came. Moves of the mouse are gathered to one in
// 16 ms and never waited for; what waits for each of them runs behind the hand. Text and keys are
// never logged.
class PageInput : public QObject
{
    Q_OBJECT

public:
    // The client outlives it.
    PageInput(CdpClient &client, const QString &cdpSession, QObject *parent = nullptr);

    // Messages of docs/live-view.md; what is not as it says there is left out.
    void mouse(const QJsonObject &message);
    void touch(const QJsonObject &message);
    void key(const QJsonObject &message);
    void text(const QString &text);
    void compose(const QJsonObject &message);
    // Runs `then` when the page has taken all that was typed so far (or did not in time).
    void afterTyping(const std::function<void()> &then);
    // Lets go of what a viewer who left still held down.
    void releaseAll();

private:
    void flushMove();
    void dispatchMouse(const QJsonObject &parameters);
    void type(const QString &method, const QJsonObject &parameters);

    CdpClient &m_client;
    QString m_cdpSession;
    std::optional<QJsonObject> m_move; // not sent yet
    QTimer m_sendMove;
    // What is held down, as it was pressed.
    QHash<QString, QJsonObject> m_buttons; // by name
    QHash<QString, QJsonObject> m_keys;    // by code
    bool m_isTouched = false;
    CdpReply *m_typing = nullptr; // the last that was typed, until it is answered
};

} // namespace Anchorwatch
