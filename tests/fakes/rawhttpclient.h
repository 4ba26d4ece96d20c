#pragma once

#include <QHostAddress>
#include <QTcpSocket>

namespace Anchorwatch {

// A client that sends exactly the bytes it is told to, and keeps what comes back.
class RawHttpClient
{
public:
    struct Answer
    {
        int status = 0;
        QByteArray head;
        QByteArray body;
    };

    explicit RawHttpClient(quint16 port)
        : m_port(port)
    {
        QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [this] {
            if (m_reads)
                received += socket.readAll();
        });
        socket.connectToHost(QHostAddress::LocalHost, port);
    }

    void send(const QByteArray &bytes) { socket.write(bytes); }

    // A request for our own server, with these header lines, each ended by CR LF.
    void request(const QByteArray &line, const QByteArray &headers = {},
                 const QByteArray &body = {})
    {
        send(line + " HTTP/1.1\r\nHost: " + host() + "\r\n" + headers + "\r\n" + body);
    }

    // Takes nothing more, and so does not see the end either.
    void stopReading()
    {
        m_reads = false;
        socket.setReadBufferSize(1);
    }

    void readAgain()
    {
        m_reads = true;
        socket.setReadBufferSize(0);
        received += socket.readAll();
    }

    [[nodiscard]] QByteArray host() const { return "127.0.0.1:" + QByteArray::number(m_port); }

    [[nodiscard]] bool isClosed() const
    {
        return socket.state() == QAbstractSocket::UnconnectedState;
    }

    // The whole answers among the bytes received, each as long as its Content-Length says.
    [[nodiscard]] QList<Answer> answers() const
    {
        QList<Answer> found;
        qsizetype from = 0;
        for (;;) {
            const qsizetype headEnd = received.indexOf("\r\n\r\n", from);
            if (headEnd < 0)
                return found;
            Answer answer;
            answer.head = received.sliced(from, headEnd + 2 - from);
            answer.status = answer.head.mid(9, 3).toInt();
            const qsizetype length = lengthIn(answer.head);
            if (received.size() < headEnd + 4 + length)
                return found;
            answer.body = received.sliced(headEnd + 4, length);
            from = headEnd + 4 + answer.body.size();
            found.append(answer);
        }
    }

    QTcpSocket socket;
    QByteArray received;

private:
    static qsizetype lengthIn(const QByteArray &head)
    {
        const QByteArray name = "Content-Length: ";
        const qsizetype start = head.indexOf(name);
        if (start < 0)
            return 0;
        const qsizetype valueStart = start + name.size();
        return head.sliced(valueStart, head.indexOf('\r', valueStart) - valueStart).toLongLong();
    }

    quint16 m_port;
    bool m_reads = true;
};

} // namespace Anchorwatch
