#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>
#include <QQueue>
#include <QTcpServer>
#include <QUrl>

#include <functional>
#include <optional>

class QTcpSocket;

namespace Anchorwatch {

// What a ScriptedServer does with one request: bytes to send, right or wrong, and what follows
// them.
struct ScriptedAnswer
{
    enum class Then {
        Keep,  // the connection stays open for the next request
        Close, // an orderly end
        Reset, // a TCP reset
        Hang   // nothing more, the connection stays open
    };
    enum class Speed { AtOnce, Drip };

    QByteArray bytes;
    Then then = Then::Keep;
    Speed speed = Speed::AtOnce;
    qsizetype atOnce = 0; // so many bytes come before the first drop

    // A whole answer with its Content-Length; each header without line end ("ETag: \"1\"").
    [[nodiscard]] static ScriptedAnswer of(int status, const QByteArray &body,
                                           const QByteArrayList &headers = {});
    [[nodiscard]] static ScriptedAnswer redirect(int status, const QByteArray &location);
    [[nodiscard]] static ScriptedAnswer hang() { return {{}, Then::Hang, Speed::AtOnce}; }
    // A byte every 20 ms, after the first so many.
    [[nodiscard]] ScriptedAnswer dripped(qsizetype first = 0) const
    {
        return {bytes, then, Speed::Drip, first};
    }
    // The first bytes alone, then that.
    [[nodiscard]] ScriptedAnswer cutTo(qsizetype size, Then next) const
    {
        return {bytes.first(size), next, speed};
    }
};

// A request as it came.
struct RecordedRequest
{
    QByteArray method;
    QByteArray target;
    QByteArrayList headers; // lines without their ends
    QByteArray body;

    // The value of the first header of that name, in any case.
    [[nodiscard]] QByteArray header(const QByteArray &name) const;
};

// Takes one whole request off the front, or nothing when there is none yet.
[[nodiscard]] std::optional<RecordedRequest> takeRequest(QByteArray *bytes);

// Sends the bytes as it says, then does what follows them.
void send(QTcpSocket *socket, const ScriptedAnswer &answer);

// A TCP server on loopback that answers HTTP requests by script, however wrong the script is:
// cut, late, dripping, reset. Records what it was asked.
class ScriptedServer : public QObject
{
    Q_OBJECT

public:
    explicit ScriptedServer(QObject *parent = nullptr);
    ~ScriptedServer() override;

    // Scheme, address and port.
    [[nodiscard]] QUrl url() const;
    // For the next request that has none yet.
    void enqueue(const ScriptedAnswer &answer) { m_queue.enqueue(answer); }
    // For every request when the queue is empty; at first it hangs.
    void setDefault(const ScriptedAnswer &answer) { m_default = answer; }
    // Answers in the place of that default, by what was asked.
    using Script = std::function<ScriptedAnswer(const RecordedRequest &)>;
    void setScript(const Script &script) { m_script = script; }
    [[nodiscard]] const QList<RecordedRequest> &requests() const { return m_requests; }
    // Those of that method, and for that target where one is given.
    [[nodiscard]] QList<RecordedRequest> asked(const QByteArray &method,
                                               const QByteArray &target = {}) const;

private:
    void admit(QTcpSocket *socket);
    void read(QTcpSocket *socket);
    [[nodiscard]] ScriptedAnswer answerTo(const RecordedRequest &request);

    QHash<QTcpSocket *, QByteArray> m_unread;
    QQueue<ScriptedAnswer> m_queue;
    Script m_script;
    ScriptedAnswer m_default = ScriptedAnswer::hang();
    QList<RecordedRequest> m_requests;
    QTcpServer m_server; // last, since its sockets say that they end when it does
};

} // namespace Anchorwatch
