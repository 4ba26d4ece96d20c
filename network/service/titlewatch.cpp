#include "network/service/titlewatch.h"

#include "network/cdpclient.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <chrono>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Longer than any document is watched.
constexpr std::chrono::milliseconds asLongAsItTakes = 24h;

constexpr auto untilTitleIsNot = R"(new Promise(changed => {
    const before = %1[0];
    const root = document.head ?? document.documentElement ?? document;
    const observer = new MutationObserver(look);
    function look() {
        if (document.title === before)
            return;
        observer.disconnect();
        changed(document.title);
    }
    observer.observe(root, {childList: true, characterData: true, subtree: true});
    look();
}))"_L1;

} // namespace

TitleWatch::TitleWatch(CdpClient &client, const QString &cdpSession, const QString &targetId,
                       QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_cdpSession(cdpSession)
    , m_frame(targetId)
{
    m_again.setSingleShot(true);
    m_again.setInterval(250ms);
    connect(&m_again, &QTimer::timeout, this, &TitleWatch::wait);
}

void TitleWatch::watchDocument()
{
    m_again.stop();
    CdpReply *reply = m_client.call(u"Page.createIsolatedWorld"_s,
                                    {{"frameId"_L1, m_frame}, {"worldName"_L1, u"anchorwatch"_s}},
                                    m_cdpSession, asLongAsItTakes);
    connect(reply, &CdpReply::finished, this, [this, reply, serial = ++m_serial] {
        if (serial == m_serial)
            onWorld(*reply);
    });
}

void TitleWatch::onWorld(const CdpReply &reply)
{
    if (!reply.error().isEmpty())
        return;
    m_world = reply.result().value("executionContextId"_L1).toInt();
    wait();
}

void TitleWatch::wait()
{
    const QByteArray before = QJsonDocument(QJsonArray{m_title}).toJson(QJsonDocument::Compact);
    CdpReply *reply =
        m_client.call(u"Runtime.evaluate"_s,
                      {{"expression"_L1, QString(untilTitleIsNot).arg(QString::fromUtf8(before))},
                       {"contextId"_L1, m_world},
                       {"awaitPromise"_L1, true},
                       {"returnByValue"_L1, true}},
                      m_cdpSession, asLongAsItTakes);
    connect(reply, &CdpReply::finished, this, [this, reply, serial = m_serial] {
        if (serial == m_serial)
            onTitle(*reply);
    });
}

void TitleWatch::onTitle(const CdpReply &reply)
{
    // An error is the end of the document or of the page.
    const QJsonValue title = reply.result().value("result"_L1).toObject().value("value"_L1);
    if (!reply.error().isEmpty() || !title.isString())
        return;
    m_title = title.toString();
    emit titleChanged();
    m_again.start();
}

} // namespace Anchorwatch
