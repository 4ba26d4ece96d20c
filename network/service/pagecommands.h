#pragma once

#include <QByteArray>
#include <QObject>
#include <QTimer>

namespace Anchorwatch {

class BrowserLink;

// One thing done on a page for a client of the HTTP API. It answers exactly once, with finished(),
// also when the browser goes meanwhile, then deletes itself. Does nothing once it was destroyed.
class PageCommand : public QObject
{
    Q_OBJECT

public:
    // The page that is in front now.
    explicit PageCommand(BrowserLink &link, QObject *parent = nullptr);

    // Why it failed, one sentence; empty when it did not.
    [[nodiscard]] const QString &problem() const { return m_problem; }

signals:
    void finished();

protected:
    void finish(const QString &problem = {});

    BrowserLink &m_link;
    const QString m_cdpSession;

private:
    QString m_problem;
    bool m_isFinished = false;
    QTimer m_deadline;
};

// Opens an address and waits until it has loaded.
class PageVisit : public PageCommand
{
    Q_OBJECT

public:
    PageVisit(BrowserLink &link, const QString &url, QObject *parent = nullptr);

private:
    void onAnswer(const QString &error, const QJsonObject &result);
};

// Takes a picture of what of the page is in view.
class PagePicture : public PageCommand
{
    Q_OBJECT

public:
    explicit PagePicture(BrowserLink &link, QObject *parent = nullptr);

    // PNG
    [[nodiscard]] const QByteArray &picture() const { return m_picture; }

private:
    void shoot(int triesLeft);

    QByteArray m_picture;
};

} // namespace Anchorwatch
