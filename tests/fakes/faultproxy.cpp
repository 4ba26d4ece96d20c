#include "tests/fakes/faultproxy.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Group = ProxyFault::Group;
using Then = ScriptedAnswer::Then;

namespace {

constexpr qsizetype mebibyte = qsizetype(1024) * 1024;

QByteArray headOf(const QByteArray &whole)
{
    return whole.first(whole.indexOf("\r\n\r\n") + 4);
}

QByteArray bodyOf(const QByteArray &whole)
{
    return whole.mid(headOf(whole).size());
}

// The body with a length that is said to be that.
QByteArray saidToBe(qsizetype size, const QByteArray &body)
{
    return "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(size) + "\r\n\r\n" + body;
}

ScriptedAnswer cutAt(const QByteArray &whole, qsizetype size, Then then)
{
    return {whole.first(qMin(size, whole.size())), then};
}

QByteArray inHalf(const QByteArray &whole)
{
    return whole.first(headOf(whole).size() + bodyOf(whole).size() / 2);
}

// As Content-Encoding: deflate wants it: qCompress() puts the size before the zlib stream.
QByteArray bomb()
{
    const QByteArray packed = qCompress(QByteArray(1024 * mebibyte / 8, '\0'), 9).mid(4);
    return "HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nContent-Length: "
           + QByteArray::number(packed.size()) + "\r\n\r\n" + packed;
}

ProxyFault always(const QByteArray &name, Group group, const ScriptedAnswer &answer)
{
    return {name, group, 0, [answer](const QByteArray &) { return answer; }};
}

QList<ProxyFault> endless()
{
    return {always("no first byte", Group::Endless, {{}, Then::Hang}),
            {"stops in the head", Group::Endless, 0,
             [](const QByteArray &whole) { return cutAt(whole, 20, Then::Hang); }},
            {"stops in the body", Group::Endless, 0,
             [](const QByteArray &whole) {
                 return ScriptedAnswer{saidToBe(1'000'000, bodyOf(whole)), Then::Hang};
             }},
            {"drips", Group::Endless, 0, [](const QByteArray &whole) {
                 return ScriptedAnswer{saidToBe(1'000'000, bodyOf(whole)), Then::Hang}.dripped();
             }}};
}

QList<ProxyFault> cut()
{
    return {
        always("closes without a byte", Group::Cut, {{}, Then::Close}),
        always("resets without a byte", Group::Cut, {{}, Then::Reset}),
        {"is lost on the way there", Group::Cut, 0,
         [](const QByteArray &) {
             return ScriptedAnswer{{}, Then::Reset};
         },
         ProxyFault::Reach::Nobody},
        {"closes in the head", Group::Cut, 0,
         [](const QByteArray &whole) { return cutAt(whole, 20, Then::Close); }},
        {"closes in the body", Group::Cut, 0,
         [](const QByteArray &whole) {
             return ScriptedAnswer{inHalf(whole), Then::Close};
         }},
        {"resets in the body", Group::Cut, 0,
         [](const QByteArray &whole) {
             return ScriptedAnswer{inHalf(whole), Then::Reset};
         }},
        {"says a greater length", Group::Cut, 0,
         [](const QByteArray &whole) {
             return ScriptedAnswer{saidToBe(bodyOf(whole).size() + 100, bodyOf(whole)),
                                   Then::Close};
         }},
        {"says a smaller length", Group::Cut, 0,
         [](const QByteArray &whole) {
             return ScriptedAnswer{saidToBe(3, bodyOf(whole)), Then::Close};
         }},
        always("breaks a chunk", Group::Cut,
               {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}", Then::Close}),
        always("does not speak HTTP", Group::Cut, {"SSH-2.0-OpenSSH_9.2\r\n", Then::Close}),
    };
}

QList<ProxyFault> foreign()
{
    const QByteArray deep = QByteArray(100'000, '[') + QByteArray(100'000, ']');
    return {always("an empty answer", Group::Foreign, ScriptedAnswer::of(200, {})),
            always("a page", Group::Foreign, ScriptedAnswer::of(200, "<html><b>Log in</b></html>")),
            always("cut JSON", Group::Foreign, ScriptedAnswer::of(200, "{\"sessions\":[{")),
            always("another shape", Group::Foreign, ScriptedAnswer::of(200, "{\"other\":1}")),
            always("deep nesting", Group::Foreign, ScriptedAnswer::of(200, deep))};
}

QList<ProxyFault> elsewhere()
{
    return {always("a redirect loop", Group::Elsewhere, ScriptedAnswer::redirect(302, "/again")),
            always("a redirect to another name", Group::Elsewhere,
                   ScriptedAnswer::redirect(307, "http://localhost:9/")),
            always("a redirect to a file", Group::Elsewhere,
                   ScriptedAnswer::redirect(302, "file:///etc/passwd"))};
}

QList<ProxyFault> tooMuch()
{
    return {always("a flood", Group::TooMuch,
                   {saidToBe(1024 * mebibyte, QByteArray(3 * mebibyte, ' ')), Then::Hang}),
            always("a bomb", Group::TooMuch, {bomb(), Then::Close})};
}

QList<ProxyFault> statuses()
{
    QList<ProxyFault> all;
    for (const int status : {401, 403, 404, 409, 429, 500, 502, 503, 504}) {
        ProxyFault fault = always("status " + QByteArray::number(status), Group::Status,
                                  ScriptedAnswer::of(status, "<html>no</html>"));
        fault.status = status;
        all.append(fault);
    }
    return all;
}

QSslConfiguration configurationOf(const QString &name)
{
    QFile file(QStringLiteral(TLS_FOLDER "/") + name + ".pem"_L1);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no certificate %s", qPrintable(file.fileName()));
    const QByteArray pem = file.readAll();
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate(pem));
    configuration.setPrivateKey(QSslKey(pem, QSsl::Ec));
    return configuration;
}

std::unique_ptr<QTcpServer> serverOf(FaultProxy::Speech speech)
{
    if (speech == FaultProxy::Speech::Tls)
        return std::make_unique<QSslServer>();
    return std::make_unique<QTcpServer>();
}

// Whether all of the answer is there, by its length.
bool isWhole(const QByteArray &answer)
{
    const qsizetype end = answer.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    RecordedRequest head;
    head.headers = answer.first(end).split('\n');
    return answer.size() >= end + 4 + head.header("Content-Length").toLongLong();
}

} // namespace

const QList<ProxyFault> &proxyFaults()
{
    static const QList<ProxyFault> all =
        QList<ProxyFault>{{"comes late", Group::Late, 0, {}, ProxyFault::Reach::Service, 150ms}}
        + endless() + cut() + foreign() + elsewhere() + tooMuch() + statuses();
    return all;
}

FaultProxy::FaultProxy(const QUrl &service, Speech speech, QObject *parent)
    : QObject(parent)
    , m_service(service)
    , m_speech(speech)
    , m_server(serverOf(speech))
{
    if (speech == Speech::Tls)
        setCertificate(u"own"_s);
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, [this] {
        while (QTcpSocket *client = m_server->nextPendingConnection())
            admit(client);
    });
    if (!m_server->listen(QHostAddress::LocalHost))
        qFatal("no port on loopback: %s", qPrintable(m_server->errorString()));
}

FaultProxy::~FaultProxy() = default;

QUrl FaultProxy::url() const
{
    return QUrl(u"%1://127.0.0.1:%2"_s.arg(m_speech == Speech::Tls ? "https"_L1 : "http"_L1)
                    .arg(m_server->serverPort()));
}

void FaultProxy::setCertificate(const QString &name)
{
    static_cast<QSslServer *>(m_server.get())->setSslConfiguration(configurationOf(name));
    for (QTcpSocket *client : m_unread.keys())
        client->abort();
}

QString FaultProxy::fingerprint(const QString &name)
{
    const QByteArray digest =
        configurationOf(name).localCertificate().digest(QCryptographicHash::Sha256);
    return QString::fromLatin1(digest.toHex(':').toUpper());
}

void FaultProxy::setFault(const ProxyFault &fault, const QByteArray &method)
{
    m_fault = fault;
    m_faultMethod = method;
}

void FaultProxy::clearFault()
{
    setFault({});
}

int FaultProxy::count(const QByteArray &method) const
{
    return static_cast<int>(
        std::count_if(m_requests.cbegin(), m_requests.cend(),
                      [&](const RecordedRequest &request) { return request.method == method; }));
}

void FaultProxy::admit(QTcpSocket *client)
{
    m_unread.insert(client, {});
    connect(client, &QTcpSocket::readyRead, this, [this, client] { read(client); });
    connect(client, &QTcpSocket::disconnected, this, [this, client] {
        m_unread.remove(client);
        client->deleteLater();
    });
    read(client);
}

void FaultProxy::read(QTcpSocket *client)
{
    QByteArray &unread = m_unread[client];
    unread += client->readAll();
    QList<RecordedRequest> whole;
    while (const std::optional<RecordedRequest> request = takeRequest(&unread))
        whole.append(*request);
    for (const RecordedRequest &request : std::as_const(whole)) {
        m_requests.append(request);
        const bool isMeant = m_faultMethod.isEmpty() || m_faultMethod == request.method;
        const ProxyFault fault = isMeant ? m_fault : ProxyFault();
        if (fault.reach == ProxyFault::Reach::Nobody)
            answer(client, {}, fault);
        else
            forward(client, request, fault);
    }
}

void FaultProxy::forward(QTcpSocket *client, const RecordedRequest &request,
                         const ProxyFault &fault)
{
    auto *upstream = new QTcpSocket(this);
    upstream->connectToHost(m_service.host(), static_cast<quint16>(m_service.port()));
    QByteArray bytes = request.method + ' ' + request.target + " HTTP/1.1\r\n";
    for (const QByteArray &header : request.headers) {
        if (!header.toLower().startsWith("host:"))
            bytes += header + "\r\n";
    }
    bytes += "Host: 127.0.0.1:" + QByteArray::number(m_service.port()) + "\r\n\r\n";
    upstream->write(bytes + request.body);
    const QPointer<QTcpSocket> weak = client;
    const auto received = std::make_shared<QByteArray>();
    connect(upstream, &QTcpSocket::readyRead, this, [this, upstream, weak, received, fault] {
        *received += upstream->readAll();
        if (!isWhole(*received))
            return;
        upstream->disconnect(this);
        upstream->deleteLater();
        if (weak)
            answer(weak, *received, fault);
    });
    connect(upstream, &QTcpSocket::disconnected, upstream, &QObject::deleteLater);
}

void FaultProxy::answer(QTcpSocket *client, const QByteArray &whole, const ProxyFault &fault)
{
    const ScriptedAnswer spoiled =
        fault.spoil ? fault.spoil(whole) : ScriptedAnswer{whole, Then::Keep};
    if (fault.delay == 0ms) {
        send(client, spoiled);
        return;
    }
    QTimer::singleShot(fault.delay, client, [client, spoiled] { send(client, spoiled); });
}

} // namespace Anchorwatch
