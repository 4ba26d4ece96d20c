#include "network/liveclient.h"

#include "network/livemessagereader.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkProxy>
#include <QRegularExpression>

#include <algorithm>
#include <utility>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr quint64 maxMessageBytes = quint64(16) * 1024 * 1024;

QUrl socketAddress(const QUrl &link)
{
    QUrl address = link.adjusted(QUrl::RemoveFragment);
    address.setScheme(link.scheme() == "https"_L1 ? u"wss"_s : u"ws"_s);
    return address;
}

// The status with which an upgrade was refused, 0 when it was not an HTTP server that refused. Qt
// 6.4 has it only in the words of the error ("Unhandled http status code: 404 (Not Found).").
int refusalStatus(const QString &error)
{
    static const QRegularExpression status(u"status code: (\\d{3})"_s);
    return status.match(error).captured(1).toInt();
}

QString word(LiveMouse::Kind kind)
{
    switch (kind) {
    case LiveMouse::Kind::Down:
        return u"down"_s;
    case LiveMouse::Kind::Up:
        return u"up"_s;
    case LiveMouse::Kind::Wheel:
        return u"wheel"_s;
    case LiveMouse::Kind::Move:
        break;
    }
    return u"move"_s;
}

QString word(LiveNavigation navigation)
{
    switch (navigation) {
    case LiveNavigation::Back:
        return u"back"_s;
    case LiveNavigation::Forward:
        return u"forward"_s;
    case LiveNavigation::Stop:
        return u"stop"_s;
    case LiveNavigation::Reload:
        break;
    }
    return u"reload"_s;
}

} // namespace

LiveClient::LiveClient(const QUrl &link, LiveRole role, const LivePatience &patience,
                       QObject *parent)
    : LiveFeed(parent)
    , m_address(socketAddress(link))
    , m_role(role)
    , m_patience(patience)
    , m_nextRetry(patience.firstRetry)
{
    m_socket.setProxy(QNetworkProxy::NoProxy);
    m_socket.setMaxAllowedIncomingFrameSize(maxMessageBytes);
    m_socket.setMaxAllowedIncomingMessageSize(maxMessageBytes);
    m_silence.setSingleShot(true);
    m_silence.setInterval(patience.silence);
    m_retry.setSingleShot(true);
    connect(&m_socket, &QWebSocket::connected, this, &LiveClient::onConnected);
    connect(&m_socket, &QWebSocket::textMessageReceived, this, &LiveClient::onText);
    connect(&m_socket, &QWebSocket::binaryMessageReceived, this, &LiveClient::onPicture);
    connect(&m_socket, &QWebSocket::disconnected, this, &LiveClient::onGone);
    connect(&m_silence, &QTimer::timeout, this, [this] { m_socket.abort(); });
    connect(&m_retry, &QTimer::timeout, this, [this] { m_socket.open(m_address); });
}

LiveClient::~LiveClient()
{
    m_socket.disconnect(this);
}

void LiveClient::open()
{
    m_silence.start();
    m_socket.open(m_address);
}

bool LiveClient::isOver() const
{
    return m_state.kind == LiveState::Kind::Ended || m_state.kind == LiveState::Kind::Refused;
}

void LiveClient::onConnected()
{
    m_silence.start();
    sendDemand();
    if (m_wantedTab != 0)
        watchTab(m_wantedTab);
}

// The socket is closed, or could not be opened.
void LiveClient::onGone()
{
    m_silence.stop();
    if (isOver())
        return;
    emit viewersChanged({});
    const int status = refusalStatus(m_socket.errorString());
    if (status >= 400 && status < 500) {
        enter(LiveState::Kind::Refused, tr("There is no live view of this session any more."));
        return;
    }
    if (m_state.kind != LiveState::Kind::Lost)
        enter(LiveState::Kind::Lost, tr("The service is not heard. It is tried again."));
    retry();
}

void LiveClient::retry()
{
    m_retry.start(m_nextRetry);
    m_nextRetry = std::min(m_nextRetry * 2, m_patience.longestRetry);
}

void LiveClient::enter(LiveState::Kind kind, const QString &reason, const QDateTime &since)
{
    const LiveState state{kind, reason, since.isValid() ? since : QDateTime::currentDateTimeUtc()};
    const bool isSame = state.kind == m_state.kind && state.reason == m_state.reason
                        && (state.since == m_state.since || !since.isValid());
    if (isSame)
        return;
    m_state = state;
    emit stateChanged(m_state);
}

// --- what the service says

void LiveClient::onPicture(const QByteArray &message)
{
    m_silence.start();
    if (const auto picture = readPicture(message))
        emit pictureCame(*picture);
}

void LiveClient::onText(const QString &text)
{
    m_silence.start();
    m_nextRetry = m_patience.firstRetry;
    const QJsonObject message = QJsonDocument::fromJson(text.toUtf8()).object();
    const QString type = message.value("t"_L1).toString();
    if (type == "hello"_L1)
        m_isControlLink = message.value("role"_L1).toString() == "control"_L1;
    else if (type == "state"_L1)
        onState(message);
    else if (type == "tabs"_L1)
        emit tabsChanged(readTabs(message), message.value("watching"_L1).toInt());
    else if (type == "page"_L1)
        emit pageChanged(readPage(message));
    else if (type == "viewers"_L1)
        emit viewersChanged(readViewers(message));
    else if (type == "dialog"_L1)
        emit dialogOpened(readDialog(message));
    else if (type == "dialogClosed"_L1)
        emit dialogClosed(readText(message.value("id"_L1)), readText(message.value("by"_L1)));
    else if (type == "select"_L1)
        emit selectOpened(readSelect(message));
    else if (type == "field"_L1)
        emit fieldOpened(readField(message));
    else if (type == "chooser"_L1)
        emit chooserOpened(readText(message.value("id"_L1)), message.value("multiple"_L1).toBool());
    else if (type == "download"_L1)
        emit downloadChanged(readDownload(message));
    else if (type == "selection"_L1)
        emit copied(readText(message.value("text"_L1)));
    else if (type == "refused"_L1)
        emit refused(readText(message.value("reason"_L1)));
}

void LiveClient::onState(const QJsonObject &message)
{
    if (const auto kind = readStateKind(message.value("state"_L1).toString()))
        enter(*kind, readText(message.value("reason"_L1)), readTime(message.value("at"_L1)));
}

// --- what the viewer says

void LiveClient::send(const QJsonObject &message)
{
    if (m_socket.state() == QAbstractSocket::ConnectedState) {
        m_socket.sendTextMessage(
            QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact)));
    }
}

void LiveClient::setDemand(const LiveDemand &demand)
{
    if (std::exchange(m_demand, demand) != demand)
        sendDemand();
}

void LiveClient::sendDemand()
{
    send({{"t"_L1, u"view"_s},
          {"w"_L1, m_demand.width},
          {"visible"_L1, m_demand.isVisible},
          {"every"_L1, static_cast<qint64>(m_demand.every.count())}});
}

void LiveClient::acknowledge(quint32 serial)
{
    send({{"t"_L1, u"ack"_s}, {"seq"_L1, static_cast<qint64>(serial)}});
}

void LiveClient::watchTab(int tab)
{
    m_wantedTab = tab;
    send({{"t"_L1, u"watch"_s}, {"tab"_L1, tab}});
}

bool LiveClient::mayControl() const
{
    return m_role == LiveRole::Control;
}

void LiveClient::takeControl()
{
    if (m_isControlLink)
        send({{"t"_L1, u"control"_s}, {"take"_L1, true}});
}

void LiveClient::giveControlBack()
{
    if (m_isControlLink)
        send({{"t"_L1, u"control"_s}, {"take"_L1, false}});
}

void LiveClient::sendMouse(const LiveMouse &mouse)
{
    send({{"t"_L1, u"mouse"_s},
          {"k"_L1, word(mouse.kind)},
          {"x"_L1, mouse.position.x()},
          {"y"_L1, mouse.position.y()},
          {"button"_L1, mouse.button},
          {"buttons"_L1, mouse.buttons},
          {"n"_L1, mouse.clickCount},
          {"dx"_L1, mouse.wheel.x()},
          {"dy"_L1, mouse.wheel.y()},
          {"mods"_L1, mouse.modifiers},
          {"w"_L1, mouse.pageSize.width()},
          {"h"_L1, mouse.pageSize.height()}});
}

void LiveClient::sendKey(const LiveKey &key)
{
    send({{"t"_L1, u"key"_s},
          {"k"_L1, key.isDown ? u"down"_s : u"up"_s},
          {"key"_L1, key.key},
          {"code"_L1, key.code},
          {"vk"_L1, key.windowsKeyCode},
          {"text"_L1, key.text},
          {"repeat"_L1, key.isRepeat},
          {"mods"_L1, key.modifiers}});
}

void LiveClient::sendText(const QString &text)
{
    send({{"t"_L1, u"text"_s}, {"text"_L1, text}});
}

void LiveClient::sendComposition(const QString &text, int cursor)
{
    send({{"t"_L1, u"compose"_s}, {"text"_L1, text}, {"start"_L1, cursor}, {"end"_L1, cursor}});
}

void LiveClient::copy()
{
    send({{"t"_L1, u"copy"_s}, {"cut"_L1, false}});
}

void LiveClient::cut()
{
    send({{"t"_L1, u"copy"_s}, {"cut"_L1, true}});
}

void LiveClient::navigate(LiveNavigation navigation)
{
    send({{"t"_L1, u"nav"_s}, {"op"_L1, word(navigation)}});
}

void LiveClient::goTo(const QString &url)
{
    send({{"t"_L1, u"nav"_s}, {"op"_L1, u"go"_s}, {"url"_L1, url}});
}

void LiveClient::activateTab(int tab)
{
    send({{"t"_L1, u"tab"_s}, {"op"_L1, u"activate"_s}, {"tab"_L1, tab}});
}

void LiveClient::closeTab(int tab)
{
    send({{"t"_L1, u"tab"_s}, {"op"_L1, u"close"_s}, {"tab"_L1, tab}});
}

void LiveClient::openTab()
{
    send({{"t"_L1, u"tab"_s}, {"op"_L1, u"new"_s}});
}

void LiveClient::answerDialog(const QString &id, bool accept, const QString &text)
{
    send({{"t"_L1, u"dialog"_s}, {"id"_L1, id}, {"accept"_L1, accept}, {"text"_L1, text}});
}

void LiveClient::answerSelect(const QString &id, const std::optional<QList<int>> &chosen)
{
    QJsonObject message{{"t"_L1, u"select"_s}, {"id"_L1, id}};
    if (chosen) {
        QJsonArray indexes;
        for (const int index : *chosen)
            indexes.append(index);
        message.insert("chosen"_L1, indexes);
    }
    send(message);
}

void LiveClient::answerField(const QString &id, const std::optional<QString> &value)
{
    QJsonObject message{{"t"_L1, u"field"_s}, {"id"_L1, id}};
    if (value)
        message.insert("value"_L1, *value);
    send(message);
}

void LiveClient::answerChooser(const QString &id, const std::optional<QList<LiveFile>> &files)
{
    QJsonObject message{{"t"_L1, u"chooser"_s}, {"id"_L1, id}};
    if (files) {
        QJsonArray list;
        for (const LiveFile &file : *files) {
            list.append(QJsonObject{{"name"_L1, file.name},
                                    {"data"_L1, QString::fromLatin1(file.data.toBase64())}});
        }
        message.insert("files"_L1, list);
    }
    send(message);
}

} // namespace Anchorwatch
