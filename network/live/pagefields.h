#pragma once

#include <QJsonObject>
#include <QObject>
#include <QString>

#include <functional>
#include <optional>

namespace Anchorwatch {

class CdpClient;
class CdpReply;

// The fields of a page whose popups are not in its picture: drop-down lists, colours and dates.
// Looks at what is pressed before the page hears of it, keeps the press from it when a popup would
// open, and writes what the viewer chose instead. Works in a world of its own in the page, which
// the page's scripts cannot see. Fields inside frames of other sites are not recognised.
class PageFields : public QObject
{
    Q_OBJECT

public:
    // The client outlives it. A page's target id is the id of its main frame.
    PageFields(CdpClient &client, const QString &cdpSession, const QString &targetId,
               QObject *parent = nullptr);

    // A new document: what was known of the old one is void.
    void forgetDocument();

    // What is at that place, or has the focus. `then` is called once: with the message that offers
    // the field to the viewer (docs/live-view.md: select, field), or with nothing, when the page is
    // to hear of the press itself.
    using Then = std::function<void(const std::optional<QJsonObject> &)>;
    void lookAt(double x, double y, const Then &then);
    void lookAtFocused(const Then &then);

    // Writes the answer of the viewer into the field that was offered last, if it is that one.
    void choose(const QJsonObject &answer);
    // What is selected in the page; empty when nothing is.
    void selection(bool cut, const std::function<void(const QString &)> &then);

private:
    void evaluate(const QString &expression, const std::function<void(const QJsonValue &)> &then);
    void evaluateIn(int world, const QString &expression,
                    const std::function<void(const QJsonValue &)> &then);
    void offer(const QString &finder, const Then &then);

    CdpClient &m_client;
    QString m_cdpSession;
    QString m_frame;
    int m_world = 0; // execution context, 0 when there is none yet
    int m_serial = 0;
    QString m_offered; // the id of the field that was offered last
};

} // namespace Anchorwatch
