#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

namespace Anchorwatch {

class CdpClient;
class CdpReply;

// Tells when a page changes its title by script: Chromium 156 has no event for that. A promise that
// waits for it is left in the page, in a world of its own that the page's scripts cannot see; no
// Runtime.enable, which pages can notice. At most four times a second.
class TitleWatch : public QObject
{
    Q_OBJECT

public:
    // The client outlives it. A page's target id is the id of its main frame.
    TitleWatch(CdpClient &client, const QString &cdpSession, const QString &targetId,
               QObject *parent = nullptr);

    [[nodiscard]] const QString &targetId() const { return m_frame; }
    // Begins with the document that the page shows now; to be called for each new one.
    void watchDocument();

signals:
    void titleChanged();

private:
    void onWorld(const CdpReply &reply);
    void wait();
    void onTitle(const CdpReply &reply);

    CdpClient &m_client;
    QString m_cdpSession;
    QString m_frame;
    int m_world = 0;  // execution context, another for each document
    int m_serial = 0; // of the document, so that answers of an earlier one are known
    QString m_title;  // the last one heard of
    QTimer m_again;
};

} // namespace Anchorwatch
