#pragma once

#include "network/live/browserpages.h"

#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QNetworkAccessManager>
#include <QObject>
#include <QString>
#include <QTimer>

namespace Anchorwatch {

class CdpClient;
class TitleWatch;

// Knows the pages of one browser, the one in front first. CDP events are only the hint to look: an
// event does not always bring the final title, and none tells which page is in front. Chromium's
// /json/list does both, newest activation first. Holds Page.enable on every page from its birth, so
// that a dialog opened before anybody watches can be answered later.
class PageTracker : public QObject
{
    Q_OBJECT

public:
    // Both outlive the tracker.
    PageTracker(CdpClient &client, QNetworkAccessManager &network, QObject *parent = nullptr);

    // Begins, on an open connection; ready() follows. May be called
    // again after the connection was made anew.
    void start(quint16 devToolsPort);

    [[nodiscard]] const QList<BrowserPage> &pages() const { return m_pages; }
    // The CDP session of some page, empty when none is attached.
    [[nodiscard]] QString anyCdpSession() const;
    // Likewise, of the page in front where that is known.
    [[nodiscard]] QString frontCdpSession() const;

    // Looks now; looked() follows, also when nothing could be seen.
    void look();

signals:
    void ready();
    // A page can be asked in this CDP session, with Page enabled; or no longer.
    void attached(const QString &targetId, const QString &cdpSession);
    void detached(const QString &cdpSession);
    void pagesChanged();
    void looked();
    // Somebody did something: a navigation, a new title, a page opened or closed, a dialog, a
    // download.
    void activity();

private:
    void onEvent(const QString &method, const QJsonObject &parameters, const QString &cdpSession);
    void onAttached(const QJsonObject &parameters);
    void detach(const QString &cdpSession);
    void lookSoon();
    void onListed(const QByteArray &body);

    CdpClient &m_client;
    QNetworkAccessManager &m_network;
    quint16 m_port = 0;
    QList<BrowserPage> m_pages;
    // CDP session → what watches the title of its page; children.
    QHash<QString, TitleWatch *> m_attached;
    QTimer m_lookSoon; // gathers a burst of hints into one look
    bool m_looking = false;
    bool m_lookAgain = false;
};

} // namespace Anchorwatch
