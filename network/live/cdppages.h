#pragma once

#include "network/cdpclient.h"
#include "network/live/browserpages.h"

#include <QSet>
#include <QTimer>

#include <optional>

namespace Anchorwatch {

// The pages of a browser that others use too, over its CDP address alone, which may be that of the
// browser or of one of its pages. Holds no page up, and changes nothing in the browser: what a CDP
// session does ends with it. No event tells which page is in front, nor of every title, so the
// pages are asked whether they are to be seen and what they are called.
class CdpPages : public BrowserPages
{
    Q_OBJECT

public:
    explicit CdpPages(QObject *parent = nullptr);

    // Connects; opened() or closed() follows. A connection there was is dropped silently.
    void open(const QNetworkRequest &address);
    void close();

    [[nodiscard]] CdpClient &client() override { return m_client; }
    [[nodiscard]] const QList<BrowserPage> &listed() const override { return m_listed; }
    void showPage(const QString &targetId) override;
    void closePage(const QString &targetId) override;
    CdpReply *openPage() override;
    [[nodiscard]] QString tabRefusal() const override;

signals:
    void opened();
    void closed();
    // The browser let us in, and does not let its pages be watched; why, in its words.
    void refused(const QString &words);

private:
    struct Page
    {
        BrowserPage shown;
        QString cdpSession;
        QString title; // by its document: the browser does not always tell the last one
        bool isAttached = false;
        bool isInSight = false;
    };

    void begin();
    void forgetAll();
    void onEvent(const QString &method, const QJsonObject &parameters, const QString &cdpSession);
    void onTarget(const QJsonObject &target);
    void attach(const QString &targetId);
    void take(const QString &targetId, const QString &cdpSession);
    void detach(const QString &cdpSession);
    void remove(const QString &targetId);
    // Asks every page.
    void look();
    void ask(const Page &page);
    void note(const QString &targetId, bool isInSight, const QString &title);
    void chooseFront();
    void list();
    [[nodiscard]] Page *find(const QString &targetId);

    CdpClient m_client;
    QString m_only;      // the one page that the address is of; empty: all of the browser
    QList<Page> m_pages; // in the order in which they were heard of
    QString m_front;
    QList<BrowserPage> m_listed;
    QTimer m_lookSoon; // gathers a burst of hints into one look
    QTimer m_askAgain; // the page in front, whose scripts may change its title
};

} // namespace Anchorwatch
