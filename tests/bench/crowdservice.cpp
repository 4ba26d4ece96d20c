// A sessions service without browsers, for pollbench: crowdservice COUNT.
// Says where it listens; then, for every list asked for, when it was asked and when it answered, by
// CLOCK_MONOTONIC. Hears on standard input:
//   moving   from now on one session in a hundred changes from list to list
//   still    nothing changes, and who has the list already is told so (ETag)
//   same     nothing changes, and the whole list is sent again

#include "network/http/httpserver.h"
#include "network/sessioncodec.h"
#include "tests/bench/crowd.h"
#include "tests/bench/monotonic.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSocketNotifier>

#include <cstdio>
#include <string>

#include <unistd.h>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

enum class Manner { Moving, Still, Same };

class CrowdService
{
public:
    explicit CrowdService(int count)
        : m_crowd(count)
    {
        (void)m_crowd.list();
        const QByteArray all = "/api/browser-automation/sessions";
        m_server.addRoute("GET", all, [this](const HttpRequest &request, const HttpAnswer &answer) {
            answerList(request, answer);
        });
        m_server.addRoute("GET", all + "/{id}",
                          [this](const HttpRequest &request, const HttpAnswer &answer) {
                              answerGet(QString::fromLatin1(request.parameters.first()), answer);
                          });
        m_server.addRoute("DELETE", all + "/{id}",
                          [this](const HttpRequest &request, const HttpAnswer &answer) {
                              m_crowd.end(QString::fromLatin1(request.parameters.first()));
                              answer.send(json(R"({"success":true})"));
                          });
        if (!m_server.listen(QHostAddress::LocalHost, 0))
            qFatal("cannot listen on loopback: %s", qPrintable(m_server.errorString()));
        say(u"listening on http://127.0.0.1:%1"_s.arg(m_server.serverPort()));
    }

    void setManner(const QByteArray &word)
    {
        m_manner = word == "moving"  ? Manner::Moving
                   : word == "still" ? Manner::Still
                                     : Manner::Same;
    }

private:
    static void say(const QString &line)
    {
        std::printf("%s\n", qUtf8Printable(line));
        std::fflush(stdout);
    }
    static HttpResponse json(const QByteArray &body) { return {200, "application/json", body, {}}; }

    void answerList(const HttpRequest &request, const HttpAnswer &answer)
    {
        const qint64 asked = monotonicNs();
        if (m_manner == Manner::Moving && m_lists++ > 0)
            m_crowd.change();
        HttpResponse response = json({});
        if (m_manner != Manner::Same)
            response.headers = {{"ETag", m_crowd.etag()}};
        if (m_manner == Manner::Still && request.header("If-None-Match") == m_crowd.etag())
            response.status = 304;
        else
            response.body = m_crowd.list();
        const qint64 answered = monotonicNs();
        answer.send(response);
        say(u"%1 %2"_s.arg(asked).arg(answered));
    }

    void answerGet(const QString &id, const HttpAnswer &answer)
    {
        const qsizetype place = m_crowd.placeOf(id);
        if (place < 0) {
            answer.send(errorResponse(404, u"Session not found"_s));
            return;
        }
        const QJsonObject body{{"session"_L1, sessionToJson(m_crowd.session(place))}};
        answer.send(json(QJsonDocument(body).toJson(QJsonDocument::Compact)));
    }

    Crowd m_crowd;
    HttpServer m_server;
    Manner m_manner = Manner::Moving;
    int m_lists = 0;
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const int count = QCoreApplication::arguments().value(1).toInt();
    if (count < 1) {
        std::fputs("usage: crowdservice COUNT\n", stderr);
        return 2;
    }
    CrowdService service(count);
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &application, [&service] {
        QByteArray words(256, Qt::Uninitialized);
        const ssize_t got = ::read(STDIN_FILENO, words.data(), words.size());
        if (got <= 0) {
            QCoreApplication::quit(); // whoever started it is gone
            return;
        }
        words.truncate(got);
        service.setManner(words.trimmed().split('\n').constLast());
    });
    return QCoreApplication::exec();
}
