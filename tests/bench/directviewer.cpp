#include "tests/bench/directviewer.h"

#include <QJsonArray>
#include <QUrl>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

DirectViewer::DirectViewer(const QString &cdpUrl)
{
    connect(&m_client, &CdpClient::event, this, &DirectViewer::take);
    connect(&m_client, &CdpClient::opened, this, [this] {
        CdpReply *targets = m_client.call(u"Target.getTargets"_s);
        connect(targets, &CdpReply::finished, this, [this, targets] { attach(*targets); });
    });
    m_client.open(QUrl(cdpUrl));
}

void DirectViewer::attach(const CdpReply &targets)
{
    for (const QJsonValue &target : targets.result().value("targetInfos"_L1).toArray()) {
        if (target["type"_L1].toString() != "page"_L1)
            continue;
        CdpReply *attached =
            m_client.call(u"Target.attachToTarget"_s,
                          {{"targetId"_L1, target["targetId"_L1]}, {"flatten"_L1, true}});
        connect(attached, &CdpReply::finished, this, [this, attached] {
            m_session = attached->result().value("sessionId"_L1).toString();
            start();
        });
        return;
    }
}

void DirectViewer::start()
{
    send(u"Page.enable"_s);
    send(u"Page.startScreencast"_s,
         {{"format"_L1, u"jpeg"_s}, {"quality"_L1, 60}, {"maxWidth"_L1, 1280}});
}

void DirectViewer::take(const QString &method, const QJsonObject &parameters)
{
    if (method != "Page.screencastFrame"_L1)
        return;
    send(u"Page.screencastFrameAck"_s, {{"sessionId"_L1, parameters.value("sessionId"_L1)}});
    const QByteArray data = parameters.value("data"_L1).toString().toLatin1();
    m_picture = QImage::fromData(QByteArray::fromBase64(data), "JPEG");
    emit pictureCame();
}

void DirectViewer::click()
{
    QJsonObject mouse{{"type"_L1, u"mousePressed"_s}, {"x"_L1, 300},     {"y"_L1, 300},
                      {"button"_L1, u"left"_s},       {"buttons"_L1, 1}, {"clickCount"_L1, 1}};
    send(u"Input.dispatchMouseEvent"_s, mouse);
    mouse.insert("type"_L1, u"mouseReleased"_s);
    mouse.insert("buttons"_L1, 0);
    send(u"Input.dispatchMouseEvent"_s, mouse);
}

void DirectViewer::pressKey()
{
    QJsonObject key{{"type"_L1, u"keyDown"_s},
                    {"key"_L1, u"a"_s},
                    {"code"_L1, u"KeyA"_s},
                    {"windowsVirtualKeyCode"_L1, 65},
                    {"text"_L1, u"a"_s}};
    send(u"Input.dispatchKeyEvent"_s, key);
    key.insert("type"_L1, u"keyUp"_s);
    key.remove("text"_L1);
    send(u"Input.dispatchKeyEvent"_s, key);
}

QColor DirectViewer::middle() const
{
    return m_picture.isNull() ? QColor()
                              : m_picture.pixelColor(m_picture.width() / 2, m_picture.height() / 2);
}

void DirectViewer::send(const QString &method, const QJsonObject &parameters)
{
    m_client.call(method, parameters, m_session);
}

} // namespace Anchorwatch
