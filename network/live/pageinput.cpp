#include "network/live/pageinput.h"

#include "network/cdpclient.h"

#include <QJsonArray>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto moveInterval = 16ms;
constexpr double farthest = 100'000; // no page is that large
constexpr qsizetype maxTouches = 10;

double coordinate(const QJsonValue &value)
{
    const double number = value.toDouble();
    return std::isfinite(number) ? std::clamp(number, -farthest, farthest) : 0;
}

int modifiers(const QJsonObject &message)
{
    return message.value("mods"_L1).toInt() & 15;
}

QString mouseType(const QString &kind)
{
    if (kind == "down"_L1)
        return u"mousePressed"_s;
    if (kind == "up"_L1)
        return u"mouseReleased"_s;
    if (kind == "wheel"_L1)
        return u"mouseWheel"_s;
    return kind == "move"_L1 ? u"mouseMoved"_s : QString();
}

QString touchType(const QString &kind)
{
    if (kind == "start"_L1)
        return u"touchStart"_s;
    if (kind == "move"_L1)
        return u"touchMove"_s;
    if (kind == "end"_L1)
        return u"touchEnd"_s;
    return kind == "cancel"_L1 ? u"touchCancel"_s : QString();
}

} // namespace

PageInput::PageInput(CdpClient &client, const QString &cdpSession, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_cdpSession(cdpSession)
{
    m_sendMove.setSingleShot(true);
    m_sendMove.setInterval(moveInterval);
    connect(&m_sendMove, &QTimer::timeout, this, &PageInput::flushMove);
}

void PageInput::mouse(const QJsonObject &message)
{
    const QString type = mouseType(message.value("k"_L1).toString());
    if (type.isEmpty())
        return;
    QJsonObject parameters{{"type"_L1, type},
                           {"x"_L1, coordinate(message.value("x"_L1))},
                           {"y"_L1, coordinate(message.value("y"_L1))},
                           {"button"_L1, message.value("button"_L1).toString(u"none"_s)},
                           {"buttons"_L1, message.value("buttons"_L1).toInt() & 31},
                           {"clickCount"_L1, message.value("n"_L1).toInt()},
                           {"modifiers"_L1, modifiers(message)},
                           {"pointerType"_L1, u"mouse"_s}};
    if (type == "mouseMoved"_L1) {
        m_move = parameters;
        if (!m_sendMove.isActive()) {
            flushMove();
            m_sendMove.start();
        }
        return;
    }
    if (type == "mouseWheel"_L1) {
        parameters.insert("deltaX"_L1, coordinate(message.value("dx"_L1)));
        parameters.insert("deltaY"_L1, coordinate(message.value("dy"_L1)));
    }
    flushMove();
    dispatchMouse(parameters);
    const QString button = parameters.value("button"_L1).toString();
    if (type == "mousePressed"_L1)
        m_buttons.insert(button, parameters);
    else if (type == "mouseReleased"_L1)
        m_buttons.remove(button);
}

void PageInput::flushMove()
{
    if (const auto move = std::exchange(m_move, std::nullopt))
        dispatchMouse(*move);
}

void PageInput::dispatchMouse(const QJsonObject &parameters)
{
    m_client.call(u"Input.dispatchMouseEvent"_s, parameters, m_cdpSession);
}

void PageInput::releaseAll()
{
    m_move.reset();
    for (QJsonObject release : std::exchange(m_buttons, {})) {
        release.insert("type"_L1, u"mouseReleased"_s);
        release.insert("buttons"_L1, 0);
        dispatchMouse(release);
    }
    for (QJsonObject release : std::exchange(m_keys, {})) {
        release.insert("type"_L1, u"keyUp"_s);
        release.remove("text"_L1);
        m_client.call(u"Input.dispatchKeyEvent"_s, release, m_cdpSession);
    }
    if (std::exchange(m_isTouched, false)) {
        m_client.call(u"Input.dispatchTouchEvent"_s,
                      {{"type"_L1, u"touchCancel"_s}, {"touchPoints"_L1, QJsonArray()}},
                      m_cdpSession);
    }
}

void PageInput::touch(const QJsonObject &message)
{
    const QString type = touchType(message.value("k"_L1).toString());
    const QJsonArray points = message.value("points"_L1).toArray();
    if (type.isEmpty() || points.size() > maxTouches)
        return;
    m_isTouched = !points.isEmpty();
    QJsonArray touches;
    for (const QJsonValue &point : points) {
        touches.append(QJsonObject{{"id"_L1, point["id"_L1].toInt()},
                                   {"x"_L1, coordinate(point["x"_L1])},
                                   {"y"_L1, coordinate(point["y"_L1])}});
    }
    m_client.call(
        u"Input.dispatchTouchEvent"_s,
        {{"type"_L1, type}, {"touchPoints"_L1, touches}, {"modifiers"_L1, modifiers(message)}},
        m_cdpSession);
}

void PageInput::key(const QJsonObject &message)
{
    const bool isDown = message.value("k"_L1).toString() == "down"_L1;
    const QString text = message.value("text"_L1).toString();
    QString eventType = u"keyUp"_s;
    if (isDown)
        eventType = text.isEmpty() ? u"rawKeyDown"_s : u"keyDown"_s;
    QJsonObject parameters{{"type"_L1, eventType},
                           {"key"_L1, message.value("key"_L1).toString()},
                           {"code"_L1, message.value("code"_L1).toString()},
                           {"windowsVirtualKeyCode"_L1, message.value("vk"_L1).toInt()},
                           {"autoRepeat"_L1, message.value("repeat"_L1).toBool()},
                           {"location"_L1, message.value("location"_L1).toInt() & 3},
                           {"modifiers"_L1, modifiers(message)}};
    if (isDown && !text.isEmpty()) {
        parameters.insert("text"_L1, text);
        parameters.insert("unmodifiedText"_L1, text);
    }
    const QString code = message.value("code"_L1).toString();
    if (isDown)
        m_keys.insert(code, parameters);
    else
        m_keys.remove(code);
    flushMove();
    type(u"Input.dispatchKeyEvent"_s, parameters);
}

void PageInput::type(const QString &method, const QJsonObject &parameters)
{
    CdpReply *reply = m_client.call(method, parameters, m_cdpSession);
    m_typing = reply;
    connect(reply, &CdpReply::finished, this, [this, reply] {
        if (m_typing == reply)
            m_typing = nullptr;
    });
}

void PageInput::afterTyping(const std::function<void()> &then)
{
    if (m_typing)
        connect(m_typing, &CdpReply::finished, this, then);
    else
        then();
}

void PageInput::text(const QString &text)
{
    flushMove();
    type(u"Input.insertText"_s, {{"text"_L1, text}});
}

void PageInput::compose(const QJsonObject &message)
{
    type(u"Input.imeSetComposition"_s, {{"text"_L1, message.value("text"_L1).toString()},
                                        {"selectionStart"_L1, message.value("start"_L1).toInt()},
                                        {"selectionEnd"_L1, message.value("end"_L1).toInt()}});
}

} // namespace Anchorwatch
