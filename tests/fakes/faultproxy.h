#pragma once

#include "tests/fakes/scriptedserver.h"

#include <QList>
#include <QObject>
#include <QPointer>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>

class QTcpServer;
class QTcpSocket;

namespace Anchorwatch {

// One way in which the way to a service is bad. Values, so that a test can have a row for each.
struct ProxyFault
{
    // What a client must make of it.
    enum class Group {
        Late,      // the answer comes whole, later
        Endless,   // none comes before any deadline
        Cut,       // it breaks off
        Foreign,   // another answer than asked for, with a status of success
        Elsewhere, // redirects
        TooMuch,   // more than any client should take
        Status     // one that is no success
    };
    enum class Reach {
        Service, // the service does what it is asked, and its answer is spoiled
        Nobody   // the request is lost before it
    };

    QByteArray name;
    Group group = Group::Late;
    int status = 0; // of Group::Status
    std::function<ScriptedAnswer(const QByteArray &whole)> spoil;
    Reach reach = Reach::Service;
    std::chrono::milliseconds delay{0};
};

// All of them.
[[nodiscard]] const QList<ProxyFault> &proxyFaults();

// Stands between a client and an HTTP service on loopback, as the network does, and spoils what
// passes. One connection to the service a request.
class FaultProxy : public QObject
{
    Q_OBJECT

public:
    enum class Speech { Plain, Tls };

    explicit FaultProxy(const QUrl &service, Speech speech = Speech::Plain,
                        QObject *parent = nullptr);
    ~FaultProxy() override;

    // Scheme, address and port of the client's side.
    [[nodiscard]] QUrl url() const;
    // For Speech::Tls: shows that one of tests/fakes/tls from now on, and drops who is connected.
    void setCertificate(const QString &name);
    // The fingerprint of one of them, as it is shown to people.
    [[nodiscard]] static QString fingerprint(const QString &name);

    // Answers to requests with that method (empty: any) are spoiled from now on.
    void setFault(const ProxyFault &fault, const QByteArray &method = {});
    void clearFault();
    // Requests that came, whether they reached the service or not.
    [[nodiscard]] const QList<RecordedRequest> &requests() const { return m_requests; }
    [[nodiscard]] int count(const QByteArray &method) const;

private:
    void admit(QTcpSocket *client);
    void read(QTcpSocket *client);
    void forward(QTcpSocket *client, const RecordedRequest &request, const ProxyFault &fault);
    void answer(QTcpSocket *client, const QByteArray &whole, const ProxyFault &fault);

    const QUrl m_service;
    const Speech m_speech;
    ProxyFault m_fault;
    QByteArray m_faultMethod;
    QHash<QTcpSocket *, QByteArray> m_unread;
    QList<RecordedRequest> m_requests;
    std::unique_ptr<QTcpServer> m_server; // last, since its sockets say that they end when it does
};

} // namespace Anchorwatch
