#pragma once

#include <QList>
#include <QObject>
#include <QString>

namespace Anchorwatch {

class CdpClient;
class CdpReply;

// One page of a browser.
struct BrowserPage
{
    QString targetId;
    QString url;
    QString title;

    bool operator==(const BrowserPage &) const = default;
};

// A browser's pages as a live view needs them: which there are, the one in front first, and a CDP
// session in each, with Page enabled.
class BrowserPages : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] virtual CdpClient &client() = 0;
    [[nodiscard]] virtual const QList<BrowserPage> &listed() const = 0;
    // Brings a page to the front, or closes it.
    virtual void showPage(const QString &targetId) = 0;
    virtual void closePage(const QString &targetId) = 0;
    // Opens an empty page; the reply tells when it is there.
    virtual CdpReply *openPage() = 0;
    // Why pages cannot be opened or brought to the front, for people; empty where they can.
    [[nodiscard]] virtual QString tabRefusal() const { return {}; }

signals:
    // A page can be asked in this CDP session; or no longer.
    void pageAttached(const QString &targetId, const QString &cdpSession);
    void pageDetached(const QString &cdpSession);
    // listed() changed.
    void pagesListed();
};

} // namespace Anchorwatch
