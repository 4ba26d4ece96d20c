#include "tests/bench/playedservice.h"

#include "network/live/liveframe.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QWebSocket>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QSize pageSize(1280, 720);

void addFile(HttpServer &server, const QByteArray &path, const QString &name,
             const QByteArray &type)
{
    QFile file(u":/live/"_s + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the live view page is not built in");
    server.addRoute("GET", path,
                    [body = file.readAll(), type](const HttpRequest &, const HttpAnswer &answer) {
                        answer.send({200, type, body, {}});
                    });
}

void say(QWebSocket &socket, const QJsonObject &message)
{
    socket.sendTextMessage(
        QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact)));
}

} // namespace

PlayedService::PlayedService(const QList<QByteArray> &pictures)
    : m_pictures(pictures)
{
    addFile(m_server, "/live/played/capability", u"live.html"_s, "text/html; charset=utf-8");
    addFile(m_server, "/live/live.css", u"live.css"_s, "text/css; charset=utf-8");
    addFile(m_server, "/live/live.js", u"live.js"_s, "text/javascript; charset=utf-8");
    m_server.addWebSocketRoute(
        "/live/played/capability",
        {.refusal = [](const HttpRequest &) { return std::optional<HttpResponse>(); },
         .accept = [this](const HttpRequest &, QWebSocket *socket) { accept(socket); }});
    if (!m_server.listen(QHostAddress::LocalHost, 0))
        qFatal("the played service cannot listen");
    m_beat.setTimerType(Qt::PreciseTimer);
    connect(&m_beat, &QTimer::timeout, this, &PlayedService::play);
    m_beat.start(40ms);
}

QString PlayedService::link() const
{
    return u"http://127.0.0.1:%1/live/played/capability"_s.arg(m_server.serverPort());
}

void PlayedService::accept(QWebSocket *socket)
{
    socket->setParent(this);
    connect(socket, &QWebSocket::textMessageReceived, this, &PlayedService::hear);
    connect(socket, &QWebSocket::disconnected, socket, &QObject::deleteLater);
    m_viewer = socket;
    m_owesAck = true; // until it says that it looks
    m_shown = 0;
    const QJsonObject tab{{"tab"_L1, 1}, {"title"_L1, u"played"_s}, {"url"_L1, u"about:blank"_s}};
    say(*socket, {{"t"_L1, u"hello"_s},
                  {"v"_L1, 1},
                  {"role"_L1, u"view"_s},
                  {"session"_L1, u"played"_s},
                  {"createdAt"_L1, QDateTime::currentMSecsSinceEpoch()}});
    say(*socket, {{"t"_L1, u"tabs"_s},
                  {"tabs"_L1, QJsonArray{tab}},
                  {"watching"_L1, 1},
                  {"follow"_L1, true}});
    say(*socket, {{"t"_L1, u"state"_s},
                  {"state"_L1, u"live"_s},
                  {"reason"_L1, QString()},
                  {"at"_L1, QDateTime::currentMSecsSinceEpoch()}});
}

void PlayedService::hear(const QString &text)
{
    const QJsonObject message = QJsonDocument::fromJson(text.toUtf8()).object();
    const QString type = message.value("t"_L1).toString();
    if (type == "ack"_L1)
        ++m_shown;
    if (type == "ack"_L1 || (type == "view"_L1 && message.value("visible"_L1).toBool()))
        m_owesAck = false;
}

void PlayedService::play()
{
    if (!m_viewer || m_owesAck)
        return;
    m_owesAck = true;
    LiveFrame frame;
    frame.jpeg = m_pictures.at(m_serial % m_pictures.size());
    frame.pageSize = pageSize;
    m_viewer->sendBinaryMessage(encodeFrame(frame, 1, ++m_serial, 0ms));
}

} // namespace Anchorwatch
