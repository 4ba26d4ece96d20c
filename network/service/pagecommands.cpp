#include "network/service/pagecommands.h"

#include "network/service/browserlink.h"

#include <QJsonObject>

#include <chrono>
#include <utility>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds longest = 30s;
// Right after a navigation a screenshot was seen to stay unanswered for 20 s (Chromium 156), and
// the next one not.
constexpr std::chrono::milliseconds longestShot = 8s;
constexpr int mostShots = 3;

} // namespace

PageCommand::PageCommand(BrowserLink &link, QObject *parent)
    : QObject(parent)
    , m_link(link)
    , m_cdpSession(link.pages().frontCdpSession())
{
    connect(&link, &QObject::destroyed, this, [this] { finish(u"The session has ended."_s); });
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        finish(u"The page took too long. It may be asking something, or still be loading."_s);
    });
    m_deadline.setSingleShot(true);
    m_deadline.start(longest);
}

void PageCommand::finish(const QString &problem)
{
    if (std::exchange(m_isFinished, true))
        return;
    m_problem = problem;
    emit finished();
    deleteLater();
}

PageVisit::PageVisit(BrowserLink &link, const QString &url, QObject *parent)
    : PageCommand(link, parent)
{
    CdpReply *reply =
        link.client().call(u"Page.navigate"_s, {{"url"_L1, url}}, m_cdpSession, longest);
    connect(reply, &CdpReply::finished, this,
            [this, reply] { onAnswer(reply->error(), reply->result()); });
}

void PageVisit::onAnswer(const QString &error, const QJsonObject &result)
{
    const QString reason = error.isEmpty() ? result.value("errorText"_L1).toString() : error;
    if (!reason.isEmpty()) {
        finish(u"The page could not be opened: %1"_s.arg(reason));
        return;
    }
    const QString loader = result.value("loaderId"_L1).toString();
    if (loader.isEmpty()) {
        finish(); // another place on the same page: nothing is loaded
        return;
    }
    connect(
        &m_link.client(), &CdpClient::event, this,
        [this, loader](const QString &method, const QJsonObject &event, const QString &session) {
            const bool isLoad = method == "Page.lifecycleEvent"_L1
                                && event.value("name"_L1).toString() == "load"_L1;
            if (isLoad && event.value("loaderId"_L1).toString() == loader
                && session == m_cdpSession)
                finish();
        });
    connect(&m_link.pages(), &PageTracker::detached, this, [this](const QString &cdpSession) {
        if (cdpSession == m_cdpSession)
            finish(u"The page was closed."_s);
    });
    // Tells of what has happened already, too: a small page has loaded before we ask.
    m_link.client().call(u"Page.setLifecycleEventsEnabled"_s, {{"enabled"_L1, true}}, m_cdpSession);
}

PagePicture::PagePicture(BrowserLink &link, QObject *parent)
    : PageCommand(link, parent)
{
    shoot(mostShots);
}

void PagePicture::shoot(int triesLeft)
{
    CdpReply *reply = m_link.client().call(u"Page.captureScreenshot"_s, {{"format"_L1, u"png"_s}},
                                           m_cdpSession, longestShot);
    connect(reply, &CdpReply::finished, this, [this, reply, triesLeft] {
        if (reply->error().isEmpty()) {
            m_picture =
                QByteArray::fromBase64(reply->result().value("data"_L1).toString().toLatin1());
            finish();
        } else if (triesLeft > 1) {
            shoot(triesLeft - 1);
        } else {
            finish(u"The page could not be pictured: %1"_s.arg(reply->error()));
        }
    });
}

} // namespace Anchorwatch
