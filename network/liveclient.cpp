#include "network/liveclient.h"

#include "network/livecodec.h"
#include "network/serviceaccess.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkProxy>
#include <QRegularExpression>
#include <QSslConfiguration>
#include <QSslSocket>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr quint64 largestMessage = quint64(16) * 1024 * 1024;

QUrl socketUrl(const QString &link)
{
    QUrl url(link, QUrl::StrictMode);
    if (url.scheme() != "http"_L1 && url.scheme() != "https"_L1)
        return {};
    url.setScheme(url.scheme() == "https"_L1 ? u"wss"_s : u"ws"_s);
    url.setFragment({});
    return url;
}

// The tab a link names with "#tab=N"; 0 when it names none.
int tabOf(const QString &link)
{
    const QString fragment = QUrl(link).fragment();
    return fragment.startsWith("tab="_L1) ? qMax(0, QStringView(fragment).mid(4).toInt()) : 0;
}

// Whether the upgrade was answered by HTTP and will be answered the same way again. Qt 6.4 says the
// status in the text of the error only ("… Unhandled http status code: 404 (Not Found)."); a
// failure of the network names no status.
bool isRefusal(const QString &errorText)
{
    static const QRegularExpression status(u": ([234]\\d\\d)\\b"_s);
    return status.match(errorText).hasMatch();
}

} // namespace

LiveClient::LiveClient(const QString &link, LiveRole role, QObject *parent, const LiveTimes &times)
    : LiveFeed(parent)
    , m_url(socketUrl(link))
    , m_role(role)
    , m_times(times)
    , m_wait(times.firstRetry)
    , m_tab(tabOf(link))
{
    m_socket.setProxy(QNetworkProxy::NoProxy);
    m_socket.setMaxAllowedIncomingMessageSize(largestMessage);
    m_socket.setMaxAllowedIncomingFrameSize(largestMessage);
    m_silence.setSingleShot(true);
    m_retry.setSingleShot(true);
    connect(&m_silence, &QTimer::timeout, this, [this] {
        const QSignalBlocker silent(m_socket);
        m_socket.abort();
        lose();
    });
    connect(&m_retry, &QTimer::timeout, this, &LiveClient::open);
    connectSocket();
}

LiveClient::~LiveClient()
{
    // The socket closes as it is destroyed, when there is nobody left to tell.
    m_socket.disconnect(this);
}

void LiveClient::connectSocket()
{
    connect(&m_socket, &QWebSocket::connected, this, &LiveClient::greet);
    connect(&m_socket, &QWebSocket::textMessageReceived, this, &LiveClient::onText);
    connect(&m_socket, &QWebSocket::binaryMessageReceived, this, &LiveClient::onPicture);
    // Queued: the socket is still busy with itself when it says so, and is opened again.
    connect(&m_socket, &QWebSocket::disconnected, this, &LiveClient::onClosed,
            Qt::QueuedConnection);
    connect(&m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
            &LiveClient::onClosed, Qt::QueuedConnection);
}

// QWebSocket can only ignore errors for all times to come, its socket those of this handshake.
void LiveClient::setTrustedCertificate(const QString &fingerprint)
{
    QSslConfiguration configuration = m_socket.sslConfiguration();
    configuration.setCaCertificates({});
    m_socket.setSslConfiguration(configuration);
    connect(&m_socket, &QWebSocket::sslErrors, this,
            [this, fingerprint](const QList<QSslError> &errors) {
                auto *tls = m_socket.findChild<QSslSocket *>();
                if (tls && fingerprintOf(tls->peerCertificate()) == fingerprint)
                    tls->ignoreSslErrors(errors);
            });
}

void LiveClient::open()
{
    if (m_isOver)
        return;
    if (!m_url.isValid() || m_url.host().isEmpty()) {
        stop({LiveState::Kind::Refused, tr("Its service gave no such address"),
              QDateTime::currentDateTimeUtc()});
        return;
    }
    m_silence.start(m_times.silence);
    m_socket.open(m_url);
}

void LiveClient::greet()
{
    m_lastSerial = 0;
    m_silence.start(m_times.silence);
    if (m_demand)
        send(encode(*m_demand));
    if (m_tab != 0)
        send({{"t"_L1, u"watch"_s}, {"tab"_L1, m_tab}});
}

void LiveClient::onClosed()
{
    if (m_isOver || m_retry.isActive() || m_socket.state() != QAbstractSocket::UnconnectedState)
        return;
    if (isRefusal(m_socket.errorString())) {
        stop({LiveState::Kind::Refused, tr("Its service does not show this session"),
              QDateTime::currentDateTimeUtc()});
        return;
    }
    lose();
}

void LiveClient::lose()
{
    m_silence.stop();
    m_retry.start(m_wait);
    m_wait = qMin(m_wait * 2, m_times.longestRetry);
    if (!std::exchange(m_isLost, true))
        emit stateChanged({LiveState::Kind::Lost, tr("Its service is not heard"),
                           QDateTime::currentDateTimeUtc()});
}

void LiveClient::stop(const LiveState &state)
{
    m_isOver = true;
    m_silence.stop();
    m_retry.stop();
    m_socket.close();
    emit stateChanged(state);
}

void LiveClient::onText(const QString &message)
{
    if (m_isOver)
        return;
    m_silence.start(m_times.silence);
    const QJsonDocument document = QJsonDocument::fromJson(message.toUtf8());
    const QJsonObject json = document.object();
    const QString kind = json.value("t"_L1).toString();
    if (kind.isEmpty() || !take(kind, json))
        ++m_dropped;
}

bool LiveClient::take(const QString &kind, const QJsonObject &json)
{
    const auto tell = [this](const auto &value, auto signal) {
        if (value)
            emit(this->*signal)(*value);
        return value.has_value();
    };
    if (kind == "hello"_L1) {
        m_wait = m_times.firstRetry;
        if (std::exchange(m_isLost, false))
            emit stateChanged({LiveState::Kind::Connecting, {}, QDateTime::currentDateTimeUtc()});
        return true;
    }
    if (kind == "state"_L1) {
        const std::optional<LiveState> state = decodeState(json);
        if (state && state->kind == LiveState::Kind::Ended)
            stop(*state);
        else
            return tell(state, &LiveClient::stateChanged);
        return true;
    }
    if (kind == "tabs"_L1) {
        const std::optional<QList<SessionTab>> tabs = decodeTabs(json);
        if (tabs)
            emit tabsChanged(*tabs, qBound(0, json.value("watching"_L1).toInt(), 0xffff));
        return tabs.has_value();
    }
    if (kind == "page"_L1)
        return tell(decodePage(json), &LiveClient::pageChanged);
    if (kind == "viewers"_L1)
        return tell(decodeViewers(json), &LiveClient::viewersChanged);
    if (kind == "dialog"_L1)
        return tell(decodeDialog(json), &LiveClient::dialogOpened);
    if (kind == "select"_L1)
        return tell(decodeSelect(json), &LiveClient::selectOpened);
    if (kind == "field"_L1)
        return tell(decodeField(json), &LiveClient::fieldOpened);
    if (kind == "download"_L1)
        return tell(decodeDownload(json), &LiveClient::downloadChanged);
    return takeAsked(kind, json);
}

bool LiveClient::takeAsked(const QString &kind, const QJsonObject &json)
{
    const QString id = json.value("id"_L1).toString();
    if (kind == "dialogClosed"_L1 && !id.isEmpty())
        emit dialogClosed(id, json.value("by"_L1).toString());
    else if (kind == "chooser"_L1 && !id.isEmpty())
        emit chooserOpened(id, json.value("multiple"_L1).toBool());
    else if (kind == "dialogClosed"_L1 || kind == "chooser"_L1)
        return false;
    else if (kind == "selection"_L1)
        emit copied(json.value("text"_L1).toString());
    else if (kind == "refused"_L1)
        emit refused(json.value("reason"_L1).toString());
    return true; // what is not known is left to later versions
}

void LiveClient::onPicture(const QByteArray &message)
{
    if (m_isOver)
        return;
    m_silence.start(m_times.silence);
    const std::optional<LivePicture> picture = decodePicture(message);
    if (!picture || picture->serial <= m_lastSerial) {
        ++m_dropped;
        return;
    }
    m_lastSerial = picture->serial;
    emit pictureCame(*picture);
}

void LiveClient::send(const QJsonObject &json)
{
    if (m_socket.state() != QAbstractSocket::ConnectedState)
        return;
    m_socket.sendTextMessage(QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact)));
}

void LiveClient::sendControl(const QJsonObject &json)
{
    // A socket that only watches would be closed for it.
    if (m_role == LiveRole::Control)
        send(json);
}

void LiveClient::setDemand(const LiveDemand &demand)
{
    if (m_demand == demand)
        return;
    m_demand = demand;
    send(encode(demand));
}

void LiveClient::acknowledge(quint32 serial)
{
    send({{"t"_L1, u"ack"_s}, {"seq"_L1, qint64(serial)}});
}

void LiveClient::watchTab(int tab)
{
    m_tab = tab;
    send({{"t"_L1, u"watch"_s}, {"tab"_L1, tab}});
}

void LiveClient::takeControl()
{
    sendControl({{"t"_L1, u"control"_s}, {"take"_L1, true}});
}

void LiveClient::giveControlBack()
{
    sendControl({{"t"_L1, u"control"_s}, {"take"_L1, false}});
}

void LiveClient::sendMouse(const LiveMouse &mouse)
{
    sendControl(encode(mouse));
}

void LiveClient::sendKey(const LiveKey &key)
{
    sendControl(encode(key));
}

void LiveClient::sendText(const QString &text)
{
    sendControl({{"t"_L1, u"text"_s}, {"text"_L1, text}});
}

void LiveClient::sendComposition(const QString &text, int cursor)
{
    sendControl(
        {{"t"_L1, u"compose"_s}, {"text"_L1, text}, {"start"_L1, cursor}, {"end"_L1, cursor}});
}

void LiveClient::copy()
{
    sendControl({{"t"_L1, u"copy"_s}, {"cut"_L1, false}});
}

void LiveClient::cut()
{
    sendControl({{"t"_L1, u"copy"_s}, {"cut"_L1, true}});
}

void LiveClient::navigate(LiveNavigation navigation)
{
    const auto name = [navigation] {
        switch (navigation) {
        case LiveNavigation::Back:
            return u"back"_s;
        case LiveNavigation::Forward:
            return u"forward"_s;
        case LiveNavigation::Reload:
            return u"reload"_s;
        case LiveNavigation::Stop:
            return u"stop"_s;
        }
        return QString();
    };
    sendControl({{"t"_L1, u"nav"_s}, {"op"_L1, name()}});
}

void LiveClient::goTo(const QString &url)
{
    sendControl({{"t"_L1, u"nav"_s}, {"op"_L1, u"go"_s}, {"url"_L1, url}});
}

void LiveClient::activateTab(int tab)
{
    sendControl({{"t"_L1, u"tab"_s}, {"op"_L1, u"activate"_s}, {"tab"_L1, tab}});
}

void LiveClient::closeTab(int tab)
{
    sendControl({{"t"_L1, u"tab"_s}, {"op"_L1, u"close"_s}, {"tab"_L1, tab}});
}

void LiveClient::openTab()
{
    sendControl({{"t"_L1, u"tab"_s}, {"op"_L1, u"new"_s}});
}

void LiveClient::answerDialog(const QString &id, bool accept, const QString &text)
{
    sendControl({{"t"_L1, u"dialog"_s}, {"id"_L1, id}, {"accept"_L1, accept}, {"text"_L1, text}});
}

void LiveClient::answerSelect(const QString &id, const std::optional<QList<int>> &chosen)
{
    QJsonObject json{{"t"_L1, u"select"_s}, {"id"_L1, id}};
    if (chosen) {
        QJsonArray indexes;
        for (const int index : *chosen)
            indexes.append(index);
        json.insert("chosen"_L1, indexes);
    }
    sendControl(json);
}

void LiveClient::answerField(const QString &id, const std::optional<QString> &value)
{
    QJsonObject json{{"t"_L1, u"field"_s}, {"id"_L1, id}};
    if (value)
        json.insert("value"_L1, *value);
    sendControl(json);
}

void LiveClient::answerChooser(const QString &id, const std::optional<QList<LiveFile>> &files)
{
    sendControl(files ? encode(*files, id) : QJsonObject{{"t"_L1, u"chooser"_s}, {"id"_L1, id}});
}

} // namespace Anchorwatch
